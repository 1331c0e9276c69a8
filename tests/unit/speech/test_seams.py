"""No word lost and none told twice where speech was cut without a pause."""

import pytest

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.speech.recognizer import RecognizedWord
from sidelight.speech.seams import Seam, divide, resume


def at(text: str, *, jitter: float = 0.0, every: float = 0.5) -> list[RecognizedWord]:
    """Words half a second apart, 0.4 s long; ``text`` starts with the first's time."""
    first, *rest = text.split()
    begin = float(first) + jitter
    return [
        RecognizedWord(
            word,
            Samples(int((begin + n * every) * SAMPLE_RATE)),
            Samples(int((begin + n * every + 0.4) * SAMPLE_RATE)),
            0.9,
        )
        for n, word in enumerate(rest)
    ]


def texts(words: tuple[RecognizedWord, ...]) -> str:
    return " ".join(word.text for word in words)


def seconds(value: float) -> Samples:
    return Samples(int(value * SAMPLE_RATE))


FIRST = "10 what would you like me to do"
"""Words at 10.0, 10.5 … 13.0."""


@pytest.mark.parametrize("jitter", [-0.2, -0.1, 0.0, 0.1, 0.2])
@pytest.mark.parametrize("cut", [10.0, 10.25, 10.45, 10.5, 11.2, 11.7, 12.6, 13.5])
def test_the_two_sides_make_the_whole(cut: float, jitter: float) -> None:
    before, seam = divide(at(FIRST), seconds(cut))
    # The second pass begins 0.3 s before and places words a little differently.
    second = [
        word
        for word in at(FIRST + " when I hear", jitter=jitter)
        if word.start >= seam.at - seconds(0.6)
    ]
    told = f"{texts(before)} {texts(resume(second, seam))}".split()
    assert told == f"{FIRST} when I hear".split()[1:]


def test_a_word_said_twice_across_the_cut_stays_twice() -> None:
    before, seam = divide(at("10 I know that that is"), seconds(11.45))
    assert texts(before) == "I know that"
    second = at("11 that that is hard")
    assert texts(resume(second, seam)) == "that is hard"


def test_nothing_before_the_cut() -> None:
    before, seam = divide(at("11 so then"), seconds(10.9))
    assert before == ()
    assert texts(resume(at("11 so then we"), seam)) == "so then we"


def test_nothing_after_the_cut() -> None:
    before, seam = divide(at("10 so"), seconds(10.6))
    assert texts(before) == "so"
    assert seam == Seam(seconds(10.6), before="so", after="")
    assert texts(resume(at("10.45 so well then"), seam)) == "well then"


def test_nothing_at_all() -> None:
    before, seam = divide((), seconds(10))
    assert before == ()
    assert resume((), seam) == ()
    assert texts(resume(at("10.1 now"), seam)) == "now"
