"""Decisions about the moments of a stored session, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.fakes.partnering_model import word_model
from tests.fakes.talk_events import noticed, said, span, talk

from sidelight.domain.decisions import subject
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    MomentNoticed,
    OffRecordCause,
    SessionEnded,
    SessionStarted,
)
from sidelight.domain.moments import ADDED, Form, MomentId
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.partnering.learned.teaching import Teacher
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.deciding import Decider
from sidelight.session.decision_acts import (
    AddMissed,
    ConfirmMoment,
    CorrectMoment,
    RedoDecision,
    RemoveMoment,
    UndoDecision,
)
from sidelight.session.phrasing import add_phrase, bring_up_to_date, gather
from sidelight.session.wrap_acts import WriteNote
from sidelight.session.wrapping_up import WrappingUp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.partnering.learned.lessons import Lesson

END = Millis(90_000)
FIRST, SECOND, HOLLOW = (MomentId(1, n) for n in (1, 2, 3))
MODEL = "words-1"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path, Vault(bytes(range(32)))) as opened:
        yield opened


def hollow(event: MomentNoticed) -> MomentNoticed:
    return replace(event, moment=replace(event.moment, hollow=True, episode=None))


def decider(
    record: Record,
    name: str = "01A",
    *,
    mode: Mode = Mode.KEEP,
    teacher: Teacher | None = None,
) -> Decider:
    session = talk(mode, name)
    store = record.sessions.create(session)
    for event in (
        SessionStarted(Millis(0), session),
        said(1, span(10, 12), "how shall I listen", Speaker.COACH),
        noticed(1, span(10, 12), "how shall I listen", (1,)),
        said(2, span(15, 19), "just listen", Speaker.CLIENT),
        said(3, span(20, 22), "are you warm enough", Speaker.COACH),
        noticed(2, span(20, 22), "are you warm enough", (3,), kind="care"),
        said(4, span(30, 32), "which way now", Speaker.UNKNOWN),
        hollow(noticed(3, span(30, 32), "which way now", (4,), kind="direction")),
        SessionEnded(END),
    ):
        store.append(event, END, 0)
    return Decider(store, teacher)


@pytest.fixture
def teacher() -> Teacher:
    return Teacher(word_model())


def signs(record: Record) -> list[tuple[str, bool]]:
    return [(one.kind, one.positive) for one in record.lessons.lessons(MODEL)]


def test_each_decision_teaches_at_once_and_each_undo_takes_it_back(
    record: Record, teacher: Teacher
) -> None:
    here = decider(record, teacher=teacher)
    before = here.story.moments
    here.confirm(FIRST)
    assert signs(record) == [("support", True)]
    here.correct(SECOND, "on_track")
    assert signs(record) == [("support", True), ("on_track", True), ("care", False)]
    here.remove(FIRST)
    assert signs(record) == [("support", False), ("on_track", True), ("care", False)]
    added = here.add("direction", Millis(31_000), Form.OPEN)
    assert added.id == MomentId(ADDED, 4)
    assert signs(record)[-1] == ("direction", True)
    assert [subject(here.undo()) for _ in range(4)] == [added.id, FIRST, SECOND, FIRST]
    assert signs(record) == []
    assert here.story.moments == before
    assert [subject(here.redo()) for _ in range(2)] == [FIRST, SECOND]
    assert signs(record) == [("support", True), ("on_track", True), ("care", False)]


def test_what_a_window_asks_for_is_decided_and_taught_alike(
    record: Record, teacher: Teacher
) -> None:
    decider(record)
    opened: list[Teacher] = []

    def opening() -> Teacher:
        opened.append(teacher)
        return teacher

    desk = WrappingUp(record.sessions.get("01A"), opening)
    desk.do(WriteNote("slower"))
    assert opened == [], "what teaches is not loaded for a note"
    told = tell(record.sessions.get("01A").events())
    first = told.moments
    acts = (
        ConfirmMoment(HOLLOW),
        CorrectMoment(SECOND, "direction", Form.NARROW),
        RemoveMoment(FIRST),
        AddMissed("on_track", Millis(11_000)),
    )
    for act in acts:
        told = told.after(desk.do(act))  # as a window folds it
    assert [(m.kind, m.form) for m in told.moments] == [
        ("direction", Form.NARROW),
        ("direction", None),
        ("on_track", None),
    ]
    assert ("direction", True) in signs(record)
    assert ("support", False) in signs(record)
    for _ in acts:
        told = told.after(desk.do(UndoDecision()))
    assert (told.moments, told.hollow[0].id) == (first, HOLLOW)
    assert signs(record) == []
    for _ in acts:
        told = told.after(desk.do(RedoDecision()))
    assert told == tell(record.sessions.get("01A").events())
    with pytest.raises(UserError, match="Nothing was taken back"):
        desk.do(RedoDecision())


def test_a_hollow_mark_counts_once_it_is_confirmed(record: Record) -> None:
    here = decider(record)
    here.confirm(HOLLOW)
    story = here.story
    assert story.hollow == ()
    (sure,) = [m for m in story.moments if m.id == HOLLOW]
    assert sure.episode == 2, "an episode of its own"


def test_an_added_moment_rests_on_the_coachs_words_nearby(record: Record) -> None:
    here = decider(record)
    added = here.add("acknowledgement", Millis(23_000))
    assert (added.span, added.quote) == (span(20, 22), "are you warm enough")
    assert added.episode is None
    assert here.story.moments[-1] == added
    beside = here.add("on_track", Millis(11_000))
    assert beside.episode == 1, "the same words, the same episode"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda d: d.confirm(MomentId(1, 9)), "no moment m1:9"),
        (lambda d: (d.confirm(FIRST), d.confirm(FIRST)), "decided about m1:1 already"),
        (lambda d: (d.remove(FIRST), d.remove(FIRST)), "no moment m1:1"),
        (lambda d: d.correct(FIRST, "support"), "is support already"),
        (lambda d: d.correct(FIRST, "humming"), "no kind of moment"),
        (lambda d: d.correct(FIRST, "interruption"), "no kind of moment"),
        (lambda d: d.correct(FIRST, "on_track", Form.OPEN), "Only direction has"),
        (lambda d: d.add("support", Millis(11_000)), "are support already: m1:1"),
        (lambda d: d.add("direction", Millis(60_000)), "You said nothing"),
        (lambda d: d.add("direction", Millis(17_000)), None),
        (lambda d: d.undo(), "decided nothing"),
        (lambda d: d.redo(), "Nothing was taken back"),
    ],
    ids=range(12),
)
def test_what_is_refused_says_the_way_forward(
    record: Record, wrong: object, sentence: str | None
) -> None:
    assert callable(wrong)
    here = decider(record)
    if sentence is None:  # the client speaks, the coach a moment later
        assert wrong(here).span == span(20, 22)
        return
    with pytest.raises(UserError, match=sentence) as refused:
        wrong(here)
    assert refused.value.remedy


def test_without_a_model_what_is_decided_is_learned_later(
    record: Record, teacher: Teacher
) -> None:
    decider(record).confirm(FIRST)
    add_phrase(record, None, "direction", "where to")
    assert signs(record) == []
    bring_up_to_date(record, teacher)
    assert signs(record) == [("support", True), ("direction", True)]
    before = record.lessons.lessons(MODEL)
    bring_up_to_date(record, teacher)
    assert len(record.lessons.lessons(MODEL)) == len(before)


def test_without_a_model_what_is_taken_back_is_unlearned_all_the_same(
    record: Record, teacher: Teacher
) -> None:
    here = decider(record, teacher=teacher)
    here.confirm(FIRST)
    Decider(record.sessions.get("01A"), None).undo()
    assert signs(record) == []


def test_live_only_teaches_nothing(record: Record, teacher: Teacher) -> None:
    here = decider(record, mode=Mode.LIVE_ONLY, teacher=teacher)
    here.confirm(FIRST)
    assert signs(record) == []
    bring_up_to_date(record, teacher)
    assert signs(record) == []


def test_what_goes_off_the_record_is_unlearned(
    record: Record, teacher: Teacher
) -> None:
    decider(record, teacher=teacher).confirm(FIRST)
    store = record.sessions.get("01A")
    store.erase(store.hide(span(11, 12), OffRecordCause.ASKED), END)
    bring_up_to_date(record, teacher)
    assert signs(record) == []
    again = Decider(store, teacher)
    assert again.story.decided.made == ()
    again.confirm(HOLLOW)
    assert signs(record) == [("direction", True)]


def test_the_phrasebook_gathers_what_was_said_and_written(
    record: Record, teacher: Teacher
) -> None:
    for number, name in enumerate(("01A", "01B", "01C")):
        here = decider(record, name, teacher=teacher)
        if number == 0:
            here.confirm(FIRST)
    decider(record, "01D", mode=Mode.LIVE_ONLY)
    add_phrase(record, teacher, "support", "how shall I listen")
    add_phrase(record, teacher, "on_track", "are we where you want to be")
    first, second = gather(record, teacher)
    assert (first.kind, first.own, first.uses, first.sure) == ("support", 1, 3, 1)
    assert first.sessions == 3
    assert (second.kind, second.uses, second.newest) == ("on_track", 0, None)
    lessons: tuple[Lesson, ...] = record.lessons.lessons(MODEL)
    assert [one.kind for one in lessons] == ["support", "support", "on_track"]
