"""The session's own window hears it again: through the engine, once it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from tests.fakes.engines import follow_until, messages_until, running_engine
from tests.fakes.playing import MemoryOutput, ThreadPlayer
from tests.fakes.sources import NoiseSource
from tests.fakes.story import span

from sidelight.domain.events import SessionEnded
from sidelight.domain.timeline import Millis
from sidelight.record.spool import as_kept
from sidelight.session.messages import (
    Health,
    PlaceMark,
    Playback,
    PlaybackTold,
    Status,
    Told,
)
from sidelight.session.playback.messages import Played, PlaySound

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.session.messages import Message


def _over(message: Message) -> bool:
    return isinstance(message, PlaybackTold) and isinstance(message.news, Played)


def test_what_was_recorded_is_heard_once_the_session_is_over(tmp_path: Path) -> None:
    output = MemoryOutput()
    source = NoiseSource(2, hold_at=0.5)
    with (
        running_engine(
            tmp_path,
            source,
            start_player=lambda: ThreadPlayer(lambda: output),  # type: ignore[arg-type,return-value]
        ) as engine,
        engine.client() as client,
    ):
        client.send(Playback(PlaySound("demo", 1, span(0, 2_000))))  # too early
        client.send(PlaceMark())
        messages_until(client, lambda m: isinstance(m, Told))
        source.release()
        follow_until(client, SessionEnded)
        messages_until(
            client, lambda m: isinstance(m, Status) and m.health is Health.ENDED
        )
        client.send(Playback(PlaySound("demo", 2, span(500, 2_000))))
        told = messages_until(client, _over)
    assert told[-1] == PlaybackTold(Played(2, Millis(2_000)))
    kept = as_kept(source.samples[8_000:]).sum(axis=1)
    np.testing.assert_allclose(output.sound, kept, atol=1e-4)
