"""Measures a converted model through the unmodified ``faster_whisper.WhisperModel``.

Word error rates ignore capitals and punctuation. *Padded* is the stock call: every
piece of sound is padded to 30 s. *Short* hands the encoder the sound and about a second
of silence instead, by replacing faster-whisper's padding function; the words must not
depend on which is used.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

import faster_whisper
import numpy as np
import soundfile
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray
from speech import RATE, VOICES, Line, speak
from texts import plain, read

Samples = NDArray[np.float32]
_SHORT_SPARE = 128
"""Frames of silence after the sound in a short window."""
_EDGE = RATE // 4
"""Samples before and after a turn cut by the script's times."""


@dataclass(frozen=True)
class Piece:
    """Sound and the words that are in it; ``group`` is the voice."""

    group: str
    text: str
    samples: Samples
    words: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class Count:
    """Word errors, words and pieces without any error."""

    errors: int = 0
    words: int = 0
    pieces: int = 0
    perfect: int = 0

    def add(self, reference: str, heard: str) -> int:
        right, got = plain(reference).split(), plain(heard).split()
        errors = word_errors(right, got)
        self.errors += errors
        self.words += len(right)
        self.pieces += 1
        self.perfect += errors == 0
        return errors

    def as_dict(self) -> dict[str, float]:
        return {
            "wer": round(self.errors / max(1, self.words), 4),
            "errors": self.errors,
            "words": self.words,
            "pieces": self.pieces,
            "perfect": self.perfect,
        }


def word_errors(reference: list[str], heard: list[str]) -> int:
    """Substitutions, insertions and deletions between two word lists (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(reference, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other)),
            )
    return row[-1]


@contextmanager
def short_windows() -> Iterator[None]:
    """Makes faster-whisper encode only as much as there is sound."""
    module: Any = faster_whisper.transcribe
    stock = module.pad_or_trim

    def short(array: Any, length: int = 3000, *, axis: int = -1) -> Any:
        wanted = min(length, max(200, array.shape[axis] + _SHORT_SPARE))
        return stock(array, wanted, axis=axis)

    with patch.object(module, "pad_or_trim", short):
        yield


class Heard:
    """Runs the model and remembers what it cost."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.model = faster_whisper.WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        )
        self.seconds = 0.0
        self.cost = 0.0

    def segments(self, samples: Samples, *, beam: int = 1, **options: Any) -> list[Any]:
        began = process_time()
        found, _ = self.model.transcribe(
            samples, language="en", beam_size=beam, temperature=0.0, **options
        )
        segments = list(found)
        self.cost += process_time() - began
        self.seconds += len(samples) / RATE
        return segments

    def text(self, samples: Samples, *, beam: int = 1, **options: Any) -> str:
        return " ".join(
            s.text.strip() for s in self.segments(samples, beam=beam, **options)
        )


def spoken_set(name: str, program: Path) -> list[Piece]:
    """A text file's sentences, spoken by both voices at flite's defaults."""
    sentences = read(name)
    lines = [
        Line(f"{number:04d}{voice}", voice, text)
        for voice in VOICES
        for number, text in enumerate(sentences)
    ]
    spoken = speak(lines, program, seed=0)
    if len(spoken) != len(lines):
        raise RuntimeError(
            f"{len(lines) - len(spoken)} sentences of {name} could not be timed"
        )
    return [Piece(s.line.voice, s.line.text, s.samples, s.words) for s in spoken]


def error_rates(heard: Heard, pieces: list[Piece], **options: Any) -> dict[str, Any]:
    """Word errors in all and by group."""
    groups: dict[str, Count] = defaultdict(Count)
    total = Count()
    for piece in pieces:
        text = heard.text(piece.samples, **options)
        groups[piece.group].add(piece.text, text)
        total.add(piece.text, text)
    return {
        **total.as_dict(),
        "by_voice": {k: v.as_dict()["wer"] for k, v in groups.items()},
    }


def session_turns(folder: Path) -> list[Piece]:
    """The demo session's turns, cut from their channels by the truth's times."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    samples, channels = _session(folder, truth)
    pieces = []
    for turn in truth["turns"]:
        start = max(0, turn["start_ms"] * RATE // 1000 - _EDGE)
        end = turn["end_ms"] * RATE // 1000 + _EDGE
        track = samples[:, channels.index(turn["speaker"])]
        pieces.append(Piece(turn["speaker"], turn["text"], track[start:end]))
    return pieces


def session_cut_at_pauses(heard: Heard, folder: Path, **options: Any) -> dict[str, Any]:
    """Word errors over whole channels, each transcribed one utterance at a time.

    Utterances are what Silero's voice activity leaves between pauses of 0.4 s, with
    0.25 s of sound kept before and after.
    """
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    samples, channels = _session(folder, truth)
    cutting = VadOptions(
        min_silence_duration_ms=400, speech_pad_ms=250, max_speech_duration_s=28
    )
    result: dict[str, Any] = {}
    total = Count()
    for number, speaker in enumerate(channels):
        track = np.ascontiguousarray(samples[:, number])
        right = " ".join(t["text"] for t in truth["turns"] if t["speaker"] == speaker)
        cuts = get_speech_timestamps(track, cutting)
        got = " ".join(
            heard.text(track[c["start"] : c["end"]], **options) for c in cuts
        )
        one = Count()
        one.add(right, got)
        total.add(right, got)
        result[speaker] = {**one.as_dict(), "pieces": len(cuts)}
        del result[speaker]["perfect"]
    return {
        "wer": total.as_dict()["wer"],
        "errors": total.errors,
        "words": total.words,
        **result,
    }


def _session(folder: Path, truth: dict[str, Any]) -> tuple[Samples, list[str]]:
    samples, rate = soundfile.read(folder / "session.flac", dtype="float32")
    if rate != RATE:
        raise RuntimeError(f"the demo session has {rate} samples a second, not {RATE}")
    return samples, truth["sound"]["session.flac"]["channels"]


def word_times(heard: Heard, pieces: list[Piece]) -> dict[str, Any]:
    """How far word times lie from the synthesiser's, where all words are right."""
    apart = []
    for piece in pieces:
        words = [
            w
            for s in heard.segments(piece.samples, word_timestamps=True)
            for w in s.words
        ]
        if plain(" ".join(w.word for w in words)) == plain(piece.text):
            apart += [
                (abs(w.start - start), abs(w.end - end))
                for w, (start, end) in zip(words, piece.words, strict=False)
            ]
    table = np.array(apart)
    names = ("start", "end")
    return {
        "words": len(table),
        "median_s": dict(
            zip(names, np.median(table, 0).round(3).tolist(), strict=True)
        ),
        "p90_s": dict(
            zip(names, np.percentile(table, 90, 0).round(3).tolist(), strict=True)
        ),
    }


def without_speech(heard: Heard) -> dict[str, str]:
    """What is written for silence, noise and hum; nothing is right."""
    noise = np.random.default_rng(0).standard_normal(8 * RATE).astype(np.float32)
    hum = np.sin(2 * np.pi * 50 * np.arange(5 * RATE) / RATE).astype(np.float32)
    sounds = {
        "zeros, 5 s": np.zeros(5 * RATE, np.float32),
        "noise -50 dBFS, 5 s": noise[: 5 * RATE] * np.float32(0.003),
        "noise -26 dBFS, 8 s": noise * np.float32(0.05),
        "hum -29 dBFS, 5 s": hum * np.float32(0.05)
        + noise[: 5 * RATE] * np.float32(0.001),
    }
    return {name: heard.text(sound) for name, sound in sounds.items()}


def evaluate(model: Path, program: Path, session: Path) -> dict[str, Any]:
    """Every figure of the card, on the unseen sentences and on the demo session."""
    unseen = spoken_set("test.txt", program)
    turns = session_turns(session)
    figures: dict[str, Any] = {
        "size_bytes": sum(f.stat().st_size for f in model.iterdir() if f.is_file()),
        "unseen_sentences": len(unseen) // len(VOICES),
    }
    heard = Heard(model)
    for window in ("padded", "short"):
        for beam in (1, 5):
            heard.seconds = heard.cost = 0.0
            with short_windows() if window == "short" else _as_it_is():
                figures[f"{window}, beam {beam}"] = {
                    "unseen": error_rates(heard, unseen, beam=beam),
                    "demo_turns": error_rates(heard, turns, beam=beam),
                    "demo_cut_at_pauses": session_cut_at_pauses(
                        heard, session, beam=beam
                    ),
                    "cpu_s_per_s": round(heard.cost / heard.seconds, 4),
                }
            print(
                window, beam, json.dumps(figures[f"{window}, beam {beam}"]), flush=True
            )
    # every fourth sentence of each voice is enough to see that these paths work
    some = unseen[::4]
    figures["every fourth unseen, padded, beam 1"] = {
        "as above": error_rates(heard, some),
        "without_timestamps": error_rates(heard, some, without_timestamps=True),
        "vad_filter": error_rates(heard, some, vad_filter=True),
        "word_timestamps": error_rates(heard, some, word_timestamps=True),
    }
    figures["word_times"] = word_times(heard, some)
    figures["without_speech"] = without_speech(heard)
    return figures


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield
