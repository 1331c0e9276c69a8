"""The detector's interface, and the detector that the program ships."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Protocol

from sidelight import resources
from sidelight.partnering.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.judgement import Judgement
    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.partnering.learned.teaching import Teacher

DECISIVE: Final = 0.55
"""Confidence from which a process kind counts although nobody knows who speaks; chosen
on the development talk (``models/partnering/README.md``)."""


class Detector(Protocol):
    """Judges one turn with the turns before it in view.

    Deterministic: the same turn in the same context gets the same judgement, whatever
    was judged before.
    """

    @property
    def version(self) -> str:
        """Name and version, kept with every moment."""
        ...

    def judge(self, turn: Turn, context: Context) -> Judgement:
        """What this turn leaves with the client. A client's turn leaves nothing."""
        ...


def default_detector(lessons: Sequence[Lesson] = ()) -> Detector:
    """The detector in use.

    Args:
        lessons: What the coach taught it.
    """
    return learned_detector(resources.partnering_model(), lessons)


def learned_detector(folder: Path, lessons: Sequence[Lesson] = ()) -> Detector:
    """The detector with the model of a folder.

    Args:
        folder: The model's, with the places that lessons must not reach, if there.
        lessons: What the coach taught it.

    Raises:
        UserError: The model is missing or damaged.
    """
    from sidelight.partnering.learned.detector import LearnedDetector, Room  # noqa: PLC0415 (slow)
    from sidelight.partnering.learned.examples import shown  # noqa: PLC0415 (slow)
    from sidelight.partnering.learned.lessons import Lessons  # noqa: PLC0415 (slow)
    from sidelight.partnering.learned.model import PartneringModel, quiet_places  # noqa: PLC0415 (slow)

    model = PartneringModel(folder)
    known = Lessons(lessons, shown(model, KINDS), quiet_places(folder))
    return LearnedDetector(KINDS, model, Room(DECISIVE), known)


def learned_teacher(folder: Path) -> Teacher:
    """What makes lessons for the model of a folder.

    Raises:
        UserError: The model is missing or damaged.
    """
    from sidelight.partnering.learned.model import PartneringModel, quiet_places  # noqa: PLC0415 (slow)
    from sidelight.partnering.learned.teaching import Teacher  # noqa: PLC0415 (slow)

    return Teacher(PartneringModel(folder), quiet_places(folder))


def model_version(folder: Path) -> str | None:
    """Of the model in a folder; ``None``: there is none, and nothing to be taught."""
    try:
        about = json.loads((folder / "labels.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return str(about.get("version", "")) or None
