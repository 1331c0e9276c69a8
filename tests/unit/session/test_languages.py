"""A model of many languages is told which, once; whoever takes over knows it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.speech import Deaf, LevelDetector, ScriptedRecognizer, Spoken, say

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish, UseModel
from sidelight.domain.events import LanguageDecided, StoredEvent, UtteranceHeard
from sidelight.domain.known import Known
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, to_millis
from sidelight.domain.transcript import Layout
from sidelight.session.pipeline import Item, Pipeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sidelight.speech.recognizer import Hypothesis, PassKind

SENTENCE = [Spoken(word, 400, 30) for word in range(6)]
"""2.6 s."""


@dataclass
class Tongues:
    """Hears a language by itself until it is told one; writes it into every word."""

    guesses: Sequence[str] = ("de",)
    language: str | None = None
    name: str = "tongues"
    carries_context: bool = False
    heard: list[PassKind] = field(default_factory=list)

    def in_language(self, language: str) -> Tongues:
        return self if language == self.language else replace(self, language=language)

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        guess = self.language or self.guesses[len(samples) % len(self.guesses)]
        self.heard.append(kind)
        heard = ScriptedRecognizer(spell=guess + ":{}").recognize(
            samples, kind=kind, previous=previous
        )
        if self.language is not None:
            return heard
        return replace(heard, language=guess, language_probability=0.9)


def talk(sentences: int) -> NDArray[np.float32]:
    parts = [say(SENTENCE)] * sentences + [np.zeros(SAMPLE_RATE, np.float32)]
    return np.concatenate([np.pad(part, (0, 12_000)) for part in parts])


def hear(
    pipeline: Pipeline, sound: NDArray[np.float32], block: int = 16_000
) -> list[Item]:
    items: list[Item] = []
    while pipeline.position < len(sound):
        at = pipeline.position
        items += pipeline.feed(AudioBlock(at, sound[at : at + block, np.newaxis]))
    return [*items, *pipeline.direct(Finish(to_millis(pipeline.position)))]


def opened(recognizer: Tongues) -> Pipeline:
    return Pipeline(
        Layout.MONO,
        recognizer,
        LevelDetector,
        Deaf(),
        open_model=lambda name: replace(recognizer, name=name, language=None),
    )


def finals(items: Sequence[Item]) -> list[UtteranceHeard | LanguageDecided]:
    return [i for i in items if isinstance(i, UtteranceHeard | LanguageDecided)]


def test_it_is_decided_once_and_stored() -> None:
    items = finals(hear(opened(Tongues()), talk(8)))
    (decided,) = (i for i in items if isinstance(i, LanguageDecided))
    assert decided.language == "de"
    before = items[: items.index(decided)]
    assert 3 <= len(before) <= 5
    assert decided.at == before[-1].at


def test_afterwards_nothing_flips_it() -> None:
    flipping = Tongues(guesses=("de", "de", "cy"))
    items = finals(hear(opened(flipping), talk(16)))
    at = next(n for n, i in enumerate(items) if isinstance(i, LanguageDecided))
    later = [i for i in items[at:] if isinstance(i, UtteranceHeard)]
    assert later
    assert all(i.utterance.text.startswith("de:") for i in later)


@pytest.mark.parametrize("block", [160, 511, 16_000, 10**7])
def test_cutting_the_sound_changes_nothing(block: int) -> None:
    sound = talk(8)
    whole = finals(hear(opened(Tongues()), sound))
    assert finals(hear(opened(Tongues()), sound, block)) == whole


def test_whoever_takes_over_knows_it() -> None:
    stored = StoredEvent(1, Millis(0), 0, LanguageDecided(Millis(0), "pt"))
    pipeline = opened(Tongues())
    pipeline.resume(Samples(0), Known.of([stored]))
    items = finals(hear(pipeline, talk(8)))
    assert all(isinstance(i, UtteranceHeard) for i in items)
    texts = [i.utterance.text for i in items if isinstance(i, UtteranceHeard)]
    assert texts
    assert all(text.startswith("pt:") for text in texts)


def test_another_model_is_told_too() -> None:
    pipeline = opened(Tongues(guesses=("de",)))
    pipeline.direct(UseModel(Millis(20_000), "lighter"))
    items = finals(hear(pipeline, talk(12)))
    assert sum(isinstance(i, LanguageDecided) for i in items) == 1
