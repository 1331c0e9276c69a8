"""Speaks sentences with flite and stores what training needs of them.

A *shard* is three files: ``featN.f16`` (log10 mel power, 80 float16 a frame, 100 frames
a second), ``phonN.u8`` (the phone heard in each frame) and ``metaN.json`` (the clips:
text, voice, place, word times). The last one is written last, so its presence says that
the shard is whole.

The features are those of faster-whisper's own extractor before its last two steps
(clamping to 8 below the maximum, scaling): those depend on the whole window and are
done when one is put together (`windows.py`).
"""

import json
import random
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray
from scipy.signal import fftconvolve, resample_poly
from texts import TrainingText, plain

HERE = Path(__file__).resolve().parent
VOICES = ("rms", "slt")
RATE = 16_000
FRAME = 160
"""Samples between two mel frames."""
PHONES = (
    *(
        "pau",
        "aa",
        "ae",
        "ah",
        "ao",
        "aw",
        "ax",
        "axr",
        "ay",
        "b",
        "ch",
        "d",
        "dh",
        "dx",
    ),
    *(
        "eh",
        "el",
        "em",
        "en",
        "er",
        "ey",
        "f",
        "g",
        "hh",
        "ih",
        "iy",
        "jh",
        "k",
        "l",
        "m",
    ),
    *(
        "n",
        "ng",
        "nx",
        "ow",
        "oy",
        "p",
        "r",
        "s",
        "sh",
        "t",
        "th",
        "uh",
        "uw",
        "v",
        "w",
    ),
    *("y", "z", "zh"),
)
_PHONE_NUMBER = {phone: number for number, phone in enumerate(PHONES)}
_LEVEL = 0.08
"""Root mean square to which the speaking parts of a clip are brought."""

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Line:
    """One sentence to be spoken by one voice."""

    id: str
    voice: str
    text: str
    stretch: float = 1.0
    """Duration factor given to the synthesiser; 1 is its default."""
    shift: float = 1.0
    """Resampling factor: above 1, faster and higher. 1 leaves the sound as it is."""
    room: float = 0.0
    """Reverberation time in seconds; 0 for none."""


@dataclass(frozen=True)
class Spoken:
    """The sound of a line, with the truth about it (times in seconds)."""

    line: Line
    samples: Samples
    phones: list[tuple[str, float]]
    """Each phone with its end."""
    words: list[tuple[float, float]]
    """Start and end of each whitespace-separated word of the text."""


def build_flite_batch(folder: Path) -> Path:
    """Compiles the batch synthesiser (needs gcc, flite1-dev); returns its path."""
    program = folder / "flite_batch"
    libraries = [f"-lflite_cmu_us_{voice}" for voice in VOICES]
    libraries += ["-lflite_usenglish", "-lflite_cmulex", "-lflite", "-lm"]
    source = str(HERE / "flite_batch.c")
    subprocess.run(["gcc", "-O2", "-o", str(program), source, *libraries], check=True)
    return program


def speak(lines: list[Line], program: Path, seed: int) -> list[Spoken]:
    """Speaks the lines; drops those whose words and phones cannot be matched."""
    noise = np.random.default_rng(seed)
    spoken = []
    with tempfile.TemporaryDirectory() as folder:
        orders = "".join(
            f"{x.id}\t{x.voice}\t{x.stretch:.3f}\t{x.text}\n" for x in lines
        )
        done = subprocess.run(
            [str(program), folder],
            input=orders,
            capture_output=True,
            text=True,
            check=True,
        )
        by_id = {line.id: line for line in lines}
        for answer in done.stdout.splitlines():
            identity, rate, _, heard = answer.split("\t")
            path = Path(folder) / f"{identity}.s16"
            samples = np.fromfile(path, "<i2").astype(np.float32) / 32768
            path.unlink()
            result = _timed(by_id[identity], samples, int(rate), heard.split(), noise)
            if result is not None:
                spoken.append(result)
    return spoken


def _timed(
    line: Line,
    samples: Samples,
    rate: int,
    heard: list[str],
    noise: np.random.Generator,
) -> Spoken | None:
    """Resamples, levels and times one clip; None where that cannot be done."""
    up, down = 1000 * RATE // 1000, round(1000 * line.shift * rate / 1000)
    if up != down:
        common = int(np.gcd(up, down))
        samples = resample_poly(samples, up // common, down // common).astype(
            np.float32
        )
    faster = down / up * RATE / rate
    marks = [mark.split(":") for mark in heard]
    count = len(line.text.split())
    if len(samples) < RATE // 10 or {int(m[2]) for m in marks} - {0} != set(
        range(1, count + 1)
    ):
        return None
    starts, ends = [float("inf")] * count, [0.0] * count
    phones, now = [], 0.0
    for phone, end, number in marks:
        then = float(end) / faster
        word = int(number) - 1
        if word >= 0 and phone != "pau":
            starts[word] = min(starts[word], now)
            ends[word] = max(ends[word], then)
        phones.append((phone, then))
        now = then
    if any(end <= start for start, end in zip(starts, ends, strict=True)):
        return None
    loud = samples[np.abs(samples) > 0.01]
    samples = samples * np.float32(_LEVEL / (np.sqrt((loud**2).mean()) + 1e-9))
    if line.room:
        samples = _in_a_room(samples, line.room, noise)
    words = [(round(a, 3), round(b, 3)) for a, b in zip(starts, ends, strict=True)]
    return Spoken(line, samples, phones, words)


def _in_a_room(samples: Samples, seconds: float, noise: np.random.Generator) -> Samples:
    """Adds decaying noise as the tail of a small room."""
    length = int(seconds * RATE)
    tail = noise.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= noise.uniform(0.1, 0.35) / np.sqrt((tail**2).sum())
    tail[0] = 1
    room: Samples = fftconvolve(samples, tail)[: len(samples)].astype(np.float32)
    return room


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """log10 mel power, shape (frames, 80): faster-whisper's, before its clamping."""
    extractor = FeatureExtractor(feature_size=80)
    window = np.hanning(extractor.n_fft + 1)[:-1].astype(np.float32)
    spectrum = extractor.stft(
        np.pad(samples.astype(np.float32), (0, FRAME)),
        extractor.n_fft,
        extractor.hop_length,
        window=window,
        return_complex=True,
    )
    power = np.abs(spectrum[..., :-1].astype(np.complex64)) ** 2
    mel: NDArray[np.float32] = np.log10(
        np.clip(extractor.mel_filters @ power, 1e-10, None)
    ).T
    return mel


def varied(number: int, voice: str, text: str, rng: random.Random) -> Line:
    """A training line: mostly flite's default, else a little varied."""
    identity = f"{number:06d}{voice}"
    if rng.random() < 0.6:
        return Line(identity, voice, text)
    room = rng.uniform(0.08, 0.3) if rng.random() < 0.3 else 0.0
    return Line(
        identity, voice, text, rng.uniform(0.88, 1.1), rng.uniform(0.97, 1.04), room
    )


def write_shard(
    folder: Path, shard: int, lines: list[Line], program: Path, seed: int
) -> float:
    """Speaks one shard to disk; returns its hours of sound."""
    clips, position = [], 0
    with (
        (folder / f"feat{shard}.f16").open("wb") as features,
        (folder / f"phon{shard}.u8").open("wb") as phones,
    ):
        for spoken in speak(lines, program, seed):
            frames = len(spoken.samples) // FRAME
            mel = log_mel(spoken.samples)[:frames].astype(np.float16)
            track, before = np.zeros(frames, np.uint8), 0.0
            for phone, end in spoken.phones:
                track[round(before * 100) : round(end * 100)] = _PHONE_NUMBER.get(
                    phone, 0
                )
                before = end
            features.write(mel.tobytes())
            phones.write(track.tobytes())
            clips.append(
                {
                    "voice": spoken.line.voice,
                    "text": spoken.line.text,
                    "position": position,
                    "frames": frames,
                    "words": spoken.words,
                }
            )
            position += frames
    temporary = folder / f"meta{shard}.tmp"
    temporary.write_text(json.dumps(clips))
    temporary.rename(folder / f"meta{shard}.json")
    return position / 360_000


def write_shards(
    folder: Path,
    text: TrainingText,
    program: Path,
    *,
    seed: int,
    workers: int,
    size: int = 400,
) -> None:
    """Speaks the text into numbered shards of ``size`` clips, in random order.

    Sentences that are to be heard often are spoken by both voices, the others by one of
    them.
    """
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, sentence in enumerate(text.sentences):
        both = plain(sentence) in text.often
        voices = VOICES if both else (rng.choice(VOICES),)
        lines += [varied(number, voice, sentence, rng) for voice in voices]
    rng.shuffle(lines)
    parts = [lines[start : start + size] for start in range(0, len(lines), size)]
    hours = 0.0
    with ProcessPoolExecutor(workers) as pool:
        jobs = [
            pool.submit(write_shard, folder, number, part, program, seed + number)
            for number, part in enumerate(parts)
            if not (folder / f"meta{number}.json").exists()
        ]
        for done, job in enumerate(as_completed(jobs), 1):
            hours += job.result()
            print(f"spoke shard {done} of {len(jobs)}, {hours:.2f} h", flush=True)
