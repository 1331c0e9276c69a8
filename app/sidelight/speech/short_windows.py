"""Whether a model may be given short windows: measured on what it hears, not assumed.

Whisper was trained on windows of 30 s. In a short one, padded only a little beyond the
sound, a pass costs a sixth; some models hear the same words there and others fall into
loops. So the same sound is now and then decoded both ways, in spare time, and only
counts of words are kept of it.

The rule. A model begins padded. With ``ENOUGH_PASSES`` and ``ENOUGH_WORDS`` its words
are judged: up to ``ALLOWED`` of them different, its live passes go short. A model that
gets one word in ten wrong in short windows would pass with 100 words once in 500 times
(binomial, at most 2 of 100); those that cannot take them get most words wrong
(Moonshine, section 2: word error rates of 107 % and more). After that one utterance in
``SAMPLE_EVERY`` is compared; the older half of the evidence fades, so that the latest
words decide; above ``TOO_MUCH`` it is padded again.

Nothing that is final depends on this: finals are padded whatever the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from sidelight.speech.agreement import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH_PASSES: Final = 12
"""Words of one utterance go wrong together, so words alone are no evidence."""

ENOUGH_WORDS: Final = 100
ALLOWED: Final = 0.02
"""Share of different words up to which short windows are taken for safe."""

TOO_MUCH: Final = 0.04
"""Above this they are given up again; between the two the verdict stays."""

SAMPLE_EVERY: Final = 50
"""Once judged, one utterance of so many is compared."""

_FADES_AT: Final = 400


class Verdict(StrEnum):
    """What the evidence says."""

    UNKNOWN = "unknown"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Compared:
    """One utterance, decoded in both windows. Counts, no words.

    Attributes:
        model: Its name.
        words: How many the padded pass heard.
        different: Words to replace, leave out or put in to make the one of the other.
    """

    model: str
    words: int
    different: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was counted so far of one model on one computer.

    Attributes:
        passes: Utterances that were compared.
        words: In their padded passes.
        different: Of these, in the short ones.
        verdict: What follows.
    """

    passes: int = 0
    words: int = 0
    different: int = 0
    verdict: Verdict = Verdict.UNKNOWN

    @property
    def disagreement(self) -> float:
        """Different words for each word; 0 before there are any."""
        return self.different / self.words if self.words else 0.0

    def plus(self, compared: Compared) -> Evidence:
        """With one more utterance."""
        passes = self.passes + 1
        words = self.words + compared.words
        different = self.different + compared.different
        verdict = _judge(passes, words, different, self.verdict)
        if words >= _FADES_AT and verdict is not Verdict.UNKNOWN:
            passes, words, different = passes // 2, words // 2, different // 2
        return Evidence(passes, words, different, verdict)


def _judge(passes: int, words: int, different: int, before: Verdict) -> Verdict:
    if before is Verdict.UNKNOWN and (passes < ENOUGH_PASSES or words < ENOUGH_WORDS):
        return Verdict.UNKNOWN
    if different > TOO_MUCH * words:
        return Verdict.UNSAFE
    if different <= ALLOWED * words:
        return Verdict.SAFE
    # Between the two: what was good stays good, what was not does not become so.
    return Verdict.SAFE if before is Verdict.SAFE else Verdict.UNSAFE


class Trial:
    """Decides for one loaded model which windows it gets, and what is compared."""

    def __init__(self, evidence: Evidence) -> None:
        """Go on from what is known.

        Args:
            evidence: ``Evidence()`` for a model that was never measured here.
        """
        self._evidence = evidence
        # The first utterance of a session is compared too: sessions are short.
        self._left_out = SAMPLE_EVERY - 1

    @property
    def short(self) -> bool:
        """Whether live passes may be short."""
        return self._evidence.verdict is Verdict.SAFE

    def wants(self) -> bool:
        """Whether this utterance is one to compare; ask once for each."""
        if self._evidence.verdict is Verdict.UNKNOWN:
            return True
        self._left_out += 1
        if self._left_out < SAMPLE_EVERY:
            return False
        self._left_out = 0
        return True

    def take(self, compared: Compared) -> None:
        """An utterance was compared."""
        self._evidence = self._evidence.plus(compared)


@runtime_checkable
class Comparing(Protocol):
    """A recogniser that is on trial."""

    def compare(self) -> Compared | None:
        """Decode the last final's sound in both windows, if it is one to compare.

        Costs two quick passes, and changes the result of no final pass.
        """
        ...


def compare_words(model: str, padded: Sequence[str], short: Sequence[str]) -> Compared:
    """Count the words by which two passes over the same sound differ.

    Case and punctuation are left out. Levenshtein's distance over words.
    """
    mine = [word for text in padded if (word := normalised(text))]
    other = [word for text in short if (word := normalised(text))]
    row = list(range(len(other) + 1))
    for count, word in enumerate(mine, start=1):
        before, row[0] = row[0], count
        for at, against in enumerate(other, start=1):
            cheapest = min(row[at], row[at - 1]) + 1
            before, row[at] = row[at], min(cheapest, before + (word != against))
    return Compared(model, len(mine), row[-1])
