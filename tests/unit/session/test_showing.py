"""What a session shows: observations with a question, and each has its evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.bench.drafted_commitments import sessions
from tests.fakes.story import StoryBuilder

from sidelight.domain.moments import DIRECTION, Form
from sidelight.domain.story import Story, tell
from sidelight.domain.transcript import Layout, Speaker
from sidelight.partnering import kinds
from sidelight.partnering.listening import newest_listening
from sidelight.session.looking_back import look_back
from sidelight.session.showing.whole import what_it_shows
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from sidelight.domain.statements import Shown, Statement

_VERDICTS = re.compile(
    r"\b(missed|score|should have|failed|good|bad|better|well done|poor|too much"
    r"|too many|too little|per cent|level is)\b|%",
    re.IGNORECASE,
)


def statements(shown: Shown) -> list[Statement]:
    topics = [one for topic in shown.topics for one in topic.statements]
    looks = [look for lens in shown.lenses for look in lens.looks]
    return [*topics, *looks, *([shown.longest] if shown.longest else [])]


def specimen() -> Story:
    return look_back(tell(specimen_events()))


def test_every_statement_rests_on_a_place_that_is_there() -> None:
    story = specimen()
    shown = what_it_shows(story)
    said = {u.id for u in story.utterances}
    assert len(statements(shown)) > 15
    for statement in statements(shown):
        assert statement.evidence, statement.text
        for place in statement.evidence:
            assert place.utterance_ids, statement.text
            assert said.issuperset(place.utterance_ids)
            assert 0 <= place.span.start <= place.span.end <= story.position
    for _, place in shown.three:
        assert place.utterance_ids


def test_nothing_is_a_verdict() -> None:
    quiet = re.compile(r"“[^”]*”")  # whose words those are, decides about them
    for _, turns in list(sessions())[:6]:
        builder = StoryBuilder()
        for speaker, text in turns:
            builder.say(speaker, text)
        for one in statements(what_it_shows(look_back(builder.story()))):
            words = quiet.sub("", f"{one.text} {one.question}")
            assert not _VERDICTS.search(words), words
    for level in newest_listening():
        assert not any(_VERDICTS.search(str(look.text)) for look in level.looks)


def test_a_fork_says_who_chose_and_asks() -> None:
    builder = StoryBuilder("Ana")
    asked = builder.coach("Which of the two shall we take?")
    builder.moment(asked, DIRECTION, Form.OPEN, 1)
    builder.client("The garden. I have thought about it all winter.")
    forks = [
        one
        for topic in what_it_shows(builder.story()).topics
        if str(topic.title) == "Who chose at each fork"
        for one in topic.statements
    ]
    assert [str(one.text) for one in forks] == [
        "you handed the choice over, and the client answered"
    ]
    assert str(forks[0].question).endswith("?")
    assert forks[0].evidence[0].utterance_ids[0] == asked.id


def test_a_word_that_the_coach_took_up_shows_where() -> None:
    builder = StoryBuilder("Ana")
    for _ in range(3):
        builder.client("It is the lantern again.")
    taken = builder.coach("Tell me about the lantern.")
    (words,) = what_it_shows(builder.story()).topics[-1:]
    told = str(words.statements[0].text)
    assert told == "Ana came back to “lantern”, and you took it up."
    assert words.statements[0].evidence[-1].utterance_ids == (taken.id,)


def test_in_a_room_nothing_is_said_of_who_spoke() -> None:
    builder = StoryBuilder(layout=Layout.MONO)
    for _ in range(4):
        builder.say(Speaker.UNKNOWN, "It is the lantern again.", pause=9_000)
    assert what_it_shows(builder.story()).topics == ()


def test_without_a_word_there_is_nothing_to_show() -> None:
    shown = what_it_shows(Story())
    assert (shown.three, shown.longest, shown.topics) == ((), None, ())
    assert all(lens.looks == () for lens in shown.lenses)


def test_the_lens_names_what_is_known_and_leaves_out_what_is_not_there() -> None:
    known = {kind.id for kind in kinds.KINDS}
    measures = {"open_questions", "client_chose", "own_words"}
    for level in newest_listening():
        for look in level.looks:
            assert known.issuperset(look.kinds)
            assert bool(look.kinds) != bool(look.measure)
            assert not look.measure or look.measure in measures
    builder = StoryBuilder()
    builder.moment(builder.coach("Which way?"), DIRECTION, Form.NARROW, 1)
    shown = what_it_shows(builder.story())
    assert [lens.level for lens in shown.lenses] == ["ACC", "PCC", "MCC"]
    assert shown.lenses[1].looks == (), "a narrow choice does not leave the way open"
