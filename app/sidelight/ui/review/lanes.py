"""Where each lane of the timeline stands, from top to bottom. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Speaker
from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from sidelight.domain.story import Story

_CURVE: Final = 52
_MOMENT: Final = 26
_SPEECH: Final = 24
_AXIS: Final = 26
_PHASES: Final = 18

OTHER: Final = "other"
"""The lane of every kind without a clock."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal band, in pixels."""

    top: float
    height: float

    @property
    def middle(self) -> float:
        """Its centre line."""
        return self.top + self.height / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Lanes:
    """All lanes.

    Attributes:
        curve: How long since.
        moments: By kind id, or ``OTHER``.
        speech: By speaker, those the sound can tell apart.
        axis: Times and bookmarks.
        phases: Agreement, exploring, closing; ``None`` where nobody spoke.
        height: Of everything.
    """

    curve: Lane
    moments: dict[str, Lane]
    speech: dict[Speaker, Lane]
    axis: Lane
    phases: Lane | None
    height: float

    @classmethod
    def of(cls, story: Story, scale: float) -> Lanes:
        """The lanes this story needs, at a text scale of 1.0..2.0."""
        gap = Space.M * scale
        curve = Lane((Space.L + Space.XS) * scale, _CURVE * scale)
        at = curve.bottom + gap
        withdrawn = (moment for moment, _ in story.withdrawn)
        everything = [*story.moments, *withdrawn, *story.hollow]
        kinds = [*PROCESS_KINDS]
        if any(moment.kind not in PROCESS_KINDS for moment in everything):
            kinds.append(OTHER)
        moments = {}
        for kind in kinds:
            moments[kind] = Lane(at, _MOMENT * scale)
            at = moments[kind].bottom
        at += gap
        speech = {}
        for speaker in _speakers(story):
            speech[speaker] = Lane(at, _SPEECH * scale)
            at = speech[speaker].bottom + Space.XS * scale
        phases = None
        if story.utterances:
            phases = Lane(at + Space.XS * scale, _PHASES * scale)
            at = phases.bottom + Space.XS * scale
        axis = Lane(at + Space.XS * scale, _AXIS * scale)
        height = axis.bottom + Space.XS * scale
        return cls(curve, moments, speech, axis, phases, height)

    def of_kind(self, kind: str) -> Lane:
        """The lane that shows moments of this kind."""
        return self.moments.get(kind) or self.moments[OTHER]


def _speakers(story: Story) -> tuple[Speaker, ...]:
    heard = {said.speaker for said in story.utterances}
    layout = story.session.layout.speakers if story.session else ()
    return tuple(one for one in Speaker if one in heard or one in layout)
