"""Turns together with the moments that were noticed in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import UtteranceId
    from sidelight.partnering.dialogue.floor import Floor, Turn


@dataclass(frozen=True, slots=True)
class Told:
    """A turn and what was found in it.

    Attributes:
        turn: More than a sound of listening.
        moments: That begin in it and count, in order of notice.
    """

    turn: Turn
    moments: tuple[Moment, ...]

    @property
    def by_coach(self) -> bool:
        """Whether it is the coach's."""
        return self.turn.speaker is Speaker.COACH

    def moment(self, *kinds: str) -> Moment | None:
        """The first moment of one of these kinds, if there is one."""
        return next((one for one in self.moments if one.kind in kinds), None)


def told(story: Story, floor: Floor) -> tuple[Told, ...]:
    """The turns of a session, in order of their start."""
    begun: dict[UtteranceId, list[Moment]] = {}
    for moment in story.moments:
        for first in moment.utterance_ids[:1]:
            begun.setdefault(first, []).append(moment)
    return tuple(
        Told(
            turn,
            tuple(m for said in turn.utterances for m in begun.get(said.id, ())),
        )
        for turn in floor.turns
    )
