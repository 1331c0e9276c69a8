"""With one microphone: what the words alone do not decide marks, and resets nothing."""

from itertools import count
from typing import Any

import pytest
from tests.fakes.talk import Talk
from tests.unit.partnering.test_sentences import DEVELOPMENT, PARAPHRASES, judge

from sidelight.domain.events import MomentNoticed, StoredEvent, UtteranceHeard
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker, Utterance
from sidelight.partnering.detector import default_detector
from sidelight.partnering.listener import Listener

EVERY = DEVELOPMENT + PARAPHRASES
HOLLOW = [row for row in EVERY if judge(row, room=True).hollow]


def told(*utterances: Utterance) -> Story:
    """The session that these utterances make."""
    listener, number, events = Listener(default_detector()), count(1), []
    for utterance in utterances:
        at = Millis(utterance.span.end + 400)
        heard = [UtteranceHeard(at, utterance), *listener.hear(utterance, at)]
        events += [StoredEvent(next(number), at, 0, event) for event in heard]
    return tell(events)


def in_a_room(row: dict[str, Any]) -> Story:
    talk = Talk()
    before = [talk.room(text) for _, text in row.get("before", ())]
    return told(*before, talk.room(row["text"]))


def test_hollow_marks_are_seldom_wrong() -> None:
    true = [row for row in HOLLOW if set(row["labels"]) & set(PROCESS_KINDS)]
    assert len(HOLLOW) >= 20
    assert len(true) >= 0.9 * len(HOLLOW)


@pytest.mark.parametrize("row", HOLLOW, ids=lambda row: row["id"])
def test_no_hollow_mark_resets_a_clock(row: dict[str, Any]) -> None:
    story = in_a_room(row)
    assert story.hollow
    here = story.utterances[-1].id
    assert all(here in mark.utterance_ids for mark in story.hollow[-1:])
    for mark in story.hollow:
        assert mark.hollow
        assert mark not in story.moments
        assert mark not in story.clocks.moments
        assert mark.episode is None
    counting = {moment.kind for moment in story.clocks.moments}
    assert story.hollow[-1].kind not in counting
    assert story.clocks.since(story.position, story.hollow[-1].kind) is None


@pytest.mark.parametrize("row", HOLLOW[:4], ids=lambda row: row["id"])
def test_on_a_call_the_same_words_of_the_coach_count(row: dict[str, Any]) -> None:
    talk = Talk()
    before = [talk.says(Speaker(who), text) for who, text in row.get("before", ())]
    story = told(*before, talk.coach(row["text"]))
    assert not story.hollow
    assert story.clocks.moments


def test_with_every_speaker_unknown_clear_words_reset() -> None:
    talk = Talk()
    story = told(
        talk.room("It's my boss, and it's the money, and I'm tired of both."),
        talk.room("Where would you like to start?"),
    )
    (moment,) = story.clocks.moments
    assert moment.kind == "direction"
    assert not moment.hollow


def test_what_the_turn_makes_certain_is_no_longer_hollow() -> None:
    talk = Talk()
    first = talk.room("Start wherever you like.")
    assert told(first).hollow
    second = talk.room("Where would you like to start?", after_ms=100)
    story = told(first, second)
    listener = Listener(default_detector())
    events = [e for u in (first, second) for e in listener.hear(u, u.span.end)]
    noticed = [e.moment.hollow for e in events if isinstance(e, MomentNoticed)]
    assert noticed == [True, False]
    assert story.clocks.moments
