"""Joining words where speech was cut without a pause: none lost, none twice.

The sound around a cut is heard twice: the first pass hears past the cut, the second
begins before it. The first pass chooses the boundary between two of its own words; the
second finds that boundary again by its words, and where they differ, by time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.speech.agreement import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.speech.recognizer import RecognizedWord

_NEAR: Final = Samples(int(0.6 * SAMPLE_RATE))
"""How far apart two passes may place the same word at the edge of their sound."""

_TOLD: Final = 8
"""So many words at most are told before a cut and heard again after it."""

_TOLD_SURELY: Final = 2
"""More words than this are known again also behind a word that was heard in half."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Where the words before a cut end; times are samples of the session.

    Attributes:
        at: Between the last word before and the first word after.
        before: The last word before, normalised, or ``""``.
        after: The first word after, normalised, or ``""`` when none was heard.
        told: The last words before, normalised.
    """

    at: Samples
    before: str = ""
    after: str = ""
    told: tuple[str, ...] = ()


def after(words: Sequence[RecognizedWord]) -> Seam:
    """The seam behind all words of a pass, at least one."""
    told = tuple(normalised(word.text) for word in words[-_TOLD:])
    return Seam(words[-1].end, before=told[-1], told=told)


def divide(
    words: Sequence[RecognizedWord], cut: Samples
) -> tuple[tuple[RecognizedWord, ...], Seam]:
    """Split a pass that heard past the cut.

    Args:
        words: With times in samples of the session.
        cut: The quietest place near which to split.

    Returns:
        The words before, and the seam that the next pass begins with.
    """
    kept = tuple(word for word in words if word.start + word.end < 2 * cut)
    rest = words[len(kept) :]
    if not kept:
        return kept, Seam(cut, after=normalised(rest[0].text) if rest else "")
    last = kept[-1]
    told = tuple(normalised(word.text) for word in kept[-_TOLD:])
    if not rest:
        return kept, Seam(Samples(max(cut, last.end)), told[-1], told=told)
    # In the gap between the two words, at the cut if it lies there.
    at = min(max(cut, last.end), max(rest[0].start, last.end))
    return kept, Seam(Samples(at), told[-1], normalised(rest[0].text), told)


def resume(words: Sequence[RecognizedWord], seam: Seam) -> tuple[RecognizedWord, ...]:
    """The words of a pass that began before the seam, without those told before it."""
    if seam.after:
        for at, word in enumerate(words):
            if word.start > seam.at + _NEAR:
                break
            if normalised(word.text) != seam.after or word.end < seam.at - _NEAR:
                continue
            # "that that": the same word on both sides; take it where the first stands.
            doubled = seam.before == seam.after
            if not doubled or word.start + word.end >= 2 * seam.at:
                return tuple(words[at:])
    told = _heard_again(words, seam.told)
    if told:
        return tuple(words[told:])
    # Not heard again, or nothing was heard after: look for the last word before.
    for at in reversed(range(len(words))):
        known = normalised(words[at].text) == seam.before != seam.after
        if known and abs(words[at].end - seam.at) < _NEAR:
            return tuple(words[at + 1 :])
    return tuple(word for word in words if word.start + word.end >= 2 * seam.at)


def _heard_again(words: Sequence[RecognizedWord], told: Sequence[str]) -> int:
    """How many words, two at least, were told before by a pass that placed them early.

    So many do not fit the sound that is heard again.
    """
    heard = [normalised(word.text) for word in words[: len(told) + 1]]
    for size in range(len(told), 1, -1):
        for halved in (0, 1) if size > _TOLD_SURELY else (0,):
            if heard[halved : halved + size] == list(told[-size:]):
                return halved + size
    return 0
