"""The client's track: read at the pace of the coach's clock, without jumps."""

from __future__ import annotations

import sys
from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.fractional import REACH, read_between
from sidelight.audio.lateness import Lateness, least_late
from sidelight.audio.resample import Resampler
from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidelight.audio.chunk import Chunk

HOLE_S: Final = 0.15
"""Sound that comes this much later than usual, and stays late, follows a silence in
which the device delivered nothing (Windows, while nothing plays)."""

STALLED_S: Final = 0.2
"""Without a delivery for this long, what waits in the resampler is let out."""

FOLLOW_S: Final = 60.0
"""Time constant of the clock following: slow, so that the jitter of arrivals does not
become a wobble of the sound (1 ms makes 17 ppm), which an echo canceller would hear."""

LEARN_S: Final = 240.0
"""How slowly the drift itself is learnt; four times ``FOLLOW_S`` never overshoots."""

FASTEST: Final = 1e-3
"""Most the speed is changed: two hundredths of a semitone, which nobody hears."""

STEADY: Final = 5e-6
"""Clocks that drift less apart count as one …"""

WANDER_S: Final = 4e-3
"""… and the sound is passed on unchanged while it is no further off than this."""

MISPLACED_S: Final = 0.06
"""So far off, quiet stretches are left out or lengthened."""

TOO_LATE_S: Final = 3.0
"""So far off, sound is dropped: the end of what is buffered."""

QUIET: Final = 2e-3
"""-54 dBFS: where a cut is not heard."""

_STEP: Final = SAMPLE_RATE // 50
_ROUNDING: Final = 1e-6


class FollowerTrack:
    """Turns the client's chunks into sound for any session position, in order.

    The device's sound has its own timeline, ``u``: session samples since its stream
    began, silences included. Both tracks know the clock time of their positions from
    the arrivals, hence which ``u`` belongs to a session position; the reading follows
    that slowly. Where no sound is, silence is read.

    Args:
        rate: Samples a second of the device.
    """

    def __init__(self, rate: int) -> None:
        self._resampler = Resampler(rate)
        self._lateness = Lateness()
        self._waiting: list[Chunk] = []
        self._pieces: deque[tuple[int, NDArray[np.float32]]] = deque()
        self._end = 0  # u after the newest sample
        self._run = 0  # u where the resampler's stream began
        self._last = 0.0
        self._read: float | None = None  # u of the next sample to read
        self._drift = 0.0  # what was learnt: how much faster its clock runs
        self._reopened = False

    def hear(self, chunk: Chunk) -> None:
        """Take a delivery; ``settle`` places it."""
        self._waiting.append(chunk)

    def reopen(self, rate: int) -> None:
        """The stream was closed; the next chunks come from a new one."""
        self._place()
        self._flush()
        self._resampler = Resampler(rate)
        self._reopened = True

    def settle(self, now: float) -> None:
        """Place everything that was heard on the device's timeline."""
        self._place()
        if now - self._last > STALLED_S:
            self._flush()

    def finish(self) -> None:
        """No more sound comes."""
        self._place()
        self._flush()

    @property
    def ready(self) -> int:
        """How many samples can be read without silence in place of late sound."""
        if self._read is None:
            return 0
        left = self._end - REACH - 1 - self._read
        return max(0, int(left / (1 + FASTEST)))

    def take(self, start: int, count: int, master_late_s: float) -> NDArray[np.float32]:
        """The sound of a stretch of the session; each follows on the one before.

        Args:
            start: Session position.
            count: Samples wanted; silence stands where there is no sound.
            master_late_s: Capture-clock time of session position 0.

        Returns:
            float32, shape (count,).
        """
        result = np.zeros(count, np.float32)
        done = 0
        while done < count and self._lateness.known:
            lead = (master_late_s - self._lateness.seconds) * SAMPLE_RATE
            target = start + done + lead
            if self._read is None:
                self._read = float(round(target))
            if passed := self._pass_void(target, count - done):
                done += passed
                continue
            error = target - self._read
            length = min(_STEP, count - done)
            if error < -MISPLACED_S * SAMPLE_RATE and self._quiet_ahead():
                done += min(length, int(-error))
                continue
            error -= self._catch_up(error, count - done)
            rate = self._pace(error, length)
            result[done : done + length] = self._between(rate, length)
            done += length
        self._trim()
        return result

    def _pass_void(self, target: float, most: int) -> int:
        """Where there is no sound, go on by the clock; how many samples that took."""
        assert self._read is not None  # noqa: S101 (take looked)
        if self._silence_ahead(self._read) < _STEP:
            return 0
        self._read = float(round(target))
        passed = max(0, min(most, self._silence_ahead(self._read)))
        self._read += passed
        return passed

    def _silence_ahead(self, position: float) -> int:
        """How far it is to the next sound; below 0 within it."""
        for begin, samples in self._pieces:
            if begin + len(samples) + REACH > position:
                return int(begin - REACH - position)
        return sys.maxsize

    def _catch_up(self, error: float, wanted: int) -> float:
        """Leave out what is late: quiet stretches, and all that is far too late."""
        assert self._read is not None  # noqa: S101 (take looked)
        left_out = 0.0
        if error > TOO_LATE_S * SAMPLE_RATE:
            left_out = float(int(error))
        needed = wanted * (1 + FASTEST) + 2 * REACH
        while (
            error - left_out > MISPLACED_S * SAMPLE_RATE
            and self._read + left_out + _STEP + needed < self._end
            and self._quiet_ahead(left_out)
        ):
            left_out += min(_STEP, int(error - left_out))
        self._read += left_out
        return left_out

    def _quiet_ahead(self, after: float = 0.0) -> bool:
        assert self._read is not None  # noqa: S101 (take looked)
        begin = int(self._read + after)
        ahead = self._cut(begin, begin + _STEP)
        return bool(np.abs(ahead).max() < QUIET)

    def _pace(self, error: float, length: int) -> float:
        """Samples of ``u`` per session sample, for the next ``length``.

        A proportional-integral loop, critically damped.
        """
        assert self._read is not None  # noqa: S101 (take looked)
        error_s = error / SAMPLE_RATE
        if abs(self._drift) < STEADY and abs(error_s) < WANDER_S:
            # Come to rest on a whole sample.
            rest = round(self._read) - self._read
            return 1 + min(max(rest / length, -FASTEST), FASTEST)
        if abs(error_s) < MISPLACED_S:
            self._drift += error_s * length / SAMPLE_RATE / (FOLLOW_S * LEARN_S)
        change = self._drift + error_s / FOLLOW_S
        return 1 + min(max(change, -FASTEST), FASTEST)

    def _between(self, rate: float, length: int) -> NDArray[np.float32]:
        assert self._read is not None  # noqa: S101 (take looked)
        begin = int(self._read // 1) - REACH
        after = self._read + rate * length
        around = self._cut(begin, int(after // 1) + REACH + 2)
        sound = read_between(around, self._read - begin, rate, length)
        whole = float(round(after))
        self._read = whole if abs(after - whole) < _ROUNDING else after
        return sound

    def _cut(self, begin: int, end: int) -> NDArray[np.float32]:
        """The sound of ``[begin, end)`` in ``u``, silence where there is none."""
        result = np.zeros(end - begin, np.float32)
        for at, samples in self._pieces:
            first, last = max(begin, at), min(end, at + len(samples))
            if first < last:
                result[first - begin : last - begin] = samples[first - at : last - at]
        return result

    def _place(self) -> None:
        chunks, self._waiting = self._waiting, []
        late = least_late(
            chunks, self._run + self._resampler.heard, self._resampler.rate
        )
        inserted = 0
        for chunk, late_s in zip(chunks, late, strict=True):
            inserted += self._make_room(chunk, late_s, inserted)
            self._append(self._resampler.feed(chunk.samples))
            heard = self._run + self._resampler.heard
            self._lateness.note(chunk.arrived, chunk.arrived - heard / SAMPLE_RATE)
            self._last = chunk.arrived

    def _make_room(self, chunk: Chunk, late_s: float, inserted: int) -> int:
        """A hole before a chunk where the device delivered nothing.

        Returns:
            How much of it the ring did not report.
        """
        lost = chunk.lost * SAMPLE_RATE // self._resampler.rate
        behind = 0
        if self._lateness.known:
            behind = int((late_s - self._lateness.seconds) * SAMPLE_RATE) - inserted
        if behind <= (0 if self._reopened else HOLE_S * SAMPLE_RATE):
            behind = 0
        self._reopened = False
        if lost or behind:
            self._flush()
            self._end += lost + behind
            self._run = self._end
        return behind

    def _flush(self) -> None:
        """Let out what waits in the resampler; its next stream begins here."""
        self._append(self._resampler.finish())
        self._run = self._end

    def _append(self, samples: NDArray[np.float32]) -> None:
        if not len(samples):
            return
        if self._read is not None and self._read > self._end:
            # It comes after its turn: better late than not at all.
            self._read = float(self._end)
        self._pieces.append((self._end, samples))
        self._end += len(samples)

    def _trim(self) -> None:
        if self._read is None:
            return
        while self._pieces:
            begin, samples = self._pieces[0]
            if begin + len(samples) > self._read - 2 * REACH:
                break
            self._pieces.popleft()
