"""The coach of this test, what she types and says, and what is known from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.fakes.live_calls import Follower

from sidelight.domain.events import UtteranceHeard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.pictures.stage import Stage

    from sidelight.domain.events import Event

NAME: Final = "Quorvimza"
CONTACT: Final = "quorvimza@ziggurat.example"
CAME_FOR: Final = "a bassoon of her own"
ABOUT: Final = "has marzipan on Thursdays"
ANSWER: Final = "by all means, said the pelican"
NOTE: Final = "oboes enter later next time"
PROMISE: Final = "She writes to the xylophonist."
TYPED: Final = (NAME, CONTACT, CAME_FOR, ABOUT, ANSWER, NOTE, PROMISE)
"""Typed by the coach, and found nowhere by chance."""

_LONG: Final = 15
"""Characters of an utterance that is found nowhere by chance either."""


@dataclass
class Coaching:
    """Everything that a step may use.

    Attributes:
        stage: Screen, keyboard, sound devices, data folder.
        minutes: Of talk in the session; as little as the steps need where it is less.
        hidden: What was said and is off the record.
    """

    stage: Stage
    minutes: int
    hidden: set[str] = field(default_factory=set)
    _follower: Follower | None = None

    @property
    def exports(self) -> Path:
        """Where the coach saves what leaves the program."""
        return self.stage.folder.with_name("exports")

    @property
    def coachs_own(self) -> Path:
        """The home folder, where every program keeps its settings."""
        return self.stage.folder.with_name("home")

    @property
    def temporary(self) -> Path:
        """Where every program puts temporary files."""
        return self.stage.folder.with_name("temporary")

    def follow(self) -> None:
        """Be told what the engine stores; a window's reading of it is checked by it."""
        self._follower = Follower(self.stage.folder / "run")

    @property
    def follower(self) -> Follower:
        """What was told since."""
        assert self._follower is not None
        return self._follower

    def seen(self) -> list[Event]:
        """What may be seen now, in order."""
        seen = dict(self.follower.seen)
        return [seen[number] for number in sorted(seen)]

    def heard(self) -> set[str]:
        """The utterances that may be seen now."""
        return texts(self.seen())

    def ever_heard(self) -> set[str]:
        """Those that were ever told and are long enough to be known again."""
        return {text for text in texts(self.follower.told.values()) if long(text)}

    def close(self) -> None:
        """Let go of the engine."""
        if self._follower is not None:
            self._follower.close()


def texts(events: Iterable[Event]) -> set[str]:
    """What was said."""
    return {one.utterance.text for one in events if isinstance(one, UtteranceHeard)}


def long(text: str) -> bool:
    """Whether these words are nowhere by chance."""
    return len(text) > _LONG
