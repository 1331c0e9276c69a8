"""One channel of a stretch, from the model's windows to utterances of final words.

The words are the model's own, in its standard regime. What is done to them is what the
live path does too (``speech.truth``): loops are said once, what looks wrong is heard
again alone, and windows without any speech say nothing. Word times of long windows run
over pauses, so where an utterance ends is told by the voice detector; and they may miss
the voice altogether, so a word is not dropped for it but put beside the next that has
one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Doubt
from sidelight.speech import truth
from sidelight.speech.endpointing import (
    OFFSET,
    PRE_ROLL,
    TAIL_WINDOWS,
    Ending,
    JudgedWindow,
    SpeechSpan,
)
from sidelight.speech.recognizer import LONGEST, PassKind
from sidelight.speech.streaming import FinalWords
from sidelight.speech.vad import WINDOW
from sidelight.speech.words import shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.speech.endpointing import EndpointPolicy
    from sidelight.speech.recognizer import Hypothesis, PlainRecognizer, RecognizedWord

_SENTENCE_ENDS: Final = (".", "?", "!", "…")

_LONGEST_WORD: Final = Samples(2 * SAMPLE_RATE)
"""faster-whisper's own limit, above which it calls a word's times an anomaly."""

_SLACK: Final = Samples(SAMPLE_RATE // 4)
"""How far word times may be off the voice that they belong to."""


@dataclass(frozen=True, slots=True)
class _Silence:
    start: Samples
    end: Samples

    @property
    def middle(self) -> int:
        return (self.start + self.end) // 2


@dataclass(frozen=True, slots=True)
class _Heard:
    """A word, and what is known of the window that it comes from."""

    word: RecognizedWord
    window: Hypothesis
    doubt: Doubt | None


class ChannelHearing:
    """Hears one channel of one stretch; positions count from its first sample.

    Args:
        samples: float32, shape (n,), 16 kHz mono, -1..1.
        likely: Probability of speech in each window of ``vad.WINDOW`` samples.
        policy: When an utterance is over.
    """

    def __init__(
        self,
        samples: NDArray[np.float32],
        likely: NDArray[np.float32],
        policy: EndpointPolicy,
    ) -> None:
        self._samples = samples
        self._policy = policy
        self._voices = tuple(
            JudgedWindow(index, probability, 0.0)
            for index, probability in enumerate(likely.tolist())
            if probability >= OFFSET
        )
        self._silences = _silences(likely.tolist())

    def utterances(self, recognizer: PlainRecognizer) -> Iterator[FinalWords | None]:
        """Hear it.

        Yields:
            ``None`` after each window that was heard, so that whoever waits can stop;
            then the utterances, in order.
        """
        heard: list[_Heard] = []
        for window in recognizer.hear_plain(self._samples):
            heard.extend(self._checked(window, recognizer))
            yield None
        yield from filter(None, map(self._final, self._divided(_apart(heard))))

    def _checked(
        self, window: Hypothesis, recognizer: PlainRecognizer
    ) -> Iterator[_Heard]:
        """The window's words; heard again alone where they cannot be right."""
        span = self._span(window.words)
        doubt = truth.misheard(window, span)
        if doubt is not None and span.end - span.start <= LONGEST:
            sound = self._samples[span.start : span.end]
            again = recognizer.recognize(sound, kind=PassKind.RETRY)
            if again.words and again.compression_ratio <= window.compression_ratio:
                window = replace(again, words=shifted(again.words, span.start))
                doubt = truth.misheard(again, span)
        words = [self._fitted(word) for word in truth.without_loops(window.words)]
        for voiced, run in groupby(enumerate(words), key=lambda one: self._on(one[1])):
            places, found = zip(*run, strict=True)
            if voiced:
                yield from (_Heard(word, window, doubt) for word in found)
            elif not truth.stock(found):
                beside = words[: places[0]], words[places[-1] + 1 :]
                moved = doubt or Doubt.UNSURE
                yield from (_Heard(w, window, moved) for w in _moved(found, *beside))

    def _on(self, word: RecognizedWord) -> bool:
        """Whether there is a voice where the word is said to be."""
        return bool(self._span((word,)).voices)

    def _divided(self, heard: Sequence[_Heard]) -> Iterator[list[_Heard]]:
        """The words between pauses; long speech also between its sentences."""
        if not heard:
            return
        current = [heard[0]]
        for before, after in pairwise(heard):
            length = before.word.end - current[0].word.start
            silence = self._between(before.word, after.word)
            pause = after.word.start - before.word.end
            if silence is not None:
                pause = max(pause, silence.end - silence.start)
            if self._ends(before.word, length, pause):
                last = current.pop()
                yield [*current, replace(last, word=_until(last.word, silence))]
                current = [replace(after, word=_since(after.word, silence))]
            else:
                current.append(after)
        yield current

    def _ends(self, word: RecognizedWord, length: int, pause: int) -> bool:
        policy = self._policy
        if pause >= policy.end_pause * WINDOW or length >= policy.hard_after * WINDOW:
            return True
        sentence = word.text.endswith(_SENTENCE_ENDS)
        soft = sentence or pause >= TAIL_WINDOWS * WINDOW
        return soft and length >= policy.soft_after * WINDOW

    def _final(self, heard: Sequence[_Heard]) -> FinalWords | None:
        words = tuple(one.word for one in heard)
        span = self._span(words)
        if not span.voices:
            return None
        one = replace(heard[0].window, words=words)
        if truth.silent(one, span):
            return None
        known = next((one.doubt for one in heard if one.doubt), None)
        return FinalWords(words, known or truth.unsure(one, span))

    def _span(self, words: Sequence[RecognizedWord]) -> SpeechSpan:
        start = words[0].start
        end = max(word.end for word in words)
        voices = tuple(
            window
            for window in self._voices
            if window.end > start - _SLACK and window.start < end + _SLACK
        )
        return SpeechSpan(start, end, Ending.PAUSE, end, voices)

    def _between(
        self, word: RecognizedWord, following: RecognizedWord
    ) -> _Silence | None:
        """The longest silence between the middles of two words."""
        first, last = _middle(word), _middle(following)
        between = [one for one in self._silences if first <= one.middle < last]
        return max(between, key=lambda one: one.end - one.start, default=None)

    def _fitted(self, word: RecognizedWord) -> RecognizedWord:
        """A word longer than words are, on the voice that it most likely is."""
        if word.end - word.start <= _LONGEST_WORD:
            return word
        under = [one for one in self._voices if word.start <= one.start < word.end]
        start = under[0].start if under else word.start
        return replace(
            word, start=start, end=Samples(min(word.end, start + _LONGEST_WORD))
        )


def _apart(heard: Sequence[_Heard]) -> list[_Heard]:
    """The words one after the other: none begins before the one before has ended."""
    result: list[_Heard] = []
    for one in heard:
        start = one.word.start
        if result:
            last = result[-1].word
            start = Samples(max(start, last.start))
            end = Samples(min(last.end, start))
            result[-1] = replace(result[-1], word=replace(last, end=end))
        end = Samples(max(start, one.word.end))
        result.append(replace(one, word=replace(one.word, start=start, end=end)))
    return result


def _moved(
    words: Sequence[RecognizedWord],
    before: Sequence[RecognizedWord],
    after: Sequence[RecognizedWord],
) -> list[RecognizedWord]:
    """Words without a voice, at the border of the ones that have: next, or before."""
    if not after and not before:
        return list(words)
    at = after[0].start if after else before[-1].end
    return [replace(word, start=at, end=at) for word in words]


def _silences(likely: Sequence[float]) -> list[_Silence]:
    """Runs of windows without speech that are long enough to be a pause."""
    found, at = [], 0
    for silent, run in groupby(likely, key=lambda one: one < OFFSET):
        length = len(list(run))
        if silent and length >= TAIL_WINDOWS:
            found.append(
                _Silence(Samples(at * WINDOW), Samples((at + length) * WINDOW))
            )
        at += length
    return found


def _middle(word: RecognizedWord) -> int:
    return (word.start + word.end) // 2


def _until(word: RecognizedWord, silence: _Silence | None) -> RecognizedWord:
    """The last word before a pause does not go on through it."""
    if silence is None:
        return word
    return replace(word, end=Samples(max(word.start, min(word.end, silence.start))))


def _since(word: RecognizedWord, silence: _Silence | None) -> RecognizedWord:
    """The first word after a pause does not begin before its end."""
    if silence is None:
        return word
    start = max(word.start, silence.end - PRE_ROLL)
    return replace(word, start=Samples(min(word.end, start)))
