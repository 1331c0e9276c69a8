"""Talk time, pauses, replies, overlaps and interruptions, a table each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fakes.scene import Scene
from tests.fakes.story import span

from sidelight.domain.dialogue import Dialogue, Overlap, Pause, Reply, TalkTime
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Layout, Speaker
from sidelight.partnering.dialogue.measuring import measure

if TYPE_CHECKING:
    from sidelight.domain.story import Story

COACH, CLIENT = Speaker.COACH, Speaker.CLIENT
LONG = "and then I went up to him and said that I would not do it"


def measured(story: Story) -> Dialogue:
    dialogue = measure(story)
    assert dialogue is not None
    return dialogue


def talk(coach: int, client: int, both: int, silence: int) -> TalkTime:
    return TalkTime(Millis(coach), Millis(client), Millis(both), Millis(silence))


def test_one_microphone_is_not_measured() -> None:
    scene = Scene(Layout.MONO)
    scene.coach(0, 1000, "How are you?")
    assert measure(scene.story()) is None


def test_talk_time_has_four_parts() -> None:
    scene = Scene()
    scene.coach(1000, 3000, "What would you like to have at the end?")
    scene.client(2500, 6000, "I would like to have a plan for the garden.")
    time = measured(scene.story(10_000)).talk
    assert time == talk(1500, 3000, 500, 5000)
    assert time.listened == 10_000


def test_talk_time_counts_only_what_was_heard() -> None:
    scene = Scene()
    scene.coach(1000, 3000, "What would you like to have at the end?")
    scene.gap(4000, 5000)
    scene.pause(4500, 7000)
    scene.off_record(8000, 8500)
    assert measured(scene.story(10_000)).talk == talk(2000, 0, 0, 4500)


def test_pauses_within_a_turn_and_between_turns() -> None:
    scene = Scene()
    scene.client(0, 2000, "It began in the spring.")
    scene.client(3000, 4000, "Nobody called me.")
    scene.coach(4600, 6000, "And what did you do?")
    scene.client(6400, 7000, "Nothing.")
    assert measured(scene.story()).pauses == (
        Pause(span(2000, 3000), CLIENT, CLIENT),
        Pause(span(4000, 4600), CLIENT, COACH),
    )


def test_no_pause_is_measured_across_a_gap_a_pause_or_what_is_off_the_record() -> None:
    for broken in (Scene.gap, Scene.pause, Scene.off_record):
        scene = Scene()
        scene.client(0, 2000, "It began in the spring.")
        broken(scene, 2500, 2600)
        scene.coach(4000, 6000, "And what did you do?")
        dialogue = measured(scene.story())
        assert dialogue.pauses == ()
        assert dialogue.replies == ()


def test_replies_tell_how_soon() -> None:
    scene = Scene()
    scene.coach(0, 2000, "What would you like?")
    scene.client(3500, 6000, "I would like to have a plan.")
    scene.coach(5800, 7000, "Tell me about the plan.")
    scene.client(7900, 9000, "It is for the garden.")
    dialogue = measured(scene.story())
    assert dialogue.replies == (
        Reply(CLIENT, Millis(3500), 1500),
        Reply(COACH, Millis(5800), -200),
        Reply(CLIENT, Millis(7900), 900),
    )
    assert dialogue.latency(CLIENT) == 900
    assert dialogue.latency(COACH) == -200


def test_who_never_replied_has_no_latency() -> None:
    scene = Scene()
    scene.coach(0, 2000, "What would you like?")
    assert measured(scene.story()).latency(CLIENT) is None


def test_overlaps_name_who_came_in() -> None:
    scene = Scene()
    scene.client(0, 5000, LONG)
    scene.coach(2000, 2400, "Mm.")
    scene.coach(4800, 6000, "And what did he say?")
    assert measured(scene.story()).overlaps == (
        Overlap(span(2000, 2400), COACH),
        Overlap(span(4800, 5000), COACH),
    )


@pytest.mark.parametrize(
    ("case", "start", "end", "text", "counts"),
    [
        ("cuts in", 3800, 6000, "So it is about control.", True),
        ("half a second before the end", 4500, 6000, "So what did he say?", True),
        ("good timing", 4501, 6000, "So what did he say?", False),
        ("a sound of listening", 3000, 3400, "Mm.", False),
        ("two of them", 3000, 3600, "Right, yes.", False),
        ("brief, and the client talks past", 2000, 2900, "Control, then.", False),
        ("not brief, and the client talks past", 2000, 3000, "Control, then.", True),
        ("both begin together", 999, 6000, "So what did he say to you?", False),
        ("a second after", 1000, 6000, "So what did he say to you?", True),
        ("the client had finished", 5000, 6000, "So what did he say?", False),
    ],
)
def test_what_counts_as_an_interruption(
    case: str, start: int, end: int, text: str, *, counts: bool
) -> None:
    del case
    scene = Scene()
    cut = scene.client(0, 5000, LONG)
    came = scene.coach(start, end, text)
    found = measured(scene.story()).interruptions
    assert bool(found) is counts
    for one in found:
        assert one.speaker is COACH
        assert one.span == came.span
        assert one.overlap == 5000 - start
        assert one.went_on is (end < 5000)
        assert one.utterance_ids == (cut.id, came.id)


def test_the_client_interrupts_as_well() -> None:
    scene = Scene()
    scene.coach(0, 5000, LONG)
    scene.client(3000, 6000, "No, that is not what I want.")
    dialogue = measured(scene.story())
    assert [one.speaker for one in dialogue.interruptions] == [CLIENT]
    assert dialogue.interrupted_by(COACH) == ()


def test_who_was_cut_in_on_and_goes_on_interrupts_nobody() -> None:
    scene = Scene()
    scene.coach(0, 2000, "What I would like to ask you now is")
    scene.client(1500, 5000, LONG)
    scene.coach(2900, 4000, "what you would like to have.")
    assert measured(scene.story()).interruptions == (
        *measured(scene.story()).interrupted_by(CLIENT),
    )


def test_after_a_gap_nobody_knows_who_went_on() -> None:
    scene = Scene()
    scene.client(0, 5000, LONG)
    scene.coach(3000, 6000, "So it is about control, is it?")
    assert len(measured(scene.story()).interruptions) == 1
    scene.gap(2500, 2600)
    assert measured(scene.story()).interruptions == ()


@pytest.mark.parametrize("doubt", [Doubt.UNSURE, Doubt.STOCK_PHRASE, Doubt.ECHO])
def test_nothing_rests_on_doubtful_words(doubt: Doubt) -> None:
    scene = Scene()
    scene.client(0, 5000, LONG)
    scene.says(COACH, 3000, 6000, "So it is about control.", doubt)
    assert measured(scene.story()).interruptions == ()


def test_without_words_the_times_still_tell() -> None:
    scene = Scene()
    scene.client(0, 5000, LONG)
    scene.coach(3800, 6000, "So it is about control.")
    found = measured(scene.wordless()).interruptions
    assert [(one.overlap, one.quote) for one in found] == [(1200, "")]
