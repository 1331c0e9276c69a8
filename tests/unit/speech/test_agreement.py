"""Two passes agree, then a word is stable; what is stable stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelight.domain.timeline import Samples
from sidelight.speech.agreement import Agreement, normalised
from sidelight.speech.recognizer import RecognizedWord


def words(text: str) -> list[RecognizedWord]:
    return [
        RecognizedWord(word, Samples(at), Samples(at + 1), 0.5)
        for at, word in enumerate(text.split())
    ]


def after(*passes: str) -> tuple[str, int]:
    agreement, stable = Agreement(), 0
    shown: tuple[RecognizedWord, ...] = ()
    for text in passes:
        shown, stable = agreement.after(words(text))
    return " ".join(word.text for word in shown), stable


@pytest.mark.parametrize(
    ("passes", "shown", "stable"),
    [
        (["what would"], "what would", 0),
        (["what would", "what would help"], "what would help", 2),
        (["What would", "what, would help"], "what, would help", 2),
        (["what wood", "what would help"], "what would help", 1),
        (["what wood", "what would", "what would help"], "what would help", 2),
        (["a b c", "a b c d", "x"], "a b c", 3),
        (["a b c", "a b c d", "oh a b c d e"], "a b c d e", 4),
        (["a", ""], "", 0),
        (["a b", "a b c", ""], "a b", 2),
    ],
)
def test_agreement(passes: list[str], shown: str, stable: int) -> None:
    assert after(*passes) == (shown, stable)


@given(st.lists(st.text("abC.", max_size=5).map(" ".join), max_size=8))
def test_what_is_stable_stays(passes: list[str]) -> None:
    agreement = Agreement()
    before: tuple[RecognizedWord, ...] = ()
    for text in passes:
        shown, stable = agreement.after(words(text))
        assert stable <= len(shown)
        assert shown[: len(before)] == before
        before = shown[:stable]


@pytest.mark.parametrize(
    ("text", "same"),
    [("Help?", "help"), ("don't", "don't"), ("“So,”", "so"), ("ÄRGER!", "ärger")],
)
def test_case_and_punctuation_do_not_count(text: str, same: str) -> None:
    assert normalised(text) == same
