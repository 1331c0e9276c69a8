"""Where a session has no sound, and why: lost, paused, or off the record. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.session import Mode
from sidelight.domain.timeline import GapCause, Millis, Span
from sidelight.ui.kindwords import gap_words, sentence
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.domain.story import Story


NOTHING_HEARD: Final = tr("Nothing was heard in this session.")
_NOBODY_LISTENED: Final = tr("Nobody listened in this session.")
_NO_WORDS_YET: Final = tr("This session was recorded; it has no words yet.")


def why_wordless(story: Story) -> str:
    """Why there is no transcript, as a sentence."""
    session = story.session
    if session is not None and session.mode is Mode.NO_LISTENING:
        return _NOBODY_LISTENED
    if session is not None and session.mode is Mode.KEEP and not session.model:
        return _NO_WORDS_YET
    return NOTHING_HEARD


class Look(Enum):
    """How a stretch without sound is drawn."""

    LOST = auto()
    """Hatched: nobody wanted it."""

    PAUSED = auto()
    """Dotted: the coach paused."""

    OFF_RECORD = auto()
    """Empty, with a broken edge: it was there and is gone."""


_IN_SECONDS: Final = 100
"""From here on a length is told in minutes."""


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """A stretch of the session without sound.

    Attributes:
        span: From when to when.
        words: Why, in two or three words.
        look: How it is drawn.
    """

    span: Span
    words: str
    look: Look

    @property
    def told(self) -> str:
        """Why, from when to when, and how long, as a sentence."""
        start, end = clock(self.span.start), clock(self.span.end)
        return sentence(
            tr(
                "{why}, {start} to {end} ({length})",
                why=self.words,
                start=start,
                end=end,
                length=self.length,
            )
        )

    @property
    def length(self) -> str:
        """How long it lasted, in seconds or whole minutes."""
        seconds = max(1, round(self.span.length / 1000))
        if seconds < _IN_SECONDS:
            return tr("{n} s", n=seconds)
        return tr("{n} min", n=round(seconds / 60))


def absences(story: Story) -> tuple[Absence, ...]:
    """Every stretch without sound, in order."""
    found = [
        Absence(gap.span, gap_words(gap.cause), Look.LOST)
        for gap in story.gaps
        if gap.cause is not GapCause.PAUSED  # the pause itself says so
    ]
    pauses = list(story.clocks.pauses)
    if story.clocks.paused_at is not None:
        begun = story.clocks.paused_at
        pauses.append(Span(begun, Millis(max(begun, story.position))))
    found += [Absence(pause, tr("paused"), Look.PAUSED) for pause in pauses]
    found += [
        Absence(span, tr("off the record"), Look.OFF_RECORD)
        for span in story.off_record
    ]
    return tuple(sorted(found, key=lambda one: one.span))
