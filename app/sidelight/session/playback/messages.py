"""What travels when a session is heard again: small frozen values.

Between the window and whoever has the keys: ``PlaybackRequest`` and ``PlaybackNews``.
Between that one and the player's process: ``Take`` and ``Piece`` to it, ``Want`` and
news from it. Pieces go over a pipe that nobody else can read, and lie nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidelight.domain.timeline import Millis, Samples, Span


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play from here; replaces whatever plays.

    Attributes:
        session: Its id.
        take: Number of this request; what is told of it carries it.
        span: From where to where.
        speed: 0.75 to 2.0, at the same pitch.
        skips: Stretches to leave out, in order, apart from each other.
    """

    session: str
    take: int
    span: Span
    speed: float = 1.0
    skips: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class HaltSound:
    """Play no more, and let the device go."""


PlaybackRequest = PlaySound | HaltSound


@dataclass(frozen=True, slots=True)
class Sounding:
    """This is heard now; some twenty times a second.

    Attributes:
        take: Of ``PlaySound``.
        at: Position in the session.
    """

    take: int
    at: Millis


@dataclass(frozen=True, slots=True)
class Played:
    """It has been played to its end.

    Attributes:
        take: Of ``PlaySound``.
        at: Where it ended.
    """

    take: int
    at: Millis


@dataclass(frozen=True, slots=True)
class NotPlayed:
    """It cannot be played, or not any more: the two sentences of a ``UserError``.

    Attributes:
        take: Of ``PlaySound``.
    """

    take: int
    message: str
    remedy: str


PlaybackNews = Sounding | Played | NotPlayed


@dataclass(frozen=True, slots=True)
class Take:
    """To the player: play these stretches one after the other.

    Attributes:
        number: See ``PlaySound.take``.
        runs: In order, none empty.
        speed: See ``PlaySound``.
    """

    number: int
    runs: tuple[Span, ...]
    speed: float


@dataclass(frozen=True, slots=True)
class Want:
    """From the player: the sound from here on is needed.

    Attributes:
        take: For which take.
        start: Where.
        count: How much; it may be less.
    """

    take: int
    start: Samples
    count: int


@dataclass(frozen=True, slots=True)
class Piece:
    """To the player: what it wanted.

    Attributes:
        take: For which take.
        start: Where.
        sound: int16, little-endian, one channel, as ``record.spool`` keeps it; shorter
            than wanted only where the session's sound ends.
    """

    take: int
    start: Samples
    sound: bytes = field(repr=False)


ToPlayer = Take | HaltSound | Piece
OfPlayer = Want | PlaybackNews
