"""The coach's track: its samples are the session's clock, its holes become gaps."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.lateness import Lateness, least_late
from sidelight.audio.resample import Resampler
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Gap,
    GapCause,
    Samples,
    Span,
    to_millis,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidelight.audio.chunk import Chunk

SILENT_AFTER_S: Final = 1.0
"""Without a delivery for this long the clock takes over and silence is written."""

HOLD_S: Final = 0.5
"""Written silence stays this far behind the clock, so that sound which comes back is
placed where it belongs."""

BREAK_S: Final = 0.25
"""Sound that comes this much later than the stream's own steady delay, and stays late,
has a hole before it. Callbacks were never seen more than 32 ms late under load."""

LONGEST_GAP: Final = Samples(30 * SAMPLE_RATE)
"""An open gap is told in parts of this length, so that a crash within it leaves no
silence unexplained. Parts touch each other."""


@dataclass(slots=True)
class _OpenGap:
    start: int
    cause: GapCause


class MasterTrack:
    """Turns the coach's chunks into one unbroken run of session samples.

    Position 0 is the first sample; when none came within ``SILENT_AFTER_S`` it is the
    moment of opening. While sound arrives, positions only count samples. Where none
    does, the clock says how far the session went, and silence with a ``Gap`` fills it.

    Args:
        rate: Samples a second of the device.
        opened: When the device was opened, seconds on the capture clock.
    """

    def __init__(self, rate: int, opened: float) -> None:
        self._resampler = Resampler(rate)
        self._opened = opened
        self._last = opened
        self._lateness = Lateness()
        self._waiting: list[Chunk] = []
        self._queue: deque[NDArray[np.float32] | int] = deque()
        self._start = 0  # position of the queue's first sample
        self._end = 0  # and after its last
        self._run = 0  # where the resampler's stream began
        self._gap: _OpenGap | None = None
        self._explained: GapCause | None = None
        self._gaps: list[Gap] = []

    @property
    def start(self) -> int:
        """Position of the next sample that ``take`` returns."""
        return self._start

    @property
    def end(self) -> int:
        """Position after the newest sample that is ready."""
        return self._end

    @property
    def late_s(self) -> float:
        """Capture-clock seconds of position 0, as the deliveries tell."""
        return self._lateness.seconds if self._lateness.known else self._opened

    def position_at(self, now: float) -> int:
        """Where in the session a sample belongs that is heard at ``now``."""
        return int((now - self.late_s) * SAMPLE_RATE)

    def hear(self, chunk: Chunk) -> None:
        """Take a delivery; ``settle`` places it."""
        self._waiting.append(chunk)

    def explain(self, cause: GapCause) -> None:
        """Why sound is missing: the open gap's cause, or the next one's."""
        if self._gap is not None:
            self._gap.cause = cause
        else:
            self._explained = cause

    def reopen(self, rate: int) -> None:
        """The stream was closed; the next chunks come from a new one."""
        self.settle(self._last)
        self._break(GapCause.DEVICE_LOST)
        self._resampler = Resampler(rate)

    def settle(self, now: float) -> None:
        """Place everything that was heard, or silence where nothing was."""
        if self._waiting:
            self._place()
        if now - self._last > SILENT_AFTER_S:
            if self._gap is None:
                self._break(GapCause.DEVICE_LOST)
            self._fill(self.position_at(now - HOLD_S))
        self._tell_part()

    def finish(self, now: float) -> None:
        """No more sound comes: flush the resampler, close an open gap."""
        self.settle(now)
        if self._gap is None:
            self._append(self._resampler.finish())
        else:
            self._fill(self.position_at(now))
            self._close_gap()

    def take(self, count: int) -> NDArray[np.float32]:
        """The next samples, at most ``end - start``: float32, shape (count,)."""
        pieces: list[NDArray[np.float32]] = []
        left = count
        while left:
            head = self._queue.popleft()
            size = head if isinstance(head, int) else len(head)
            used = min(size, left)
            if isinstance(head, int):
                pieces.append(np.zeros(used, np.float32))
            else:
                pieces.append(head[:used])
            if used < size:
                rest = size - used if isinstance(head, int) else head[used:]
                self._queue.appendleft(rest)
            left -= used
        self._start += count
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def gaps(self) -> list[Gap]:
        """Gaps that ended at or before ``start``; each is told once."""
        done = [gap for gap in self._gaps if gap.span.end <= to_millis(self._start)]
        self._gaps = self._gaps[len(done) :]
        return done

    def _place(self) -> None:
        chunks, self._waiting = self._waiting, []
        late = least_late(
            chunks, self._run + self._resampler.heard, self._resampler.rate
        )
        inserted = 0
        for chunk, late_s in zip(chunks, late, strict=True):
            behind = int((late_s - self.late_s) * SAMPLE_RATE) - inserted
            inserted += self._make_room(chunk, behind)
            self._append(self._resampler.feed(chunk.samples))
            heard = self._run + self._resampler.heard
            self._lateness.note(chunk.arrived, chunk.arrived - heard / SAMPLE_RATE)
            self._last = chunk.arrived

    def _make_room(self, chunk: Chunk, behind: int) -> int:
        """Silence before a chunk where sound is missing.

        Returns:
            How much of it the ring did not report.
        """
        lost = chunk.lost * SAMPLE_RATE // self._resampler.rate
        if self._gap is None:
            hole = self._lateness.known and behind > BREAK_S * SAMPLE_RATE
            if not (hole or lost):
                return 0
            self._break(GapCause.OVERFLOW)
            behind = behind if hole else 0
        before = self._run
        self._fill(before + lost + behind)
        self._close_gap()
        return self._end - before - lost

    def _break(self, cause: GapCause) -> None:
        """The sound stops here: a gap opens, unless one is open."""
        self._append(self._resampler.finish())
        if self._gap is None:
            self._run = self._end
            self._gap = _OpenGap(self._end, self._explained or cause)
            self._explained = None

    def _fill(self, end: int) -> None:
        missing = end - self._end
        if missing > 0:
            self._queue.append(missing)
            self._end = end

    def _close_gap(self) -> None:
        assert self._gap is not None  # noqa: S101 (the callers looked)
        self._tell(self._gap, self._end)
        self._gap = None
        self._run = self._end

    def _tell_part(self) -> None:
        if self._gap is not None and self._end - self._gap.start >= LONGEST_GAP:
            self._tell(self._gap, self._end)
            self._gap = _OpenGap(self._end, self._gap.cause)

    def _tell(self, gap: _OpenGap, end: int) -> None:
        span = Span(to_millis(gap.start), to_millis(end))
        if span.length:
            self._gaps.append(Gap(span, gap.cause))

    def _append(self, samples: NDArray[np.float32]) -> None:
        if len(samples):
            self._queue.append(samples)
            self._end += len(samples)
