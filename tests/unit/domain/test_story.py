"""What a session's story leaves out, whatever its events say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.story import StoryBuilder, span

from sidelight.domain.events import GapFound, SessionStarted
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Gap, GapCause, Millis


@pytest.mark.parametrize(
    ("mode", "missing"),
    [(Mode.KEEP, 1), (Mode.LIVE_ONLY, 1), (Mode.NO_LISTENING, 0)],
)
def test_where_nobody_listened_no_sound_is_missing(mode: Mode, missing: int) -> None:
    """Its engine was started again: time went on, and there never was any sound."""
    builder = StoryBuilder()
    begun = builder.events[0]
    assert isinstance(begun, SessionStarted)
    gap = Gap(span(1_000, 4_000), GapCause.ENGINE_RESTARTED)
    builder.events[0] = replace(begun, session=replace(begun.session, mode=mode))
    builder.events.append(GapFound(Millis(4_000), gap))
    assert len(builder.story().gaps) == missing
