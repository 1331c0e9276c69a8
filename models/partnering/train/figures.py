"""The figures of a detector: clocks, kinds, false alarms. Standard library only.

A clock says how long ago the coach last partnered. It is looked at every five seconds
of a session and is right when it agrees with the labels within fifteen; "not yet" is a
value too. While the latest labelled event is arguable, the clock is right with it and
without it. That is the coach's own measure: for what share of the session is it right?
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from talk import PROCESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from talk import Turn

STEP_S: Final = 5.0
TOLERANCE_S: Final = 15.0
PARTNERING: Final = (
    *PROCESS,
    *("agreement", "observation_invite", "engagement", "closing"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn and what the detector said of it.

    Attributes:
        turn: As labelled.
        start: Seconds from the beginning.
        end: Seconds.
        labels: Predicted.
        scores: Confidence of each kind.
        form: Predicted, with ``direction``.
    """

    turn: Turn
    start: float
    end: float
    labels: frozenset[str]
    scores: Mapping[str, float]
    form: str | None


@dataclass(slots=True)
class Counts:
    """Hits, false alarms and misses of one kind."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Clock:
    """Shares of the ticks of sessions, 0..1, as means over the sessions."""

    right: list[float] = field(default_factory=list)
    false_reset: list[float] = field(default_factory=list)
    missed: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        return sum(self.right) / len(self.right) if self.right else 0.0


def count(judged: Iterable[Judged], kinds: Sequence[str]) -> Counts:
    """Of these kinds together: sure labels alone, arguable pairs left out."""
    found = Counts()
    for each in judged:
        if not each.turn.coach:
            continue
        gold = set(each.turn.labels) & set(kinds)
        sure = gold - each.turn.arguable
        said = bool(each.labels & set(kinds))
        if gold and not sure:
            continue
        if sure and said:
            found.hits += 1
        elif sure:
            found.missed += 1
        elif said:
            found.false += 1
    return found


def clock(
    session: Sequence[Judged], kinds: Sequence[str]
) -> tuple[float, float, float]:
    """Shares of right ticks, of ticks at something that was nothing, and of missed."""
    some = set(kinds)
    gold = [
        (each.end, bool(set(each.turn.labels) & some - each.turn.arguable))
        for each in session
        if each.turn.coach and set(each.turn.labels) & some
    ]
    said = [each.end for each in session if each.labels & some]
    ticks = right = false = 0
    at = 0.0
    while at <= session[-1].end:
        ticks += 1
        possible, settled = _possible(gold, at)
        last = max((end for end in said if end <= at), default=None)
        if _agrees(last, possible, settled):
            right += 1
        elif last is not None and not any(
            abs(last - end) <= TOLERANCE_S for end, _ in gold
        ):
            false += 1
        at += STEP_S
    return right / ticks, false / ticks, (ticks - right - false) / ticks


def _possible(
    gold: Sequence[tuple[float, bool]], at: float
) -> tuple[list[float], bool]:
    possible = []
    for end, sure in reversed(gold):
        if end <= at:
            possible.append(end)
            if sure:
                return possible, True
    return possible, False


def _agrees(last: float | None, possible: Sequence[float], settled: bool) -> bool:
    if last is None:
        return not settled
    return any(abs(last - end) <= TOLERANCE_S for end in possible)


def clocks(sessions: Iterable[Sequence[Judged]], kinds: Sequence[str]) -> Clock:
    """Over sessions."""
    found = Clock()
    for session in sessions:
        right, false, missed = clock(session, kinds)
        found.right.append(right)
        found.false_reset.append(false)
        found.missed.append(missed)
    return found


def per_hour(
    talks: Iterable[Sequence[Judged]], false: Callable[[Judged], bool]
) -> float:
    """How many of these in an hour of talk."""
    talks = list(talks)
    hours = sum(talk[-1].end for talk in talks) / 3600
    alarms = sum(false(each) for talk in talks for each in talk)
    return alarms / hours if hours else 0.0


def false_alarm(judged: Judged) -> bool:
    """A process kind where the labels have none."""
    return bool(judged.labels & set(PROCESS)) and not set(judged.turn.labels) & set(
        PROCESS
    )


def forms(judged: Iterable[Judged]) -> tuple[int, int]:
    """How many forms of found directions are right, of how many."""
    both = [e for e in judged if "direction" in e.labels and e.turn.form is not None]
    return sum(e.form == e.turn.form for e in both), len(both)


def macro(counts: Mapping[str, Counts], kinds: Iterable[str]) -> float:
    """Mean F1 of the kinds that occur."""
    here = [counts[k] for k in kinds if counts[k].hits + counts[k].missed]
    return sum(c.f1 for c in here) / len(here) if here else 0.0


def by(judged: Iterable[tuple[str, Judged]], kinds: Sequence[str]) -> dict[str, Counts]:
    """Counts by some name, such as style or variety."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for name, each in judged:
        groups[name].append(each)
    return {name: count(some, kinds) for name, some in sorted(groups.items())}
