"""What other programs do with Whisper, made here anew from their descriptions.

Each hears one track, as those programs do (both sides mixed), and asks the same
recogniser for padded passes with beam search and word times, which is their regime.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Samples, Span, to_millis
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId
from sidelight.session.bench.playing import GRAIN
from sidelight.speech.endpointing import Ending, Endpointer, EndpointPolicy, windows
from sidelight.speech.recognizer import LONGEST, PassKind
from sidelight.speech.sound import Sound
from sidelight.speech.vad import WINDOW
from sidelight.speech.words import placed, shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.session.pipeline import Item
    from sidelight.speech.recognizer import RecognizedWord, Recognizer
    from sidelight.speech.vad import VoiceDetector

FIXED: Final = Samples(5 * SAMPLE_RATE)
"""Length of a fixed chunk."""

UPDATE: Final = Samples(SAMPLE_RATE)
"""New sound between two passes of the loop."""

_AT_MOST_A_WINDOW: Final = EndpointPolicy(
    end_pause=windows(0.5), soft_after=windows(1e6), hard_after=windows(29.0)
)
"""Half a second of silence, as the popular programs wait, and Whisper's window."""

_TRIM_ABOVE: Final = Samples(15 * SAMPLE_RATE)
_FULL: Final = Samples(28 * SAMPLE_RATE)
_PROMPT_LETTERS: Final = 200
_OVERLAP_WORDS: Final = 5
_TOLERANCE: Final = Samples(SAMPLE_RATE // 10)
_NEAR: Final = Samples(SAMPLE_RATE)
_SENTENCE_ENDS: Final = (".", "?", "!")


class _Reference:
    """One mixed track, and utterances that are numbered as they come."""

    most = Samples(2**62)

    def __init__(self, name: str, recognizer: Recognizer) -> None:
        self.name = name
        self._recognizer = recognizer
        self._sound = Sound(Samples(0))
        self._number = 0

    def _pass(
        self, start: Samples, end: Samples, previous: str = ""
    ) -> tuple[RecognizedWord, ...]:
        sound = self._sound.read(start, end)
        found = self._recognizer.recognize(
            sound, kind=PassKind.FINAL, previous=previous
        )
        return shifted(found.words, start)

    def _told(self, words: Sequence[RecognizedWord]) -> Iterator[Item]:
        if not words:
            return
        self._number += 1
        said = placed(words)
        span = Span(said[0].span.start, max(word.span.end for word in said))
        text = " ".join(word.text for word in said)
        number = UtteranceId(1, self._number)
        utterance = Utterance(number, Speaker.UNKNOWN, span, said, text)
        yield UtteranceHeard(to_millis(self._sound.end), utterance)


class VoiceChunks(_Reference):
    """Cut where nobody speaks for half a second, then one padded pass a chunk."""

    least = GRAIN

    def __init__(
        self, name: str, recognizer: Recognizer, detector: VoiceDetector
    ) -> None:
        super().__init__(name, recognizer)
        self._detector = detector
        self._endpointer = Endpointer(_AT_MOST_A_WINDOW)
        self._judged = Samples(0)

    def hear(self, samples: NDArray[np.float32], now: float) -> Iterator[Item]:
        """See ``System.hear``."""
        del now
        self._sound.append(samples[:, 0])
        whole = (self._sound.end - self._judged) // WINDOW * WINDOW
        fresh = self._sound.read(self._judged, Samples(self._judged + whole))
        self._judged = Samples(self._judged + whole)
        for likely in self._detector.probabilities(fresh).tolist():
            span = self._endpointer.step(likely, 0.0)
            if span is None:
                continue
            yield from self._told(self._pass(span.start, span.cut))
            if span.ending is Ending.HARD_CUT:
                self._endpointer.go_on_from(span.cut)
        self._sound.drop_before(self._endpointer.needed_from)

    def finish(self, now: float) -> Iterator[Item]:
        """See ``System.finish``."""
        del now
        span = self._endpointer.finish(self._judged)
        if span is not None:
            yield from self._told(self._pass(span.start, span.end))


class FixedChunks(_Reference):
    """Every five seconds a padded pass over the last five seconds."""

    least = FIXED

    def hear(self, samples: NDArray[np.float32], now: float) -> Iterator[Item]:
        """See ``System.hear``."""
        del now
        begin = self._sound.end
        self._sound.append(samples[:, 0])
        for at in range(begin, self._sound.end, FIXED):
            end = min(self._sound.end, Samples(at + FIXED))
            yield from self._told(self._pass(Samples(at), end))
        self._sound.drop_before(self._sound.end)

    def finish(self, now: float) -> Iterator[Item]:
        """See ``System.finish``."""
        del now
        yield from ()


class LocalAgreementLoop(_Reference):
    """Every second a padded pass over the whole buffer; two that agree commit.

    Machacek, Dabre and Bojar, "Turning Whisper into Real-Time Transcription System"
    (2023), its standard form: update each second, words compared as written, prompt of
    the last 200 letters before the buffer, buffer trimmed above 15 s, no voice filter.
    Two things differ, both in its favour. It trims at the end of a sentence instead of
    a Whisper segment, and it never lets the buffer outgrow one window, where the
    published loop falls ever further behind.
    """

    least = UPDATE

    def __init__(self, name: str, recognizer: Recognizer) -> None:
        super().__init__(name, recognizer)
        self._start = Samples(0)
        self._committed: list[RecognizedWord] = []
        self._waiting: tuple[RecognizedWord, ...] = ()

    def hear(self, samples: NDArray[np.float32], now: float) -> Iterator[Item]:
        """See ``System.hear``."""
        del now
        self._sound.append(samples[:, 0])
        if self._sound.end - self._start > LONGEST:  # it fell behind by more than that
            self._start = Samples(self._sound.end - LONGEST)
        words = self._pass(self._start, self._sound.end, self._prompt())
        yield from self._told(self._agreed(self._fresh(words)))
        self._trim()

    def finish(self, now: float) -> Iterator[Item]:
        """See ``System.finish``: what waited for agreement is taken as it is."""
        del now
        yield from self._told(self._waiting)

    @property
    def _last(self) -> Samples:
        return self._committed[-1].end if self._committed else Samples(0)

    def _prompt(self) -> str:
        outside = takewhile(lambda word: word.end <= self._start, self._committed)
        return " ".join(word.text for word in outside)[-_PROMPT_LETTERS:]

    def _fresh(self, words: Sequence[RecognizedWord]) -> tuple[RecognizedWord, ...]:
        """The words after the committed ones, which may be heard again."""
        new = tuple(word for word in words if word.start > self._last - _TOLERANCE)
        if not new or abs(new[0].start - self._last) >= _NEAR:
            return new
        inside = [w.text for w in self._committed if w.end > self._start]
        texts = [word.text for word in new]
        for size in range(1, min(_OVERLAP_WORDS, len(inside), len(texts)) + 1):
            if inside[-size:] == texts[:size]:
                return new[size:]
        return new

    def _agreed(self, new: tuple[RecognizedWord, ...]) -> tuple[RecognizedWord, ...]:
        both = takewhile(
            lambda pair: pair[0].text == pair[1].text,
            zip(new, self._waiting, strict=False),
        )
        agreed = tuple(word for word, _ in both)
        self._committed.extend(agreed)
        self._waiting = new[len(agreed) :]
        return agreed

    def _trim(self) -> None:
        held = self._sound.end - self._start
        if held <= _TRIM_ABOVE:
            return
        ends = [
            word.end
            for word in self._committed
            if word.end > self._start and word.text.endswith(_SENTENCE_ENDS)
        ]
        if ends:
            self._start = ends[-1]
        elif held > _FULL:
            self._start = max(Samples(self._sound.end - _TRIM_ABOVE), self._last)
        self._sound.drop_before(self._start)
