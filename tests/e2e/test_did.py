"""Commands to a running session, as processes: the coach says so, and takes it back."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.e2e.conftest import engine_of, engine_plan
from tests.fakes.engines import events_of, messages_until

from sidelight.domain.events import MarkWithdrawn, MomentNoticed, MomentWithdrawn
from sidelight.domain.moments import Origin
from sidelight.session.messages import Follow, Message
from sidelight.settings.paths import Paths


def command(*arguments: str) -> tuple[int, str]:
    """Run it; its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "sidelight", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stdout
    return done.returncode, done.stderr.strip()


def noticed(message: Message) -> bool:
    return any(isinstance(event, MomentNoticed) for event in events_of([message]))


def test_the_coach_says_so_and_takes_it_back(minute: Path) -> None:
    assert command("did")[0] == 1  # no session is running
    assert command("did", "coaching")[0] == 2
    plan = replace(engine_plan(minute, 4.0), run=Paths.find().run)
    with engine_of(plan) as engine, engine.client() as client:
        client.send(Follow())
        messages_until(client, noticed)
        assert command("pause") == (0, "Paused.")
        assert command("mark") == (0, "Bookmark set.")
        assert command("did", "on_track") == (0, "Noted: on track.")
        assert command("did", "on_track") == (0, "Already noted.")
        assert command("hide") == (0, "Hidden, or shown again.")
        assert command("undo") == (0, "Undone: I did that.")
        assert command("undo") == (0, "Bookmark removed.")
        assert command("undo") in ((0, "Undone: support."), (0, "Undone: where next."))
        with engine.client() as another:
            another.send(Follow())
            seen = messages_until(another, undone_twice())
    events = events_of(seen)
    own, detected = (
        [
            event.moment
            for event in events
            if isinstance(event, MomentNoticed) and event.moment.origin is origin
        ]
        for origin in (Origin.COACH, Origin.DETECTOR)
    )
    assert [moment.kind for moment in own] == ["on_track"]
    gone = [event.moment_id for event in events if isinstance(event, MomentWithdrawn)]
    assert gone == [own[0].id, detected[-1].id]
    assert any(isinstance(event, MarkWithdrawn) for event in events)


def undone_twice() -> Callable[[Message], bool]:
    """Whether this is the second moment that was withdrawn."""
    seen = count(1)
    return lambda message: (
        any(isinstance(event, MomentWithdrawn) for event in events_of([message]))
        and next(seen) == 2
    )
