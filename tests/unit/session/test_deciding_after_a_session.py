"""What the coach decides in a session's own window, after its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.engines import events_of, follow_until, messages_until, running_engine
from tests.fakes.partnering_model import word_model
from tests.fakes.sources import NoiseSource

from sidelight.domain.events import (
    DecisionRestored,
    DecisionTakenBack,
    MomentAdded,
    SessionEnded,
)
from sidelight.domain.timeline import Millis
from sidelight.partnering.learned.teaching import Teacher
from sidelight.session.decision_acts import AddMissed, RedoDecision, UndoDecision
from sidelight.session.messages import EventStored, FaultTold, WrapUp

if TYPE_CHECKING:
    from pathlib import Path


def test_the_engine_stores_it_teaches_it_and_tells_every_window(tmp_path: Path) -> None:
    opened: list[Teacher] = []

    def teaching() -> Teacher:
        opened.append(Teacher(word_model()))
        return opened[-1]

    with (
        running_engine(tmp_path, NoiseSource(2), teaching=teaching) as engine,
        engine.client() as client,
    ):
        follow_until(client, SessionEnded)
        client.send(WrapUp(AddMissed("acknowledgement", Millis(500))))
        told = messages_until(client, lambda one: isinstance(one, EventStored))
        (added,) = events_of(told)
        assert isinstance(added, MomentAdded)
        assert opened, "what is decided in a window is taught"
        client.send(WrapUp(UndoDecision()))
        told = messages_until(client, lambda one: isinstance(one, EventStored))
        assert events_of(told) == [DecisionTakenBack(added.at, added.decision)]
        client.send(WrapUp(UndoDecision()))
        fault = messages_until(client, lambda one: isinstance(one, FaultTold))[-1]
        assert isinstance(fault, FaultTold)
        assert "decided nothing" in fault.message
        client.send(WrapUp(RedoDecision()))
        told = messages_until(client, lambda one: isinstance(one, EventStored))
        assert events_of(told) == [DecisionRestored(added.at, added.decision)]
