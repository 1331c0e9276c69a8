"""The capture thread: from the source to the spool, then to whoever reads the sound."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.levels import FLOOR_DBFS, peak_dbfs
from sidelight.domain.errors import UserError
from sidelight.domain.events import GapFound, SessionPaused, SessionResumed
from sidelight.domain.timeline import Gap, GapCause, Span, to_millis
from sidelight.record.spool import as_kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sidelight.audio.source import Source
    from sidelight.domain.events import Event
    from sidelight.domain.timeline import Millis, Samples
    from sidelight.session.sound import Arrivals, SessionSound

LEVELS_INTERVAL_S: Final = 0.05
"""Meters move at 20 Hz at most."""

_log = logging.getLogger(__name__)


class Spool(Protocol):
    """Where the sound is kept: ``record.spool.SpoolWriter``."""

    @property
    def position(self) -> Samples:
        """Samples it has taken."""
        ...

    def append(self, samples: NDArray[np.float32]) -> None:
        """Take the next stretch; raises ``UserError`` when the disk refuses."""
        ...

    def finish(self) -> None:
        """The sound is complete; raises ``UserError`` when the disk refuses."""
        ...

    def close(self) -> None:
        """Close the file, whatever state it is in."""
        ...


class Capture:
    """Keeps what the source delivers. Owned by the engine, which starts and stops it.

    Nothing here waits for the database or for the recogniser. Sound is in the spool
    before anybody can read it.

    Args:
        source: Delivers the sound.
        spool: Keeps it; closed by this thread when the sound ends.
        sound: Told about each block that was kept.
        arrivals: Told when each block came.
        offer: Records an event without waiting; ``False`` when it could not.
        levels: Called at most 20 times a second with each channel's peak in dBFS.
        failed: Called when the source or the spool failed; what came before is kept.
        now: Steady clock, seconds.
        paused_at: Begin in a pause that began there.
    """

    def __init__(
        self,
        *,
        source: Source,
        spool: Spool,
        sound: SessionSound,
        arrivals: Arrivals,
        offer: Callable[[Event], bool],
        levels: Callable[[tuple[float, ...]], None],
        failed: Callable[[BaseException], None],
        now: Callable[[], float],
        paused_at: Millis | None = None,
    ) -> None:
        self._source = source
        self._spool = spool
        self._sound = sound
        self._arrivals = arrivals
        self._offer = offer
        self._levels = levels
        self._failed = failed
        self._now = now
        self._news: deque[Event] = deque()
        self._paused_at = paused_at
        self._pause_wanted = paused_at is not None
        self._peaks: tuple[float, ...] = ()
        self._peaks_due = 0.0
        self._thread = threading.Thread(target=self._run, name="capture")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def paused(self) -> bool:
        """Whether nothing is being recorded, or soon will not be. Any thread."""
        return self._pause_wanted

    def pause(self, *, wanted: bool) -> None:
        """From the next block on record silence instead of sound, or sound again."""
        self._pause_wanted = wanted

    def stop(self) -> None:
        """Record no more; returns when everything that came is kept."""
        self._source.stop()
        if self._thread.ident is None:
            self._run()  # never started: a stopped source delivers nothing
        else:
            self._thread.join()

    def _run(self) -> None:
        try:
            for item in self._source.blocks():
                if isinstance(item, AudioBlock):
                    self._keep(item)
                else:
                    self._news.append(GapFound(item.span.end, item))
                self._report()
            self._resume(to_millis(self._sound.end))
            self._report()
            self._spool.finish()
        except Exception as error:  # noqa: BLE001 - a border, see failed
            self._failed(error)
            self._save()
        finally:
            self._sound.finish()

    def _keep(self, block: AudioBlock) -> None:
        block = self._unless_paused(block)
        self._spool.append(block.samples)
        self._arrivals.note(block.end, self._now())
        # What is recognised now is, bit for bit, what the spool gives back later.
        self._sound.append(AudioBlock(block.start, as_kept(block.samples)))
        self._meter(block)

    def _unless_paused(self, block: AudioBlock) -> AudioBlock:
        """The block, or silence: what is said in a pause goes no further than here."""
        at = to_millis(block.start)
        if not self._pause_wanted:
            self._resume(at)
            return block
        if self._paused_at is None:
            self._paused_at = at
            self._news.append(SessionPaused(at))
        return AudioBlock(block.start, np.zeros_like(block.samples))

    def _resume(self, at: Millis) -> None:
        if self._paused_at is None:
            return
        span, self._paused_at = Span(self._paused_at, at), None
        self._news.append(GapFound(at, Gap(span, GapCause.PAUSED)))
        self._news.append(SessionResumed(at))

    def _meter(self, block: AudioBlock) -> None:
        loud = peak_dbfs(block.samples)
        before = self._peaks or (FLOOR_DBFS,) * len(loud)
        self._peaks = tuple(map(max, before, loud))
        if self._now() >= self._peaks_due:
            self._levels(self._peaks)
            self._peaks = ()
            self._peaks_due = self._now() + LEVELS_INTERVAL_S

    def _report(self) -> None:
        while self._news and self._offer(self._news[0]):
            self._news.popleft()

    def _save(self) -> None:
        """After a failure: mark what is there as complete, if the disk lets us."""
        try:
            self._spool.finish()
        except UserError:
            _log.warning("the spool could not be finished")
            self._spool.close()
