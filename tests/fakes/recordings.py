"""Recordings made elsewhere, and ears in threads that say ``second N`` of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soundfile
from tests.fakes.recognition import SecondsRecognition, ThreadWorker, opened

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.audio.block import AudioBlock


def recording(path: Path, seconds: float, channels: int = 1, seed: int = 7) -> Path:
    """A file of noise, another for each seed; every channel its own."""
    rng = np.random.default_rng(seed)
    noise = rng.integers(-9000, 9000, (round(seconds * SAMPLE_RATE), channels))
    soundfile.write(path, noise.astype(np.int16), SAMPLE_RATE)
    return path


def ear(before: Callable[[AudioBlock], None] = lambda _: None) -> ThreadWorker:
    """A worker that hears one utterance a second."""
    return ThreadWorker(lambda: opened(SecondsRecognition(before)))


class DeafRecognition(SecondsRecognition):
    """Hears nobody."""

    def feed(self, block: AudioBlock) -> list[object]:  # type: ignore[override]
        self.position = block.end
        return []

    def direct(self, directive: object) -> list[object]:  # type: ignore[override]
        del directive
        return []


def deaf_ear() -> ThreadWorker:
    """A worker that hears nobody."""
    return ThreadWorker(lambda: opened(DeafRecognition()))
