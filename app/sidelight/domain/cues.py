"""Cues: a few words for the coach at a real doorway, and why one was not shown.

None of this holds content: a kind, an occasion, positions and reasons.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_MS: Final = 7_000
"""How long a cue stands: COACHING.md section 4 says six to eight seconds. With fades of
0.8 s it can be read for 6.2 s and is gone after 7.8 s."""


class Occasion(StrEnum):
    """The doorways; there is no other occasion for a cue."""

    AFTER_AGREEMENT = "after_agreement"
    """The client has answered what this session is for; nobody explores yet."""

    FORK = "fork"
    """The client has named several threads and chosen none."""

    HALF_TIME = "half_time"
    """Half of the agreed length is over."""

    TEN_LEFT = "ten_left"
    """Ten minutes are left of the agreed length."""


class Hold(StrEnum):
    """Why a cue does not appear, now or at all."""

    OPENING = "opening"
    PAUSED = "paused"
    UNHEARD = "unheard"
    CLIENT_SPEAKS = "client_speaks"
    COACH_SPEAKS = "coach_speaks"
    THINKING = "thinking"
    FEELING = "feeling"
    NO_OPENING = "no_opening"
    TOO_SOON = "too_soon"
    ENOUGH = "enough"
    ASKED = "asked"
    PASSED = "passed"
    ENDED = "ended"
    LANGUAGE = "language"

    @property
    def explained(self) -> str:
        """In words, for whoever looks back; goes after "held back"."""
        return _EXPLAINED[self]


_EXPLAINED: Final = {
    Hold.OPENING: "the session was less than five minutes old",
    Hold.PAUSED: "the session was paused",
    Hold.UNHEARD: "it was not certain who was speaking",
    Hold.CLIENT_SPEAKS: "the client was speaking",
    Hold.COACH_SPEAKS: "you were speaking",
    Hold.THINKING: "the client may have been thinking",
    Hold.FEELING: "there had been strong feeling",
    Hold.NO_OPENING: "nothing had just come to an end",
    Hold.TOO_SOON: "another cue was less than four minutes ago",
    Hold.ENOUGH: "there had been six cues within the hour",
    Hold.ASKED: "you asked it without one",
    Hold.PASSED: "the conversation had moved on",
    Hold.ENDED: "the session ended",
    Hold.LANGUAGE: "cues are there for sessions in English only",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """What might be said to the coach.

    Attributes:
        kind: A process kind.
        occasion: The doorway it belongs to.
        span: The sound that opened the doorway; empty where the agreed length did. The
            cue has waited since its end.
    """

    kind: str
    occasion: Occasion
    span: Span

    @property
    def opened(self) -> Millis:
        """Since when it has waited."""
        return self.span.end


def reasons(held: Iterable[tuple[Hold, ...]]) -> list[tuple[Hold, int]]:
    """What held cues back most, and how many cues: the first reason of each counts.

    Args:
        held: The reasons of each cue, the longest lasting first.
    """
    return Counter(why[0] for why in held if why).most_common()
