"""The model's folder: its quiet places, its version, and what is damaged in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.talk import Talk

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.partnering.context import Conversation
from sidelight.partnering.detector import (
    learned_detector,
    learned_teacher,
    model_version,
)
from sidelight.partnering.learned.lessons import Lesson
from sidelight.partnering.learned.model import quiet_places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ASKED = "So what might be worth looking at, do you think?"


def test_quiet_places_are_scaled_to_length_one(tmp_path: Path) -> None:
    assert quiet_places(tmp_path) is None
    stored = np.array([[3, 4, 0], [0, -127, 0], [0, 0, 0]], np.int8)
    np.savez_compressed(tmp_path / "quiet.npz", places=stored)
    places = quiet_places(tmp_path)
    assert places is not None
    assert places.dtype == np.float32
    scaled = np.array([[0.6, 0.8, 0], [0, -1, 0], [0, 0, 0]], np.float32)
    assert np.allclose(places, scaled)
    (tmp_path / "quiet.npz").write_bytes(b"torn")
    with pytest.raises(UserError, match="missing or damaged"):
        quiet_places(tmp_path)


def test_the_version_is_known_without_loading_the_model(tmp_path: Path) -> None:
    assert model_version(tmp_path) is None
    (tmp_path / "labels.json").write_text('{"version": "learned-7"}')
    assert model_version(tmp_path) == "learned-7"
    (tmp_path / "labels.json").write_text("torn")
    assert model_version(tmp_path) is None


def test_a_detector_is_taught_when_it_is_made() -> None:
    folder = resources.partnering_model()

    def scores(*lessons: Lesson) -> Mapping[str, float]:
        turn, context = Conversation().hear(Talk().coach(ASKED))
        return learned_detector(folder, lessons).judge(turn, context).scores

    plain = scores()
    # Not found, and not one that the model is sure is nothing: that would stay so.
    unsure, kind = max((s, kind) for kind, s in plain.items() if s < 0.5)
    assert unsure > 0.02
    (place,) = learned_teacher(folder).places([ASKED])
    taught = scores(Lesson(kind, place))
    assert taught[kind] > unsure
    assert {k for k in plain if taught[k] != plain[k]} == {kind}
    back = scores(Lesson(kind, place), Lesson(kind, place, positive=False))
    assert back[kind] <= unsure + 0.01
