"""Short windows are given only to models that were measured to be safe in them."""

from __future__ import annotations

import pytest

from sidelight.speech.short_windows import (
    ENOUGH_PASSES,
    ENOUGH_WORDS,
    SAMPLE_EVERY,
    Compared,
    Evidence,
    Trial,
    Verdict,
    compare_words,
)


def counted(*, passes: int, words: int, different: int = 0) -> Evidence:
    """Evidence of so many utterances of so many words; all errors in the first."""
    evidence = Evidence()
    for number in range(passes):
        wrong = different if number == 0 else 0
        evidence = evidence.plus(Compared("base", words, wrong))
    return evidence


@pytest.mark.parametrize(
    ("padded", "short", "words", "different"),
    [
        ("What would help?", "what would help", 3, 0),
        ("what would help", "what could help", 3, 1),
        ("what would help", "what help", 3, 1),
        ("what would help", "what would help you", 3, 1),
        ("", "thank you", 0, 2),
        ("what would help", "", 3, 3),
        ("so", "so so so so so so", 1, 5),
        ("one two three four", "two three four one", 4, 2),
        ("", "", 0, 0),
    ],
)
def test_words_are_counted_without_case_and_punctuation(
    padded: str, short: str, words: int, different: int
) -> None:
    found = compare_words("base", padded.split(), short.split())
    assert found == Compared("base", words, different)


def test_nothing_is_assumed_before_there_are_enough_words_and_utterances() -> None:
    assert Evidence().verdict is Verdict.UNKNOWN
    few = counted(passes=ENOUGH_PASSES - 1, words=ENOUGH_WORDS)
    assert few.verdict is Verdict.UNKNOWN
    brief = counted(passes=ENOUGH_WORDS - 1, words=1)
    assert brief.verdict is Verdict.UNKNOWN
    assert brief.plus(Compared("base", 1, 0)).verdict is Verdict.SAFE


@pytest.mark.parametrize(
    ("different", "verdict"),
    [
        (0, Verdict.SAFE),
        (2, Verdict.SAFE),
        (3, Verdict.UNSAFE),
        (10, Verdict.UNSAFE),
        (107, Verdict.UNSAFE),
    ],
)
def test_two_words_in_a_hundred_may_differ(different: int, verdict: Verdict) -> None:
    assert counted(passes=20, words=5, different=different).verdict is verdict


def test_one_ruined_utterance_is_enough_to_go_back_and_good_ones_lead_out() -> None:
    safe = counted(passes=30, words=10)
    assert safe.verdict is Verdict.SAFE
    looped = safe.plus(Compared("base", 10, 60))
    assert looped.verdict is Verdict.UNSAFE
    again, needed = looped, 0
    while again.verdict is Verdict.UNSAFE and needed < 1000:
        again, needed = again.plus(Compared("base", 10, 0)), needed + 1
    assert again.verdict is Verdict.SAFE
    assert needed > 20


def test_between_the_two_limits_the_verdict_stays() -> None:
    safe = counted(passes=20, words=10)
    doubtful = safe.plus(Compared("base", 10, 6))
    assert 0.02 < doubtful.disagreement < 0.04
    assert doubtful.verdict is Verdict.SAFE


def test_old_evidence_fades() -> None:
    evidence = counted(passes=1000, words=10)
    assert evidence.words < 400
    assert evidence.passes < 40


def test_an_unknown_model_is_padded_and_every_utterance_compared() -> None:
    trial = Trial(Evidence())
    assert not trial.short
    for _ in range(ENOUGH_PASSES):
        assert trial.wants()
        trial.take(Compared("base", 10, 0))
    assert trial.short


@pytest.mark.parametrize("verdict", [Verdict.SAFE, Verdict.UNSAFE])
def test_a_known_model_is_compared_at_first_and_then_rarely(verdict: Verdict) -> None:
    trial = Trial(Evidence(20, 200, 0, verdict))
    assert trial.short is (verdict is Verdict.SAFE)
    wanted = [trial.wants() for _ in range(2 * SAMPLE_EVERY + 1)]
    assert wanted.count(True) == 3
    assert wanted[0]
    assert wanted[SAMPLE_EVERY]
