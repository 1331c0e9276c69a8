"""What is dropped, retried and doubted."""

from dataclasses import replace

import pytest

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Doubt
from sidelight.speech import truth
from sidelight.speech.endpointing import Ending, JudgedWindow, SpeechSpan
from sidelight.speech.recognizer import Hypothesis, RecognizedWord
from sidelight.speech.vad import WINDOW


def words(text: str) -> tuple[RecognizedWord, ...]:
    return tuple(
        RecognizedWord(word, Samples(at * 4000), Samples(at * 4000 + 3000), 0.9)
        for at, word in enumerate(text.split())
    )


def heard(
    text: str,
    *,
    avg_logprob: float = -0.2,
    no_speech_prob: float = 0.1,
    compression_ratio: float = 1.0,
) -> Hypothesis:
    return Hypothesis(words(text), avg_logprob, no_speech_prob, compression_ratio)


def span(
    seconds: float = 4.0, likelihood: float = 0.9, voiced: float = 3.0
) -> SpeechSpan:
    end = Samples(int(seconds * SAMPLE_RATE))
    return SpeechSpan(
        start=Samples(0),
        end=end,
        ending=Ending.PAUSE,
        cut=end,
        voices=tuple(
            JudgedWindow(index, likelihood, 1.0)
            for index in range(round(voiced * SAMPLE_RATE / WINDOW))
        ),
    )


@pytest.mark.parametrize(
    ("voiced", "continued", "enough"),
    [
        (0.0, False, False),
        (0.2, False, False),
        (0.26, False, True),
        (0.1, True, True),
        (0.0, True, False),
    ],
)
def test_a_quarter_second_of_voice(
    voiced: float, *, continued: bool, enough: bool
) -> None:
    assert truth.enough_voice(span(voiced=voiced), continued=continued) is enough


@pytest.mark.parametrize(
    ("length", "kept"),
    [(1.9, "useful for you feeling"), (2.1, "useful for"), (9.0, "useful for")],
)
def test_a_word_of_several_seconds_hides_others(length: float, kept: str) -> None:
    useful, long, *rest = words("useful for you feeling")
    long = replace(long, end=Samples(long.start + int(length * SAMPLE_RATE)))
    found = truth.before_skip((useful, long, *rest))
    assert " ".join(word.text for word in found) == kept
    assert all(word.end - word.start < 2 * SAMPLE_RATE for word in found)


@pytest.mark.parametrize(
    ("heard_to", "more"), [(0.5, True), (1.9, True), (2.1, False), (3.0, False)]
)
def test_speech_after_the_last_word_was_left_out(
    heard_to: float, *, more: bool
) -> None:
    heard_until = Samples(int(heard_to * SAMPLE_RATE))
    assert truth.left_out(span(voiced=3.0), heard_until) is more


@pytest.mark.parametrize(
    ("hypothesis", "likelihood", "silent"),
    [
        (Hypothesis(), 0.9, True),
        (heard("yes"), 0.9, False),
        (heard("yes", no_speech_prob=0.9), 0.9, False),
        (heard("yes", avg_logprob=-1.5), 0.9, False),
        (heard("yes", no_speech_prob=0.9, avg_logprob=-0.9), 0.9, True),
        (heard("Thank you."), 0.5, True),
        (heard("Thank you."), 0.9, False),
        (heard("Thanks for watching!"), 0.5, True),
        (heard("Thank you for that question."), 0.5, False),
    ],
)
def test_nobody_spoke(
    hypothesis: Hypothesis, likelihood: float, *, silent: bool
) -> None:
    assert truth.silent(hypothesis, span(likelihood=likelihood)) is silent


@pytest.mark.parametrize(
    ("hypothesis", "seconds", "doubt"),
    [
        (heard("what would help you most right now"), 2.0, None),
        (heard("no no no"), 1.5, None),
        (heard("well", compression_ratio=2.3), 1.0, Doubt.REPETITIVE),
        (heard("I know that " * 3), 4.0, Doubt.REPETITIVE),
        (heard("I know that " * 2), 4.0, None),
        (heard(" ".join(f"w{n}" for n in range(17))), 2.0, Doubt.RUSHED),
        (heard(" ".join(f"w{n}" for n in range(16))), 2.0, None),
    ],
)
def test_words_that_cannot_be_right(
    hypothesis: Hypothesis, seconds: float, doubt: Doubt | None
) -> None:
    assert truth.misheard(hypothesis, span(seconds)) is doubt


@pytest.mark.parametrize(
    ("hypothesis", "doubt"),
    [
        (heard("Where shall we start?"), None),
        (heard("Where shall we start?", avg_logprob=-1.2), Doubt.UNSURE),
        (heard("Thank you for watching."), Doubt.STOCK_PHRASE),
        (heard("Thank you."), None),
    ],
)
def test_words_to_hear_before_quoting(
    hypothesis: Hypothesis, doubt: Doubt | None
) -> None:
    assert truth.unsure(hypothesis, span()) is doubt


@pytest.mark.parametrize(
    ("likelihood", "doubt"), [(0.5, Doubt.UNSURE), (0.6, None), (0.9, None)]
)
def test_words_over_hardly_a_voice_are_to_be_heard(
    likelihood: float, doubt: Doubt | None
) -> None:
    assert truth.unsure(heard("I hit him"), span(likelihood=likelihood)) is doubt


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", ""),
        ("no no no", "no no no"),
        ("No, no. No no no so", "No, so"),
        ("I see I see I see it", "I see it"),
        ("a b c a b c", "a b c a b c"),
        ("a b c a b c a b c d", "a b c d"),
        ("x " * 40, "x"),
        ("one two " * 9 + "three", "one two three"),
    ],
)
def test_loops_are_said_once(said: str, kept: str) -> None:
    assert " ".join(w.text for w in truth.without_loops(words(said))) == kept
