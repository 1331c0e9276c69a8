"""What home asks about clients, and what it is told: values on the launcher's pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.client import Client
    from sidelight.domain.consent import Consent, Form, Occasion, Purpose
    from sidelight.domain.keeping import SoundRule
    from sidelight.record.deletion import Extent


@dataclass(frozen=True, slots=True)
class ListClients:
    """Tell ``ClientsListed``."""


@dataclass(frozen=True, slots=True)
class SaveClient:
    """Add a client (number 0) or change one. Tells ``ClientSaved``."""

    client: Client


@dataclass(frozen=True, slots=True)
class AskConsent:
    """Tell ``ConsentSeen`` of whoever has this name."""

    client: str


@dataclass(frozen=True, slots=True)
class NoteConsent:
    """A client was asked today; who is new is added. Tells ``ConsentSeen``.

    Attributes:
        client: First name.
        purposes: To what.
        form: How they said it.
        wording: What the coach said; ``""``: what is promised for these purposes.
        answer: What the client said, as the coach noted it.
        given: They agreed; otherwise they said no.
    """

    client: str
    purposes: tuple[Purpose, ...]
    form: Form
    wording: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)
    given: bool = True


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """A client takes back what they agreed to. Tells ``ConsentSeen``."""

    client: str
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True)
class AskScripts:
    """Tell ``ScriptsSeen``."""


@dataclass(frozen=True, slots=True)
class ChangeScript:
    """Say this to ask for consent from now on. Tells ``ScriptsSeen``."""

    asked: Occasion
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetSoundRule:
    """Keep this client's sound so long. Tells ``ClientsListed``.

    Attributes:
        client: First name.
        rule: ``None``: as everybody's.
    """

    client: str
    rule: SoundRule | None


@dataclass(frozen=True, slots=True)
class AskExtent:
    """How much is there of this client? Tells ``ExtentSeen``."""

    client: str


@dataclass(frozen=True, slots=True)
class DeleteClient:
    """Destroy everything of this client. Tells ``ClientDeleted``."""

    client: str


@dataclass(frozen=True, slots=True)
class AskSessionExtent:
    """How much is there of this session? Tells ``SessionExtentSeen``."""

    session: str


@dataclass(frozen=True, slots=True)
class DeleteSession:
    """Destroy everything of this session. Tells ``SessionDeleted``."""

    session: str


@dataclass(frozen=True, slots=True)
class ExportClient:
    """Write everything of this client into an archive. Tells ``ClientExported``.

    Attributes:
        client: First name.
        path: Replaced where it exists.
    """

    client: str
    path: Path


AskedOfClients = (
    ListClients
    | SaveClient
    | AskConsent
    | NoteConsent
    | WithdrawConsent
    | AskScripts
    | ChangeScript
    | SetSoundRule
    | AskExtent
    | DeleteClient
    | AskSessionExtent
    | DeleteSession
    | ExportClient
)
"""What home asks."""


@dataclass(frozen=True, slots=True)
class ListedClient:
    """One client of the list.

    Attributes:
        client: As they are kept.
        sessions: How many they have had.
        said: What they agreed to and took back, in the order it was noted.
        sound: How long their sound is kept; ``None``: as everybody's.
    """

    client: Client
    sessions: int
    said: tuple[Consent, ...] = field(repr=False)
    sound: SoundRule | None = None


@dataclass(frozen=True, slots=True)
class ClientsListed:
    """Every client, by name."""

    clients: tuple[ListedClient, ...]


@dataclass(frozen=True, slots=True)
class ClientSaved:
    """The client is in the record like this."""

    client: Client


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """What a client agreed to and took back.

    Attributes:
        client: As it was asked.
        said: In the order it was noted; empty for somebody new.
    """

    client: str
    said: tuple[Consent, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScriptsSeen:
    """What the coach says to ask for consent.

    Attributes:
        words: For each occasion, the coach's own or ours.
    """

    words: tuple[tuple[Occasion, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExtentSeen:
    """How much there is of a client.

    Attributes:
        client: As it was asked.
        extent: What would go.
        minutes_stay: Whether the client agreed to the hours log.
    """

    client: str
    extent: Extent
    minutes_stay: bool


@dataclass(frozen=True, slots=True)
class ClientDeleted:
    """Nothing is there any more of this client.

    Attributes:
        extent: What went.
    """

    extent: Extent


@dataclass(frozen=True, slots=True)
class SessionExtentSeen:
    """How much there is of a session.

    Attributes:
        session: As it was asked.
        extent: What would go.
        minutes_stay: Whether its client agreed to the hours log.
    """

    session: str
    extent: Extent
    minutes_stay: bool


@dataclass(frozen=True, slots=True)
class SessionDeleted:
    """Nothing is there any more of this session.

    Attributes:
        extent: What went.
    """

    extent: Extent


@dataclass(frozen=True, slots=True)
class ClientExported:
    """The archive is written."""

    path: Path


ToldOfClients = (
    ClientsListed
    | ClientSaved
    | ConsentSeen
    | ScriptsSeen
    | ExtentSeen
    | ClientDeleted
    | SessionExtentSeen
    | SessionDeleted
    | ClientExported
)
"""What home is told."""
