"""With one microphone: what the words alone do not decide marks, and resets nothing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from tests.fakes.talk import Talk
from tests.fakes.told_model import SURELY, ToldModel

from sidelight.domain.events import MomentNoticed, StoredEvent, UtteranceHeard
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.detector import LearnedDetector, Room
from sidelight.partnering.learned.lessons import Lessons
from sidelight.partnering.listener import Listener

if TYPE_CHECKING:
    from sidelight.domain.transcript import Utterance

LIKELY = 0.3
"""Log-odds: 0.57. Counts for the coach, and not where nobody knows who speaks."""


def listener() -> Listener:
    """Hears "wherever" as likely, and "where" as surely handing over."""
    model = ToldModel(("wherever", "direction", LIKELY), ("where", "direction", SURELY))
    return Listener(LearnedDetector(KINDS, model, Room(0.6), Lessons()))


def told(*utterances: Utterance) -> Story:
    """The session that these utterances make."""
    ears, number, events = listener(), count(1), []
    for utterance in utterances:
        at = Millis(utterance.span.end + 400)
        heard = [UtteranceHeard(at, utterance), *ears.hear(utterance, at)]
        events += [StoredEvent(next(number), at, 0, event) for event in heard]
    return tell(events)


def test_no_hollow_mark_resets_a_clock() -> None:
    talk = Talk()
    story = told(talk.room("It is all the same ."), talk.room("Start wherever"))
    (mark,) = story.hollow
    assert mark.hollow
    assert mark.episode is None
    assert mark.utterance_ids == (story.utterances[-1].id,)
    assert not story.moments
    assert story.clocks.since(story.position, mark.kind) is None


def test_on_a_call_the_same_words_of_the_coach_count() -> None:
    talk = Talk()
    story = told(talk.client("It is all the same ."), talk.coach("Start wherever"))
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
    first = talk.room("Start wherever you like to")
    assert told(first).hollow
    second = talk.room("Where would you like to start?", after_ms=100)
    story = told(first, second)
    ears = listener()
    events = [e for u in (first, second) for e in ears.hear(u, u.span.end)]
    noticed = [e.moment.hollow for e in events if isinstance(e, MomentNoticed)]
    assert noticed == [True, False]
    assert story.clocks.moments
