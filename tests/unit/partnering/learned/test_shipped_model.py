"""The model that the program ships: what it is, and that it stays as good as it was.

The figures are a ratchet on the development sessions (``models/partnering/README.md``
has them all); they say nothing about coaches nobody has heard.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.talk import Talk

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.domain.transcript import Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.detector import default_detector, learned_detector
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.encoding import encode
from sidelight.partnering.learned.model import PartneringModel

if TYPE_CHECKING:
    from pathlib import Path

if TYPE_CHECKING:
    from pathlib import Path

MODELS = resources.models() / "partnering"
WEIGHTS = resources.partnering_model()


@pytest.fixture(scope="module")
def model() -> PartneringModel:
    return PartneringModel(WEIGHTS)


def test_it_is_small_enough_to_ship() -> None:
    size = sum(file.stat().st_size for file in WEIGHTS.iterdir())
    assert size <= 30_000_000


def test_it_knows_every_kind_that_text_can_show(model: PartneringModel) -> None:
    assert set(model.labels) == {k.id for k in KINDS if not k.needs_sound}


def test_a_turn_is_read_the_same_alone_and_beside_others(
    model: PartneringModel,
) -> None:
    short, long = (
        encode(model.pieces, text, Speaker.COACH, [])
        for text in ("Which way?", "Mm. " * 40 + "And where shall we go with that now?")
    )
    (alone,) = model.read([short])
    beside, _ = model.read([short, long])
    # As far apart as int8 itself is from float32 (0.06 on average, at most 0.5 in eight
    # sentences): oneDNN, which runs it on AMD, rounds by the shape of what it gets.
    assert np.allclose(alone.scores, beside.scores, atol=0.5)
    assert np.isclose(np.linalg.norm(alone.place), 1, atol=1e-3)


def test_it_judges_deterministically() -> None:
    found = []
    for _ in range(2):
        detector, conversation, talk = default_detector(), Conversation(), Talk()
        turn, context = conversation.hear(
            talk.says(Speaker.COACH, "Where would you like to start?")
        )
        found.append(detector.judge(turn, context))
    assert found[0] == found[1]


@pytest.mark.parametrize("missing", ["model.bin", "head.npz", "labels.json"])
def test_a_damaged_model_is_told_in_a_sentence(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    (folder / missing).write_bytes(b"not a model")
    with pytest.raises(UserError, match="missing or damaged"):
        learned_detector(folder)


RIGHT = 0.8
FALSE_AN_HOUR = 4.0


def test_the_clock_is_as_right_as_it_was(tmp_path: Path) -> None:
    """Through the command that repeats the figures."""
    out = tmp_path / "figures.json"
    asked = ["--data", "dev", "--only", "dev-0[1357]", "--sets", "recognised"]
    command = [sys.executable, str(MODELS / "evaluate.py"), *asked, "--json", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    figures = json.loads(out.read_text("utf-8"))["dev"]["recognised"]
    assert figures["clock"]["any"]["right"] >= RIGHT
    assert figures["false_an_hour"] <= FALSE_AN_HOUR
