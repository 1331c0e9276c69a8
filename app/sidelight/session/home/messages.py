"""What home asks the launcher, and what it is told: small frozen values on a pipe.

The pipe is inherited, between a process and its own child: nobody else reads it, so a
passphrase may pass, which must never stand on a command line or in a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sidelight.domain.consent import Standing
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import AskedOfClients, ToldOfClients
from sidelight.session.export_messages import (
    ExportRefused,
    ExportSaved,
    PreviewExport,
    PreviewMade,
    SaveExport,
)
from sidelight.session.playback.messages import (
    HaltSound,
    NotPlayed,
    Played,
    PlaySound,
    Sounding,
)
from sidelight.settings.room import RoomView

if TYPE_CHECKING:
    from datetime import date, datetime

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.keeping import SoundGoes
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Millis
    from sidelight.record.search import Hit
    from sidelight.session.importing.progress import Progress
    from sidelight.session.importing.wanted import Recording
    from sidelight.session.wrap_acts import Act


class Lock(StrEnum):
    """How the record stands."""

    OPEN = "open"
    LOCKED = "locked"
    """It needs its passphrase."""

    NEW = "new"
    """There is none yet; the keyring will keep its key."""

    NEW_WITHOUT_KEYRING = "new_without_keyring"
    """There is none yet, and no keyring: a passphrase has to be chosen."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of the library.

    Attributes:
        id: Of the session.
        started_at: Wall clock with time zone.
        client: First name, or ``""``.
        mode: What was kept.
        worked: Its length without pauses.
        only_recorded: Its sound is kept and nobody recognised it: it waits for words.
        wrapped_up: The coach is done with its wrap-up.
        sound_gone_on: The day its sound went, where the words are kept longer.
        consent: How the client's word stands to what is kept of it.
    """

    id: str
    started_at: datetime
    client: str
    mode: Mode
    worked: Millis
    only_recorded: bool = False
    wrapped_up: bool = True
    sound_gone_on: date | None = None
    consent: Standing = Standing.VALID


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One speech model for people's voices.

    Attributes:
        name: As ``sidelight models list`` shows it.
        multilingual: Whether it knows more than English.
    """

    name: str
    multilingual: bool


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """Something to record.

    Attributes:
        name: As the sound system calls it.
        title: For people.
    """

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class StartChoices:
    """What the start card asks for; the same as ``sidelight start`` takes.

    Attributes:
        client: First name, or ``""``.
        minutes: The agreed length, or ``None``.
        mode: What is kept.
        microphone: Its name; ``None``: the system's choice.
        call: What plays the client's voice; ``""``: the system's own output; ``None``:
            everybody is in the room.
        model: Its name; ``None``: the largest that this computer is fast enough for.
        language: ISO 639; ``None``: decided from the first sentences.
        record_only: Record now, words later.
        room: What the screen shows where everybody is in one room.
    """

    client: str = ""
    minutes: int | None = 60
    mode: Mode = Mode.KEEP
    microphone: str | None = None
    call: str | None = None
    model: str | None = None
    language: str | None = None
    record_only: bool = False
    room: RoomView = RoomView.LINE


# -- what home asks ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookAround:
    """Tell ``HomeSeen``, then ``DevicesFound``."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """Open the record with this; then as ``LookAround``."""

    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetUp:
    """Make the record; ``None``: the keyring keeps its key. Tells ``KeyMade``."""

    passphrase: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Tell ``SessionOpened``.

    Attributes:
        session: Its id.
        at: The place to show; ``None``: none in particular.
    """

    session: str
    at: Millis | None = None


@dataclass(frozen=True, slots=True)
class SearchSessions:
    """Find what was said, in all sessions. Tells ``WordsFound``."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookAtClient:
    """Tell ``ClientSeen``."""

    client: str


@dataclass(frozen=True, slots=True)
class BringIn:
    """Bring recordings made elsewhere in. Tells ``ImportsSeen``, again and again."""

    recordings: tuple[Recording, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CancelImport:
    """Leave this recording, by its number in ``ImportsSeen``."""

    number: int


@dataclass(frozen=True, slots=True)
class WrapUpSession:
    """The coach does this in the wrap-up of a session. Tells ``WrapUpStored``."""

    session: str
    act: Act


@dataclass(frozen=True, slots=True)
class KeepInterrupted:
    """Put an interrupted session with the others; then as ``LookAround``."""

    session: str


@dataclass(frozen=True, slots=True)
class DiscardInterrupted:
    """Destroy an interrupted session; then as ``LookAround``."""

    session: str


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Tell ``CardSeen``, then ``DevicesFound``: the list is made anew."""


@dataclass(frozen=True, slots=True)
class ListDevices:
    """Tell ``DevicesFound``: the list is made anew."""


@dataclass(frozen=True, slots=True)
class RecallClient:
    """Tell ``ClientRecalled``."""

    client: str


@dataclass(frozen=True, slots=True)
class ListenTo:
    """Tell ``LevelHeard`` some 20 times a second, until asked for something else.

    Attributes:
        microphone: Its name; ``None``: the system's choice.
    """

    microphone: str | None


@dataclass(frozen=True, slots=True)
class StopListening:
    """No more levels; the microphone is let go."""


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a session. Tells ``Working`` on the way, then ``Begun`` or ``Refused``."""

    choices: StartChoices


@dataclass(frozen=True, slots=True)
class KeepSoundLonger:
    """Keep the sound of these sessions longer. Tells ``SoundSeen``."""

    sessions: tuple[str, ...]


Request = (
    KeepSoundLonger
    | AskedOfClients
    | LookAround
    | Unlock
    | SetUp
    | OpenSession
    | SearchSessions
    | LookAtClient
    | BringIn
    | CancelImport
    | WrapUpSession
    | PreviewExport
    | SaveExport
    | PlaySound
    | HaltSound
    | KeepInterrupted
    | DiscardInterrupted
    | OpenCard
    | ListDevices
    | RecallClient
    | ListenTo
    | StopListening
    | Start
)


# -- what home is told -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """How things stand.

    Attributes:
        lock: Whether the record is open; the rest is empty where it is not.
        sessions: Those that ended, the newest first.
        interrupted: Those without an end, the newest first.
        models: Speech models for people's voices.
        model_offered: The one to fetch first.
        model_megabytes: Its size.
        first_run: Whether the first run waits to be gone through.
    """

    lock: Lock
    sessions: tuple[SessionLine, ...]
    interrupted: tuple[SessionLine, ...]
    models: tuple[ModelLine, ...]
    model_offered: str
    model_megabytes: int
    first_run: bool = False


@dataclass(frozen=True, slots=True)
class KeyMade:
    """The record was made.

    Attributes:
        recovery_key: To be printed, once.
        notice: Why the keyring is not one of its ways, or ``""``.
    """

    recovery_key: str = field(repr=False)
    notice: str


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A session of the library, with what only the whole of it shows.

    Attributes:
        story: The session.
        at: The place that was asked for, or ``None``.
        has_sound: Whether there is sound of it to be heard.
    """

    story: Story = field(repr=False)
    at: Millis | None = None
    has_sound: bool = False


@dataclass(frozen=True, slots=True)
class WordsFound:
    """Where words were said.

    Attributes:
        words: As they were asked for.
        hits: The newest session first.
        more: Whether there are more than these.
    """

    words: str = field(repr=False)
    hits: tuple[Hit, ...] = field(repr=False)
    more: bool = False


@dataclass(frozen=True, slots=True)
class ClientLine:
    """What a client wanted and promised in one session.

    Attributes:
        session: The session's id.
        on: When it began.
        request: In the client's words, or ``""``.
        asked_at: Where it was said; ``None``: nothing was noted.
        commitments: What the coach let go out, each with its place; ``None``: the
            coach's own words.
    """

    session: str
    on: datetime
    request: str = field(repr=False)
    asked_at: Millis | None
    commitments: tuple[tuple[str, Millis | None], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientSeen:
    """One client over time.

    Attributes:
        client: As it was asked.
        lines: Of the sessions in which anything was asked or promised, newest first.
        sessions: All of theirs that ended, the newest first.
    """

    client: str
    lines: tuple[ClientLine, ...]
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class ImportsSeen:
    """How far the recordings are that were brought in since home was opened."""

    lines: tuple[Progress, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrapUpStored:
    """What the coach did in the wrap-up of a session is in the record.

    Attributes:
        session: Its id.
        stored: To be folded into its story.
    """

    session: str
    stored: StoredEvent = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardSeen:
    """What the start card begins with.

    Attributes:
        clients: First names, the newest first.
        models: Speech models for people's voices.
        choices: As they were made the last time, without the client.
    """

    clients: tuple[str, ...]
    models: tuple[ModelLine, ...]
    choices: StartChoices


@dataclass(frozen=True, slots=True)
class ClientRecalled:
    """What this client asked for and committed to the last time.

    Attributes:
        client: As it was asked.
        request: In the client's words; ``""``: nothing is known.
        on: When that session began; ``None``: there was none, and the request is what
            their card says.
        commitments: Of the newest session in which the coach let any go out.
        committed_on: When that one began; ``None``: there was none.
    """

    client: str
    request: str = field(repr=False)
    on: datetime | None
    commitments: tuple[str, ...] = field(default=(), repr=False)
    committed_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class DevicesFound:
    """What can be recorded now.

    Attributes:
        microphones: The coach's side, the system's choice first.
        played: What plays the client's side of a call, the system's choice first.
        guidance: What to do where nothing that plays can be recorded, or ``""``.
    """

    microphones: tuple[DeviceLine, ...]
    played: tuple[DeviceLine, ...]
    guidance: str


@dataclass(frozen=True, slots=True)
class LevelHeard:
    """The newest peak in dBFS; ``None``: the microphone has not begun yet."""

    dbfs: float | None


@dataclass(frozen=True, slots=True)
class MeterFailed:
    """The microphone, or the sound system, cannot be used: the two sentences."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Working:
    """What takes time now, as a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What was asked for last was not done: the two sentences of a ``UserError``."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The session has begun; home leaves."""


@dataclass(frozen=True, slots=True)
class SoundSeen:
    """Which sound goes next, and what has gone.

    Attributes:
        gone: How many sessions have no sound any more since the last look.
        soon: What goes next, by day.
    """

    gone: int
    soon: tuple[SoundGoes, ...]


News = (
    SoundSeen
    | ToldOfClients
    | HomeSeen
    | KeyMade
    | SessionOpened
    | WordsFound
    | ClientSeen
    | ImportsSeen
    | WrapUpStored
    | PreviewMade
    | ExportSaved
    | ExportRefused
    | Sounding
    | Played
    | NotPlayed
    | CardSeen
    | ClientRecalled
    | DevicesFound
    | LevelHeard
    | MeterFailed
    | Working
    | Refused
    | Begun
)

OfEars = DevicesFound | LevelHeard | MeterFailed
"""What the process with the microphone tells."""
