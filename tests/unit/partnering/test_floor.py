"""Who speaks when: stretches, turns, sounds of listening, and breaks."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.scene import Scene
from tests.fakes.story import span

from sidelight.domain.directives import TranscribeLater
from sidelight.domain.story import Story
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Layout, Speaker
from sidelight.partnering.dialogue.floor import Floor


def floor(story: Story) -> Floor:
    found = Floor.of(story)
    assert found is not None
    return found


def stretches(story: Story) -> list[tuple[str, Span]]:
    return [(one.speaker.value, one.span) for one in floor(story).stretches]


def turns(story: Story) -> list[tuple[str, Span]]:
    return [(one.speaker.value, one.span) for one in floor(story).turns]


def test_half_a_second_parts_two_stretches_and_less_does_not() -> None:
    scene = Scene()
    scene.client(0, 1000, "It began in")
    scene.client(1499, 2000, "the spring.")
    scene.client(2500, 3000, "Nobody called.")
    both = [("client", span(0, 2000)), ("client", span(2500, 3000))]
    assert stretches(scene.story()) == both
    assert turns(scene.story()) == [("client", span(0, 3000))]


def test_a_sound_of_listening_ends_no_turn() -> None:
    scene = Scene()
    scene.client(0, 2000, "It began in the spring.")
    scene.coach(2600, 2900, "Right.")
    scene.client(3500, 5000, "And nobody called.")
    assert turns(scene.story()) == [("client", span(0, 5000))]
    assert len(stretches(scene.story())) == 3


def test_yes_to_a_question_is_an_answer() -> None:
    scene = Scene()
    scene.coach(0, 2000, "Is it still about your brother?")
    scene.client(3000, 3300, "Yes.")
    scene.coach(4000, 5000, "And what does he say?")
    assert [who for who, _ in turns(scene.story())] == ["coach", "client", "coach"]


def test_yes_during_a_question_is_no_answer() -> None:
    scene = Scene()
    scene.coach(0, 2000, "Is it still about your brother?")
    scene.client(1000, 1300, "Yes.")
    assert [who for who, _ in turns(scene.story())] == ["coach"]


def test_without_words_what_is_brief_only_listens() -> None:
    scene = Scene()
    scene.client(0, 4000, "It began in the spring.")
    scene.coach(4600, 5500, "Was it about trust?")
    scene.client(6000, 8000, "And nobody called.")
    assert turns(scene.wordless()) == [("client", span(0, 8000))]


def test_an_echo_is_nobodys_talk() -> None:
    scene = Scene()
    scene.client(0, 2000, "It began in the spring.")
    scene.says(Speaker.COACH, 100, 2000, "began in the spring", Doubt.ECHO)
    assert stretches(scene.story()) == [("client", span(0, 2000))]


def test_one_microphone_has_no_floor() -> None:
    scene = Scene(Layout.MONO)
    scene.coach(0, 2000, "An estimate of who spoke is not enough.")
    assert Floor.of(scene.story()) is None
    assert Floor.of(Story()) is None


def test_a_gap_ends_the_turn_and_the_stretch() -> None:
    scene = Scene()
    scene.client(0, 2000, "It began in the")
    scene.gap(2000, 2100)
    scene.client(2100, 3000, "spring.")
    apart = [("client", span(0, 2000)), ("client", span(2100, 3000))]
    assert stretches(scene.story()) == apart
    assert turns(scene.story()) == apart


def test_a_word_across_a_gap_sounds_on_both_sides_only() -> None:
    scene = Scene()
    scene.client(0, 3000, "Well")
    scene.gap(1000, 2000)
    apart = [("client", span(0, 1000)), ("client", span(2000, 3000))]
    assert stretches(scene.story()) == apart


def test_breaks_are_told_once() -> None:
    scene = Scene()
    scene.gap(1000, 3000)
    scene.pause(2000, 4000)
    scene.off_record(4000, 5000)
    scene.gap(8000, 9000)
    assert floor(scene.story(20_000)).breaks == (span(1000, 5000), span(8000, 9000))


def test_a_pause_that_never_ended_breaks_to_the_end() -> None:
    scene = Scene()
    scene.client(0, 1000, "That is all.")
    scene.pause_to_the_end(2000)
    assert floor(scene.story(9000)).breaks == (span(2000, 9000),)


def test_what_was_not_recognised_yet_is_no_silence() -> None:
    scene = Scene()
    scene.client(0, 1000, "That is all.")
    later = TranscribeLater(Millis(2000))
    story = replace(scene.story(9000), directives=(later,))
    assert floor(story).breaks == (span(2000, 9000),)
    scene.client(5000, 6000, "Recognised afterwards.")
    story = replace(scene.story(9000), directives=(later,))
    assert floor(story).breaks == ()


def test_a_floor_knows_what_it_heard() -> None:
    scene = Scene()
    scene.gap(1000, 2000)
    known = floor(scene.story(5000)).knows
    assert known(span(0, 999))
    assert not known(span(0, 1000)), "what ends at a gap may have gone on in it"
    assert not known(span(1400, 1500))
    assert not known(span(2000, 3000))
    assert known(span(2001, 3000))
