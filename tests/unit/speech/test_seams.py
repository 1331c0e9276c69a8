"""No word lost and none told twice where speech was cut without a pause."""

import pytest

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.speech.recognizer import RecognizedWord
from sidelight.speech.seams import Seam, after, divide, resume


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
    assert seam == Seam(seconds(10.6), before="so", after="", told=("so",))
    assert texts(resume(at("10.45 so well then"), seam)) == "well then"


def test_nothing_at_all() -> None:
    before, seam = divide((), seconds(10))
    assert before == ()
    assert resume((), seam) == ()
    assert texts(resume(at("10.1 now"), seam)) == "now"


def test_words_that_the_aligner_squeezed_before_the_cut_are_not_told_twice() -> None:
    """The first pass heard them after the cut, and placed them before it."""
    before, seam = divide(at("8 looking for something that I could fix"), seconds(11.6))
    assert texts(before) == "looking for something that I could fix"
    again = at("11.3 something that I could fix anything at all")
    assert texts(resume(again, seam)) == "anything at all"


def test_other_words_after_them_stay() -> None:
    _, seam = divide(at("8 looking for something that I could fix"), seconds(11.6))
    assert texts(resume(at("11.7 so that I could rest"), seam)) == (
        "so that I could rest"
    )


def test_told_words_are_known_again_behind_half_a_word() -> None:
    _, seam = divide(at("8 looking for something that I could fix"), seconds(11.6))
    again = at("11.3 omething that I could fix anything at all")
    assert texts(resume(again, seam)) == "anything at all"


def test_behind_all_words_of_a_pass_the_told_ones_are_left_out() -> None:
    seam = after(at("8 looking for something that I could fix"))
    again = at("11.3 for something that I could fix. And then")
    assert texts(resume(again, seam)) == "And then"
