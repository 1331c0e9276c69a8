"""The record as home reads it: sessions, clients, and what one asked for last."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import NEEDED, Standing, standing
from sidelight.domain.promises import PROMISED
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.record import interrupted
from sidelight.record.record import DATABASE_NAME, Record, RecordTaken
from sidelight.session.consenting import said_by
from sidelight.session.deciding import nobody_teaches
from sidelight.session.home.messages import (
    ClientRecalled,
    ClientSeen,
    SessionLine,
    WordsFound,
)
from sidelight.session.home.over_time import client_line
from sidelight.session.wrapping_up import WrappingUp, commitments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sidelight.domain.consent import Consent
    from sidelight.domain.events import StoredEvent
    from sidelight.domain.story import Story
    from sidelight.record.events import SessionStore
    from sidelight.record.sessions import SessionSummary
    from sidelight.record.vault import Vault
    from sidelight.session.deciding import OpenTeaching
    from sidelight.session.wrap_acts import Act

MOST_HITS: Final = 200
"""Places that a search shows; who wants others types another word."""

_LOOKED_AT: Final = 5
"""Sessions of a client in which a request and commitments are looked for."""


class Library:
    """Opens the record for each question, so that nobody else is kept waiting.

    Args:
        vault: The open vault, when it is needed.
        teaching: Opens what makes lessons of decisions, once one is made.
    """

    def __init__(
        self,
        vault: Callable[[], Vault],
        teaching: OpenTeaching = nobody_teaches,
    ) -> None:
        self._vault = vault
        self._teaching = teaching

    def bring_up_to_date(self) -> None:
        """After a new version, or a crash: what only a writer can put in order.

        Whoever writes the record now has done so already.

        Raises:
            UserError: The record cannot be written, or is of a newer version.
        """
        if not self._exists():
            return
        vault = self._vault()
        with suppress(RecordTaken):
            Record.open(vault.folder, vault, patience_s=0).close()

    def sessions(self) -> tuple[tuple[SessionLine, ...], tuple[SessionLine, ...]]:
        """Those that ended, and those without an end, the newest first.

        Raises:
            UserError: The record cannot be read.
        """
        if not self._exists():
            return (), ()
        with self._open() as record:
            found = record.sessions.list()
            lines = _lines(record, found)
        ended = tuple(x for x, one in zip(lines, found, strict=True) if one.ended)
        cut_off = tuple(x for x, one in zip(lines, found, strict=True) if not one.ended)
        return ended, cut_off

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

    def search(self, words: str) -> WordsFound:
        """Where these words were said.

        Raises:
            UserError: The record cannot be read.
        """
        if not self._exists():
            return WordsFound(words, ())
        with self._open() as record:
            hits = record.search.find(words, MOST_HITS + 1)
        return WordsFound(words, tuple(hits[:MOST_HITS]), len(hits) > MOST_HITS)

    def client(self, client: str) -> ClientSeen:
        """One client over time.

        Raises:
            UserError: The record cannot be read.
        """
        with self._open() as record:
            theirs = [one for one in record.sessions.list() if _is_of(client, one)]
            ended = [one for one in theirs if one.ended]
            lines = [client_line(record, one.session) for one in ended]
            sessions = _lines(record, ended)
        told = tuple(one for one in lines if one.request or one.commitments)
        return ClientSeen(client, told, sessions)

    def recall(self, client: str) -> ClientRecalled:
        """What this client asked for and committed to, where it was said last.

        Raises:
            UserError: The record cannot be read.
        """
        theirs = [one.session for one in self._all() if _is_of(client, one)]
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
        """Store what the coach does in the wrap-up or review of a session.

        Raises:
            UserError: It does not fit the session, or somebody is recording.
        """
        with self._open(write=True) as record:
            return WrappingUp(record.sessions.get(session), self._teaching).do(act)

    def story(self, session: str) -> Story:
        """A session, with what only the whole of it shows.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        with self._open() as record:
            # Home opens without what the measures of a dialogue are made of.
            from sidelight.session.looking_back import look_back  # noqa: PLC0415

            return look_back(tell(record.sessions.get(session).events()))

    @contextmanager
    def opened(self, session: str) -> Iterator[tuple[SessionStore, Story]]:
        """A session with its files, to be read as long as it is needed.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        with self._open() as record:
            files = record.sessions.get(session)
            yield files, tell(files.events())

    @contextmanager
    def files(self, session: str) -> Iterator[SessionStore]:
        """A session's files alone, to be read as long as they are needed.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        with self._open() as record:
            yield record.sessions.get(session)

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


def _is_of(client: str, summary: SessionSummary) -> bool:
    wanted = client.strip().casefold()
    return bool(wanted) and summary.session.client.strip().casefold() == wanted


def _lines(
    record: Record, summaries: Sequence[SessionSummary]
) -> tuple[SessionLine, ...]:
    names = {one.session.client for one in summaries}
    stands = {name: _consent(said_by(record, name)) for name in names}
    return tuple(_line(one, stands[one.session.client]) for one in summaries)


def _consent(said: Sequence[Consent]) -> Standing:
    """How a client's word stands to keeping a session."""
    needed = NEEDED[Mode.KEEP]
    stands = {standing(purpose, said, PROMISED) for purpose in needed}
    amiss = (Standing.WITHDRAWN, Standing.REFUSED, Standing.NEVER)
    return next((one for one in amiss if one in stands), Standing.VALID)


def _line(summary: SessionSummary, consent: Standing) -> SessionLine:
    session = summary.session
    return SessionLine(
        session.id,
        session.started_at,
        session.client,
        session.mode,
        summary.worked,
        only_recorded=session.mode is Mode.KEEP and not session.model,
        wrapped_up=summary.wrapped_up,
        sound_gone_on=summary.sound_gone_on,
        consent=consent if session.mode is Mode.KEEP else Standing.VALID,
    )
