"""Interruptions and silences as moments: which, with what evidence and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fakes.scene import Scene
from tests.fakes.story import span

from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.dialogue.floor import Floor
from sidelight.partnering.dialogue.moments import moments_from_sound
from sidelight.partnering.dialogue.thinking import leaves_silence, still_thinks

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story

ASKED = "What would you tell him now?"
TOLD = "I would tell him the truth."
UNFINISHED = "I would tell him that"


def found(story: Story) -> tuple[Moment, ...]:
    floor = Floor.of(story)
    assert floor is not None
    return moments_from_sound(floor)


def kinds(story: Story) -> list[str]:
    return [one.kind for one in found(story)]


def between(before: str, millis: int, after: str) -> Story:
    """``before`` and ``after`` are said by who they begin with; silence between."""
    scene = Scene()
    for text, start in ((before, 0), (after, 3000 + millis)):
        speaker, said = text.split(": ")
        scene.says(Speaker(speaker), start, start + 3000, said)
    return scene.story()


@pytest.mark.parametrize(
    ("before", "millis", "after", "kind"),
    [
        # Left alone: five seconds, whoever spoke before, if the client goes on.
        (f"coach: {ASKED}", 5000, f"client: {TOLD}", "silence_honoured"),
        (f"coach: {ASKED}", 4999, f"client: {TOLD}", None),
        (f"client: {TOLD}", 7000, f"client: {TOLD}", "silence_honoured"),
        (f"client: {TOLD}", 7000, f"coach: {ASKED}", None),
        (f"client: {TOLD}", 120_000, f"client: {TOLD}", "silence_honoured"),
        (f"client: {TOLD}", 120_001, f"client: {TOLD}", None),
        # Broken: 1.5 to 3 s, in the middle of a thought or before an answer.
        (f"client: {UNFINISHED}", 1500, f"coach: {ASKED}", "silence_broken"),
        (f"client: {UNFINISHED}", 1499, f"coach: {ASKED}", None),
        (f"client: {UNFINISHED}", 2999, f"coach: {ASKED}", "silence_broken"),
        (f"client: {UNFINISHED}", 3000, f"coach: {ASKED}", None),
        (f"client: {TOLD}", 2000, f"coach: {ASKED}", None),
        (f"coach: {ASKED}", 2000, "coach: Is it about trust?", "silence_broken"),
        (f"coach: {TOLD}", 2000, "coach: Is it about trust?", None),
        (f"coach: {ASKED}", 2000, "coach: Take your time.", None),
        (f"client: {UNFINISHED}", 2000, f"client: {TOLD}", None),
    ],
)
def test_what_a_silence_shows(
    before: str, millis: int, after: str, kind: str | None
) -> None:
    assert kinds(between(before, millis, after)) == ([kind] if kind else [])


def test_a_listening_sound_leaves_a_silence_alone() -> None:
    scene = Scene()
    scene.coach(0, 3000, ASKED)
    scene.coach(6000, 6300, "Mm.")
    scene.client(9000, 11_000, TOLD)
    assert [one.span for one in found(scene.story())] == [span(3000, 9000)]


def test_the_clients_own_sound_ends_it() -> None:
    scene = Scene()
    scene.client(0, 3000, "Some quiet, please.")
    scene.client(9000, 9500, "Okay.")
    scene.client(10_500, 12_000, TOLD)
    assert [one.span for one in found(scene.story())] == [span(3000, 9000)]


@pytest.mark.parametrize("broken", [Scene.gap, Scene.pause, Scene.off_record])
@pytest.mark.parametrize("where", [(3000, 3100), (5000, 6000), (8900, 9000)])
def test_where_sound_is_missing_there_is_no_silence(
    broken: type, where: tuple[int, int]
) -> None:
    scene = Scene()
    scene.coach(0, 3000, ASKED)
    scene.client(9000, 11_000, TOLD)
    assert kinds(scene.story()) == ["silence_honoured"]
    broken(scene, *where)
    assert kinds(scene.story()) == []


def test_a_phrase_that_models_invent_ends_no_silence_and_no_claim_rests_on_it() -> None:
    scene = Scene()
    scene.coach(0, 3000, ASKED)
    scene.says(Speaker.CLIENT, 9000, 9900, "Thank you very much.", Doubt.STOCK_PHRASE)
    assert kinds(scene.story()) == []


def test_without_words_a_long_silence_still_shows_and_a_broken_one_does_not() -> None:
    scene = Scene()
    scene.coach(0, 3000, ASKED)
    scene.client(9000, 11_000, UNFINISHED)
    scene.coach(13_000, 15_000, "Is it about trust?")
    assert kinds(scene.story()) == ["silence_honoured", "silence_broken"]
    assert kinds(scene.wordless()) == ["silence_honoured"]


def test_every_claim_has_its_evidence_and_a_plain_reason() -> None:
    scene = Scene()
    asked = scene.coach(0, 3000, ASKED)
    told = scene.client(9000, 14_000, "I would tell him the whole truth and the rest")
    cut = scene.coach(13_200, 16_000, "So it is really about control.")
    again = scene.coach(18_000, 19_000, "Is it about him?")
    broke = scene.coach(20_700, 22_000, "Or about you?")
    assert [
        (one.kind, one.span, one.utterance_ids, one.quote, one.reason)
        for one in found(scene.story())
    ] == [
        (
            "silence_honoured",
            span(3000, 9000),
            (asked.id, told.id),
            told.text,
            "left 6.0 s of silence; then this came",
        ),
        (
            "interruption",
            cut.span,
            (told.id, cut.id),
            cut.text,
            "began 0.8 s before the client had finished",
        ),
        (
            "silence_broken",
            span(19_000, 22_000),
            (again.id, broke.id),
            broke.text,
            "spoke again 1.7 s after a question, before the client had answered",
        ),
    ]


def test_the_other_two_reasons() -> None:
    scene = Scene()
    scene.client(0, 9000, "I would tell him the whole truth and all the rest of it and")
    scene.coach(4000, 5500, "So it is about control.")
    scene.coach(11_000, 13_000, ASKED)
    assert [one.reason for one in found(scene.story())] == [
        "spoke for 1.5 s while the client was in mid-flow and went on",
        "spoke 2.0 s after the client had stopped in the middle of a thought",
    ]


def test_what_is_just_over_its_line_is_half_sure() -> None:
    (one,) = found(between(f"coach: {ASKED}", 5000, f"client: {TOLD}"))
    (more,) = found(between(f"coach: {ASKED}", 15_000, f"client: {TOLD}"))
    assert one.confidence == 0.5
    assert more.confidence == 0.75


def test_it_is_no_stored_moment_and_keeps_its_id() -> None:
    scene = Scene()
    scene.coach(0, 3000, ASKED)
    scene.client(9000, 11_000, TOLD)
    assert [str(one.id) for one in found(scene.story())] == ["m0:3000"]


@pytest.mark.parametrize(
    "text",
    [
        *("Let me think.", "Hm.", "It was like, um", "So I could, uh..."),
        *("I don't know.", "Maybe …", "Because my", "Wait.", "Give me a second."),
        *("How do I say this?", "And then I thought that", "It was my."),
    ],
)
def test_words_that_end_in_a_thought(text: str) -> None:
    assert still_thinks(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "I know what I want.", "I don't know where he lives."),
        *("I was thinking about it all week.", "He waits.", "That's the part."),
        *("But he's too kind for that.", "That's what I'm ashamed of.", "I think so."),
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not still_thinks(text)


def test_words_that_leave_a_silence() -> None:
    for text in ("Take your time.", "No rush.", "I'm here.", "Stay with that."):
        assert leaves_silence(text)
    for text in ("Is it trust?", "I'm listening to what you say about him."):
        assert not leaves_silence(text)
