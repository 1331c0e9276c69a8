"""What is known of a session so far, for a recogniser that takes over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sidelight.domain.events import (
    LanguageDecided,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentNoticed,
    UtteranceHeard,
)
from sidelight.domain.timeline import Millis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.moments import Moment
    from sidelight.domain.transcript import Utterance


@dataclass(frozen=True, slots=True)
class Known:
    """What may still be used, and the numbers that were given.

    What went off the record is not among the values, but its numbers are never given
    again: later events must not be taken for ones about it.

    Attributes:
        decided: ``at`` of the newest final utterance; 0 when there is none.
        utterances: All finals, in order.
        moments: All that were noticed, in order, whether or not they count.
        last_utterance: Greatest utterance number so far.
        last_moment: Greatest moment number so far.
        last_episode: Greatest episode number so far.
        language: What is spoken, once it was decided, or ``None``.
    """

    decided: Millis = Millis(0)  # noqa: RUF009 - an integer
    utterances: tuple[Utterance, ...] = ()
    moments: tuple[Moment, ...] = ()
    last_utterance: int = 0
    last_moment: int = 0
    last_episode: int = 0
    language: str | None = None

    @classmethod
    def of(cls, events: Iterable[StoredEvent]) -> Known:
        """From a session's stored events."""
        said: list[UtteranceHeard] = []
        moments: list[Moment] = []
        episodes = [0]
        language = None
        for stored in events:
            match stored.event:
                case UtteranceHeard():
                    said.append(stored.event)
                case MomentNoticed(moment=moment):
                    moments.append(moment)
                    episodes.append(moment.episode or 0)
                case MomentAdded(moment=moment):
                    episodes.append(moment.episode or 0)
                case (
                    MomentConfirmed(episode=episode) | MomentCorrected(episode=episode)
                ):
                    episodes.append(episode or 0)
                case LanguageDecided(language=decided):
                    language = decided
                case _:
                    pass
        return cls(
            decided=said[-1].at if said else Millis(0),
            utterances=tuple(event.utterance for event in said),
            moments=tuple(moments),
            last_utterance=max(
                (event.utterance.id.number for event in said), default=0
            ),
            last_moment=max((moment.id.number for moment in moments), default=0),
            last_episode=max(episodes),
            language=language,
        )

    def numbered_as(self, other: Known) -> Known:
        """The same, with the other's numbers where those are greater."""
        return replace(
            self,
            last_utterance=max(self.last_utterance, other.last_utterance),
            last_moment=max(self.last_moment, other.last_moment),
            last_episode=max(self.last_episode, other.last_episode),
        )
