"""Figures of made-up runs, computed by hand."""

from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    Partial,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)
from sidelight.session.bench.figures import Delays, figures, wrong_words
from sidelight.session.bench.playing import Played, Told
from sidelight.session.bench.truth import TrueWord, WordTruth

COACH, CLIENT = Speaker.COACH, Speaker.CLIENT


def span(start: int, end: int) -> Span:
    return Span(Millis(start), Millis(end))


def word(text: str, start: int, end: int) -> Word:
    return Word(text, span(start, end), 0.9)


def heard(at: int, speaker: Speaker, *words: Word) -> Told:
    whole = span(words[0].span.start, words[-1].span.end)
    text = " ".join(one.text for one in words)
    utterance = Utterance(UtteranceId(1, 1), speaker, whole, words, text)
    return Told(UtteranceHeard(Millis(at), utterance), Millis(at))


def shown(at: int, speaker: Speaker, *words: Word) -> Told:
    partial = Partial(speaker, words[0].span.start, words, 0, Millis(at))
    return Told(partial, Millis(at))


def played(*told: Told) -> Played:
    return Played(told, Millis(10_000), 2.5, 0.4)


TRUTH = WordTruth(
    (
        TrueWord(COACH, "What", span(1000, 1200), 0),
        TrueWord(COACH, "now?", span(1200, 1500), 0, asks=True),
        TrueWord(CLIENT, "I", span(3000, 3100), 1),
        TrueWord(CLIENT, "rest.", span(3100, 3600), 1),
    )
)


def test_latencies_run_from_the_true_end_of_a_word() -> None:
    told = played(
        shown(1700, COACH, word("what", 1000, 1300)),
        heard(2200, COACH, word("What", 990, 1210), word("now?", 1210, 1490)),
        heard(4500, CLIENT, word("I", 3000, 3100), word("rest", 3100, 3500)),
    )
    found = figures(told, TRUTH)
    # 2200 - 1200, 2200 - 1500, 4500 - 3100, 4500 - 3600
    assert found.words == Delays(4, 0, 900, 1400, 1400)
    assert found.questions == Delays(1, 0, 700, 700, 700)
    # the coach's first word is shown by the partial, the client's by the final
    assert found.first == Delays(2, 0, 700, 1500, 1500)
    assert found.wer == 0
    assert found.cpu_per_s == 0.25
    assert found.revised == 0


def test_wrong_lost_and_added_words_are_counted_per_word_said() -> None:
    told = played(
        heard(2000, COACH, word("What", 1000, 1200), word("cow", 1200, 1500)),
        heard(4000, CLIENT, word("rest", 3100, 3600), word("rest", 3600, 3700)),
    )
    found = figures(told, TRUTH)
    assert found.wer == 0.5  # "cow", and a "rest" that stands where "I" was said
    assert found.words.missed == 2
    # no word of the question's end is right: whatever stands over it counts
    assert found.questions == Delays(1, 0, 500, 500, 500)


def test_a_question_nobody_heard_is_missed_not_late() -> None:
    found = figures(played(heard(4000, CLIENT, word("rest", 3100, 3600))), TRUTH)
    assert found.questions == Delays(0, 1, 0, 0, 0)
    assert found.first.missed == 1


def test_revised_words_are_those_that_did_not_stay() -> None:
    told = played(
        shown(1600, COACH, word("wet", 1000, 1300)),
        shown(1700, COACH, word("what", 1000, 1300), word("uh", 1300, 1400)),
        heard(2200, COACH, word("What", 1000, 1200), word("now?", 1200, 1500)),
    )
    assert figures(told, TRUTH).revised == 1.0  # "wet" and "uh", for two final words


def test_one_track_hears_everybody_in_order_of_time() -> None:
    words = [word(w.text, w.span.start, w.span.end) for w in TRUTH.words]
    found = figures(played(heard(5000, Speaker.UNKNOWN, *words)), TRUTH)
    assert found.wer == 0
    assert found.questions.p50 == 3500


def test_wrong_words_compare_without_case_and_punctuation() -> None:
    assert wrong_words(["So", "what", "now"], ["so,", "what", "now?"]) == 0
    assert wrong_words([], ["so"]) == 1
