"""What the model reads of a turn: its end, its surroundings, who speaks, how far."""

from __future__ import annotations

import pytest
from tests.fakes.told_model import WholeWords

from sidelight.domain.transcript import Speaker
from sidelight.partnering.learned.encoding import BEFORE, MOST_PIECES, Encoded, encode

COACH, CLIENT, UNKNOWN = Speaker.COACH, Speaker.CLIENT, Speaker.UNKNOWN


def encoded(
    text: str,
    *before: tuple[Speaker, str],
    speaker: Speaker = COACH,
    words: WholeWords | None = None,
) -> Encoded:
    return encode(words or WholeWords(), text, speaker, before)


def test_two_parts_that_are_told_apart() -> None:
    found = encoded("where shall we start", (CLIENT, "a muddle"))
    assert found.judged == 4 + 3
    assert found.parts == (0,) * 7 + (1,) * (len(found.ids) - 7)


def test_of_a_long_turn_the_beginning_and_the_end() -> None:
    words = WholeWords()
    text = " ".join(f"w{n}" for n in range(300))
    found = encoded(text, words=words)
    assert found.judged == MOST_PIECES + 3
    said = [n for n in found.ids[: found.judged] if n >= 1_000]
    assert words.words["w0"] in said
    assert words.words["w299"] in said
    assert words.words["w150"] not in said


def test_of_what_was_before_the_ends_the_newest_first() -> None:
    words = WholeWords()
    long = " ".join(f"w{n}" for n in range(100))
    found = encoded("so", (CLIENT, long), (COACH, long), (CLIENT, long), words=words)
    around = [n for n in found.ids[found.judged :] if n >= 1_000]
    assert len(around) == sum(BEFORE)
    assert around.count(words.words["w99"]) == 3
    assert words.words["w0"] not in around


def test_the_fourth_turn_before_is_not_read() -> None:
    three = ((CLIENT, "b"), (COACH, "c"), (CLIENT, "d"))
    words = WholeWords({"so": 1000, "a": 1001, "b": 1002, "c": 1003, "d": 1004})
    assert encoded("so", (COACH, "a"), *three, words=words) == encoded(
        "so", *three, words=words
    )


@pytest.mark.parametrize("speaker", [COACH, UNKNOWN])
def test_who_speaks_is_read(speaker: Speaker) -> None:
    others = {s: encoded("so", speaker=s).ids for s in (COACH, UNKNOWN, CLIENT)}
    assert len(set(others.values())) == 3
    around = {s: encoded("so", (s, "so"), speaker=speaker).ids for s in Speaker}
    assert len(set(around.values())) == 3


@pytest.mark.parametrize("text", ["[laughs] so", "so (sighs)", "so [door slams]"])
def test_what_transcribers_add_is_not_read(text: str) -> None:
    assert encoded(text).ids == encoded("so").ids


def test_no_words_at_all_can_be_read() -> None:
    assert encoded("", (CLIENT, "")).judged == 3
