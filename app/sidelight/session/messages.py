"""What travels over the control socket: small frozen values, written as JSON.

A client sends a ``Request`` (told apart by ``"do"``), the engine sends ``Message``
values (``"is"``). Stored events come in order and without holes; a partial, the levels
and the status are only ever the newest of their kind.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from sidelight.domain.timeline import Millis
from sidelight.domain.wire import WireError

if TYPE_CHECKING:
    from sidelight.domain.events import StoredEvent
    from sidelight.domain.transcript import Partial
    from sidelight.domain.wire import Wire


class Health(StrEnum):
    """How the session is doing, for the dot in the sidebar."""

    GOOD = "good"
    BEHIND = "behind"
    """Recognition runs later than it should; nothing is lost."""

    NO_RECOGNITION = "no_recognition"
    """The recording goes on, the recogniser does not."""

    NO_SOUND = "no_sound"
    """The source failed: nothing more is being recorded."""

    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Follow:
    """Push everything from now on, beginning with all stored events after ``after``."""

    after: int = 0


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Push the status now."""


@dataclass(frozen=True, slots=True)
class End:
    """End the session: record no more, recognise what is left, then say so."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave: end the session at once (what is left stays unrecognised) and go."""


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """The coach's bookmark, at the newest sound."""

    note: str = ""


Request = Follow | AskStatus | End | Quit | PlaceMark


@dataclass(frozen=True, slots=True)
class EventStored:
    """An event, already in the record."""

    stored: StoredEvent


@dataclass(frozen=True, slots=True)
class PartialHeard:
    """Words so far; replaces the speaker's partial before it."""

    partial: Partial


@dataclass(frozen=True, slots=True)
class Levels:
    """Peak of each channel since the message before, in dBFS (0 = full scale)."""

    dbfs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand.

    Attributes:
        session: Id of the session.
        model: Name of the speech model.
        position: End of the newest captured sound.
        health: How the session is doing.
        lag_ms: Wall-clock age of the oldest sound the recogniser has not heard yet.
        length_ms: Length of the whole sound, or ``None`` while a person speaks live.
        compute_ms: CPU time the recogniser has used so far, all its threads together.
    """

    session: str
    model: str
    position: Millis
    health: Health
    lag_ms: int
    length_ms: int | None
    compute_ms: int


@dataclass(frozen=True, slots=True)
class FaultTold:
    """Something went wrong, told once: the two sentences of a ``UserError``."""

    message: str
    remedy: str


Message = EventStored | PartialHeard | Levels | Status | FaultTold


def request_to_bytes(request: Request) -> bytes:
    """One request as UTF-8 JSON."""
    match request:
        case Follow(after=after):
            data: dict[str, object] = {"do": "follow", "after": after}
        case AskStatus():
            data = {"do": "status"}
        case End():
            data = {"do": "end"}
        case Quit():
            data = {"do": "quit"}
        case PlaceMark(note=note):
            data = {"do": "mark", "note": note}
        case _:
            assert_never(request)
    return _dump(data)


def request_from_bytes(raw: bytes) -> Request:
    """The request of ``request_to_bytes``.

    Raises:
        WireError: It is none that this version knows.
    """
    data = _load(raw)
    match data:
        case {"do": "follow", "after": int(after)}:
            return Follow(after)
        case {"do": "status"}:
            return AskStatus()
        case {"do": "end"}:
            return End()
        case {"do": "quit"}:
            return Quit()
        case {"do": "mark", "note": str(note)}:
            return PlaceMark(note)
        case _:
            raise WireError("no request of this version")


def message_to_bytes(message: Message, wire: Wire) -> bytes:
    """One message as UTF-8 JSON."""
    match message:
        case EventStored(stored=stored):
            data: dict[str, object] = {
                "is": "stored",
                "stored": wire.stored_to_dict(stored),
            }
        case PartialHeard(partial=partial):
            data = {"is": "partial", "partial": wire.partial_to_dict(partial)}
        case Levels(dbfs=dbfs):
            data = {"is": "levels", "dbfs": list(dbfs)}
        case Status():
            data = {"is": "status", **asdict(message)}
        case FaultTold(message=sentence, remedy=remedy):
            data = {"is": "error", "message": sentence, "remedy": remedy}
        case _:
            assert_never(message)
    return _dump(data)


def message_from_bytes(raw: bytes, wire: Wire) -> Message:
    """The message of ``message_to_bytes``.

    Raises:
        WireError: It is none that this version knows.
    """
    data = _load(raw)
    try:
        match data:
            case {"is": "stored", "stored": dict(stored)}:
                return EventStored(wire.stored_from_dict(stored))
            case {"is": "partial", "partial": dict(partial)}:
                return PartialHeard(wire.partial_from_dict(partial))
            case {"is": "levels", "dbfs": list(dbfs)}:
                return Levels(tuple(float(level) for level in dbfs))
            case {"is": "status"}:
                return _status(data)
            case {"is": "error", "message": str(message), "remedy": str(remedy)}:
                return FaultTold(message, remedy)
            case _:
                raise WireError("no message of this version")
    except (KeyError, TypeError, ValueError):
        # The cause may quote what was sent, so it is cut off on purpose.
        raise WireError("no message of this version") from None


def _status(data: dict[str, Any]) -> Status:
    length = data["length_ms"]
    return Status(
        session=str(data["session"]),
        model=str(data["model"]),
        position=Millis(int(data["position"])),
        health=Health(data["health"]),
        lag_ms=int(data["lag_ms"]),
        length_ms=None if length is None else int(length),
        compute_ms=int(data["compute_ms"]),
    )


def _dump(data: dict[str, object]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _load(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw)
    except ValueError:
        raise WireError("not JSON") from None
    if not isinstance(data, dict):
        raise WireError("not an object")
    return data
