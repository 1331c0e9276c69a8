"""What every kind of ``partnering.kinds`` must have, over all of them."""

from datetime import date

import pytest
from tests.fakes.talk import Talk

from sidelight.domain.moments import PROCESS_KINDS, TOOK_BACK
from sidelight.domain.transcript import Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.detector import default_detector
from sidelight.partnering.judgement import Judgement
from sidelight.partnering.kinds import KINDS, Example, Group, Kind, kind
from sidelight.partnering.markers import newest_markers

WRITTEN = [
    *("support", "direction", "on_track"),
    *("agreement", "observation_invite", "engagement", "closing"),
    *("leading", "unsolicited_advice", "either_or", "stacked", "interprets"),
    *("own_words", "feeling_passed", "took_choice", "took_back"),
    *("interruption", "silence_broken"),
    *("reflection", "observation", "acknowledgement", "past_success", "emotion"),
    *("inquire_first", "silence_honoured", "care"),
]

DETECTOR = default_detector()

every_kind = pytest.mark.parametrize("each", KINDS, ids=lambda each: each.id)
in_words = pytest.mark.parametrize(
    "each", [each for each in KINDS if not each.needs_sound], ids=lambda each: each.id
)


def judge(example: Example) -> Judgement:
    """The shipped detector's judgement of an example in its own context."""
    detector, conversation, talk = DETECTOR, Conversation(), Talk()
    judgement = Judgement()
    for speaker, text in (*example.before, (Speaker.COACH, example.text)):
        turn, context = conversation.hear(talk.says(speaker, text))
        judgement = detector.judge(turn, context)
        conversation.note(turn, frozenset(judgement.labels))
    return judgement


def test_every_id_is_there_once() -> None:
    assert [each.id for each in KINDS] == WRITTEN


def test_a_kind_is_found_by_its_id() -> None:
    assert all(kind(each.id) is each for each in KINDS)
    with pytest.raises(KeyError):
        kind("unheard_of")


@every_kind
def test_a_kind_is_complete(each: Kind) -> None:
    assert 0 < each.threshold < 1
    assert each.title
    assert each.reason
    assert each.definition.endswith(".")
    assert all(example.text for example in (*each.examples, *each.near_misses))
    assert all(miss.why for miss in each.near_misses), "a near miss says why"
    assert each.examples[0] != each.examples[1]


def test_the_clocks_count_the_process_kinds() -> None:
    assert tuple(each.id for each in KINDS if each.clock) == PROCESS_KINDS
    process = [each.id for each in KINDS if each.group is Group.PROCESS]
    assert tuple(process) == PROCESS_KINDS


def test_titles_are_told_apart_and_stay_short() -> None:
    titles = [each.title for each in KINDS]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= 26 for title in titles)


NOT_LEARNED = {
    ("reflection", "example", 1),
}
"""What the shipped model gets wrong of the kinds' own pages; it may become shorter."""


@in_words
@pytest.mark.parametrize("which", [0, 1])
def test_its_examples_are_found(each: Kind, which: int) -> None:
    judgement = judge(each.examples[which])
    missed = (each.id, "example", which) in NOT_LEARNED
    assert (each.id in judgement.labels) is not missed
    if each.id == TOOK_BACK:
        assert not set(judgement.labels) & set(PROCESS_KINDS)


@in_words
@pytest.mark.parametrize("which", [0, 1])
def test_its_near_misses_are_not(each: Kind, which: int) -> None:
    wrong = (each.id, "near miss", which) in NOT_LEARNED
    assert (each.id in judge(each.near_misses[which]).labels) is wrong


def test_what_needs_sound_is_never_found_in_words() -> None:
    for each in KINDS:
        if each.needs_sound:
            for example in each.examples:
                judgement = judge(example)
                assert each.id not in judgement.labels
                assert each.id not in judgement.scores


def test_the_marker_numbers_are_dated_and_name_known_kinds() -> None:
    markers = newest_markers()
    assert markers.as_of >= date(2026, 11, 22)
    assert set(markers.numbers) <= set(WRITTEN)
    assert markers.numbers["support"] == markers.numbers["direction"] == ("5.3",)
    assert markers.numbers["on_track"] == ("8.1",)
