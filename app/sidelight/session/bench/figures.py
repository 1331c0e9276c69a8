"""What a run shows: how late its words were, how many were right, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import DirectiveGiven, MomentNoticed, UtteranceHeard
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Partial, Speaker
from sidelight.session.scoring import percentile
from sidelight.speech.agreement import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Word
    from sidelight.session.bench.playing import Played, Told
    from sidelight.session.bench.truth import TrueWord, WordTruth

_NEAR: Final = Millis(300)
"""How far beside its turn the first word of a turn may be placed."""


@dataclass(frozen=True, slots=True)
class Delays:
    """How late something was.

    Attributes:
        count: How often it was there.
        missed: How often it never came.
        p50: Milliseconds; half came no later.
        p95: Milliseconds; 95 % came no later.
        longest: Milliseconds.
    """

    count: int
    missed: int
    p50: int
    p95: int
    longest: int

    @classmethod
    def of(cls, delays: Sequence[int], missed: int = 0) -> Delays:
        """Of single delays, in milliseconds."""
        return cls(
            len(delays),
            missed,
            percentile(delays, 0.50),
            percentile(delays, 0.95),
            max(delays, default=0),
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """One system on one sound.

    Attributes:
        words: End of a word to the final words that hold it.
        first: Onset of a turn to the first of its words on show, provisional or not.
        questions: End of the coach's question to the final words that hold its end.
        moments: End of the words a moment quotes to the event; only ours has them.
        revised: Provisional words that were changed later, for each final word.
        wer: Words wrong, left out or put in, for each word said.
        cpu_per_s: CPU seconds for a second of sound.
        longest_lag_s: Age of the oldest sound that was ever waiting.
        directives: How often it was adapted to the machine.
    """

    words: Delays
    first: Delays
    questions: Delays
    moments: Delays
    revised: float
    wer: float
    cpu_per_s: float
    longest_lag_s: float
    directives: int


@dataclass(frozen=True, slots=True)
class _Heard:
    word: Word
    at: Millis


def figures(played: Played, truth: WordTruth) -> Figures:
    """Judge a run; pure.

    Args:
        played: What the system said.
        truth: Of the same sound.
    """
    words: list[int] = []
    questions: list[int] = []
    errors = unheard = 0
    for speaker in _speakers(played.told):
        said = truth.of(speaker)
        heard = _finals(played.told, speaker)
        pairs, wrong = _align(
            [normalised(word.text) for word in said],
            [normalised(one.word.text) for one in heard],
        )
        errors += wrong
        words += [heard[pairs[n]].at - said[n].span.end for n in sorted(pairs)]
        for number, word in enumerate(said):
            if not word.asks:
                continue
            at = heard[pairs[number]].at if number in pairs else _over(heard, word.span)
            if at is None:
                unheard += 1
            else:
                questions.append(at - word.span.end)
    return Figures(
        words=Delays.of(words, missed=len(truth.words) - len(words)),
        first=_first_words(played.told, truth),
        questions=Delays.of(questions, unheard),
        moments=_moments(played.told, truth),
        revised=_revised(played.told),
        wer=errors / max(1, len(truth.words)),
        cpu_per_s=played.cpu_s * 1000 / max(1, played.length),
        longest_lag_s=played.longest_lag_s,
        directives=sum(isinstance(one.item, DirectiveGiven) for one in played.told),
    )


def wrong_words(heard: Sequence[str], said: Sequence[str]) -> int:
    """Words wrong, left out and put in, compared without case and punctuation."""
    return _align(
        [word for word in map(normalised, said) if word],
        [word for word in map(normalised, heard) if word],
    )[1]


def _speakers(told: Sequence[Told]) -> tuple[Speaker, ...]:
    """The channels a system tells apart."""
    both = (Speaker.COACH, Speaker.CLIENT)
    known = {
        one.item.utterance.speaker
        for one in told
        if isinstance(one.item, UtteranceHeard)
    }
    return both if known & set(both) else (Speaker.UNKNOWN,)


def _finals(told: Sequence[Told], speaker: Speaker) -> list[_Heard]:
    found = [
        _Heard(word, one.at)
        for one in told
        if isinstance(one.item, UtteranceHeard)
        and one.item.utterance.speaker is speaker
        for word in one.item.utterance.words
    ]
    return sorted(found, key=lambda one: one.word.span)


def _over(heard: Sequence[_Heard], span: Span) -> Millis | None:
    """When the words over a stretch were there, whatever they are."""
    return min((one.at for one in heard if one.word.span.overlaps(span)), default=None)


def _align(said: Sequence[str], heard: Sequence[str]) -> tuple[dict[int, int], int]:
    """The cheapest alignment: which word was heard as which, and how many are wrong."""
    width = len(heard) + 1
    before = list(range(width))
    steps = [bytearray(b"\x02" * width)]  # 0: both, 1: left out, 2: put in
    for row, expected in enumerate(said, start=1):
        current, step = [row], bytearray(width)
        step[0] = 1
        for column, word in enumerate(heard, start=1):
            both = before[column - 1] + (expected != word)
            left, put = before[column] + 1, current[column - 1] + 1
            best = min(both, left, put)
            current.append(best)
            step[column] = 0 if best == both else 1 if best == left else 2
        steps.append(step)
        before = current
    pairs = {}
    row, column = len(said), len(heard)
    while row or column:
        move = steps[row][column]
        row -= move != 2  # noqa: PLR2004 (see ``steps``)
        column -= move != 1
        if move == 0 and said[row] == heard[column]:
            pairs[row] = column
    return pairs, before[-1]


def _first_words(told: Sequence[Told], truth: WordTruth) -> Delays:
    turns: dict[int, list[TrueWord]] = {}
    for word in truth.words:
        turns.setdefault(word.turn, []).append(word)
    delays = []
    for turn in turns.values():
        start, end = turn[0].span.start, turn[-1].span.end
        shown = next(
            (
                one.at
                for one in told
                if _shows(one, turn[0].speaker, start - _NEAR, end)
            ),
            None,
        )
        if shown is not None:
            delays.append(shown - start)
    return Delays.of(delays, missed=len(turns) - len(delays))


def _shows(one: Told, speaker: Speaker, start: int, end: int) -> bool:
    match one.item:
        case Partial(speaker=who, words=words):
            pass
        case UtteranceHeard(utterance=utterance):
            who, words = utterance.speaker, utterance.words
        case _:
            return False
    if who is not speaker and who is not Speaker.UNKNOWN:
        return False
    return any(start <= (w.span.start + w.span.end) / 2 < end for w in words)


def _moments(told: Sequence[Told], truth: WordTruth) -> Delays:
    """From the true end of the words a moment rests on."""
    noticed = [
        (one.at, one.item.moment) for one in told if isinstance(one.item, MomentNoticed)
    ]
    ends = [word.span.end for word in truth.words if word.speaker is Speaker.COACH]
    delays = []
    for kind, span in truth.moments:
        at = next(
            (
                at - min(ends, key=lambda end: abs(end - moment.span.end))
                for at, moment in noticed
                if moment.kind == kind and moment.span.overlaps(span)
            ),
            None,
        )
        if at is not None:
            delays.append(at)
    return Delays.of(delays, missed=len(truth.moments) - len(delays))


def _revised(told: Sequence[Told]) -> float:
    shown: dict[Speaker, list[str]] = {}
    finals = revised = 0
    for one in told:
        match one.item:
            case Partial(speaker=speaker, words=words):
                now = [normalised(word.text) for word in words]
            case UtteranceHeard(utterance=utterance):
                speaker = utterance.speaker
                now = [normalised(word.text) for word in utterance.words]
                finals += len(now)
            case _:
                continue
        before = shown.pop(speaker, [])
        same = sum(a == b for a, b in zip(before, now, strict=False))
        revised += len(before) - same
        if isinstance(one.item, Partial):
            shown[speaker] = now
    return revised / max(1, finals)
