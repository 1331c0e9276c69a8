"""Whatever a coach decides, undoing all of it gives the story before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.talk_events import noticed, said, span, talk

from sidelight.domain.decisions import Decisions
from sidelight.domain.events import (
    DecisionRestored,
    DecisionTakenBack,
    Event,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
    SessionEnded,
    SessionStarted,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
)
from sidelight.domain.moments import ADDED, Form, MomentId
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.domain.versions import as_chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

END = Millis(60_000)


def session() -> list[Event]:
    """Four moments, one of them hollow, one of another kind."""
    perhaps = noticed(4, span(40, 42), "perhaps", (4,), kind="direction")
    perhaps = replace(perhaps, moment=replace(perhaps.moment, hollow=True))
    return [
        SessionStarted(Millis(0), talk()),
        *(said(n, span(10 * n, 10 * n + 2), "so", Speaker.COACH) for n in range(1, 5)),
        noticed(1, span(10, 12), "one", (1,)),
        noticed(2, span(20, 22), "two", (2,), kind="on_track"),
        noticed(3, span(30, 32), "three", (3,), kind="care"),
        perhaps,
        SessionEnded(END),
    ]


def refined() -> list[Event]:
    """The session heard once more: two of its moments, one a little later."""
    return [
        *(said(n, span(10 * n, 10 * n + 2), "so", version=2) for n in range(1, 5)),
        noticed(1, span(10.5, 12.5), "one", (1,), version=2),
        noticed(2, span(30, 32), "three", (3,), kind="reflection", version=2),
        TranscriptRefined(END, 2, "large"),
        TranscriptChosen(END, 2),
    ]


def told(events: Sequence[Event]) -> Story:
    every = [StoredEvent(n, END, 0, e) for n, e in enumerate(events, start=1)]
    return tell(as_chosen(every))


def seen(story: Story) -> Story:
    """What is shown of a story: without how it came about."""
    return replace(story, decided=Decisions(), last_seq=0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "correct", "remove", "add", "undo", "redo"]),
        st.integers(1, 5),
        st.sampled_from(["support", "direction", "on_track", "care", "reflection"]),
    ),
    max_size=12,
)


def step(decided: Decisions, what: str, number: int, kind: str) -> Event | None:
    """The event of one step; ``None``: there is nothing to undo or to redo."""
    new = len(decided.made) + 1
    about = MomentId(1, number) if number < 5 else MomentId(ADDED, 1)
    match what:
        case "confirm":
            return MomentConfirmed(END, new, about, 7)
        case "correct":
            form = Form.OPEN if kind == "direction" else None
            return MomentCorrected(END, new, about, kind, form, 8)
        case "remove":
            return MomentRemoved(END, new, about)
        case "add":
            moment = noticed(1, span(50, 51), "mine", (), kind=kind).moment
            return MomentAdded(END, new, replace(moment, id=MomentId(ADDED, new)))
        case "undo":
            undone = decided.to_undo
            return undone and DecisionTakenBack(END, undone.decision)
        case _:
            redone = decided.to_redo
            return redone and DecisionRestored(END, redone.decision)


@given(steps=STEPS, in_another_version=st.booleans())
def test_undoing_everything_gives_the_story_before(
    *, steps: list[tuple[str, int, str]], in_another_version: bool
) -> None:
    events, decided = session(), Decisions()
    if in_another_version:
        events += refined()
    before = told(events)
    for what, number, kind in steps:
        event = step(decided, what, number, kind)
        if event is not None:
            events.append(event)
            decided = decided.after(event)
    after = told(events)
    assert after.decided.taken_back == decided.taken_back
    while (newest := decided.to_undo) is not None:
        back = DecisionTakenBack(END, newest.decision)
        events.append(back)
        decided = decided.after(back)
    assert seen(told(events)) == seen(before)
    # And all the way forward again: what stood last is what stands.
    stood = len(after.decided.standing)
    for _ in range(stood):
        newest = decided.to_redo
        assert newest is not None
        forth = DecisionRestored(END, newest.decision)
        events.append(forth)
        decided = decided.after(forth)
    assert seen(told(events)) == seen(after)


@given(STEPS)
def test_undo_then_redo_changes_nothing(steps: list[tuple[str, int, str]]) -> None:
    events, decided = session(), Decisions()
    for what, number, kind in steps:
        event = step(decided, what, number, kind)
        if event is not None:
            events.append(event)
            decided = decided.after(event)
    newest = decided.to_undo
    if newest is None:
        return
    twice: list[Event] = [
        DecisionTakenBack(END, newest.decision),
        DecisionRestored(END, newest.decision),
    ]
    assert seen(told([*events, *twice])) == seen(told(events))
