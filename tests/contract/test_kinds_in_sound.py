"""The kinds that only the sound shows: their examples, spoken with their pauses."""

import pytest
from tests.fakes.talk import Talk

from sidelight.domain.transcript import Speaker, Utterance
from sidelight.partnering.dialogue.floor import Floor
from sidelight.partnering.dialogue.moments import SOUND_KINDS, moments_from_sound
from sidelight.partnering.kinds import KINDS, Example, Kind

in_sound = pytest.mark.parametrize(
    "each", [each for each in KINDS if each.needs_sound], ids=lambda each: each.id
)
either = pytest.mark.parametrize("which", [0, 1])


def found(example: Example) -> dict[str, str]:
    """Kinds that are found when this is said, each with its reason."""
    talk, said = Talk(), list[Utterance]()
    for speaker, text in example.before:
        said.append(talk.says(speaker, text))
    assert example.after_ms is not None, "the sound decides, so it needs times"
    # The last word of ``Talk`` ends 20 ms before the next could begin.
    said.append(talk.coach(example.text, after_ms=example.after_ms - 20))
    if example.then_ms is not None:
        said.append(talk.client("It was mine all along.", after_ms=example.then_ms))
    end = max(utterance.span.end for utterance in said)
    return {one.kind: one.reason for one in moments_from_sound(Floor.heard(said, end))}


def test_these_are_the_kinds_that_are_looked_for() -> None:
    assert {each.id for each in KINDS if each.needs_sound} == set(SOUND_KINDS)


@in_sound
@either
def test_its_examples_are_found(each: Kind, which: int) -> None:
    assert each.id in found(each.examples[which])


@in_sound
@either
def test_its_near_misses_are_not(each: Kind, which: int) -> None:
    assert each.id not in found(each.near_misses[which])


def test_what_words_show_needs_no_times() -> None:
    for other in KINDS:
        if not other.needs_sound:
            timed = [*other.examples, *other.near_misses]
            assert all(one.after_ms is one.then_ms is None for one in timed)


def test_only_the_coach_is_found() -> None:
    talk = Talk()
    said = [
        talk.coach("And then I would like you to look at the whole of this"),
        talk.says(Speaker.CLIENT, "No, I really do not want that", after_ms=-1500),
    ]
    floor = Floor.heard(said, said[-1].span.end)
    assert moments_from_sound(floor) == ()
