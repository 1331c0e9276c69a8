"""What a kind of moment is: one value each, told in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidelight.domain.transcript import Speaker


class Group(StrEnum):
    """How a kind is used."""

    PROCESS = "process"
    """Partnering on process: the sidebar keeps time for it."""

    PARTNERING = "partnering"
    """Other partnering: shown in the review."""

    INDICATOR = "indicator"
    """Seen only afterwards, privately, worded as an observation with a question."""

    QUALITY = "quality"
    """What should be seen too."""


@dataclass(frozen=True, slots=True)
class Example:
    """A coach's turn that shows a kind, or only looks as if it did.

    Attributes:
        text: What the coach says.
        before: The turns before it, oldest first, where they matter.
        why: For a near miss: why it does not count.
        after_ms: Where the sound decides: the silence before it, in milliseconds;
            negative where it begins before the turn before it has ended.
        then_ms: After so long the client goes on; ``None``: it is the last we hear.
    """

    text: str
    before: tuple[tuple[Speaker, str], ...] = ()
    why: str = ""
    after_ms: int | None = None
    then_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of moment.

    Attributes:
        id: As in files, commands and ``Moment.kind``.
        group: How it is used.
        title: On screen, in plain words.
        definition: One or two sentences; what counts and what does not.
        threshold: Confidence (0..1) from which the shipped detector reports it.
        reason: Said when no cue has words of its own for what fired.
        examples: Two turns that are of this kind.
        near_misses: Two turns that are not, each with its reason.
        clock: Whether the sidebar's clocks count from it.
        needs_sound: Whether text alone cannot show it.
    """

    id: str
    group: Group
    title: str
    definition: str
    threshold: float
    reason: str
    examples: tuple[Example, Example]
    near_misses: tuple[Example, Example]
    clock: bool = False
    needs_sound: bool = False
