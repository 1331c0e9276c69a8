"""Sound that says what it holds, and a detector and recogniser that can read it.

Each word of ``VOCABULARY`` is a run of samples of its own level. That makes exact what
real speech leaves to guess: which words lie where, and whether one was lost or doubled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.echo import EchoVerdict
from sidelight.domain.timeline import Samples, to_samples
from sidelight.speech.recognizer import (
    LONGEST,
    Hypothesis,
    PassKind,
    RecognizedWord,
)
from sidelight.speech.vad import WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sidelight.domain.events import MomentNoticed
    from sidelight.domain.known import Known
    from sidelight.domain.moments import MomentArmed
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Partial, Utterance

_WORDS = (
    "we could begin with money or your boss which thread would help most"
    " today what should i listen for when you talk about that story where"
    " are going next and how do know it is enough said quietly over coffee"
    " last spring one"
)
VOCABULARY = tuple(_WORDS.split())
"""A prime number of words, so that every step through them visits all."""

_LEVELS = 100
_SHORTEST = to_samples(60)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One word to say.

    Attributes:
        word: Index into ``VOCABULARY``.
        length_ms: How long it sounds.
        gap_ms: Silence after it.
    """

    word: int
    length_ms: int
    gap_ms: int

    @property
    def text(self) -> str:
        return VOCABULARY[self.word]


def say(words: Sequence[Spoken], lead_ms: int = 500) -> NDArray[np.float32]:
    """The words as sound: float32, shape (n,), 16 kHz."""
    parts = [np.zeros(to_samples(lead_ms), np.float32)]
    for spoken in words:
        level = (spoken.word + 1) / _LEVELS
        parts.append(np.full(to_samples(spoken.length_ms), level, np.float32))
        parts.append(np.zeros(to_samples(spoken.gap_ms), np.float32))
    return np.concatenate(parts)


class LevelDetector:
    """Speech is likely where the sound is not silent. Has no state to lose."""

    def probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        if len(samples) % WINDOW:
            msg = "no whole windows"
            raise ValueError(msg)
        sounding = np.count_nonzero(samples.reshape(-1, WINDOW), axis=1)
        likely: NDArray[np.float32] = (sounding / WINDOW).astype(np.float32)
        return likely


class ScriptedRecognizer:
    """Reads the sound of ``say``. What is left of a halved word is not recognised.

    Args:
        name: The model it pretends to be; ``spell`` shows it in every word.
        spell: How a word is written.
    """

    carries_context = False

    def __init__(self, name: str = "scripted", spell: str = "{}") -> None:
        self.name = name
        self.passes: list[PassKind] = []
        self._spell = spell

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        if len(samples) > LONGEST:
            msg = "too long"
            raise ValueError(msg)
        del previous
        self.passes.append(kind)
        words = self._read(samples)
        if kind is PassKind.PARTIAL and words and words[-1].end == len(samples):
            # The last word of a partial is still a guess.
            words[-1] = replace(words[-1], text="uh")
        return Hypothesis(tuple(words), avg_logprob=-0.1 if words else 0.0)

    def _read(self, samples: NDArray[np.float32]) -> list[RecognizedWord]:
        silence = np.zeros(1, np.int16)
        codes = np.rint(np.abs(samples) * _LEVELS).astype(np.int16)
        around = np.concatenate((silence, codes, silence))
        edges = np.flatnonzero(around[1:] != around[:-1]).tolist()
        words = []
        for start, end in pairwise(edges):
            code = int(codes[start])
            if not 0 < code <= len(VOCABULARY) or end - start < _SHORTEST:
                continue
            text = self._spell.format(VOCABULARY[code - 1])
            words.append(RecognizedWord(text, Samples(start), Samples(end), 0.9))
        return words


class PlainScripted(ScriptedRecognizer):
    """The same, and reads sound of any length in windows of 30 s."""

    def hear_plain(self, samples: NDArray[np.float32]) -> Iterator[Hypothesis]:
        windows = groupby(self._read(samples), key=lambda word: word.start // LONGEST)
        for _, words in windows:
            yield Hypothesis(tuple(words), avg_logprob=-0.1)


class Inventor:
    """A recogniser that hears the same words whatever the sound."""

    carries_context = False

    def __init__(self, text: str, *, avg_logprob: float = -0.2) -> None:
        self.name = "inventor"
        self.passes: list[PassKind] = []
        self._text = text
        self._avg_logprob = avg_logprob

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        del previous
        self.passes.append(kind)
        texts = self._text.split()
        each = len(samples) // max(1, len(texts))
        words = tuple(
            RecognizedWord(text, Samples(at * each), Samples((at + 1) * each), 0.5)
            for at, text in enumerate(texts)
        )
        return Hypothesis(words, avg_logprob=self._avg_logprob, compression_ratio=1.0)


class LateEar:
    """A guard that takes nothing for an echo, and lets sound through late.

    Args:
        start: Position of the first sample.
    """

    HELD = Samples(4_800)
    """As long as an ``EchoGuard`` holds back: 0.3 s."""

    def __init__(self, start: Samples) -> None:
        self._told = start
        self._waiting = np.zeros((0, 2), np.float32)

    def feed(self, block: AudioBlock) -> EchoVerdict:
        self._waiting = np.concatenate((self._waiting, block.samples))
        return self._verdict(len(self._waiting) - self.HELD)

    def finish(self) -> EchoVerdict:
        return self._verdict(len(self._waiting))

    def _verdict(self, count: int) -> EchoVerdict:
        count = max(0, count)
        block = AudioBlock(self._told, self._waiting[:count])
        self._told, self._waiting = block.end, self._waiting[count:]
        return EchoVerdict(block, ())


class Deaf:
    """A listener that finds nothing and remembers what it was told."""

    def __init__(self) -> None:
        self.known: list[Utterance] = []

    def hear(self, utterance: Utterance, at: Millis) -> list[MomentNoticed]:
        del at
        self.known.append(utterance)
        return []

    def foresee(self, partial: Partial) -> list[MomentArmed]:
        del partial
        return []

    def resume(self, known: Known) -> None:
        self.known.extend(known.utterances)
