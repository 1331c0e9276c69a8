"""A recording from its file to a session with words: begun, gone on with, or there.

First all of its sound is taken, which is quick; from then on the file may go, and the
session is like one that was cut off: whoever comes next hears the rest. A session whose
sound was not taken to the end is begun anew: the file still has it.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sidelight.domain.errors import UserError
from sidelight.domain.events import LanguageDecided, SessionEnded, SessionStarted
from sidelight.domain.timeline import Millis
from sidelight.session.consenting import require
from sidelight.session.identity import OWN_DIGITS
from sidelight.session.importing.hearing import hear
from sidelight.session.importing.progress import Doing
from sidelight.session.importing.recording import digest, open_sound, session_of
from sidelight.session.importing.taking import require_room, take
from sidelight.session.refining.desk import RecordDesk, when_free

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.audio.file import SoundFile
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Layout
    from sidelight.record.events import SessionStore
    from sidelight.record.vault import Vault
    from sidelight.session.importing.wanted import Recording
    from sidelight.session.supervisor import Worker


class Far(Protocol):
    """Told how far a recording is."""

    def __call__(self, doing: Doing, at: Millis, of: Millis | None) -> None:
        """``of`` is ``None`` where the length is not known."""
        ...


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A recording is among the sessions.

    Attributes:
        session: The session's id.
        layout: Its channels.
        there: It was before, and complete; nothing was done.
        fault: What is wrong with it all the same: it ends early, or nobody speaks.
    """

    session: str
    layout: Layout
    there: bool = False
    fault: UserError | None = None


class Importer:
    """Brings recordings in. Thread: any; one call for each recording.

    Args:
        folder: Of the record.
        vault: Opens it.
        model: Name of the speech model.
        start_worker: Starts a recogniser for a session.
    """

    def __init__(
        self,
        folder: Path,
        vault: Vault,
        model: str,
        start_worker: Callable[[Session], Worker],
    ) -> None:
        self._folder = folder
        self._vault = vault
        self._model = model
        self._start_worker = start_worker
        self._turn = threading.Lock()
        self._under_way: dict[int, str] = {}

    def bring_in(
        self, recording: Recording, look: Callable[[], None], far: Far
    ) -> BroughtIn:
        """From the file to the end of its session.

        Args:
            recording: What is wanted.
            look: Called often, and may raise: then the session is gone again, or goes
                on when the same recording is brought in the next time.
            far: Told how far it is.

        Raises:
            UserError: It cannot be brought in, such as where its client has not agreed
                that it is kept; what was heard of it is kept.
        """
        far(Doing.LOOKING, Millis(0), None)
        sound = open_sound(recording, look)
        own = digest(recording.path, self._vault.recordings_key(), look)
        with self._only_here(own, recording.name):
            wanted = session_of(recording, sound, own, self._model)
            there = self._there(wanted, look)
            if there is not None and there.ended:
                return BroughtIn(there.session.id, there.session.layout, there=True)
            session = wanted if there is None else there.session
            desk = RecordDesk(self._folder, self._vault, session.id, look)
            fault = None
            if there is None:
                require_room(sound, self._folder)
                self._begin(session, recording.language, look)
                fault = self._take(sound, desk, look, far)
            heard = hear(
                desk,
                lambda: self._start_worker(session),
                look,
                lambda at, of: far(Doing.HEARING, at, of),
            )
        if fault is None and not heard:
            fault = _nobody_speaks(recording.name, session.id)
        return BroughtIn(session.id, session.layout, fault=fault)

    @contextmanager
    def _only_here(self, own: int, name: str) -> Iterator[None]:
        """One of two copies in a batch is enough, and two at once would be a muddle."""
        with self._turn:
            other = self._under_way.get(own)
            if other is not None:
                raise UserError(
                    f"{name} is the same recording as {other}.",
                    "Leave one of them out.",
                )
            self._under_way[own] = name
        try:
            yield
        finally:
            with self._turn:
                del self._under_way[own]

    def _there(self, wanted: Session, look: Callable[[], None]) -> _There | None:
        """The session of this recording; one without all of its sound is discarded."""
        with when_free(self._folder, self._vault, look) as record:
            for known in record.sessions.ending_in(wanted.id[-OWN_DIGITS:]):
                store = record.sessions.get(known)
                if any(isinstance(x.event, SessionEnded) for x in store.events()):
                    return _There(store.session, ended=True)
                if _has_all_sound(store):
                    return _There(store.session, ended=False)
                record.sessions.delete(known)
        return None

    def _begin(
        self, session: Session, language: str | None, look: Callable[[], None]
    ) -> None:
        start = Millis(0)
        with when_free(self._folder, self._vault, look) as record:
            require(record, session.client, session.mode, made=True)
            store = record.sessions.create(session)
            store.append(SessionStarted(start, session), start, 0)
            if language is not None:
                store.append(LanguageDecided(start, language), start, 0)

    def _take(
        self,
        sound: SoundFile,
        desk: RecordDesk,
        look: Callable[[], None],
        far: Far,
    ) -> UserError | None:
        far(Doing.TAKING, Millis(0), sound.announced)
        try:
            return take(
                sound, desk, look, lambda at: far(Doing.TAKING, at, sound.announced)
            )
        except BaseException:
            # Where even this is refused, the next run does it.
            with suppress(UserError):
                self._discard(desk)
            raise

    def _discard(self, desk: RecordDesk) -> None:
        with when_free(self._folder, self._vault, lambda: None) as record:
            record.sessions.delete(desk.session)


@dataclass(frozen=True, slots=True)
class _There:
    session: Session
    ended: bool


def _has_all_sound(store: SessionStore) -> bool:
    if not store.has_sound:
        return False
    reader = store.read_spool()
    try:
        return reader.finished
    finally:
        reader.close()


def _nobody_speaks(name: str, session: str) -> UserError:
    return UserError(
        f"Nobody is heard to speak in {name}; its sound is kept.",
        f"If it is the wrong file: sidelight sessions delete {session}",
    )
