"""Serves the player: whoever has the keys opens the sound, piece after piece.

A piece is opened when the player wants it, and forgotten once it is on the pipe: what
goes off the record meanwhile is not heard any more. One thread, so that a long export
beside it does not make anybody wait for the next sentence.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, assert_never

import numpy as np

from sidelight.domain.errors import UserError
from sidelight.session.audible import Audible
from sidelight.session.playback.messages import (
    HaltSound,
    NotPlayed,
    Piece,
    PlaySound,
    Take,
    Want,
)
from sidelight.session.playback.runs import runs_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection

    from numpy.typing import NDArray

    from sidelight.session.playback.messages import (
        OfPlayer,
        PlaybackNews,
        PlaybackRequest,
    )
    from sidelight.session.process import ChildProcess
    from sidelight.session.sound_export import SoundFiles

PLAYER_DIED: Final = UserError(
    "The sound system stopped working.",
    "Press play again; if that does not help, restart the computer's sound.",
)
NO_SOUND: Final = UserError(
    "The sound of this session was not kept.", "Its words can be read."
)
_BROKEN: Final = UserError(
    "Something went wrong inside Sidelight while it played.",
    "The log in its data folder says where, without any of what was said.",
)

_log = logging.getLogger(__name__)


class PlaybackDesk:
    """Owns the player's process and the thread that serves it.

    Args:
        start: Starts the player's process.
        opened: Opens a session's files for reading.
        tell: Told what is heard; called in this desk's thread.
    """

    def __init__(
        self,
        start: Callable[[], ChildProcess],
        opened: Callable[[str], AbstractContextManager[SoundFiles]],
        tell: Callable[[PlaybackNews], None],
    ) -> None:
        self._start = start
        self._opened = opened
        self._tell = tell
        self._asked, self._ask = Pipe(duplex=False)
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None
        self._child: ChildProcess | None = None
        self._playing: PlaySound | None = None

    def ask(self, request: PlaybackRequest) -> None:
        """Do this; returns at once. Any thread."""
        with self._turn:
            if self._thread is None:
                if isinstance(request, HaltSound):
                    return  # nothing plays
                self._thread = threading.Thread(target=self._serve, name="playback")
                self._thread.start()
            self._ask.send(request)

    def close(self) -> None:
        """End the sound, the process and the thread."""
        with self._turn:
            if self._thread is not None:
                self._ask.send(None)
                self._thread.join()
                self._thread = None
        self._ask.close()
        self._asked.close()

    def _serve(self) -> None:
        try:
            while True:
                waited: list[Connection] = [self._asked]
                if self._child is not None:
                    waited.append(self._child.connection)
                ready = wait(waited)
                if self._asked in ready:
                    request: PlaybackRequest | None = self._asked.recv()
                    if request is None:
                        return
                    self._guarded(partial(self._do, request))
                elif self._child is not None:
                    self._guarded(self._hear)
        finally:
            self._let_go()

    def _guarded(self, act: Callable[[], None]) -> None:
        """A border: a fault is told once, and the thread goes on."""
        try:
            act()
        except UserError as fault:
            self._refuse(fault)
        except Exception as error:  # noqa: BLE001 - a border
            _log.error("unexpected error while playing", exc_info=error)
            self._refuse(_BROKEN)

    def _do(self, request: PlaybackRequest) -> None:
        match request:
            case PlaySound():
                self._playing = request
                self._open(request.session, lambda _: None)  # said before it is begun
                runs = runs_of(request.span, request.skips)
                if self._child is None:
                    self._child = self._start()
                self._send(Take(request.take, runs, request.speed))
            case HaltSound():
                self._playing = None
                if self._child is not None:
                    self._send(request)
            case _:
                assert_never(request)

    def _hear(self) -> None:
        child = self._child
        if child is None:
            return
        try:
            said: OfPlayer = child.connection.recv()
        except (EOFError, ConnectionResetError):
            self._let_go()
            if self._playing is not None:
                raise PLAYER_DIED from None
            return
        match said:
            case Want() if (
                self._playing is not None and said.take == self._playing.take
            ):
                self._send(self._piece(self._playing.session, said))
            case Want():
                pass  # of a take that is over
            case NotPlayed():
                self._playing = None
                self._tell(said)
                self._let_go()  # a fresh one knows what is plugged in then
            case _:
                self._tell(said)

    def _piece(self, session: str, want: Want) -> Piece:
        found: list[bytes] = []

        def read(files: SoundFiles) -> None:
            sound = files.read_spool()
            try:
                hidden = tuple(asked.span for asked in files.hidden())
                heard = Audible(sound, hidden).read(want.start, want.count)
            finally:
                sound.close()
            found.append(_one_channel(heard))

        self._open(session, read)
        return Piece(want.take, want.start, found[0])

    def _open(self, session: str, use: Callable[[SoundFiles], None]) -> None:
        with self._opened(session) as files:
            if not files.has_sound:
                raise NO_SOUND
            use(files)

    def _send(self, message: Take | HaltSound | Piece) -> None:
        # That it is gone is noticed where its next word is waited for.
        if self._child is not None:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._child.connection.send(message)

    def _refuse(self, fault: UserError) -> None:
        playing, self._playing = self._playing, None
        if playing is not None:
            self._tell(NotPlayed(playing.take, fault.message, fault.remedy))
        if self._child is not None:
            self._send(HaltSound())

    def _let_go(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _one_channel(heard: NDArray[np.int16]) -> bytes:
    """Both people in both ears; together they may be louder than there is room for."""
    both = heard.sum(axis=1, dtype=np.int32)
    limits = np.iinfo(np.int16)
    sound: bytes = np.clip(both, limits.min, limits.max).astype("<i2").tobytes()
    return sound
