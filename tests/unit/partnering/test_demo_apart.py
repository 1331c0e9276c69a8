"""The demo shows what the detector can do, so nothing of it may be in the detector."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sidelight import resources
from sidelight.partnering import kinds

LEAST_WORDS = 4
"""Shorter sentences ("What else?") belong to everybody."""

LEAST_WORDS_IN_TALK = 9
"""In half a million words of talk somebody says "what do you want to do" anyway."""

SENTENCES = Path(__file__).parents[2] / "data" / "partnering"


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def demo_sentences(least: int) -> set[str]:
    truth = json.loads((resources.demo_session() / "truth.json").read_text("utf-8"))
    found = {
        plain(sentence)
        for turn in truth["turns"]
        for sentence in re.split(r"(?<=[.?!])\s+", turn["text"])
    }
    return {sentence for sentence in found if len(sentence.split()) >= least}


def sources() -> list[Path]:
    package = Path(kinds.__file__).parents[1]
    talk = resources.models() / "partnering" / "data" / "train"
    written = [*sorted(SENTENCES.glob("*.jsonl")), *sorted(talk.glob("*.txt"))]
    return [*written, *sorted(package.rglob("*.py"))]


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.name)
def test_no_sentence_of_the_demo_is_in_the_detector(source: Path) -> None:
    words = f" {plain(source.read_text('utf-8'))} "
    least = LEAST_WORDS_IN_TALK if source.suffix == ".txt" else LEAST_WORDS
    assert not [s for s in demo_sentences(least) if f" {s} " in words]
