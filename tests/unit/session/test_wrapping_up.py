"""The wrap-up in a real record: what is stored, what is refused, what is kept of it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.story import StoryBuilder, span

from sidelight.domain.errors import UserError, WireError
from sidelight.domain.events import (
    MomentNoticed,
    NoteWritten,
    OffRecord,
    OffRecordCause,
    SessionStarted,
    StoredEvent,
)
from sidelight.domain.moments import (
    BY_KEY,
    DIRECTION,
    SUPPORT,
    Form,
    Moment,
    MomentId,
    Origin,
)
from sidelight.domain.notes import NotePart, Section
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Speaker, UtteranceId
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.decision_acts import (
    AddMissed,
    ConfirmMoment,
    CorrectMoment,
    RedoDecision,
    RemoveMoment,
    UndoDecision,
)
from sidelight.session.messages import WrapUp, request_from_bytes, request_to_bytes
from sidelight.session.word_acts import (
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
)
from sidelight.session.wrap_acts import (
    LONGEST_NOTE,
    AcceptLine,
    Act,
    FinishWrapUp,
    RewriteLine,
    SettleMoment,
    ShapeNote,
    WithdrawLine,
    WriteLine,
    WriteNote,
    act_from_dict,
    act_to_dict,
)
from sidelight.session.wrapping_up import (
    Missing,
    WrappingUp,
    commitments,
    drafted_commitments,
    missing,
    numbered_drafts,
    unsettled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.record.events import SessionStore

PROMISE = "I'll write to Tom tonight."
SECOND = "I'm going to read it on Thursday."
UNSURE = "I'm going to phone the hall on Monday."
KEY = MomentId(BY_KEY, 1)


def session(mode: Mode = Mode.KEEP) -> list[StoredEvent]:
    """Two promises and a doubtful one, and a key that nobody heard words for."""
    told = StoryBuilder("Ana")
    started = told.events[0]
    assert isinstance(started, SessionStarted)
    told.events[0] = replace(started, session=replace(started.session, mode=mode))
    if mode is not Mode.NO_LISTENING:
        told.coach("What would you like to leave with today, and how?")
        told.client("Something that I can hold on to.")
        told.now = Millis(120_000)
        told.client(f"{PROMISE} {SECOND}")
        told.say(Speaker.CLIENT, UNSURE, doubt=Doubt.UNSURE)
    pressed = Moment(
        *(KEY, SUPPORT, None, None, span(60_000, 61_000), 1, (), "", 1.0),
        *("you said so", "", Origin.COACH),
    )
    told.events.append(MomentNoticed(Millis(61_000), pressed))
    return told.stored()


@contextmanager
def stored(folder: Path, mode: Mode = Mode.KEEP) -> Iterator[SessionStore]:
    """The session in a record, at its end: what must be gone is gone."""
    with Record.open(folder, Vault(bytes(range(32)))) as record:
        events = session(mode)
        first = events[0].event
        assert isinstance(first, SessionStarted)
        store = record.sessions.create(first.session)
        for one in events:
            store.append(one.event, one.committed_at, 0)
        store.finish()
        yield store


def story(store: SessionStore) -> Story:
    return tell(store.events())


def spans(store: SessionStore) -> list[AcceptLine]:
    return [AcceptLine(line.span) for line in drafted_commitments(story(store))]


def test_nothing_is_accepted_but_line_by_line_and_the_quote_is_the_records(
    tmp_path: Path,
) -> None:
    with stored(tmp_path) as store:
        first, second, doubtful = spans(store)
        wrap_up = WrappingUp(store)
        assert commitments(story(store)) == ()
        wrap_up.do(second)
        assert commitments(story(store)) == (SECOND,)
        assert spans(store) == [first, doubtful]
        assert list(numbered_drafts(story(store))) == [1, 3], "numbers stay"
        with pytest.raises(UserError, match="settled already"):
            wrap_up.do(second)
        with pytest.raises(UserError, match="doubtful"):
            wrap_up.do(doubtful)
        wrap_up.do(WriteLine("  Phone   the hall \n"))
        assert commitments(story(store)) == (SECOND, "Phone the hall")
        wrap_up.do(WithdrawLine(1))
        wrap_up.do(WithdrawLine(2))
        assert commitments(story(store)) == ()
        assert len(spans(store)) == 3
        wrap_up.do(first)
        assert [one.line for one in story(store).wrap_up.accepted] == [3]


def test_a_line_in_other_words_is_the_coachs_own_and_goes_where_the_quote_goes(
    tmp_path: Path,
) -> None:
    with stored(tmp_path) as store:
        first, second, doubtful = spans(store)
        wrap_up = WrappingUp(store)
        wrap_up.do(second)
        wrap_up.do(RewriteLine(1, "Read it on Friday"))
        wrap_up.do(WriteLine("Phone the hall", instead=doubtful.span))
        wrap_up.do(RewriteLine(1, "Read it on Sunday"))
        told = story(store).wrap_up
        assert told.accepted == ()
        assert [(one.line, one.text) for one in told.written] == [
            (1, "Read it on Sunday"),
            (2, "Phone the hall"),
        ]
        assert spans(store) == [first], "what was rewritten is not drafted again"
        kept = repr([e.event for e in store.every_version()])
        assert "Friday" not in kept, "no older words of it are kept"
        off = store.erase(store.hide(second.span, OffRecordCause.WITHDRAWN), Millis(0))
        assert off is not None
        assert "Sunday" not in repr(store.every_version())
        wrap_up.do(WithdrawLine(2))
        assert doubtful in spans(store), "taken back, the quotation is offered again"


def test_what_is_missing_is_told_until_the_coach_is_done(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        wrap_up = WrappingUp(store)
        assert missing(story(store)) == Missing(lines=3, note=True)
        wrap_up.do(spans(store)[0])
        wrap_up.do(WriteNote("Slower."))
        assert missing(story(store)) == Missing(lines=2, note=False)
        wrap_up.do(FinishWrapUp())
        assert missing(story(store)) is None
        assert tell(session()[:-1]).ended is False
        assert missing(tell(session()[:-1])) is None, "it goes on"


def test_the_record_keeps_only_the_newest_note_and_nothing_that_was_withdrawn(
    tmp_path: Path,
) -> None:
    with stored(tmp_path) as store:
        wrap_up = WrappingUp(store)
        before = len(store.every_version())
        for text in ("xylograph", "xylograph, or what", "Slower."):
            wrap_up.do(WriteNote(text))
        wrap_up.do(WriteLine("quixotic"))
        wrap_up.do(WithdrawLine(1))
        everything = store.every_version()
        assert len(everything) == before + 2
        assert "xylograph" not in repr(everything)
        assert "quixotic" not in repr(everything)
        wrap_up.do(WriteLine("sesquipedal"))
        wrap_up.do(WriteLine("the one after it"))
        wrap_up.do(RewriteLine(2, "shorter"))
        wrap_up.do(ShapeNote((NotePart(Section.OWN, "Mellifluous"),)))
        wrap_up.do(ShapeNote((NotePart(Section.OWN, "Books"),)))
        kept = repr(store.every_version())
        assert "shorter" in kept
        assert "Books" in kept
        assert "sesquipedal" not in kept
        lines = [one.text for one in story(store).wrap_up.written]
        assert lines == ["shorter", "the one after it"], "each stays where it stood"
        assert "Mellifluous" not in kept
        assert [
            one.event.text for one in everything if isinstance(one.event, NoteWritten)
        ] == ["Slower."]
        wrap_up.do(WriteNote(""))
        assert story(store).wrap_up.note == ""
        assert [one.seq for one in store.every_version()] == sorted(
            one.seq for one in store.every_version()
        )


@pytest.mark.parametrize("mode", [Mode.LIVE_ONLY, Mode.NO_LISTENING])
def test_without_kept_words_note_and_own_lines_stay(tmp_path: Path, mode: Mode) -> None:
    with stored(tmp_path, mode) as store:
        assert spans(store) == [], "a draft without words would be a guess"
        wrap_up = WrappingUp(store)
        wrap_up.do(WriteNote("Slower."))
        wrap_up.do(WriteLine("Phone the hall"))
        wrap_up.do(FinishWrapUp())
        name = store.session.id
    with Record.open(tmp_path, Vault(bytes(range(32)))) as record:
        again = story(record.sessions.get(name))
    assert again.wrap_up.note == "Slower."
    assert commitments(again) == ("Phone the hall",)
    assert again.wrap_up.finished
    assert PROMISE not in repr(again)


def test_a_key_without_words_is_asked_about_and_settled(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        wrap_up = WrappingUp(store)
        assert [one.id for one in unsettled(story(store))] == [KEY]
        wrap_up.do(SettleMoment(KEY, DIRECTION))
        settled = story(store)
        assert unsettled(settled) == ()
        assert [m.kind for m in settled.moments if m.id == KEY] == [DIRECTION]
        wrap_up.do(SettleMoment(KEY, None))
        assert all(m.id != KEY for m in story(store).moments)


def test_the_kind_it_counts_as_is_only_confirmed(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        WrappingUp(store).do(SettleMoment(KEY, SUPPORT))
        assert unsettled(story(store)) == ()
        assert story(store).confirmed == {KEY}


def test_what_went_off_the_record_takes_its_accepted_line_along(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        WrappingUp(store).do(spans(store)[0])
        WrappingUp(store).do(WriteNote("Slower."))
        before = story(store)
        asked = store.hide(before.wrap_up.accepted[0].span, OffRecordCause.WITHDRAWN)
        off = store.erase(asked, Millis(0))
        assert isinstance(off.event, OffRecord)
        assert commitments(story(store)) == ()
        assert commitments(before.after(off)) == (), "a reader that is open, too"
        assert story(store).wrap_up.note == "Slower.", "it is the coach's own"
        assert PROMISE not in repr(store.every_version())


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (WriteNote("x" * (LONGEST_NOTE + 1)), "longer than 10000"),
        (WriteLine(" \n "), "empty"),
        (WriteLine("x" * 501), "longer than 500"),
        (WithdrawLine(7), "no line 7"),
        (AcceptLine(span(1, 2)), "no such drafted line"),
        (SettleMoment(MomentId(1, 9), SUPPORT), "no moment m1:9"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(
    tmp_path: Path, act: Act, sentence: str
) -> None:
    with stored(tmp_path) as store:
        before = store.every_version()
        with pytest.raises(UserError, match=sentence):
            WrappingUp(store).do(act)
        assert store.every_version() == before


def test_a_session_that_goes_on_is_not_wrapped_up(tmp_path: Path) -> None:
    with Record.open(tmp_path, Vault(bytes(range(32)))) as record:
        events = session()
        first = events[0].event
        assert isinstance(first, SessionStarted)
        store = record.sessions.create(first.session)
        store.append(first, Millis(0), 0)
        with pytest.raises(UserError, match="not ended"):
            WrappingUp(store).do(WriteNote("early"))


MOMENTS = st.builds(MomentId, st.integers(-2, 9), st.integers(0, 999))
FORMS = st.none() | st.sampled_from(Form)
PASSAGES = st.builds(UtteranceId, st.integers(1, 9), st.integers(-9, 999))
ACTS = st.one_of(
    st.builds(WriteNote, st.text()),
    st.builds(
        lambda start, length: AcceptLine(span(start, start + length)),
        st.integers(0, 10**7),
        st.integers(0, 10**5),
    ),
    st.builds(WriteLine, st.text()),
    st.builds(WithdrawLine, st.integers(1, 99)),
    st.just(FinishWrapUp()),
    st.builds(
        SettleMoment,
        MOMENTS,
        st.none() | st.sampled_from([SUPPORT, DIRECTION]),
    ),
    st.builds(ConfirmMoment, MOMENTS),
    st.builds(CorrectMoment, MOMENTS, st.text(max_size=9), FORMS),
    st.builds(RemoveMoment, MOMENTS),
    st.builds(AddMissed, st.text(max_size=9), st.integers(0, 10**7).map(Millis), FORMS),
    st.sampled_from([UndoDecision(), RedoDecision()]),
    st.builds(EditWords, PASSAGES, st.text()),
    st.builds(MergePassages, PASSAGES),
    st.builds(SplitPassage, PASSAGES, st.integers(-9, 99)),
    st.builds(ChangeSpeaker, PASSAGES, st.sampled_from(Speaker)),
)


@given(ACTS)
def test_an_act_comes_back_as_it_was_and_shows_no_word_of_it(act: Act) -> None:
    assert act_from_dict(json.loads(json.dumps(act_to_dict(act)))) == act
    assert request_from_bytes(request_to_bytes(WrapUp(act))) == WrapUp(act)


def test_acts_keep_what_was_written_out_of_errors() -> None:
    assert "secret" not in repr(
        (
            WriteNote("secret"),
            WriteLine("secret"),
            EditWords(UtteranceId(1, 1), "secret"),
        )
    )
    for data in (
        {"act": "note"},
        {"act": "settle", "moment": "m", "kind": None},
        {"act": "correct", "moment": "m1:1", "kind": SUPPORT, "form": "round"},
        {"act": "add", "kind": SUPPORT, "at": -1, "form": None},
        {"act": "edit", "passage": "secret", "text": "secret"},
        {"act": "speaker", "passage": "1:1", "speaker": "secret"},
        {},
    ):
        with pytest.raises(WireError):
            act_from_dict(data)


def test_the_longest_note_fits_into_a_request() -> None:
    for widest in ("\x01", "\U0001f33b", '"'):
        request = request_to_bytes(WrapUp(WriteNote(widest * LONGEST_NOTE)))
        assert len(request) < 65_536


def test_only_commitments_are_lines_of_the_wrap_up(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        sections = {line.section for line in drafted_commitments(story(store))}
        assert sections == {Section.COMMITMENTS}
