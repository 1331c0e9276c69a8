"""A session whose record is a list and whose sound is an array; and what hears it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.fakes.speech import LateEar, LevelDetector, PlainScripted

from sidelight.domain.events import (
    Event,
    OffRecord,
    SessionEnded,
    SessionStarted,
    StoredEvent,
)
from sidelight.domain.off_record import goes
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Samples, to_millis
from sidelight.domain.transcript import Layout
from sidelight.partnering.detector import default_detector
from sidelight.partnering.listener import Listener
from sidelight.session.refining.refiner import Refiner
from sidelight.session.refining.stretches import StretchPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.domain.timeline import Millis
    from sidelight.partnering.detector import Detector
    from sidelight.speech.recognizer import PlainRecognizer


class Remembering:
    """A detector that is asked once for each turn in its context.

    Each stretch, and each start after a stop, judges again what came before it; what is
    refined is the same, in a third of the time. That a detector may be asked as often
    as one likes is for ``tests/property/partnering`` to hold.

    Args:
        detector: Keeps nothing from one turn to the next.
    """

    def __init__(self, detector: Detector) -> None:
        self.version = detector.version
        self.judge = lru_cache(maxsize=2_000)(detector.judge)


DETECTOR = Remembering(default_detector())
"""Takes 70 ms to load."""

SHORT = StretchPolicy(shortest=20, longest=60)
"""Stretches of 0.6 to 1.9 s."""


class ArraySound:
    """Sound that is all there."""

    def __init__(self, samples: NDArray[np.float32]) -> None:
        self._samples = samples

    @property
    def length(self) -> Samples:
        return Samples(len(self._samples))

    def read(self, start: Samples, count: int) -> NDArray[np.float32]:
        return self._samples[start : start + count]

    def close(self) -> None:
        pass


class ListedFiles:
    """What the record keeps of a session that has ended.

    Args:
        samples: Its sound: float32, shape (n, channels).
        before: Events between its start and its end.
    """

    def __init__(
        self, samples: NDArray[np.float32], before: Sequence[Event] = ()
    ) -> None:
        layout = Layout.STEREO if samples.shape[1] > 1 else Layout.MONO
        started = datetime(2026, 11, 22, 9, tzinfo=UTC)
        self.session = Session("01A", started, layout, Mode.KEEP, "Zoë", 60, "base.en")
        self.samples = samples
        self.stored: list[StoredEvent] = []
        self.opened_to_write = 0
        end = to_millis(len(samples))
        start = SessionStarted(to_millis(0), self.session)
        self.append_all([start, *before, SessionEnded(end)], end)

    @property
    def events(self) -> list[Event]:
        return [one.event for one in self.stored]

    def every_version(self) -> list[StoredEvent]:
        return list(self.stored)

    def append_all(
        self, events: Sequence[Event], committed_at: Millis
    ) -> list[StoredEvent]:
        off = [e.span for e in self.events if isinstance(e, OffRecord)]
        kept = [e for e in events if not any(goes(e, span) for span in off)]
        new = [
            StoredEvent(number, committed_at, 0, event)
            for number, event in enumerate(kept, start=len(self.stored) + 1)
        ]
        self.stored += new
        return new

    def read_spool(self) -> ArraySound:
        return ArraySound(self.samples)

    @contextmanager
    def read(self) -> Iterator[ListedFiles]:
        yield self

    @contextmanager
    def write(self) -> Iterator[ListedFiles]:
        self.opened_to_write += 1
        yield self


def refiner(
    layout: Layout,
    recognizer: PlainRecognizer | None = None,
    policy: StretchPolicy = SHORT,
) -> Refiner:
    """One that reads the sound of ``tests.fakes.speech.say``."""
    return Refiner(
        layout,
        recognizer or PlainScripted(),
        LevelDetector,
        lambda transcript: Listener(DETECTOR, transcript),
        open_guard=LateEar,
        policy=policy,
    )
