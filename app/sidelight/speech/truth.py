"""No text without speech under it: what is dropped, retried and doubted.

Thresholds without another source are OpenAI Whisper's and faster-whisper's defaults, or
were measured on dialogue when this project began.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Doubt
from sidelight.speech.agreement import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.speech.endpointing import SpeechSpan
    from sidelight.speech.recognizer import Hypothesis, RecognizedWord

LEAST_VOICE: Final = Samples(SAMPLE_RATE // 4)
"""Less likely speech than this never reaches the model."""

_LAST_WORD_ERROR: Final = Samples(SAMPLE_RATE // 4)
"""How much later than it says a last word may end."""

_LEFT_OUT: Final = Samples(SAMPLE_RATE * 3 // 4)
"""So much likely speech after the last word is more words: models stop early at times,
above all in windows that hold several sentences."""

_LONGEST_WORD: Final = Samples(2 * SAMPLE_RATE)
"""faster-whisper's own limit, above which it calls a word's times an anomaly."""

_USUAL_WORD: Final = Samples(SAMPLE_RATE // 2)

_NO_SPEECH: Final = 0.6
_NO_SPEECH_LOGPROB: Final = -0.8
_COMPRESSION: Final = 2.2
_TRIGRAM_REPEATS: Final = 3
_WORDS_A_SECOND: Final = 6
_WORDS_MORE: Final = 4
_UNSURE_LOGPROB: Final = -1.0
_UNCLEAR: Final = 0.6
_HARDLY_A_VOICE: Final = 0.55
"""Speech is above it even softly in a noisy room (0.60 and more, over the demo's turns
at 15 dB above the noise). Whispering lies around it, and so does a bowed string, four
times in an hour of it: kept, because a whisper may be the most important sentence of a
session, but to be heard before it is trusted."""

_LOOP_LEAST: Final = 3
_LOOP_WORDS: Final = 5
_LOOP_LONGEST: Final = 12

_INVENTED: Final = frozenset(
    {
        "thank you for watching",
        "thanks for watching",
        "thank you so much for watching",
        "please subscribe",
        "please like and subscribe",
        "like and subscribe",
        "don't forget to subscribe",
        "see you in the next video",
        "i'll see you in the next video",
        "subtitles by the amara org community",
        "subtitles by the amaraorg community",
        "transcription by castingwords",
    }
)
"""What Whisper writes over noise, from its training on subtitles, as users report it
(faster-whisper #183, #843; collabora/WhisperLive #185)."""

_INVENTED_OR_SAID: Final = _INVENTED | {
    "thank you",
    "thank you for listening",
    "thanks",
    "you",
    "bye",
    "bye bye",
    "see you next time",
}
"""The same, and what people say too: believed when the voice is clear."""


def enough_voice(span: SpeechSpan, *, continued: bool) -> bool:
    """Whether there is speech enough to look for words.

    Args:
        span: The speech.
        continued: It goes on from a hard cut after which words were already heard, so
            even a very short rest holds one.
    """
    return span.voiced >= LEAST_VOICE or (continued and span.voiced > 0)


def before_skip(words: Sequence[RecognizedWord]) -> tuple[RecognizedWord, ...]:
    """The words before a pass skipped speech: to the first longer than a word can be.

    The alignment gives skipped sound to the word before it. There is no such pause in
    an utterance, so what lies under a word of several seconds is other words. That word
    is cut to a usual length.
    """
    for at, word in enumerate(words):
        if word.end - word.start > _LONGEST_WORD:
            short = replace(word, end=Samples(word.start + _USUAL_WORD))
            return (*words[:at], short)
    return tuple(words)


def left_out(span: SpeechSpan, heard_to: Samples) -> bool:
    """Whether a pass whose last word ends at ``heard_to`` stopped too early."""
    return span.since(Samples(heard_to + _LAST_WORD_ERROR)).voiced >= _LEFT_OUT


def silent(hypothesis: Hypothesis, span: SpeechSpan) -> bool:
    """Whether the pass says, or should have said, that nobody spoke."""
    if not hypothesis.words:
        return True
    if (
        hypothesis.no_speech_prob > _NO_SPEECH
        and hypothesis.avg_logprob < _NO_SPEECH_LOGPROB
    ):
        return True
    return span.likelihood < _UNCLEAR and _phrase(hypothesis) in _INVENTED_OR_SAID


def misheard(hypothesis: Hypothesis, span: SpeechSpan) -> Doubt | None:
    """Whether the words cannot be right, and the sound deserves another pass."""
    words = [normalised(word.text) for word in hypothesis.words]
    trigrams = Counter(zip(words, words[1:], words[2:], strict=False))
    if (
        hypothesis.compression_ratio > _COMPRESSION
        or max(trigrams.values(), default=0) >= _TRIGRAM_REPEATS
    ):
        return Doubt.REPETITIVE
    seconds = (span.end - span.start) / SAMPLE_RATE
    if len(words) > _WORDS_A_SECOND * seconds + _WORDS_MORE:
        return Doubt.RUSHED
    return None


def unsure(hypothesis: Hypothesis, span: SpeechSpan) -> Doubt | None:
    """Why words that can be right should still be heard before they are quoted."""
    if _phrase(hypothesis) in _INVENTED:
        return Doubt.STOCK_PHRASE
    if hypothesis.avg_logprob < _UNSURE_LOGPROB or span.likelihood < _HARDLY_A_VOICE:
        return Doubt.UNSURE
    return None


def without_loops(words: Sequence[RecognizedWord]) -> tuple[RecognizedWord, ...]:
    """The words with each loop said once.

    A loop is the same one to twelve words at least three times in a row, five words in
    all: "no, no, no" is speech.
    """
    kept = list(words)
    texts = [normalised(word.text) for word in words]
    for size in range(1, _LOOP_LONGEST + 1):
        least = max(_LOOP_LEAST, -(-_LOOP_WORDS // size))
        at = 0
        while at + size * least <= len(kept):
            repeats = _repeats(texts, at, size)
            if repeats >= least:
                again = slice(at + size, at + size * repeats)
                del kept[again], texts[again]
            at += 1
    return tuple(kept)


def _repeats(texts: Sequence[str], at: int, size: int) -> int:
    """How often the ``size`` words at ``at`` stand there in a row."""
    said = texts[at : at + size]
    count = 1
    while texts[at + count * size : at + (count + 1) * size] == said:
        count += 1
    return count


def stock(words: Sequence[RecognizedWord]) -> bool:
    """Whether these are what models write where nobody speaks."""
    return " ".join(normalised(word.text) for word in words) in _INVENTED_OR_SAID


def _phrase(hypothesis: Hypothesis) -> str:
    return " ".join(normalised(word.text) for word in hypothesis.words)
