"""Where each lane of the timeline stands, from top to bottom. No Qt.

With less height it folds: first the key to the marks goes, then what can be read
elsewhere (what else was noticed, the phases), and every lane is lower. Height that is
left over is the curve's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Speaker
from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from sidelight.domain.story import Story

OTHER: Final = "other"
"""The lane of every kind without a clock."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Heights in logical pixels at 100 % text; the gap is between groups of lanes."""

    above: int
    curve: int
    gap: int
    moment: int
    speech: int
    between: int
    phases: int
    axis: int


_FULL: Final = _Form(
    above=Space.L + Space.XS,
    curve=52,
    gap=Space.M,
    moment=26,
    speech=24,
    between=Space.XS,
    phases=18,
    axis=26,
)
_LOW: Final = _Form(
    above=Space.L + Space.XXS,
    curve=30,
    gap=Space.XS,
    moment=20,
    speech=18,
    between=Space.XXS,
    phases=0,
    axis=20,
)
_KEY: Final = 24
"""Height of the key to the marks, as the heights above."""


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
        moments: By kind id, or ``OTHER``, which is folded away where it is low.
        speech: By speaker, those the sound can tell apart.
        axis: Times and bookmarks.
        phases: Agreement, exploring, closing; ``None`` where nobody spoke, or folded.
        key: What the marks mean; ``None``: folded away, or printed elsewhere.
        height: Of everything.
    """

    curve: Lane
    moments: dict[str, Lane]
    speech: dict[Speaker, Lane]
    axis: Lane
    phases: Lane | None
    key: Lane | None
    height: float

    @classmethod
    def of(cls, story: Story, scale: float, height: float | None = None) -> Lanes:
        """The lanes this story needs.

        Args:
            story: What happened.
            scale: Of text, 1.0..2.0.
            height: So many pixels there are. With fewer than every lane needs it is
                the low form, with fewer than that needs it is cut off. ``None``: as
                many as every lane needs, without the key.
        """
        full = _stacked(story, scale, _FULL)
        if height is None:
            return full
        if height >= full.height + _KEY * scale:
            key = Lane(full.height - Space.XS * scale, _KEY * scale)
            return replace(full, key=key, height=full.height + key.height)
        if height >= full.height:
            return _stacked(story, scale, _FULL, more=height - full.height)
        low = _stacked(story, scale, _LOW)
        more = max(height - low.height, 0)
        return _stacked(story, scale, _LOW, more=more) if more else low

    def of_kind(self, kind: str) -> Lane | None:
        """The lane that shows moments of this kind; ``None``: it is folded away."""
        return self.moments.get(kind) or self.moments.get(OTHER)


def heights(story: Story, scale: float) -> tuple[float, float]:
    """The least in which everything that keeps time is seen, and the most of use."""
    most = _stacked(story, scale, _FULL).height + _KEY * scale
    return _stacked(story, scale, _LOW).height, most


def _stacked(story: Story, scale: float, form: _Form, more: float = 0) -> Lanes:
    """One lane below the other; ``more`` pixels are the curve's."""
    gap, between = form.gap * scale, form.between * scale
    curve = Lane(form.above * scale, form.curve * scale + more)
    at = curve.bottom + gap
    withdrawn = (moment for moment, _ in story.withdrawn)
    everything = [*story.moments, *withdrawn, *story.hollow]
    kinds = [*PROCESS_KINDS]
    if form.phases and any(one.kind not in PROCESS_KINDS for one in everything):
        kinds.append(OTHER)
    moments = {}
    for kind in kinds:
        moments[kind] = Lane(at, form.moment * scale)
        at = moments[kind].bottom
    at += gap
    speech = {}
    for speaker in _speakers(story):
        speech[speaker] = Lane(at, form.speech * scale)
        at = speech[speaker].bottom + between
    phases = None
    if story.utterances and form.phases:
        phases = Lane(at + between, form.phases * scale)
        at = phases.bottom + between
    axis = Lane(at + between, form.axis * scale)
    return Lanes(curve, moments, speech, axis, phases, None, axis.bottom + between)


def _speakers(story: Story) -> tuple[Speaker, ...]:
    heard = {said.speaker for said in story.utterances}
    layout = story.session.layout.speakers if story.session else ()
    return tuple(one for one in Speaker if one in heard or one in layout)
