"""Lessons lie where the detector will look, and change what it finds at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from tests.fakes.partnering_model import WordModel
from tests.fakes.talk_events import noticed, said, span, talk

from sidelight.domain.events import (
    DecisionTakenBack,
    Event,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
    SessionEnded,
    SessionStarted,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.moments import ADDED, Form, MomentId
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.detector import LearnedDetector, Room
from sidelight.partnering.learned.lessons import Lessons
from sidelight.partnering.learned.teaching import Point, Teacher, points
from sidelight.partnering.listener import Listener

if TYPE_CHECKING:
    from sidelight.partnering.learned.lessons import Taught
    from sidelight.partnering.learned.model import PartneringModel

END = Millis(90_000)
COACH, CLIENT = Speaker.COACH, Speaker.CLIENT
ASKED = "how shall I listen to you"


def model(**words: tuple[str, float]) -> PartneringModel:
    return cast("PartneringModel", WordModel(words=words))


def session() -> list[Event]:
    return [
        SessionStarted(Millis(0), talk()),
        said(1, span(2, 4), "it was a long week at the harbour", CLIENT),
        said(2, span(10, 12), ASKED, COACH),
        noticed(1, span(10, 12), ASKED, (2,)),
        said(3, span(15, 19), "so many boats and all of them leaking", CLIENT),
        said(4, span(20, 22), "and the boats", COACH),
        said(5, span(23, 25), "what is the dog doing there", COACH),
        noticed(2, span(23, 25), "what is the dog doing there", (5,), "direction"),
        said(6, span(26, 28), "the grey one I mean", COACH),
        said(7, span(30, 34), "that dog belongs to my neighbour", CLIENT),
        SessionEnded(END),
    ]


def story(*more: Event) -> Story:
    events = [*session(), *more]
    return tell(StoredEvent(n, END, 0, e) for n, e in enumerate(events, start=1))


def taught(*more: Event, using: PartneringModel | None = None) -> list[Taught]:
    return Teacher(using or model()).taught(story(*more))


CONFIRM = MomentConfirmed(END, 1, MomentId(1, 1))
REMOVE = MomentRemoved(END, 1, MomentId(1, 2))


def test_what_decisions_teach() -> None:
    correct = MomentCorrected(END, 1, MomentId(1, 1), "direction", Form.OPEN, 1)
    own = replace(noticed(1, span(20, 22), "x", (4,), "care").moment)
    added = MomentAdded(END, 1, replace(own, id=MomentId(ADDED, 1)))
    at = story().utterances[1].id
    assert points(story()) == []
    assert points(story(CONFIRM)) == [Point(at, "support", positive=True)]
    assert points(story(CONFIRM, DecisionTakenBack(END, 1))) == []
    assert points(story(correct)) == [
        Point(at, "direction", positive=True),
        Point(at, "support", positive=False),
    ]
    form_alone = replace(correct, moment_id=MomentId(1, 2), form=Form.NARROW)
    assert [p.positive for p in points(story(form_alone))] == [True]
    assert [(p.kind, p.positive) for p in points(story(REMOVE))] == [
        ("direction", False)
    ]
    assert [(p.kind, p.positive) for p in points(story(added))] == [("care", True)]
    removed = MomentRemoved(END, 2, MomentId(ADDED, 1))
    assert points(story(added, removed)) == [], "it was never there"
    twice = MomentRemoved(END, 2, MomentId(1, 1))
    assert [(p.kind, p.positive) for p in points(story(correct, twice))] == [
        ("support", False)
    ]


def test_what_words_cannot_show_teaches_nothing() -> None:
    moment = noticed(9, span(10, 12), ASKED, (2,), "interruption")
    assert points(story(moment, MomentConfirmed(END, 1, MomentId(1, 9)))) == []


def test_a_lesson_lies_where_the_detector_reads_the_turn() -> None:
    (one,) = taught(CONFIRM)
    assert (one.words, one.model, one.lesson.kind) == (ASKED, "words-1", "support")
    assert one.lesson.positive
    watching = WordModel()
    lessons = Lessons([one.lesson])
    detector = LearnedDetector(
        KINDS, cast("PartneringModel", watching), Room(0.8), lessons
    )
    listener = Listener(detector)
    for event in session():
        if utterance := getattr(event, "utterance", None):
            listener.hear(utterance, END)
    places = [read.place for read in watching.read(list(watching.asked))]
    near = max(float(place @ one.lesson.place) for place in places)
    assert near == pytest.approx(1.0, abs=1e-5)


def test_its_span_holds_the_turns_before_it_that_the_model_reads() -> None:
    (one,) = taught(CONFIRM)
    assert one.span == span(2, 12)


def test_what_is_said_against_a_turn_holds_for_all_of_it_however_it_goes_on() -> None:
    lessons = taught(REMOVE)
    assert not any(one.lesson.positive for one in lessons)
    assert [one.words for one in lessons] == [
        "and the boats what is the dog doing there",
        "and the boats what is the dog doing there",
        "and the boats what is the dog doing there the grey one I mean",
    ]
    whole, newest, _ = (one.lesson.place for one in lessons)
    assert float(whole @ newest) < 0.99, "the turn, and its newest utterance alone"


def found(lessons: list[Taught], using: PartneringModel) -> list[tuple[str, str]]:
    """Kinds and quotes, when the session is heard anew by who was taught this."""
    known = Lessons([one.lesson for one in lessons])
    listener = Listener(LearnedDetector(KINDS, using, Room(0.8), known))
    events = [
        event
        for one in session()
        if (utterance := getattr(one, "utterance", None))
        for event in listener.hear(utterance, END)
    ]
    moments = [e.moment for e in events if hasattr(e, "moment")]
    return [(one.kind, one.quote) for one in moments]


def test_recognition_changes_at_once_and_back() -> None:
    unsure = model(listen=("support", -1.0))
    assert found([], unsure) == []
    assert found(taught(CONFIRM), unsure) == [("support", ASKED)]
    assert found(taught(CONFIRM, DecisionTakenBack(END, 1)), unsure) == []


def test_what_was_removed_is_not_found_again() -> None:
    eager = model(dog=("direction", 1.0), listen=("support", 1.0))
    before = [kind for kind, _ in found([], eager)]
    assert before == ["support", "direction"]
    assert found(taught(REMOVE, using=eager), eager) == [("support", ASKED)]


def changed(**fields: object) -> Story:
    """The confirmed session, its utterances with these fields."""
    events: list[Event] = []
    for event in (*session(), CONFIRM):
        if isinstance(event, UtteranceHeard):
            utterance = replace(event.utterance, **fields)  # type: ignore[arg-type]
            events.append(replace(event, utterance=utterance))
        else:
            events.append(event)
    return tell(StoredEvent(n, END, 0, e) for n, e in enumerate(events, start=1))


def test_echoes_and_words_that_were_not_kept_teach_nothing() -> None:
    assert len(Teacher(model()).taught(changed(doubt=Doubt.UNSURE))) == 1
    assert Teacher(model()).taught(changed(doubt=Doubt.ECHO)) == []
    assert Teacher(model()).taught(changed(words=(), text="")) == []


def test_wordings_are_placed_each_for_itself() -> None:
    teacher = Teacher(model())
    one, other = teacher.places(["where to", "how shall I listen"])
    assert np.allclose(teacher.places(["where to"])[0], one)
    assert float(one @ other) < 0.5
