"""Answers what home asks about clients, and keeps the door that consent opens."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, assert_never

from sidelight.domain.consent import Occasion, Purpose, Standing, standing
from sidelight.domain.days import local_day
from sidelight.domain.promises import PROMISED, SCRIPTS
from sidelight.record.record import DATABASE_NAME, Record
from sidelight.session.clients.messages import (
    AskConsent,
    AskedOfClients,
    AskExtent,
    AskScripts,
    AskSessionExtent,
    ChangeScript,
    ClientDeleted,
    ClientExported,
    ClientSaved,
    ClientsListed,
    ConsentSeen,
    DeleteClient,
    DeleteSession,
    ExportClient,
    ExtentSeen,
    ListClients,
    ListedClient,
    NoteConsent,
    SaveClient,
    ScriptsSeen,
    SessionDeleted,
    SessionExtentSeen,
    SetSoundRule,
    ToldOfClients,
    WithdrawConsent,
)
from sidelight.session.consenting import (
    Answer,
    consent_to_hand_in,
    note,
    require,
    said_by,
    withdraw,
    wording_for,
    write_script,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from sidelight.domain.consent import Consent
    from sidelight.domain.session import Mode
    from sidelight.record.vault import Vault


class ClientsDesk:
    """Opens the record for each question, as the library does.

    Args:
        vault: The open vault, when it is needed.
        tell: Tells home.
        today: The day on which something is noted.
    """

    def __init__(
        self,
        vault: Callable[[], Vault],
        tell: Callable[[ToldOfClients], None],
        today: Callable[[], date] = local_day,
    ) -> None:
        self._vault = vault
        self._tell = tell
        self._today = today

    def answer(self, request: AskedOfClients) -> None:  # noqa: C901, PLR0912 - an arm a request
        """Do what is asked and tell what came of it.

        Raises:
            UserError: It could not be done; nothing was.
        """
        match request:
            case ListClients():
                self._tell(ClientsListed(self._list()))
            case SaveClient(client=client):
                with self._open(write=True) as record:
                    saved = record.clients.save(client)
                self._tell(ClientsListed(self._list()))
                self._tell(ClientSaved(saved))
            case AskConsent(client=client):
                self._tell_consent(client)
            case NoteConsent():
                self._note(request)
                self._tell_consent(request.client)
            case WithdrawConsent(client=client, purposes=purposes):
                with self._open(write=True) as record:
                    withdraw(record, client, purposes, self._today())
                self._tell_consent(client)
            case AskScripts():
                self.tell_scripts()
            case ChangeScript(asked=asked, words=words):
                with self._open(write=True) as record:
                    write_script(record, asked, words)
                self.tell_scripts()
            case SetSoundRule(client=client, rule=rule):
                with self._open(write=True) as record:
                    record.keeping.set_rule(record.clients.find(client).number, rule)
                self._tell(ClientsListed(self._list()))
            case AskExtent(client=client):
                self._tell(self._extent(client))
            case DeleteClient(client=client):
                with self._open(write=True) as record:
                    receipt = record.deletions.client(client, self._today())
                self._tell(ClientDeleted(receipt.extent))
                self._tell(ClientsListed(self._list()))
            case AskSessionExtent(session=session):
                self._tell(self._extent_of_session(session))
            case DeleteSession(session=session):
                with self._open(write=True) as record:
                    receipt = record.deletions.session(session, self._today())
                self._tell(SessionDeleted(receipt.extent))
            case ExportClient(client=client, path=path):
                self._export(client, path)
                self._tell(ClientExported(path))
            case _:
                assert_never(request)

    def tell_scripts(self) -> None:
        """What the coach says on each occasion.

        Raises:
            UserError: The record cannot be read.
        """
        own: dict[Occasion, str] = {}
        if self._exists():
            with self._open() as record:
                own = record.consents.own_words()
        self._tell(
            ScriptsSeen(tuple((one, own.get(one, SCRIPTS[one])) for one in Occasion))
        )

    def check(self, client: str, mode: Mode, *, made: bool = False) -> None:
        """See that a session may begin; see ``consenting.require``.

        Raises:
            UserError: What the mode needs was not agreed to, or the record cannot be
                read.
        """
        # Written: where there is no record yet, asking makes it, as the session would.
        with self._open(write=not self._exists()) as record:
            require(record, client, mode, made=made)

    def consent(self, session: str) -> str:
        """What a session's transcript is handed in with; ``""``: nothing holds.

        Raises:
            UserError: There is no such session, or the record cannot be read.
        """
        with self._open() as record:
            return consent_to_hand_in(record, session)

    def _note(self, asked: NoteConsent) -> None:
        today = self._today()
        with self._open(write=True) as record:
            wording = asked.wording or wording_for(record, asked.purposes)
            said = Answer(
                asked.purposes, asked.form, today, wording, asked.answer, asked.given
            )
            note(record, asked.client, said, today)

    def _extent(self, client: str) -> ExtentSeen:
        with self._open() as record:
            said = said_by(record, client)
            stays = standing(Purpose.HOURS_LOG, said, PROMISED) is Standing.VALID
            return ExtentSeen(client, record.deletions.of_client(client), stays)

    def _extent_of_session(self, session: str) -> SessionExtentSeen:
        with self._open() as record:
            extent = record.deletions.of_session(session)
            said = said_by(record, record.sessions.get(session).session.client)
            stays = standing(Purpose.HOURS_LOG, said, PROMISED) is Standing.VALID
            return SessionExtentSeen(session, extent, stays)

    def _export(self, client: str, path: Path) -> None:
        # Home does not wait for what documents are made with.
        from sidelight.session.leaving import write_client  # noqa: PLC0415

        with self._open() as record:
            write_client(record, client, path)

    def _tell_consent(self, client: str) -> None:
        said: tuple[Consent, ...] = ()
        if self._exists():
            with self._open() as record:
                said = said_by(record, client)
        self._tell(ConsentSeen(client, said))

    def _list(self) -> tuple[ListedClient, ...]:
        if not self._exists():
            return ()
        with self._open() as record:
            held = record.clients.sessions()
            return tuple(
                ListedClient(
                    one,
                    held.get(one.number, 0),
                    record.consents.of(one.number),
                    record.keeping.rule(one.number),
                )
                for one in record.clients.list()
            )

    def _exists(self) -> bool:
        return (self._vault().folder / DATABASE_NAME).exists()

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[Record]:
        vault = self._vault()
        with Record.open(vault.folder, vault, read_only=not write) as record:
            yield record
