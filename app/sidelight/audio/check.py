"""Is this the right microphone, and does it hear well? A few seconds, never stored."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.choosing import Side
from sidelight.audio.levels import FLOOR_DBFS, peak_dbfs, rms_dbfs
from sidelight.audio.quiet import TOO_QUIET_DBFS
from sidelight.audio.watch import SLOW_START_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sidelight.audio.choosing import Device
    from sidelight.audio.system import SoundSystem

CLIPPED_SHARE: Final = 0.001
"""So many samples at the very end of the scale are heard as distortion (chosen)."""

_FULL: Final = 0.999
_LOUDEST_S: Final = 0.4
"""Two syllables: longer than a click, shorter than a sentence."""

_POLL_S: Final = 0.05


class Verdict(StrEnum):
    """What a check came to."""

    GOOD = "good"
    NO_SOUND = "no_sound"
    ONLY_ZEROS = "only_zeros"
    TOO_QUIET = "too_quiet"
    CLIPPED = "clipped"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a device hears.

    Attributes:
        verdict: What it came to.
        message: One sentence.
        remedy: What to do about it; ``""`` when nothing need be done.
        peak_dbfs: The loudest sample.
        loudest_dbfs: The loudest 0.4 s, root mean square.
    """

    verdict: Verdict
    message: str
    remedy: str
    peak_dbfs: float
    loudest_dbfs: float


def record(
    system: SoundSystem,
    device: Device,
    seconds: float,
    level: Callable[[float | None], None],
    stopped: threading.Event | None = None,
) -> NDArray[np.float32]:
    """Listen to a device for a while. Nothing is kept but what is returned.

    Args:
        system: Opens it.
        device: What to listen to.
        seconds: How long, counted from the first sound.
        level: Called some 20 times a second with the newest peak in dBFS, or ``None``
            while the device has not begun; a headset may take most of a minute.
        stopped: Ends it early, from any thread.

    Returns:
        float32, shape (n,), at the device's own rate; empty where nothing came.

    Raises:
        UserError: The device is gone, busy, or the system refuses.
    """
    stopped = stopped or threading.Event()
    heard: list[NDArray[np.float32]] = []
    stream = system.open(device)
    begun = system.clock()
    try:
        while not stopped.wait(_POLL_S) and not stream.ended:
            fresh = [chunk.samples for chunk in stream.read()]
            now = system.clock()
            if not heard and not fresh:
                level(None)
                if now - begun > SLOW_START_S:
                    break
                continue
            if not heard:
                begun = now
            heard += fresh
            if fresh:
                level(peak_dbfs(np.concatenate(fresh)[:, None])[0])
            if now - begun >= seconds:
                break
    finally:
        system.close(stream)
    return np.concatenate(heard) if heard else np.zeros(0, np.float32)


def judge(device: Device, samples: NDArray[np.float32]) -> Judgement:
    """What is wrong with some seconds in which somebody spoke, if anything.

    Args:
        device: What was listened to.
        samples: float32, shape (n,), at the device's rate.
    """
    peak = peak_dbfs(samples[:, None])[0]
    loudest = _loudest(samples, round(_LOUDEST_S * device.rate))
    verdict = _verdict(samples, loudest)
    message, remedy = _words(verdict, device)
    return Judgement(verdict, message, remedy, peak, loudest)


def _verdict(samples: NDArray[np.float32], loudest_dbfs: float) -> Verdict:
    if not len(samples):
        return Verdict.NO_SOUND
    if not samples.any():
        return Verdict.ONLY_ZEROS
    if np.mean(np.abs(samples) >= _FULL) >= CLIPPED_SHARE:
        return Verdict.CLIPPED
    if loudest_dbfs < TOO_QUIET_DBFS:
        return Verdict.TOO_QUIET
    return Verdict.GOOD


def _loudest(samples: NDArray[np.float32], window: int) -> float:
    pieces = [samples[at : at + window] for at in range(0, len(samples), window // 2)]
    return max((rms_dbfs(p[:, None])[0] for p in pieces), default=FLOOR_DBFS)


def _words(verdict: Verdict, device: Device) -> tuple[str, str]:
    """A sentence about the device, and what can be done."""
    message, remedy = _WORDS[verdict]
    if verdict is Verdict.ONLY_ZEROS and device.side is Side.PLAYED:
        message, remedy = _PLAYS_NOTHING
    return message.format(device.title), remedy


_WORDS: Final = {
    Verdict.GOOD: ("{} hears well.", ""),
    Verdict.NO_SOUND: (
        "No sound comes from {}.",
        "Look at its cable or battery, or choose another.",
    ),
    Verdict.ONLY_ZEROS: (
        "The system gives silence instead of {}.",
        (
            "Allow Sidelight to use the microphone in the system's privacy settings,"
            " and look whether it is muted."
        ),
    ),
    Verdict.TOO_QUIET: (
        "Hardly anything is heard from {}.",
        (
            "Speak as you do in a session, come nearer, raise its level in the system's"
            " sound settings, or choose another."
        ),
    ),
    Verdict.CLIPPED: (
        "{} is too loud: the sound is distorted.",
        "Lower its level in the system's sound settings, or move away a little.",
    ),
}
_PLAYS_NOTHING: Final = (
    "{} plays nothing.",
    "Let the call play, or choose the output that it uses.",
)
