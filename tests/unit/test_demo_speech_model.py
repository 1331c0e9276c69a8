"""The demo speech model loads as it is, and invents nothing where nobody speaks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from faster_whisper import WhisperModel

ROOT: Final = Path(__file__).resolve().parents[2]
MODEL: Final = ROOT / "models" / "demo-speech"
DEMO: Final = ROOT / "assets" / "demo"
TEXTS: Final = MODEL / "train" / "texts"
RATE: Final = 16_000
TRAINED_ON: Final = (
    *("coach.txt", "client.txt", "everyday.txt", "work.txt", "life.txt"),
    *("sessions.txt", "short.txt"),
)

Samples = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def model() -> WhisperModel:
    return WhisperModel(
        str(MODEL),
        device="cpu",
        compute_type="int8",
        cpu_threads=1,
        local_files_only=True,
    )


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def sentences(name: str) -> set[str]:
    lines = (TEXTS / name).read_text(encoding="utf-8").splitlines()
    return {" ".join(words(line)) for line in lines if line.strip()}


def turn_with_sound(number: int) -> tuple[str, Samples]:
    truth: dict[str, Any] = json.loads((DEMO / "truth.json").read_text("utf-8"))
    turn = truth["turns"][number]
    edge = RATE // 4
    start = max(0, turn["start_ms"] * RATE // 1000 - edge)
    stop = turn["end_ms"] * RATE // 1000 + edge
    samples, _ = soundfile.read(
        DEMO / "session.flac", start=start, stop=stop, dtype="float32"
    )
    return turn["text"], samples[:, 0 if turn["speaker"] == "coach" else 1]


def test_fits_the_repository_and_reads_as_english_only(model: WhisperModel) -> None:
    assert sum(file.stat().st_size for file in MODEL.glob("*.*")) <= 16_000_000
    assert not model.model.is_multilingual


def test_word_times_lie_inside_the_sound_and_in_order(model: WhisperModel) -> None:
    text, samples = turn_with_sound(2)
    segments, _ = model.transcribe(samples, language="en", word_timestamps=True)
    heard = [word for segment in segments for word in segment.words or ()]
    assert len(heard) > len(words(text)) // 2
    starts = [word.start for word in heard]
    assert starts == sorted(starts)
    assert all(
        0 <= word.start <= word.end <= len(samples) / RATE + 0.1 for word in heard
    )


@pytest.mark.parametrize("level", [0.0, 0.003])
def test_writes_nothing_where_nobody_speaks(model: WhisperModel, level: float) -> None:
    noise = np.random.default_rng(0).standard_normal(5 * RATE).astype(np.float32)
    segments, _ = model.transcribe(noise * np.float32(level), language="en")
    assert not [segment.text for segment in segments]


def test_no_unseen_sentence_was_trained_on() -> None:
    trained = set[str]().union(*(sentences(name) for name in TRAINED_ON))
    unseen = sentences("test.txt")
    assert len(unseen) >= 200
    assert not unseen & trained
    assert not unseen & sentences("development.txt")
    assert not sentences("development.txt") & trained
