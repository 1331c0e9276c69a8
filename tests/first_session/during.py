"""The session: a call with two voices, and whatever can happen in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.desktop import wait_for
from tests.fakes.live_calls import lives, worker_of
from tests.pictures import in_session

from sidelight.domain.events import (
    GapFound,
    MarkPlaced,
    MomentNoticed,
    MomentWithdrawn,
    OffRecord,
    RecognitionStarted,
)
from sidelight.domain.moments import Origin
from sidelight.domain.timeline import GapCause

if TYPE_CHECKING:
    from tests.first_session.coaching import Coaching

    from sidelight.domain.events import Event

_OPENING = (76.2, 17.2)
"""Of the demo: what would you like me to do; where would you like to begin."""
_ASHAMED = (112.6, 8.7)
"""Of the demo: the part I'm ashamed of; ashamed, tell me a bit more. The client speaks
first, so that the coach's turn is another one."""
_TIRED = (154.5, 3.6)
"""Of the demo: the truth is, he looked tired."""
_MIDDLE = (164.0, 424.0)
"""Of the demo: most of it, without what is said in the other pieces."""
_CLOSING = (592.2, 9.2)
"""Of the demo: when will you do it; I'll talk to David on Tuesday."""
_TUESDAY = "david on tuesday"
_MINUTE_S = 60.0
_BESIDE = 9
"""More minutes than the other steps take."""


def begun(coaching: Coaching) -> None:
    """Start; the sidebar stands beside the call."""
    in_session.begun(coaching.stage)
    coaching.follow()


def opening(coaching: Coaching) -> None:
    """The coach partners, and the clock is set back."""
    coaching.stage.say(*_OPENING)
    # Which of the two questions is heard first is for the busy computer to say.
    coaching.stage.watcher.see("^Last partnered · just now")
    coaching.stage.hush()


def bookmark(coaching: Coaching) -> None:
    """While they talk."""
    coaching.stage.sidebar_key("b")
    coaching.stage.watcher.see("^Bookmark set$")
    wait_for(lambda: count(coaching, MarkPlaced) == 1)


def did(coaching: Coaching) -> None:
    """In a turn where nothing was noticed."""
    coaching.stage.say(*_ASHAMED)
    coaching.stage.hush()
    wait_for(lambda: said(coaching, "tell me a bit more"), 60)
    coaching.stage.sidebar_key("d")
    coaching.stage.watcher.see("^Noted: ")
    wait_for(lambda: own(coaching) == 1)


def undo(coaching: Coaching) -> None:
    """The newest goes; the bookmark before it stays."""
    coaching.stage.sidebar_key("u")
    coaching.stage.watcher.see("^Undone: I did that$")
    wait_for(lambda: count(coaching, MomentWithdrawn) == 1)
    assert count(coaching, MarkPlaced) == 1


def off_record(coaching: Coaching) -> None:
    """The newest turn is hidden at once, and erased when nobody takes it back."""
    stage = coaching.stage
    before = coaching.heard()
    stage.sidebar_key("shift+o")
    stage.watcher.see("^Last .* deleted$")
    wait_for(lambda: coaching.heard() < before)
    coaching.hidden = before - coaching.heard()


def erased(coaching: Coaching) -> None:
    coaching.stage.watcher.miss("^Last .* deleted$")
    wait_for(lambda: count(coaching, OffRecord) == 1)
    assert coaching.hidden
    assert not coaching.hidden & coaching.heard()


def paused(coaching: Coaching) -> None:
    """What is said meanwhile is not heard."""
    stage = coaching.stage
    stage.sidebar_key("p")
    stage.watcher.see("^Paused · ")
    stage.say(*_TIRED)
    stage.hush()


def resumed(coaching: Coaching) -> None:
    coaching.stage.sidebar_key("p")
    coaching.stage.watcher.miss("^Paused · ")
    wait_for(lambda: GapCause.PAUSED in causes(coaching))
    assert not said(coaching, "tired")


def unplugged(coaching: Coaching) -> None:
    """The headset is pulled out; nothing else is recorded in its place."""
    coaching.stage.server.take_microphone("coach")
    coaching.stage.watcher.see("instead of Headset|Headset is disconnected")


def plugged_in(coaching: Coaching) -> None:
    """It is back, and recorded again without a word from the coach."""
    coaching.stage.server.offer_microphone("coach", "Headset")
    coaching.stage.watcher.miss("instead of Headset|Headset is disconnected")
    coaching.stage.watcher.see("^listening$")
    wait_for(lambda: GapCause.DEVICE_LOST in causes(coaching))


def worker_killed(coaching: Coaching) -> None:
    """Recognition dies as the system kills; another takes its place."""
    run = coaching.stage.folder / "run"
    first = wait_for(lambda: worker_of(run))
    assert first is not None
    began = count(coaching, RecognitionStarted)
    first.kill()
    wait_for(lambda: not lives(first))
    wait_for(lambda: (other := worker_of(run)) is not None and other.pid != first.pid)
    wait_for(lambda: count(coaching, RecognitionStarted) > began, 60)
    coaching.stage.watcher.see("^listening$")


def talked(coaching: Coaching) -> None:
    """On and on, for as long as was agreed."""
    stage, minutes = coaching.stage, coaching.minutes
    left_s = minutes * _MINUTE_S
    while left_s > 0:
        start, length_s = _MIDDLE
        stage.say(start, min(left_s, length_s))
        stage.hush()
        left_s -= length_s
    passed = "|".join(str(minutes + more) for more in range(_BESIDE))
    stage.watcher.see(rf"^Session: (({passed}) of 60 min$|just begun)")


def closing(coaching: Coaching) -> None:
    """The new worker hears what the client will do."""
    coaching.stage.say(*_CLOSING)
    coaching.stage.hush()
    wait_for(lambda: said(coaching, _TUESDAY), 60)


def nearly_ended(coaching: Coaching) -> None:
    """One press does not end it."""
    coaching.stage.sidebar_key("e")
    coaching.stage.watcher.see("^Once more ends it$")


def ended(coaching: Coaching) -> None:
    coaching.stage.sidebar_key("e", "e")
    coaching.stage.watcher.see("One minute to wrap up", patience_s=90)
    assert count(coaching, MomentNoticed) - own(coaching) >= 1
    assert not coaching.follower.faults
    coaching.stage.end("call")


def count(coaching: Coaching, kind: type[Event]) -> int:
    """How many of them there are."""
    return sum(isinstance(one, kind) for one in coaching.seen())


def own(coaching: Coaching) -> int:
    """How many moments the coach added."""
    noticed = (one for one in coaching.seen() if isinstance(one, MomentNoticed))
    return sum(one.moment.origin is Origin.COACH for one in noticed)


def causes(coaching: Coaching) -> set[GapCause]:
    """Of the gaps that there are."""
    return {one.gap.cause for one in coaching.seen() if isinstance(one, GapFound)}


def said(coaching: Coaching, words: str) -> bool:
    """Whether these words were recognised, and may be seen."""
    return any(words in text.lower() for text in coaching.heard())
