"""How long a session was: what a coach logs as worked, the same wherever it is told.

Pauses do not count, for nobody coached. What went off the record does, and so does
sound that was lost: the session went on, only nothing of it was kept. Why so:
``docs/decisions/0030``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis, Span

if TYPE_CHECKING:
    from sidelight.domain.clocks import Clocks
    from sidelight.domain.story import Story

_MINUTE_MS: Final = 60_000


def worked(clocks: Clocks, reached: Millis) -> Millis:
    """How long a session was, without its pauses.

    Args:
        clocks: Of all its events.
        reached: Where it is by now; of a session that ended, its end counts instead.
    """
    end = reached if clocks.ended_at is None else clocks.ended_at
    return clocks.active(Span(Millis(0), end))


def whole_minutes(length: Millis) -> int:
    """A length in whole minutes, rounded half up, at least 1."""
    return max(1, (length + _MINUTE_MS // 2) // _MINUTE_MS)


def minutes_worked(story: Story) -> int:
    """How long the session was, as it is told: in whole minutes, at least 1."""
    return whole_minutes(worked(story.clocks, story.position))
