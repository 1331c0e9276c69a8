"""How far a recording is that is brought in, for a terminal or a window."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis

if TYPE_CHECKING:
    from sidelight.domain.transcript import Layout


class Doing(StrEnum):
    """What is done with a recording now."""

    LOOKING = "looking"
    TAKING = "taking"
    """Its sound goes into the record."""

    HEARING = "hearing"


class Stands(StrEnum):
    """How it stands with a recording."""

    WAITING = "waiting"
    LOOKING = "looking"
    TAKING = "taking"
    HEARING = "hearing"
    DONE = "done"
    THERE = "there"
    """It was among the sessions before."""

    FAILED = "failed"
    """Not brought in, or brought in with something to say about it."""

    STOPPED = "stopped"
    """Cancelled; the same recording goes on when it is brought in again."""

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self in _OVER


_OVER: Final = frozenset({Stands.DONE, Stands.THERE, Stands.FAILED, Stands.STOPPED})
DOING: Final = {
    Doing.LOOKING: Stands.LOOKING,
    Doing.TAKING: Stands.TAKING,
    Doing.HEARING: Stands.HEARING,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one recording is.

    Attributes:
        number: Its place in the batch, from 0.
        name: The file's name, fit to be shown.
        stands: What is done with it.
        at: How far.
        of: Of how much; ``None``: not known.
        session: Its id once it is among the sessions, else ``""``.
        layout: As what it was heard; ``None``: it was not, this time.
        message: What is wrong, or ``""``.
        remedy: The way forward, or ``""``.
    """

    number: int
    name: str
    stands: Stands = Stands.WAITING
    at: Millis = Millis(0)  # noqa: RUF009 - an integer
    of: Millis | None = None
    session: str = ""
    layout: Layout | None = None
    message: str = ""
    remedy: str = ""
