"""Which words of a partial can be trusted to stay: LocalAgreement-2.

Liu et al., "Low-Latency Sequence-to-Sequence Speech Recognition and Translation by
Partial Hypothesis Selection" (Interspeech 2020); made popular for Whisper by
ufal/whisper_streaming. Changed here: words are compared without case and punctuation,
which otherwise flip from pass to pass, and the agreed prefix is kept when a later pass
contradicts it (the final will replace it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.speech.recognizer import RecognizedWord

_SEAM: Final = 5
"""So many agreed words are looked for in a pass that contradicts the prefix."""


def normalised(text: str) -> str:
    """The word as compared: letters, digits and apostrophes, case folded."""
    return "".join(c for c in text.casefold() if c.isalnum() or c == "'")


class Agreement:
    """The passes over one utterance so far."""

    def __init__(self) -> None:
        self._agreed: tuple[RecognizedWord, ...] = ()
        self._before: tuple[RecognizedWord, ...] = ()

    def after(
        self, words: Sequence[RecognizedWord]
    ) -> tuple[tuple[RecognizedWord, ...], int]:
        """Take in a pass over all of the utterance's sound so far.

        Returns:
            The words to show, and how many leading ones are agreed. The agreed prefix
            begins with the one returned before, word for word.
        """
        fresh = self._continuation(words)
        common = _common_prefix(fresh, self._before)
        self._agreed = (*self._agreed, *fresh[:common])
        self._before = fresh[common:]
        return (*self._agreed, *self._before), len(self._agreed)

    def _continuation(
        self, words: Sequence[RecognizedWord]
    ) -> tuple[RecognizedWord, ...]:
        """What this pass adds to the agreed words."""
        known = [normalised(word.text) for word in self._agreed]
        heard = [normalised(word.text) for word in words]
        if heard[: len(known)] == known:
            return tuple(words[len(known) :])
        # Contradicted: go on after the latest place where the last agreed words stand.
        for size in range(min(_SEAM, len(known)), 1, -1):
            for at in range(len(heard) - size, -1, -1):
                if heard[at : at + size] == known[-size:]:
                    return tuple(words[at + size :])
        return tuple(words[len(known) :])


def _common_prefix(
    one: Sequence[RecognizedWord], other: Sequence[RecognizedWord]
) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if normalised(mine.text) != normalised(yours.text):
            break
        count += 1
    return count
