"""The coach's phrasebook: their own ways of partnering, gathered from what they said.

Wordings that lie close to each other and share most of their words are one phrase.
Nothing is rated: a phrase is shown with how often and when it was used, and where most
of a kind has come down to one wording, it is said that this has become a formula. Pure:
uses in, phrases out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.partnering.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

SAME: Final = 0.90
"""Cosine from which two wordings may be one phrase. Wordings are placed by themselves,
without the turns before."""

SHARED: Final = 0.5
"""Share of words, of all that two wordings have, that both have, from which they are
one phrase. The place alone would not do: the model was trained to tell kinds apart, so
wordings of one kind that have nothing but their aim in common lie at 0.95 (looked at
on the development talk)."""

FORMULA_USES: Final = 5
"""Fewer uses of a phrase are no habit: one session easily has two or three."""

FORMULA_SESSIONS: Final = 3
"""In so many sessions at least: what one client's session made natural is no formula,
what is said to everybody may be."""

RECENT: Final = 12
"""Newest uses of a kind that are looked at, about the last four sessions: a formula
that was left behind is none."""

FORMULA_SHARE: Final = 0.5
"""From this share of them on, one phrase stands for the kind. Whoever says it has other
ways too until then; beyond it, clients mostly hear this one."""

EXAMPLES: Final = 3
"""Wordings shown of a phrase, the newest first."""


@dataclass(frozen=True, slots=True)
class Use:
    """One time the coach partnered on process.

    Attributes:
        kind: Kind id.
        words: As they were heard.
        session: Its id.
        when: When it was said.
        place: Where the words lie by themselves: float32, shape (384,), length 1.
        sure: Confirmed, corrected or added by the coach, not only detected.
    """

    kind: str
    words: str
    session: str
    when: datetime
    place: NDArray[np.float32]
    sure: bool = False


@dataclass(frozen=True, slots=True)
class OwnWay:
    """A phrase that the coach wrote down.

    Attributes:
        number: Names it.
        kind: Kind id.
        words: As typed.
        place: As in ``Use``.
    """

    number: int
    kind: str
    words: str
    place: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of partnering.

    Attributes:
        kind: Kind id.
        own: The number of the coach's own way that it is, or ``None``.
        examples: Wordings, the newest first, each once; the written one leads.
        uses: How often.
        sure: How often of these the coach said that it was so.
        sessions: In how many sessions.
        newest: When the last time; ``None``: never yet.
        formula: Whether it has become a formula.
    """

    kind: str
    own: int | None
    examples: tuple[str, ...]
    uses: int
    sure: int
    sessions: int
    newest: datetime | None
    formula: bool


@dataclass(slots=True)
class _Group:
    """Uses around a leader: the written way, or the first use that lay apart."""

    kind: str
    leader: NDArray[np.float32]
    words: frozenset[str]
    own: OwnWay | None
    uses: list[Use]


def phrasebook(
    uses: Sequence[Use], own: Sequence[OwnWay], kinds: Sequence[str]
) -> list[Phrase]:
    """The phrases of each kind, most used first.

    Args:
        uses: In any order.
        own: What the coach wrote down; each is a phrase, used or not.
        kinds: Kind ids, in the order to list them; others are left out.
    """
    inorder = sorted(uses, key=lambda use: (use.when, use.session, use.words))
    found: list[Phrase] = []
    for kind in kinds:
        groups = [
            _Group(kind, way.place, _plain(way.words), way, [])
            for way in own
            if way.kind == kind
        ]
        mine = [use for use in inorder if use.kind == kind]
        for use in mine:
            _join(groups, use)
        recent = {id(use) for use in mine[-RECENT:]}
        phrases = [_phrase(group, recent) for group in groups]
        found += sorted(phrases, key=lambda one: (-one.uses, one.examples))
    return found


def _join(groups: list[_Group], use: Use) -> None:
    """To the group that shares most words of those that are close, or to a new one."""
    words = _plain(use.words)
    shared = [
        _shared(group.words, words) if float(group.leader @ use.place) >= SAME else 0.0
        for group in groups
    ]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    if best is not None and shared[best] >= SHARED:
        groups[best].uses.append(use)
    else:
        groups.append(_Group(use.kind, use.place, words, None, [use]))


def _plain(text: str) -> frozenset[str]:
    """The words, levelled: fillers gone, contractions written out."""
    return frozenset(word for sentence in read(text) for word in sentence.words)


def _shared(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / max(1, len(some | others))


def _phrase(group: _Group, recent: set[int]) -> Phrase:
    written = () if group.own is None else (group.own.words,)
    newest_first = tuple(use.words for use in reversed(group.uses))
    sessions = len({use.session for use in group.uses})
    lately = sum(id(use) in recent for use in group.uses)
    formula = (
        len(group.uses) >= FORMULA_USES
        and sessions >= FORMULA_SESSIONS
        and lately >= FORMULA_SHARE * len(recent)
    )
    return Phrase(
        kind=group.kind,
        own=None if group.own is None else group.own.number,
        examples=tuple(dict.fromkeys((*written, *newest_first)))[:EXAMPLES],
        uses=len(group.uses),
        sure=sum(use.sure for use in group.uses),
        sessions=sessions,
        newest=group.uses[-1].when if group.uses else None,
        formula=formula,
    )
