"""One channel of a stretch: the model's words as utterances, and what is believed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from tests.fakes.speech import LevelDetector, PlainScripted, Spoken, say

from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_samples
from sidelight.domain.transcript import Doubt
from sidelight.session.refining.hearing import ChannelHearing
from sidelight.speech.endpointing import COACH
from sidelight.speech.recognizer import Hypothesis, PassKind, RecognizedWord
from sidelight.speech.vad import WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sidelight.speech.recognizer import PlainRecognizer
    from sidelight.speech.streaming import FinalWords


class Plain:
    """Hears in any sound what it was told to, and something else when asked again."""

    name = "plain"
    carries_context = False

    def __init__(self, *windows: Hypothesis, again: Hypothesis | None = None) -> None:
        self.windows = windows
        self.again = again or Hypothesis()
        self.retried: list[int] = []

    def hear_plain(self, samples: NDArray[np.float32]) -> Iterator[Hypothesis]:
        del samples
        yield from self.windows

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        assert kind is PassKind.RETRY
        assert not previous
        self.retried.append(len(samples))
        return self.again


def word(text: str, start_ms: int, end_ms: int) -> RecognizedWord:
    return RecognizedWord(text, to_samples(start_ms), to_samples(end_ms), 0.9)


def window(*words: RecognizedWord, ratio: float = 1.0) -> Hypothesis:
    return Hypothesis(words, avg_logprob=-0.2, compression_ratio=ratio)


def evenly(text: str, start_ms: int = 0, each_ms: int = 250) -> Hypothesis:
    texts = text.split()
    return window(
        *(
            word(one, start_ms + at * each_ms, start_ms + (at + 1) * each_ms)
            for at, one in enumerate(texts)
        )
    )


def voice(*spans_ms: tuple[int, int], length_ms: int) -> NDArray[np.float32]:
    sound = np.zeros(to_samples(length_ms) // WINDOW * WINDOW, np.float32)
    for start, end in spans_ms:
        sound[to_samples(start) : to_samples(end)] = 0.2
    return sound


def heard(sound: NDArray[np.float32], recognizer: PlainRecognizer) -> list[FinalWords]:
    padded = np.pad(sound, (0, -len(sound) % WINDOW))
    likely = LevelDetector().probabilities(padded)
    hearing = ChannelHearing(sound, likely, COACH)
    return [one for one in hearing.utterances(recognizer) if one is not None]


def texts(found: list[FinalWords]) -> list[str]:
    return [" ".join(word.text for word in one.words) for one in found]


def test_pauses_divide_and_short_ones_do_not() -> None:
    gaps = (200, 700, 100, 100)
    sound = say([Spoken(at, 300, gap) for at, gap in enumerate(gaps)])
    assert texts(heard(sound, PlainScripted())) == ["we could", "begin with"]


def test_word_times_that_run_over_a_pause_do_not_hide_it() -> None:
    """Alignment in long windows gives a pause to the word before it."""
    sound = voice((0, 1000), (2000, 3000), length_ms=3200)
    found = heard(
        sound, Plain(window(word("so.", 100, 1950), word("Yes,", 1950, 2900)))
    )
    assert texts(found) == ["so.", "Yes,"]
    assert abs(found[0].words[-1].end - to_samples(1000)) <= WINDOW
    assert found[1].words[0].start >= to_samples(1700)


def test_long_speech_is_divided_between_its_sentences() -> None:
    sound = voice((0, 20_000), length_ms=20_000)
    sentence = "one two three four five six seven eight nine ten eleven twelve."
    found = heard(sound, Plain(evenly(" ".join([sentence] * 6).replace("one", "So"))))
    # 72 words of 250 ms would be 18 s; a loop would be said once.
    assert len(found) == 1
    different = " ".join(f"w{n}{'.' if n % 12 == 11 else ''}" for n in range(72))
    found = heard(sound, Plain(evenly(different)))
    assert [one.words[-1].text for one in found] == ["w35.", "w71."]


def test_without_a_sentence_end_it_is_cut_all_the_same() -> None:
    sound = voice((0, 30_000), length_ms=30_000)
    found = heard(sound, Plain(evenly(" ".join(f"w{n}" for n in range(100)))))
    longest = max(one.words[-1].end - one.words[0].start for one in found)
    assert longest <= COACH.hard_after * WINDOW + to_samples(250)
    assert sum(len(one.words) for one in found) == 100


def test_a_window_that_loops_is_heard_again_alone() -> None:
    sound = voice((0, 8000), length_ms=8000)
    loop = replace(evenly("and then I know " * 6), compression_ratio=4.0)
    recognizer = Plain(loop, again=evenly("and then I know what he said to me"))
    found = heard(sound, recognizer)
    assert texts(found) == ["and then I know what he said to me"]
    assert recognizer.retried == [to_samples(6000)]
    assert found[0].doubt is None


def test_a_loop_that_stays_is_said_once_and_doubted() -> None:
    sound = voice((0, 8000), length_ms=8000)
    loop = replace(evenly("and then I know " * 6), compression_ratio=4.0)
    found = heard(sound, Plain(loop, again=loop))
    assert texts(found) == ["and then I know"]
    assert found[0].doubt is Doubt.REPETITIVE


def test_a_loop_over_more_than_a_window_is_not_heard_again() -> None:
    """Silence was left out of the window, so its words may lie far apart."""
    loop = replace(evenly("and then I know " * 6, each_ms=1500), compression_ratio=4.0)
    recognizer = Plain(loop)
    sound = voice((0, 36_000), length_ms=36_000)
    assert {one.doubt for one in heard(sound, recognizer)} == {Doubt.REPETITIVE}
    assert recognizer.retried == []


def test_what_models_write_where_nobody_speaks_is_dropped() -> None:
    sound = voice((0, 1000), length_ms=9000)
    invented = window(word("Hello.", 100, 900), word("Thanks.", 7000, 7500))
    assert texts(heard(sound, Plain(invented))) == ["Hello."]
    alone = window(word("He", 5000, 6000), word("left.", 6000, 7500))
    assert heard(sound, Plain(alone)) == []


def test_words_that_miss_the_voice_are_put_beside_it_and_doubted() -> None:
    """Long windows squeeze first words into the silence before them."""
    sound = voice((6000, 8000), length_ms=9000)
    early = window(word("You", 0, 20), word("know", 20, 700), word("me.", 6100, 7000))
    (found,) = heard(sound, Plain(early))
    assert texts([found]) == ["You know me."]
    assert found.words[0].start >= to_samples(6000) - WINDOW
    assert found.doubt is Doubt.UNSURE
    late = window(word("Just", 6100, 7000), word("so.", 8600, 8900))
    (found,) = heard(sound, Plain(late))
    assert texts([found]) == ["Just so."]
    assert found.words[-1].end <= to_samples(7000)


def test_what_models_write_over_noise_is_doubted() -> None:
    sound = voice((0, 3000), length_ms=4000)
    (found,) = heard(sound, Plain(evenly("Thanks for watching!", 200, 800)))
    assert found.doubt is Doubt.STOCK_PHRASE


def test_unlikely_words_are_doubted() -> None:
    sound = voice((0, 3000), length_ms=4000)
    unsure = replace(evenly("he said so", 200, 800), avg_logprob=-1.5)
    (found,) = heard(sound, Plain(unsure))
    assert found.doubt is Doubt.UNSURE


def test_a_word_of_many_seconds_lies_where_the_voice_is() -> None:
    sound = voice((5000, 5600), length_ms=9000)
    (found,) = heard(sound, Plain(window(word("Yes.", 200, 5500))))
    assert abs(found.words[0].start - to_samples(5000)) <= WINDOW
    assert found.words[0].end == to_samples(5500)


def test_silence_says_nothing() -> None:
    assert heard(np.zeros(SAMPLE_RATE, np.float32), PlainScripted()) == []
    assert heard(np.zeros(SAMPLE_RATE, np.float32), Plain()) == []


def test_words_that_overlap_are_put_one_after_the_other() -> None:
    sound = voice((0, 3000), length_ms=3200)
    found = heard(
        sound,
        Plain(
            window(word("a", 0, 900), word("b", 500, 1500)),
            window(word("c", 400, 2000)),
        ),
    )
    spans = [(w.start, w.end) for one in found for w in one.words]
    assert [Samples(s) for s, _ in spans] == sorted(s for s, _ in spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
