"""Silences in which the client thinks: left alone, or broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Span
from sidelight.domain.transcript import Speaker
from sidelight.partnering.dialogue.thinking import leaves_silence, still_thinks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.partnering.dialogue.floor import Floor, Stretch

THINKING_MS: Final = 1_500
"""From here on a client who is silent thinks; the sidebar holds its cues by the same
line. The mean answer comes after 0.2 s (Stivers and others 2009)."""

WAITED_MS: Final = 3_000
"""Whoever waited so long has not spoken *soon*: three seconds are the wait-time that
changes what comes back (Rowe 1974, 1986), and the least that Levitt (2001) counts as a
pause of the client's in psychotherapy."""

LEFT_MS: Final = 5_000
"""From here on nobody takes a silence for the time between two turns. More than the
three seconds above on purpose: between the two lines nothing is claimed."""

AWAY_MS: Final = 120_000
"""Beyond two minutes somebody has more likely left the room than thought."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody spoke, and the client may have been thinking.

    Attributes:
        span: From the last word before to the first after it.
        before: What was said before it.
        after: What was said then.
    """

    span: Span
    before: Stretch
    after: Stretch


def silences(floor: Floor) -> Iterator[Silence]:
    """Those of ``THINKING_MS`` to ``AWAY_MS``, in order. A break is no silence.

    A sound of listening leaves a silence as it is.
    """
    before: Stretch | None = None
    for after in floor.talk:
        if before is not None and after.span.start > before.span.end:
            span = Span(before.span.end, after.span.start)
            if THINKING_MS <= span.length <= AWAY_MS and floor.knows(span):
                yield Silence(span, before, after)
        if before is None or after.span.end > before.span.end:
            before = after


def honoured(silence: Silence) -> bool:
    """Whether the coach left it alone until the client went on."""
    return (
        silence.span.length >= LEFT_MS
        and silence.after.speaker is Speaker.CLIENT
        and not silence.after.doubted
        and not silence.before.doubted
    )


def broken(silence: Silence) -> bool:
    """Whether the coach spoke soon, though the client was still thinking.

    The client broke off in a thought, or had not begun to answer the coach's question.
    Speaking after a finished sentence is nothing but the coach's turn.
    """
    before, after = silence.before, silence.after
    if silence.span.length >= WAITED_MS or after.speaker is not Speaker.COACH:
        return False
    if before.doubted or after.doubted or not after.text or leaves_silence(after.text):
        return False
    if before.speaker is Speaker.COACH:
        return before.asks
    return still_thinks(before.text)
