"""The record as home reads it: sessions, clients, and what one asked for last."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.record import interrupted
from sidelight.record.record import DATABASE_NAME, Record, RecordTaken
from sidelight.session.home.messages import ClientRecalled, SessionLine
from sidelight.session.looking_back import look_back
from sidelight.session.wrapping_up import WrappingUp, commitments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.story import Story
    from sidelight.record.sessions import SessionSummary
    from sidelight.record.vault import Vault
    from sidelight.session.wrap_acts import Act

MOST_SESSIONS: Final = 100
"""So many are listed at home; the rest are found by `sidelight sessions`."""

_LOOKED_AT: Final = 5
"""Sessions of a client in which a request and commitments are looked for."""


class Library:
    """Opens the record for each question, so that nobody else is kept waiting.

    Args:
        vault: The open vault, when it is needed.
    """

    def __init__(self, vault: Callable[[], Vault]) -> None:
        self._vault = vault

    def bring_up_to_date(self) -> None:
        """After a new version, or a crash: what only a writer can put in order.

        Whoever writes the record now has done so already.

        Raises:
            UserError: The record cannot be written, or is of a newer version.
        """
        if not self._exists():
            return
        with suppress(RecordTaken), self._open(write=True):
            pass

    def sessions(self) -> tuple[tuple[SessionLine, ...], tuple[SessionLine, ...]]:
        """Those that ended, and those without an end, the newest first.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._all()
        ended = [_line(one) for one in found if one.ended]
        cut_off = [_line(one) for one in found if not one.ended]
        return tuple(ended[:MOST_SESSIONS]), tuple(cut_off)

    def clients(self) -> tuple[str, ...]:
        """First names, each once: the newest session's first, then who is new.

        Raises:
            UserError: The record cannot be read.
        """
        names = [one.session.client.strip() for one in self._all()]
        if self._exists():
            with self._open() as record:
                names += [client.name for client in record.clients.list()]
        return tuple(dict.fromkeys(name for name in names if name))

    def recall(self, client: str) -> ClientRecalled:
        """What this client asked for and committed to, where it was said last.

        Raises:
            UserError: The record cannot be read.
        """
        wanted = client.strip().casefold()
        theirs = [
            one.session
            for one in self._all()
            if wanted and one.session.client.strip().casefold() == wanted
        ]
        if not theirs:
            return ClientRecalled(client, self._came_for(client), None)
        asked, committed = None, None
        with self._open() as record:
            for session in theirs[:_LOOKED_AT]:
                told = tell(record.sessions.get(session.id).events())
                if asked is None and told.request is not None and told.request.quote:
                    asked = told.request.quote, session.started_at
                if committed is None and commitments(told):
                    committed = commitments(told), session.started_at
        request, on = asked or ("", theirs[0].started_at)
        promised, committed_on = committed or ((), None)
        return ClientRecalled(client, request, on, promised, committed_on)

    def _came_for(self, client: str) -> str:
        """What the card of a client who had no session says they came for."""
        if not self._exists():
            return ""
        with self._open() as record:
            known = record.clients.named(client)
        return "" if known is None else known.asked_for

    def wrap_up(self, session: str, act: Act) -> StoredEvent:
        """Store what the coach does in the wrap-up of a session.

        Raises:
            UserError: It does not fit the session, or somebody is recording.
        """
        with self._open(write=True) as record:
            return WrappingUp(record.sessions.get(session)).do(act)

    def story(self, session: str) -> Story:
        """A session, with what only the whole of it shows.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        with self._open() as record:
            return look_back(tell(record.sessions.get(session).events()))

    def look_at_interrupted(self, session: str) -> interrupted.Interrupted:
        """What is there of an interrupted session.

        Raises:
            UserError: There is none with this id, or somebody is recording.
        """
        with self._open(write=True) as record:
            return interrupted.find(record, session)

    def keep(self, session: str) -> None:
        """Put an interrupted session with the others, as far as it was recognised.

        Raises:
            UserError: There is none with this id, or somebody is recording.
        """
        with self._open(write=True) as record:
            interrupted.keep(record, session)

    def discard(self, session: str) -> None:
        """Destroy an interrupted session.

        Raises:
            UserError: There is none with this id, or somebody is recording.
        """
        with self._open(write=True) as record:
            interrupted.discard(record, session)

    def _all(self) -> list[SessionSummary]:
        if not self._exists():
            return []
        with self._open() as record:
            return record.sessions.list()

    def _exists(self) -> bool:
        return (self._vault().folder / DATABASE_NAME).exists()

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[Record]:
        vault = self._vault()
        with Record.open(vault.folder, vault, read_only=not write) as record:
            yield record


def _line(summary: SessionSummary) -> SessionLine:
    session = summary.session
    return SessionLine(
        session.id,
        session.started_at,
        session.client,
        session.mode,
        summary.length,
        only_recorded=session.mode is Mode.KEEP and not session.model,
    )
