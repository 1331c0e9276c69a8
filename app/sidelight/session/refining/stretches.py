"""The session's sound in stretches of some minutes, cut where nobody speaks.

A stretch is what is heard, stored and, after a break, begun again as one. Where it ends
depends on the sound from its beginning on and on nothing else, so a refinement that was
stopped goes on with the same stretches. Off the record nothing is read: a stretch ends
before such a span, and the next begins after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Millis,
    Samples,
    to_millis,
    to_samples,
)
from sidelight.speech.endpointing import OFFSET
from sidelight.speech.vad import WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span
    from sidelight.speech.vad import VoiceDetector

WARM_UP: Final = Samples(10 * SAMPLE_RATE)
"""Sound before a stretch that the guard against echoes listens to first: it looks for
the delay of the loudspeaker after 8 s."""

_AT_ONCE: Final = 30 * SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class StretchPolicy:
    """How long a stretch is, in windows of ``vad.WINDOW`` samples.

    Attributes:
        shortest: Unless the sound ends, or goes off the record. Models fill windows of
            30 s with what is said; only the last one of a stretch is filled in part.
        longest: Two channels of six minutes are 46 MB, and that much work at most is
            lost by a break.
    """

    shortest: int = 4 * 60 * SAMPLE_RATE // WINDOW
    longest: int = 6 * 60 * SAMPLE_RATE // WINDOW


class Readable(Protocol):
    """The session's sound: ``record.spool.SpoolReader``."""

    @property
    def length(self) -> Samples:
        """How much there is."""
        ...

    def read(self, start: Samples, count: int) -> NDArray[np.float32]:
        """Sound from ``start`` on: float32, shape (at most ``count``, channels)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Some minutes of sound.

    Attributes:
        start: Position of its first sample in the session, a whole millisecond.
        samples: float32, shape (n, channels), 16 kHz, -1..1.
        likely: Probability of speech in each window of ``vad.WINDOW`` samples of each
            channel: float32, shape (windows, channels).
        before: What was heard just before it: float32, shape (m, channels), m at most
            ``WARM_UP``.
    """

    start: Samples
    samples: NDArray[np.float32]
    likely: NDArray[np.float32]
    before: NDArray[np.float32]

    @property
    def end(self) -> Samples:
        """Position of the first sample after it."""
        return Samples(self.start + len(self.samples))


def next_stretch(
    sound: Readable,
    after: Millis,
    off_record: Sequence[Span],
    detector: Callable[[], VoiceDetector],
    policy: StretchPolicy,
) -> Stretch | None:
    """The first stretch from a position on; ``None``: there is no more sound.

    Args:
        sound: All of it.
        after: Everything before it has been heard.
        off_record: What nobody may hear.
        detector: Makes a fresh voice detector.
        policy: How long it is.

    Raises:
        UserError: The sound is damaged there.
    """
    position = after
    for span in sorted(off_record):
        if span.contains(position):
            position = span.end
    start = to_samples(position)
    ends = [to_samples(s.start) for s in off_record if s.start > position]
    island_end = min([sound.length, *ends])
    count = min(policy.longest * WINDOW, island_end - start)
    if count <= 0:
        # Nothing of this millisecond is there any more.
        return None
    samples = _read(sound, start, count)
    likely = _voices(samples, detector)
    if island_end - start > count:
        cut = quietest(likely, policy.shortest) * WINDOW
        samples, likely = samples[:cut], likely[: cut // WINDOW]
    floor = max((to_samples(s.end) for s in off_record if s.end <= position), default=0)
    warm = max(floor, start - WARM_UP)
    return Stretch(start, samples, likely, _read(sound, Samples(warm), start - warm))


def quietest(likely: NDArray[np.float32], first: int) -> int:
    """The window before which a stretch is cut: amid the longest common silence.

    Args:
        likely: As in ``Stretch``, of more than ``first`` windows.
        first: It is cut before no earlier window.

    Returns:
        Number of that window. Where somebody speaks all the time it is the least
        likely one.
    """
    loudest = likely[first:].max(axis=1)
    best, longest, at = first + int(loudest.argmin()), 0, first
    for silent, run in groupby((loudest < OFFSET).tolist()):
        length = len(list(run))
        if silent and length > longest:
            best, longest = at + length // 2, length
        at += length
    return best


def end_of(stretch: Stretch) -> Millis:
    """Where a recogniser goes on after it."""
    return to_millis(stretch.end)


def _read(sound: Readable, start: Samples, count: int) -> NDArray[np.float32]:
    parts = [
        sound.read(Samples(at), min(_AT_ONCE, start + count - at))
        for at in range(start, start + count, _AT_ONCE)
    ]
    if not parts:
        return sound.read(start, 0)
    return np.concatenate(parts)


def _voices(
    samples: NDArray[np.float32], detector: Callable[[], VoiceDetector]
) -> NDArray[np.float32]:
    rest = -len(samples) % WINDOW
    padded = np.pad(samples, ((0, rest), (0, 0)))
    channels = [
        detector().probabilities(np.ascontiguousarray(padded[:, channel]))
        for channel in range(padded.shape[1])
    ]
    return np.stack(channels, axis=1)
