"""What travels over the control socket: small frozen values, written as JSON.

A client sends a ``Request`` (told apart by ``"do"``), the engine sends ``Message``
values (``"is"``). Stored events come in order; where something was erased their
numbers have holes. A partial, the levels and the status are only ever the newest of
their kind.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, assert_never

from sidelight.domain.errors import WireError
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import Millis
from sidelight.domain.wording import Wording, worded
from sidelight.session.playback.wire import (
    asked_from_dict,
    asked_to_dict,
    news_from_dict,
    news_to_dict,
)
from sidelight.session.wrap_acts import Act, act_from_dict, act_to_dict

if TYPE_CHECKING:
    from sidelight.domain.events import StoredEvent
    from sidelight.domain.transcript import Partial
    from sidelight.domain.wire import Wire
    from sidelight.session.playback.messages import PlaybackNews, PlaybackRequest


class Health(StrEnum):
    """How the session is doing, for the dot in the sidebar."""

    GOOD = "good"
    BEHIND = "behind"
    """Recognition runs later than it should; nothing is lost."""

    LATER = "later"
    """The computer is too slow for now: recorded, and recognised after the session."""

    NO_RECOGNITION = "no_recognition"
    """The recording goes on, the recogniser does not."""

    NO_SOUND = "no_sound"
    """The source failed: nothing more is being recorded."""

    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Follow:
    """Push everything from now on, beginning with all stored events after ``after``.

    Attributes:
        after: Number of the last event seen; 0: none.
        again: Another engine was followed until now. What was hidden when it died may
            have been seen, so ``StartOver`` comes first.
        quiet: Without partials and levels, which come many times a second.
    """

    after: int = 0
    again: bool = False
    quiet: bool = False


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


@dataclass(frozen=True, slots=True)
class AddMoment:
    """The coach says "I did that".

    Attributes:
        kind: A process kind; ``None``: what it most likely was.
    """

    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Record nothing from now on; the clocks stop."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Record again."""


@dataclass(frozen=True, slots=True)
class GoOffRecord:
    """Take what was just said off the record.

    Attributes:
        last_ms: How far back; ``None``: the newest turn.
    """

    last_ms: int | None


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the newest of bookmark, moment and off the record back."""


@dataclass(frozen=True, slots=True)
class Hide:
    """Hide what the window shows, or show it again."""


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Another launcher looks after the session now: windows of the old one leave."""


@dataclass(frozen=True, slots=True)
class WrapUp:
    """The coach does this in the wrap-up; before the session's end it waits for it."""

    act: Act


@dataclass(frozen=True, slots=True)
class Playback:
    """Once the session is over, its sound is wanted."""

    asked: PlaybackRequest


@dataclass(frozen=True, slots=True)
class AskConsentText:
    """What the session's transcript is handed in with. Tells ``ConsentTold``."""


Request = (
    Follow
    | AskStatus
    | End
    | Quit
    | PlaceMark
    | AddMoment
    | Pause
    | Resume
    | GoOffRecord
    | Undo
    | Hide
    | TakeOver
    | WrapUp
    | Playback
    | AskConsentText
)


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
class StartOver:
    """Forget every event and every word: what still counts follows from the first.

    Sent when something was hidden, shown again, or its words are gone.

    Attributes:
        newest: Number of the last event that follows at once; 0: there is none.
    """

    newest: int


@dataclass(frozen=True, slots=True)
class Leave:
    """To a window: another one is about to take its place."""


@dataclass(frozen=True, slots=True)
class HideAsked:
    """To a window: hide, or show again. It knows which; a key may have been before."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a request came to, in at most four words."""

    text: Wording


@dataclass(frozen=True, slots=True)
class PlaybackTold:
    """What is heard of the session's sound."""

    news: PlaybackNews


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """The client's consent that the session is handed in, for people.

    Attributes:
        text: ``""``: the record has none.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a device or the disk that the coach should know now.

    Attributes:
        message: One sentence.
        remedy: What can be done, or that nothing need be done.
        good: It is over, and said for a moment only.
    """

    message: str
    remedy: str
    good: bool = False


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
        paused: Nothing is recorded, because the coach said so.
        undoable: Something is off the record and can still be shown again.
        taken_ms: How much of the session that is; 0 if there is none.
        notices: About devices and disk, the worst first.
        heard: End of the sound that the recogniser has heard.
        clock_s: Seconds on the capture clock when the sound was at ``position``;
            ``None`` before the first.
    """

    session: str
    model: str
    position: Millis
    health: Health
    lag_ms: int
    length_ms: int | None
    compute_ms: int
    paused: bool = False
    undoable: bool = False
    taken_ms: int = 0
    notices: tuple[Notice, ...] = ()
    heard: Millis = Millis(0)  # noqa: RUF009 - an integer
    clock_s: float | None = None


WENT_OFF: Final = worded("Off the record")
PAUSED: Final = worded("Paused")
STATES: Final = frozenset({WENT_OFF, PAUSED})
"""Answers for a command alone: a window shows the state itself, from the status."""


@dataclass(frozen=True, slots=True)
class FaultTold:
    """Something went wrong, told once: the two sentences of a ``UserError``."""

    message: str
    remedy: str


Message = (
    EventStored
    | PartialHeard
    | Levels
    | Status
    | FaultTold
    | StartOver
    | Told
    | Leave
    | HideAsked
    | PlaybackTold
    | ConsentTold
)


# One arm a request.
def request_to_bytes(request: Request) -> bytes:  # noqa: C901, PLR0912
    """One request as UTF-8 JSON."""
    match request:
        case Follow():
            data: dict[str, object] = {"do": "follow", **asdict(request)}
        case AskStatus():
            data = {"do": "status"}
        case End():
            data = {"do": "end"}
        case Quit():
            data = {"do": "quit"}
        case PlaceMark(note=note):
            data = {"do": "mark", "note": note}
        case AddMoment(kind=kind):
            data = {"do": "did", "kind": kind}
        case Pause():
            data = {"do": "pause"}
        case Resume():
            data = {"do": "resume"}
        case GoOffRecord(last_ms=last_ms):
            data = {"do": "off_record", "last_ms": last_ms}
        case Undo():
            data = {"do": "undo"}
        case Hide():
            data = {"do": "hide"}
        case TakeOver():
            data = {"do": "take_over"}
        case WrapUp(act=act):
            data = {"do": "wrap_up", **act_to_dict(act)}
        case Playback(asked=asked):
            data = {"do": "playback", **asked_to_dict(asked)}
        case AskConsentText():
            data = {"do": "consent_text"}
        case _:
            assert_never(request)
    return _dump(data)


# One arm a request.
def request_from_bytes(raw: bytes) -> Request:  # noqa: C901, PLR0911, PLR0912
    """The request of ``request_to_bytes``.

    Raises:
        WireError: It is none that this version knows.
    """
    data = _load(raw)
    match data:
        case {
            "do": "follow",
            "after": int(after),
            "again": bool(again),
            "quiet": bool(quiet),
        }:
            return Follow(after, again, quiet)
        case {"do": "status"}:
            return AskStatus()
        case {"do": "end"}:
            return End()
        case {"do": "quit"}:
            return Quit()
        case {"do": "mark", "note": str(note)}:
            return PlaceMark(note)
        case {"do": "did", "kind": None}:
            return AddMoment()
        case {"do": "did", "kind": str(kind)} if kind in PROCESS_KINDS:
            return AddMoment(kind)
        case {"do": "pause"}:
            return Pause()
        case {"do": "resume"}:
            return Resume()
        case {"do": "off_record", "last_ms": int(last_ms)} if last_ms > 0:
            return GoOffRecord(last_ms)
        case {"do": "off_record", "last_ms": None}:
            return GoOffRecord(None)
        case {"do": "undo"}:
            return Undo()
        case {"do": "hide"}:
            return Hide()
        case {"do": "take_over"}:
            return TakeOver()
        case {"do": "wrap_up"}:
            return WrapUp(act_from_dict(data))
        case {"do": "playback"}:
            return Playback(asked_from_dict(data))
        case {"do": "consent_text"}:
            return AskConsentText()
        case _:
            raise WireError("no request of this version")


# One arm a message.
def message_to_bytes(message: Message, wire: Wire) -> bytes:  # noqa: C901
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
        case StartOver(newest=newest):
            data = {"is": "start_over", "newest": newest}
        case Told(text=text):
            data = {"is": "told", **asdict(text)}
        case Leave():
            data = {"is": "leave"}
        case HideAsked():
            data = {"is": "hide"}
        case PlaybackTold(news=news):
            data = {"is": "playback", **news_to_dict(news)}
        case ConsentTold(text=text):
            data = {"is": "consent", "text": text}
        case _:
            assert_never(message)
    return _dump(data)


# One arm a message.
def message_from_bytes(  # noqa: C901, PLR0911, PLR0912
    raw: bytes, wire: Wire
) -> Message:
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
            case {"is": "start_over", "newest": int(newest)}:
                return StartOver(newest)
            case {"is": "told"}:
                return Told(_wording(data))
            case {"is": "leave"}:
                return Leave()
            case {"is": "hide"}:
                return HideAsked()
            case {"is": "playback"}:
                return PlaybackTold(news_from_dict(data))
            case {"is": "consent", "text": str(text)}:
                return ConsentTold(text)
            case _:
                raise WireError("no message of this version")
    except (KeyError, TypeError, ValueError):
        # The cause may quote what was sent, so it is cut off on purpose.
        raise WireError("no message of this version") from None


def _wording(data: dict[str, Any]) -> Wording:
    values = (
        (str(name), _wording(value) if isinstance(value, dict) else value)
        for name, value in data["values"]
    )
    return Wording(str(data["text"]), str(data["about"]), tuple(values))


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
        paused=bool(data["paused"]),
        undoable=bool(data["undoable"]),
        taken_ms=int(data["taken_ms"]),
        notices=tuple(
            Notice(str(one["message"]), str(one["remedy"]), bool(one["good"]))
            for one in data["notices"]
        ),
        heard=Millis(int(data["heard"])),
        clock_s=None if data["clock_s"] is None else float(data["clock_s"]),
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
