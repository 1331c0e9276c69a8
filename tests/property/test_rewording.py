"""Whatever a coach does to words: nothing is lost, and all of it can be undone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.talk_events import noticed, requested, span, talk

from sidelight.domain.decisions import Decisions, touched
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    AboutWords,
    DecisionRestored,
    DecisionTakenBack,
    Event,
    OffRecord,
    OffRecordCause,
    SessionEnded,
    SessionStarted,
    SpeakerChanged,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
)
from sidelight.domain.moments import REREAD, MomentId
from sidelight.domain.off_record import erased, widened
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId, Word
from sidelight.domain.versions import as_chosen
from sidelight.domain.wire import Wire
from sidelight.session.word_acts import (
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
    WordAct,
)
from sidelight.session.word_decisions import about_words, shown_passages
from sidelight.ui.review.header import to_check

if TYPE_CHECKING:
    from collections.abc import Sequence

WIRE = Wire()
END = Millis(60_000)
WHO = (Speaker.COACH, Speaker.COACH, Speaker.CLIENT, Speaker.COACH, Speaker.CLIENT)


def heard(number: int, by: Speaker, start_s: float, version: int = 1) -> Event:
    """Four words, one a second."""
    at = round(start_s * 1000)
    words = tuple(
        Word(
            f"v{version}u{number}w{n}",
            Span(Millis(at + 1000 * n), Millis(at + 1000 * n + 800)),
            0.9,
        )
        for n in range(4)
    )
    when = Span(words[0].span.start, words[-1].span.end)
    text = " ".join(word.text for word in words)
    said = Utterance(UtteranceId(version, number), by, when, words, text)
    return UtteranceHeard(Millis(when.end + 700), said)


def session() -> list[Event]:
    """Five utterances, of coach, coach, client, coach and client, with moments."""
    return [
        SessionStarted(Millis(0), talk()),
        *(heard(n, by, 10.0 * n) for n, by in enumerate(WHO, start=1)),
        noticed(1, span(10, 13.8), "v1u1w0 v1u1w1", (1,)),
        noticed(2, span(20, 21.8), "v1u2w0 v1u2w1", (2,), kind="care"),
        noticed(3, span(20, 43.8), "both", (2, 4), kind="reflection"),
        requested(span(30, 33.8), "v1u3w0", (3,)),
        SessionEnded(END),
    ]


def refined() -> list[Event]:
    """The same heard once more, a little later and in other pieces."""
    return [
        *(heard(n, by, 10.0 * n + 0.3, 2) for n, by in enumerate(WHO, start=1)),
        noticed(1, span(10.3, 14.1), "v2u1w0", (1,), version=2),
        TranscriptRefined(END, 2, "large"),
        TranscriptChosen(END, 2),
    ]


def told(events: Sequence[Event]) -> Story:
    every = [StoredEvent(n, END, 0, e) for n, e in enumerate(events, start=1)]
    return tell(as_chosen(every))


def seen(story: Story) -> Story:
    """What is shown of a story: without how it came about."""
    return replace(story, decided=Decisions(), last_seq=0, passages=(), unplaced=())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "merge", "split", "speaker", "undo", "redo"]),
        st.integers(0, 6),
        st.integers(0, 4),
    ),
    max_size=14,
)


class Coach:
    """Decides step by step, as window and desk do; knows what was edited where."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = list(events)
        self.story = told(events)

    def step(self, what: str, number: int, extra: int) -> None:
        decided = self.story.decided
        if what == "undo":
            back = decided.to_undo
            self._happens(back and DecisionTakenBack(END, back.decision))
            return
        if what == "redo":
            again = decided.to_redo
            self._happens(again and DecisionRestored(END, again.decision))
            return
        there = shown_passages(self.story)
        if there:
            act = self._act(what, there[number % len(there)].utterance, extra)
            with suppress(UserError):
                self._happens(self._event(act))

    def undo_everything(self) -> None:
        while self.story.decided.to_undo is not None:
            self.step("undo", 0, 0)

    def _act(self, what: str, said: Utterance, extra: int) -> WordAct:
        match what:
            case "edit":
                mark = f"edit{len(self.story.decided.made) + 1}x"
                texts = ("", mark, f"{said.text} {mark}", f"{mark} {said.text}")
                return EditWords(said.id, texts[extra % 4])
            case "merge":
                return MergePassages(said.id)
            case "split":
                return SplitPassage(said.id, extra)
            case _:
                return ChangeSpeaker(said.id, tuple(Speaker)[extra % 3])

    def _event(self, act: WordAct) -> AboutWords:
        number = len(self.story.decided.made) + 1
        event = about_words(self.story, act, number)
        if isinstance(event, SpeakerChanged) and event.speaker is Speaker.COACH:
            # As if the detector had found something in every word.
            moment = noticed(1, event.place.span, f"found{number}x", ()).moment
            names = (act.passage,)
            moment = replace(
                moment,
                id=MomentId(REREAD, number),
                kind="closing",
                utterance_ids=names,
                transcript=self.story.transcript,
            )
            event = replace(event, found=(moment,))
        return event

    def _happens(self, event: Event | None) -> None:
        if event is not None:
            self.events.append(event)
            stored = StoredEvent(len(self.events), END, 0, event)
            self.story = self.story.after(stored)  # as a window folds it


@settings(deadline=None)
@given(steps=STEPS, in_another_version=st.booleans())
def test_undoing_everything_gives_what_was_heard_and_redoing_what_was_decided(
    *, steps: list[tuple[str, int, int]], in_another_version: bool
) -> None:
    coach = Coach([*session(), *(refined() if in_another_version else ())])
    before = coach.story
    for step in steps:
        coach.step(*step)
    after = coach.story
    assert seen(told(coach.events)) == seen(after), "window and record tell the same"
    assert after.heard == before.heard
    coach.undo_everything()
    assert seen(coach.story) == seen(before)
    for _ in after.decided.standing:
        coach.step("redo", 0, 0)
    assert seen(coach.story) == seen(after)
    assert coach.story.passages == after.passages


@settings(deadline=None)
@given(STEPS)
def test_merging_splitting_and_giving_keep_every_word_in_its_order(
    steps: list[tuple[str, int, int]],
) -> None:
    coach = Coach(session())
    words = spoken(coach.story)
    for what, number, extra in steps:
        coach.step("merge" if what == "edit" else what, number, extra)
        assert spoken(coach.story) == words
        for one in shown_passages(coach.story):
            assert one.as_heard == one.utterance.text
            assert one.utterance.text == " ".join(w.text for w in one.utterance.words)
        ids = [one.id for one in coach.story.utterances]
        assert len(ids) == len(set(ids))


def spoken(story: Story) -> list[Word]:
    words = (word for one in story.utterances for word in one.words)
    return sorted(words, key=lambda word: word.span)


@settings(deadline=None)
@given(STEPS, st.integers(0, 59), st.integers(1, 20))
def test_an_erasure_leaves_nothing_that_was_decided_there(
    steps: list[tuple[str, int, int]], start: int, length: int
) -> None:
    coach = Coach(session())
    for step in steps:
        coach.step(*step)
    utterances = [one.span for one in coach.story.heard]
    what = widened(span(start, start + length), utterances)
    gone = erased(coach.events, what)
    left = [event for at, event in enumerate(coach.events) if at not in gone]
    bytes_left = " ".join(map(WIRE.dump_event, left))
    for one in coach.story.decided.made:
        if touched(one, what) if isinstance(one, AboutWords) else False:
            assert f"edit{one.decision}x" not in bytes_left
            assert f"found{one.decision}x" not in bytes_left
    off = OffRecord(END, what, OffRecordCause.ASKED)
    stored = StoredEvent(len(coach.events) + 1, END, 0, off)
    live, read = coach.story.after(stored), told([*left, off])
    assert seen(live) == seen(read), "whoever looks on sees the same"
    assert live.decided.made == read.decided.made
    # A joined passage may reach across a silence that was taken out.
    words = (word for one in live.utterances for word in one.words)
    assert not [word for word in words if word.span.overlaps(what)]


@settings(deadline=None)
@given(STEPS)
def test_what_was_decided_follows_to_a_version_in_which_it_was_heard_alike(
    steps: list[tuple[str, int, int]],
) -> None:
    coach = Coach(session())
    for step in steps:
        coach.step(*step)
    here, there = coach.story, told([*coach.events, *refined()])
    assert there.unplaced == ()
    assert [one.speaker for one in there.utterances] == [
        one.speaker for one in here.utterances
    ]
    edits = [w for w in " ".join(u.text for u in here.utterances).split() if "x" in w]
    kept = [w for w in " ".join(u.text for u in there.utterances).split() if "x" in w]
    assert kept == edits


def test_what_finds_no_words_in_another_version_is_to_be_checked() -> None:
    coach = Coach(session())
    coach.step("edit", 1, 1)
    other = heard(1, WHO[0], 10.3, 2)
    shown: list[Event] = [
        TranscriptRefined(END, 2, "large"),
        TranscriptChosen(END, 2),
    ]
    there = told([*coach.events, other, *shown])
    assert there.unplaced == coach.story.decided.made
    assert to_check(there) == (
        "Please check 0:20: you decided there, and the transcript is another now."
    )
    assert told([*coach.events, other, *shown, TranscriptChosen(END, 1)]).unplaced == ()
