"""Questions, forks and the doorway after the agreement: words beside the times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fakes.scene import Scene
from tests.fakes.story import span

from sidelight.domain.moments import DIRECTION, SUPPORT, TOOK_BACK
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.dialogue.measuring import measure

if TYPE_CHECKING:
    from sidelight.domain.dialogue import Dialogue


def measured(scene: Scene) -> Dialogue:
    dialogue = measure(scene.story())
    assert dialogue is not None
    return dialogue


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("What did you do?", [True]),
        ("And how will you know that you've really chosen?", [True]),
        ("In your family, what does love look like?", [True]),
        ("Could you tell me what happened?", [True]),
        ("what would help most from my side now", [True]),
        ("What kind of support would you want from David?", [True]),
        ("Is that what you want?", [False]),
        ("Would you rather stay here, or go back?", [False]),
        ("When you say that, are you angry?", [False]),
        ("You stayed at home?", [False]),
        ("Did it help? What else did you try?", [False, True]),
        ("Let's look at one real day, okay?", []),
        ("They stopped laughing.", []),
        ("Tell me about your father.", []),
    ],
)
def test_open_and_closed_questions(text: str, opened: list[bool]) -> None:
    scene = Scene()
    scene.coach(0, 3000, text)
    assert [one.open for one in measured(scene).questions] == opened


def test_only_the_coachs_questions_count() -> None:
    scene = Scene()
    scene.client(0, 3000, "What would you do?")
    scene.says(Speaker.COACH, 100, 3000, "What would you do?", Doubt.ECHO)
    assert measured(scene).questions == ()


def test_a_question_is_quoted_alone() -> None:
    scene = Scene()
    scene.coach(0, 6000, "One job, really meant. What makes that important now?")
    (one,) = measured(scene).questions
    assert one.quote == "What makes that important now?"


@pytest.mark.parametrize(
    ("reply", "chooser"),
    [
        ("The standing behind people.", Speaker.CLIENT),
        ("Oh, I don't know.", None),
        ("", None),
    ],
)
def test_who_chose_after_a_hand_over(reply: str, chooser: Speaker | None) -> None:
    scene = Scene()
    asked = scene.coach(0, 3000, "Where would you like to begin?")
    scene.moment(asked, DIRECTION)
    if reply:
        scene.client(4000, 6000, reply)
    scene.coach(8000, 9000, "I see what you say.")
    (fork,) = measured(scene).forks
    assert fork.chooser is chooser
    assert fork.quote == (reply or asked.text)


@pytest.mark.parametrize("kind", ["took_choice", TOOK_BACK])
def test_what_the_coach_took(kind: str) -> None:
    scene = Scene()
    scene.client(0, 3000, "Should we do the interview or the money thing?")
    scene.moment(scene.coach(4000, 6000, "Let's do the interview."), kind)
    (fork,) = measured(scene).forks
    assert fork.chooser is Speaker.COACH
    assert fork.span == span(4000, 6000)


@pytest.mark.parametrize(
    ("named", "went", "is_fork"),
    [
        ("There is the move, and there is my mother.", "Let's look at the move.", True),
        ("There are three things.", "Tell me about the first.", True),
        ("There are three things.", "Which of them comes first?", False),
        ("There is the move.", "Let's look at the move.", False),
        ("There are two things, but I'd like to start with him.", "Let's go.", False),
    ],
)
def test_threads_that_were_gone_past(named: str, went: str, *, is_fork: bool) -> None:
    scene = Scene()
    scene.client(0, 3000, named)
    scene.coach(4000, 6000, went)
    forks = measured(scene).forks
    assert [one.chooser for one in forks] == ([Speaker.COACH] if is_fork else [])


def opening(scene: Scene) -> None:
    settled = scene.coach(0, 3000, "What would you like to have at the end?")
    scene.moment(settled, "agreement")
    scene.client(4000, 7000, "I would like to have a plan for the garden.")


def test_a_move_stands_in_the_doorway() -> None:
    scene = Scene()
    opening(scene)
    more = scene.coach(8000, 10_000, "And how will you know?")
    scene.moment(more, "agreement")
    scene.client(11_000, 12_000, "It fits on one page.")
    move = scene.moment(scene.coach(13_000, 15_000, "How can I help with it?"), SUPPORT)
    scene.client(16_000, 17_000, "Just ask me things.")
    scene.coach(18_000, 19_000, "What grows there?")
    door = measured(scene).doorway
    assert door is not None
    assert door.move == move
    assert door.span == span(10_000, 15_000)


def test_exploring_began_without_one() -> None:
    scene = Scene()
    opening(scene)
    scene.coach(8000, 9000, "A plan for the garden.")
    scene.client(10_000, 11_000, "Yes, a plan that fits.")
    asked = scene.coach(12_000, 13_000, "What grows there?")
    scene.client(14_000, 16_000, "Roses, for the most part.")
    scene.moment(scene.coach(20_000, 22_000, "How can I help with it?"), SUPPORT)
    door = measured(scene).doorway
    assert door is not None
    assert door.move is None
    assert door.span == span(3000, asked.span.end)
    assert door.quote == asked.text


def test_a_question_of_care_explores_nothing() -> None:
    scene = Scene()
    opening(scene)
    scene.moment(scene.coach(8000, 9000, "Can you hear me well?"), "care")
    assert measured(scene).doorway is None


def test_without_an_agreement_there_is_no_doorway() -> None:
    scene = Scene()
    scene.coach(0, 3000, "What grows there?")
    assert measured(scene).doorway is None
