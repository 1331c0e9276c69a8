"""The last net against echoes: the same words, at the same time, not loud."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

REACH_MS: Final = 3_000
"""Words further apart than this do not count as the same: word times are rough."""

SHARE: Final = 0.6
"""Of the coach's words that must be the client's, in order."""

EARLIEST_MS: Final = -500
LATEST_MS: Final = 1_000
"""How long after the client an echo comes, in the middle of its words. Coaches repeat
their clients' words on purpose; they do it when the client has said them."""


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word and when it began.

    Attributes:
        text: Case and punctuation do not matter.
        start_ms: Milliseconds of the session.
    """

    text: str
    start_ms: int


def is_echo(
    coach: Sequence[SaidWord],
    client: Sequence[SaidWord],
    *,
    level_dbfs: float,
    usual_dbfs: float,
) -> bool:
    """Whether an utterance on the coach's channel is the client's, heard again.

    Nothing is deleted for it; such an utterance only counts for nobody.

    Args:
        coach: The utterance's words, in order.
        client: The client's words around it, in order.
        level_dbfs: How loud the utterance is at the coach's microphone.
        usual_dbfs: How loud the coach is there by habit, such as the median of the
            utterances so far.

    Returns:
        ``True`` when the words agree, come together, and are not louder than the coach.
    """
    if not coach or level_dbfs > usual_dbfs:
        return False
    pairs = _same(coach, client)
    if len(pairs) < SHARE * len(coach):
        return False
    offset = median(mine.start_ms - theirs.start_ms for mine, theirs in pairs)
    return EARLIEST_MS <= offset <= LATEST_MS


def _same(
    coach: Sequence[SaidWord], client: Sequence[SaidWord]
) -> list[tuple[SaidWord, SaidWord]]:
    """The longest common sequence of words that are near each other."""
    best: list[list[tuple[tuple[SaidWord, SaidWord], ...]]]
    best = [[()] * (len(client) + 1) for _ in range(len(coach) + 1)]
    for i, mine in enumerate(coach):
        for j, theirs in enumerate(client):
            if _alike(mine, theirs):
                best[i + 1][j + 1] = (*best[i][j], (mine, theirs))
            else:
                best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], key=len)
    return list(best[-1][-1])


def _alike(mine: SaidWord, theirs: SaidWord) -> bool:
    near = abs(mine.start_ms - theirs.start_ms) <= REACH_MS
    return near and _bare(mine.text) == _bare(theirs.text)


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
