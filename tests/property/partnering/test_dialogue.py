"""Laws of the dialogue's measures, for any two people at any times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.scene import Scene

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.partnering.dialogue.floor import Floor
from sidelight.partnering.dialogue.measuring import measure
from sidelight.partnering.dialogue.moments import moments_from_sound

if TYPE_CHECKING:
    from sidelight.domain.story import Story

TEXTS = (
    "Mm.",
    "Yes.",
    "What would you like to have at the end?",
    "I would like to tell him that",
    "There is the garden, and there is my mother, and I don't know.",
    "Let's look at the garden.",
)

lines = st.tuples(
    st.sampled_from([Speaker.COACH, Speaker.CLIENT]),
    st.integers(0, 120_000),
    st.integers(0, 20_000),
    st.sampled_from(TEXTS),
)
breaks = st.tuples(
    st.sampled_from([Scene.gap, Scene.pause, Scene.off_record]),
    st.integers(0, 130_000),
    st.integers(1, 10_000),
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Utterances of one channel lie apart, as recognition leaves them."""
    scene = Scene()
    ends = {Speaker.COACH: 0, Speaker.CLIENT: 0}
    for speaker, start, length, text in sorted(
        draw(st.lists(lines, max_size=30)), key=lambda line: line[1]
    ):
        begin = max(start, ends[speaker])
        ends[speaker] = begin + length
        scene.says(speaker, begin, begin + length, text)
    for kind, start, length in draw(st.lists(breaks, max_size=4)):
        kind(scene, start, start + length)
    if draw(st.booleans()):
        return scene.wordless()
    return scene.story(max(*ends.values(), draw(st.integers(0, 150_000))))


def spans(story: Story) -> list[list[Span]]:
    """Everything that is measured or claimed of times, a list for each sort."""
    dialogue, floor = measure(story), Floor.of(story)
    assert dialogue is not None
    assert floor is not None
    return [
        [one.span for one in dialogue.pauses],
        [one.span for one in dialogue.overlaps],
        [one.span for one in dialogue.interruptions],
        [Span(one.at, one.at) for one in dialogue.replies],
        [one.span for one in moments_from_sound(floor)],
    ]


@given(stories())
def test_the_parts_of_talk_time_add_up_to_what_was_heard(story: Story) -> None:
    dialogue, floor = measure(story), Floor.of(story)
    assert dialogue is not None
    assert floor is not None
    talk = dialogue.talk
    assert min(talk.coach, talk.client, talk.both, talk.silence) >= 0
    session = Span(Millis(0), story.position)
    missing = sum(gone.overlap(session) for gone in floor.breaks)
    assert talk.listened == story.position - missing


@given(stories())
def test_spans_are_in_order_and_inside_the_session(story: Story) -> None:
    for sort in spans(story):
        assert [one.start for one in sort] == sorted(one.start for one in sort)
        assert all(0 <= one.start <= one.end <= story.position for one in sort)


@given(stories())
def test_nothing_is_said_across_a_break(story: Story) -> None:
    floor = Floor.of(story)
    assert floor is not None
    for stretch in floor.stretches:
        assert not any(gone.overlaps(stretch.span) for gone in floor.breaks)
    # A broken silence's span runs on to the coach's last word; its silence is known.
    for sort in spans(story)[:4]:
        for one in sort:
            assert not any(gone.overlaps(one) for gone in floor.breaks)


@given(stories())
def test_moments_have_evidence_and_ids_of_their_own(story: Story) -> None:
    floor = Floor.of(story)
    assert floor is not None
    found = moments_from_sound(floor)
    assert len({one.id for one in found}) == len(found)
    said = {one.id for one in story.utterances}
    for one in found:
        assert one.utterance_ids
        assert set(one.utterance_ids) <= said
        assert one.reason
        assert 0.5 <= one.confidence < 1
