"""Sounds that are no speech, synthesised: what a microphone hears while nobody talks.

Each maker gives float32 at 16 kHz, shape (n,), normalised to a root mean square of 1
over its own loud parts, so that ``at_level`` says how loud it is. The same seed gives
the same sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Sound = NDArray[np.float32]
    Maker = Callable[[float, np.random.Generator], Sound]

LEVELS_DBFS: Final = (-50.0, -35.0, -20.0)
"""A quiet, a usual and a loud room."""


def make(name: str, seconds: float, level_dbfs: float, seed: int = 1) -> Sound:
    """So much of one kind of noise.

    Args:
        name: A key of ``NOISES``.
        seconds: How long.
        level_dbfs: Root mean square of where it sounds.
        seed: Of everything random in it.
    """
    raw = NOISES[name](seconds, np.random.default_rng(seed)).astype(np.float32)
    return np.asarray(np.clip(raw * 10 ** (level_dbfs / 20), -1.0, 1.0), np.float32)


def digital_silence(seconds: float, _: np.random.Generator) -> Sound:
    """Nothing at all: a muted or missing device."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def room_noise(seconds: float, rng: np.random.Generator) -> Sound:
    """Ventilation (pink noise that slowly swells) over the hum of the mains."""
    count = round(seconds * SAMPLE_RATE)
    air = _coloured(rng, count, slope=0.5) * (1 + 0.3 * _slow(rng, count))
    time = np.arange(count) / SAMPLE_RATE
    hum = sum(np.sin(2 * np.pi * 50 * k * time) / k for k in (1, 2, 3, 5))
    return _unit(air + 0.3 * hum)


def keyboard(seconds: float, rng: np.random.Generator) -> Sound:
    """Typing: bursts of some milliseconds, press and release, 3 to 9 keys a second."""
    count = round(seconds * SAMPLE_RATE)
    sound = np.zeros(count)
    at = 0.2
    while at < seconds - 0.3:
        for after, strength in ((0.0, 1.0), (rng.uniform(0.06, 0.11), 0.5)):
            length = round(rng.uniform(0.008, 0.03) * SAMPLE_RATE)
            fading = np.exp(-np.linspace(0, 6, length))
            click = _coloured(rng, length, slope=-0.25) * fading
            thud = np.sin(2 * np.pi * rng.uniform(120, 260) * np.arange(length) / 16e3)
            start = round((at + after) * SAMPLE_RATE)
            sound[start : start + length] += strength * (click + 0.6 * thud * fading)
        at += rng.uniform(0.11, 0.33) if rng.random() < 0.93 else rng.uniform(1, 3)
    return _unit(sound + 0.01 * rng.standard_normal(count))


def breathing(seconds: float, rng: np.random.Generator) -> Sound:
    """Close to the microphone: air in and out, shaped by the mouth, every 4 s."""
    count = round(seconds * SAMPLE_RATE)
    sound = np.zeros(count)
    at = 0.3
    while at < seconds - 3:
        for centre, length in ((1500.0, rng.uniform(0.8, 1.3)), (700.0, 1.6)):
            size = round(length * SAMPLE_RATE)
            swell = np.sin(np.linspace(0, np.pi, size)) ** 1.5
            air = _band(_coloured(rng, size, slope=0.3), centre, centre * 0.9)
            start = round(at * SAMPLE_RATE)
            part = sound[start : start + size]
            part += (air * swell)[: len(part)]
            at += length + 0.15
        at += rng.uniform(0.6, 1.8)
    return _unit(sound + 0.003 * rng.standard_normal(count))


def music(seconds: float, rng: np.random.Generator) -> Sound:
    """Chords of plucked strings, a bass and a beat: a phone in the next room."""
    count = round(seconds * SAMPLE_RATE)
    sound = np.zeros(count)
    beat = 0.5
    chords = ((57, 60, 64), (53, 57, 60), (48, 52, 55), (55, 59, 62))
    for number, at in enumerate(np.arange(0, seconds - 1.1, beat)):
        chord = chords[number // 4 % len(chords)]
        notes = [(chord[0] - 24, 0.9), (int(rng.choice(chord)) + 12, 0.5)]
        if number % 2 == 0:
            notes += [(note, 0.4) for note in chord]
        for note, strength in notes:
            _add(sound, at, strength * _plucked(note, 1.0))
        drum = _coloured(rng, 1600, slope=-0.2) * np.exp(-np.linspace(0, 8, 1600))
        _add(sound, at, 0.3 * drum)
    return _unit(sound)


def melody(seconds: float, rng: np.random.Generator) -> Sound:
    """One bowed string, gliding and with vibrato: the music nearest to a voice."""
    count = round(seconds * SAMPLE_RATE)
    steps = np.array([0, 2, 4, 5, 7, 9, 11, 12])
    pitch, strength = np.zeros(count), np.zeros(count)
    at = 0
    while at < count:
        size = min(count - at, round(rng.choice([0.25, 0.5, 0.5, 1.0]) * SAMPLE_RATE))
        pitch[at : at + size] = 55 + rng.choice(steps)
        strength[at : at + size] = np.sin(np.linspace(0, np.pi, size)) ** 0.3
        at += size
    glide = np.hanning(1_600)
    pitch = np.convolve(pitch, glide / glide.sum(), "same")
    time = np.arange(count) / SAMPLE_RATE
    pitch += 0.25 * np.sin(2 * np.pi * 5.5 * time)
    phase = 2 * np.pi * np.cumsum(440 * 2 ** ((pitch - 69) / 12)) / SAMPLE_RATE
    tone = np.sum([np.sin(k * phase) / k for k in range(1, 9)], axis=0)
    return _unit(tone * strength + 0.003 * rng.standard_normal(count))


NOISES: Final[dict[str, Maker]] = {
    "digital silence": digital_silence,
    "room noise": room_noise,
    "keyboard": keyboard,
    "breathing": breathing,
    "music": music,
    "melody": melody,
}


def _plucked(note: int, length_s: float) -> NDArray[np.float64]:
    time = np.arange(round(length_s * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 440 * 2 ** ((note - 69) / 12)
    partials = [k for k in range(1, 9) if k * pitch < SAMPLE_RATE / 2]
    tone = sum(
        np.sin(2 * np.pi * k * pitch * time) * np.exp(-2.5 * k * time) / k
        for k in partials
    )
    return np.asarray(tone * np.minimum(1, time / 0.004))


def _add(sound: NDArray[np.float64], at_s: float, part: NDArray[np.float64]) -> None:
    start = round(at_s * SAMPLE_RATE)
    end = min(len(sound), start + len(part))
    sound[start:end] += part[: end - start]


def _coloured(
    rng: np.random.Generator, count: int, *, slope: float
) -> NDArray[np.float64]:
    """Noise whose amplitude falls with the frequency to the power of ``slope``."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum *= np.maximum(frequency, 20.0) ** -slope
    return _unit(np.fft.irfft(spectrum, count)).astype(np.float64)


def _band(
    sound: NDArray[np.float64], centre: float, width: float
) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    spectrum *= 1 / (1 + ((frequency - centre) / (width / 2)) ** 2)
    return np.asarray(np.fft.irfft(spectrum, len(sound)))


def _slow(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """A value that wanders between about -1 and 1 over seconds."""
    points = rng.uniform(-1, 1, count // (2 * SAMPLE_RATE) + 2)
    places = np.linspace(0, count, len(points))
    return np.interp(np.arange(count), places, points)


def _unit(sound: NDArray[np.float64] | NDArray[np.float32]) -> Sound:
    """Scaled so that its loud parts (the upper half of 20-ms pieces) have rms 1."""
    size = min(len(sound), 320)
    whole = sound[: len(sound) // size * size]
    pieces = np.square(whole.reshape(-1, size)).mean(axis=1)
    loud = pieces[pieces >= np.median(pieces)].mean()
    return np.asarray(sound / max(np.sqrt(loud), 1e-9), np.float32)


def whispered(speech: Sound, seed: int = 1) -> Sound:
    """The same speech without its voice: noise through the shape of the mouth.

    Linear prediction of order 18 over 25-ms frames, every 10 ms; the source of each is
    replaced by noise of its power (Makhoul, "Linear prediction: a tutorial review",
    1975).
    """
    rng = np.random.default_rng(seed)
    size, hop, order = 400, 160, 18
    window = np.hanning(size)
    result = np.zeros(len(speech) + size)
    for at in range(0, len(speech) - size, hop):
        frame = np.asarray(speech[at : at + size], np.float64) * window
        lags = np.correlate(frame, frame, "full")[size - 1 : size + order]
        if lags[0] < 1e-8:
            continue
        lags[0] *= 1.0001
        places = np.abs(np.subtract.outer(np.arange(order), np.arange(order)))
        mouth = np.linalg.solve(lags[:order][places], lags[1:])
        # Nobody whispers below some 300 Hz: there is no voice to carry it.
        spectrum = np.fft.rfft(rng.standard_normal(size), 1024)
        shape = np.fft.rfft(np.concatenate(([1.0], -mouth)), 1024)
        air = np.fft.irfft(spectrum / shape, 1024)[:size] * window
        result[at : at + size] += air * np.sqrt(
            lags[0] / max(np.square(air).sum(), 1e-12)
        )
    heard = np.fft.rfft(result[: len(speech)])
    heard[np.fft.rfftfreq(len(speech), 1 / SAMPLE_RATE) < 300] = 0
    return np.asarray(np.fft.irfft(heard, len(speech)), np.float32)


def to_level(sound: Sound, level_dbfs: float) -> Sound:
    """The same sound, its loud parts at this root mean square."""
    return np.asarray(_unit(sound) * 10 ** (level_dbfs / 20), np.float32)
