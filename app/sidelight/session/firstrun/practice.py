"""What was shown by the trial so far: a fold over what the pipeline decided.

Three things, one after the other: a question to the client about the way resets the
clock; another question does not; and the coach has the last word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.clocks import Clocks
from sidelight.domain.events import MomentNoticed, MomentWithdrawn, UtteranceHeard
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Doubt, Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.events import Event

LEAST_WORDS: Final = 3
"""Fewer are no question of anybody's: a cough that became a word, an "okay"."""


class Stage(StrEnum):
    """What comes next."""

    ASK = "ask"
    """Something that partners."""

    STILL = "still"
    """Something that does not."""

    UNDO = "undo"
    """One press of the key."""

    DONE = "done"


class Heard(StrEnum):
    """What the newest words came to."""

    NOTHING = "nothing"
    """There are none yet."""

    SETTLED = "settled"
    """The clock was reset."""

    STILL = "still"
    """The clock went on."""

    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Practice:
    """How far it is.

    Attributes:
        stage: What comes next.
        clocks: As the sidebar counts.
        words: The newest of the coach's, as they were recognised.
        heard: What they came to.
    """

    stage: Stage = Stage.ASK
    clocks: Clocks = field(default_factory=Clocks)
    words: str = field(default="", repr=False)
    heard: Heard = Heard.NOTHING

    def after(self, events: Sequence[Event]) -> Practice:
        """The same once these have been decided, which is done in one go."""
        said = [e.utterance for e in events if isinstance(e, UtteranceHeard)]
        mine = [
            one
            for one in said
            if one.speaker is not Speaker.CLIENT and one.doubt is not Doubt.ECHO
        ]
        settled = any(
            isinstance(e, MomentNoticed)
            and e.moment.kind in PROCESS_KINDS
            and not e.moment.hollow
            for e in events
        )
        undone = any(isinstance(e, MomentWithdrawn) for e in events)
        clocks = self.clocks
        for event in events:
            clocks = clocks.after(event)
        now = replace(self, clocks=clocks)
        if undone and not settled:
            return replace(now, heard=Heard.TAKEN_BACK).moved_on(Stage.UNDO, Stage.DONE)
        if not mine:
            return now
        now = replace(now, words=mine[-1].text)
        if settled:
            return replace(now, heard=Heard.SETTLED).moved_on(Stage.ASK, Stage.STILL)
        now = replace(now, heard=Heard.STILL)
        if len(now.words.split()) < LEAST_WORDS:
            return now
        return now.moved_on(Stage.STILL, Stage.UNDO)

    def moved_on(self, done: Stage, following: Stage) -> Practice:
        """At the following stage, if this one was what came next."""
        return replace(self, stage=following) if self.stage is done else self
