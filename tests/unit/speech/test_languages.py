"""The language is decided once, from enough speech, and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from sidelight import resources
from sidelight.cli.language import check_language
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.session.bench.shapes import Shape, write_random_model
from sidelight.speech.backends import FASTER_WHISPER
from sidelight.speech.languages import (
    ENOUGH,
    LANGUAGES,
    PLENTY,
    LanguageVote,
    Polyglot,
    Vote,
)
from sidelight.speech.recognizer import PassKind
from sidelight.speech.weights import ModelFolder

if TYPE_CHECKING:
    from pathlib import Path

SECOND = Samples(SAMPLE_RATE)


def votes(*said: tuple[str, float, float]) -> str | None:
    """Language, probability and seconds of each final, in order."""
    vote = LanguageVote()
    decided = None
    for language, probability, seconds in said:
        decided = vote.hear(Vote(language, probability, Samples(int(seconds * SECOND))))
    return decided


def test_it_is_the_list_that_whisper_has() -> None:
    assert frozenset(_LANGUAGE_CODES) == LANGUAGES


@pytest.mark.parametrize(
    ("said", "decided"),
    [
        ([("de", 0.9, 9.0)], None),
        ([("de", 0.9, 10.0)], "de"),
        ([("cy", 0.9, 0.5), ("de", 0.9, 10.0)], "de"),
        ([("cy", 0.4, 1.0)] * 5 + [("en", 0.95, 2.0)] * 4, "en"),
        ([("nl", 0.5, 4.0), ("de", 0.5, 4.0), ("nl", 0.5, 4.0)], "nl"),
        ([("nl", 0.5, 5.0), ("de", 0.6, 5.0)], None),
        ([("nl", 0.5, 20.0), ("de", 0.6, 20.0)], "de"),
        ([("en", 0.0, 40.0)], "en"),
    ],
)
def test_what_leads_after_enough_speech_is_decided(
    said: list[tuple[str, float, float]], decided: str | None
) -> None:
    assert votes(*said) == decided


def test_a_short_answer_alone_decides_nothing() -> None:
    assert votes(("cy", 1.0, ENOUGH / SAMPLE_RATE - 0.1)) is None
    assert PLENTY > ENOUGH


def test_a_model_of_many_languages_tells_and_takes_one(tmp_path: Path) -> None:
    """Real CTranslate2 with random weights: it guesses, but it goes the whole way."""
    folder = tmp_path / "random"
    write_random_model(Shape(1, 2, 64), folder)
    assert ModelFolder.check(folder).multilingual
    model = FASTER_WHISPER.open(folder, 1)
    assert isinstance(model, Polyglot)
    assert model.language is None
    sound = np.sin(np.arange(SAMPLE_RATE) / 9).astype(np.float32)
    told = model.recognize(sound, kind=PassKind.FINAL)
    assert told.language in LANGUAGES
    assert 0 < told.language_probability <= 1
    german = model.in_language("de")
    assert german.recognize(sound, kind=PassKind.FINAL).language == ""
    assert isinstance(german, Polyglot)
    assert german.language == "de"


def test_a_model_of_english_alone_is_asked_for_nothing_else() -> None:
    demo = ModelFolder.check(resources.demo_model())
    check_language(None, demo)
    check_language("en", demo)
    with pytest.raises(UserError, match="English alone"):
        check_language("de", demo)
