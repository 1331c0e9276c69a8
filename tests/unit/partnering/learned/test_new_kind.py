"""A kind that nobody has trained on works from its own file at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.talk import Talk

from sidelight import resources
from sidelight.domain.transcript import Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.kind import Example, Group
from sidelight.partnering.kinds import KINDS, kind
from sidelight.partnering.learned.detector import LearnedDetector, Room
from sidelight.partnering.learned.examples import shown
from sidelight.partnering.learned.lessons import Lessons
from sidelight.partnering.learned.model import PartneringModel

HUMOUR = replace(
    kind("care"),
    id="humour",
    group=Group.QUALITY,
    title="shared a laugh",
    threshold=0.5,
    examples=(
        Example("That is the funniest thing I have heard all week!"),
        Example("You had me in stitches there, with the parrot."),
    ),
    near_misses=(
        Example("What did your brother say then?", why="A plain question."),
        Example("That must have been hard for you.", why="Sympathy."),
    ),
)


@pytest.fixture(scope="module")
def detector() -> LearnedDetector:
    model = PartneringModel(resources.partnering_model())
    kinds = (*KINDS, HUMOUR)
    lessons = Lessons(examples=shown(model, kinds))
    return LearnedDetector(kinds, model, Room(0.6), lessons)


def labels(detector: LearnedDetector, text: str) -> tuple[str, ...]:
    turn, context = Conversation().hear(Talk().says(Speaker.COACH, text))
    return detector.judge(turn, context).labels


@pytest.mark.parametrize("example", HUMOUR.examples, ids=lambda e: e.text[:20])
def test_its_examples_are_found(detector: LearnedDetector, example: Example) -> None:
    assert "humour" in labels(detector, example.text)


@pytest.mark.parametrize("miss", HUMOUR.near_misses, ids=lambda e: e.text[:20])
def test_its_near_misses_are_not(detector: LearnedDetector, miss: Example) -> None:
    assert "humour" not in labels(detector, miss.text)


def test_the_other_kinds_stay_as_they_were(detector: LearnedDetector) -> None:
    assert labels(detector, "Where would you like to start?") == ("direction",)


def test_the_model_knows_all_others() -> None:
    model = PartneringModel(resources.partnering_model())
    assert shown(model, KINDS) == []
