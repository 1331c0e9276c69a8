"""The detector's interface, and the detector that the program ships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from sidelight.partnering.kinds import KINDS
from sidelight.partnering.rules.cues import CUES
from sidelight.partnering.rules.detector import RulesDetector

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.judgement import Judgement

DECISIVE: Final = 0.8
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


def default_detector() -> Detector:
    """The detector in use."""
    return RulesDetector(KINDS, CUES)


def learned_detector(folder: Path) -> Detector:
    """The detector with the model of a folder.

    Raises:
        UserError: The model is missing or damaged.
    """
    from sidelight.partnering.learned.detector import LearnedDetector, Room  # noqa: PLC0415 (slow)
    from sidelight.partnering.learned.lessons import Lessons  # noqa: PLC0415 (slow)
    from sidelight.partnering.learned.model import PartneringModel  # noqa: PLC0415 (slow)

    return LearnedDetector(KINDS, PartneringModel(folder), Room(DECISIVE), Lessons())
