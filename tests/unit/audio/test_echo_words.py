"""Which utterances on the coach's channel are the client's, heard again."""

from __future__ import annotations

import pytest

from sidelight.audio.echo_words import SaidWord, is_echo

SENTENCE = "I think it is too heavy to carry alone"


def _said(text: str, start_ms: int) -> list[SaidWord]:
    return [SaidWord(w, start_ms + 300 * n) for n, w in enumerate(text.split())]


@pytest.mark.parametrize(
    ("text", "start_ms", "level_dbfs", "expected"),
    [
        (SENTENCE, 10_120, -34, True),
        ("i think it's too heavy to Carry, alone.", 10_300, -34, True),
        (SENTENCE, 10_120, -25, False),
        (SENTENCE, 13_200, -34, False),
        ("too heavy to carry", 13_000, -34, False),
        ("What would make it easier to carry", 10_120, -34, False),
        (SENTENCE, 60_000, -34, False),
        ("", 10_000, -34, False),
    ],
    ids=[
        "at once and quiet",
        "heard a little differently",
        "louder than the coach is",
        "the coach says it back",
        "the coach says a part of it back",
        "the coach interrupts",
        "much later",
        "no words",
    ],
)
def test_an_echo_is_the_same_words_at_once_and_not_loud(
    text: str,
    start_ms: int,
    level_dbfs: float,
    expected: bool,  # noqa: FBT001
) -> None:
    found = is_echo(
        _said(text, start_ms),
        _said(SENTENCE, 10_000),
        level_dbfs=level_dbfs,
        usual_dbfs=-28,
    )
    assert found is expected
