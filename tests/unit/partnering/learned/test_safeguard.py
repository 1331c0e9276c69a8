"""The real model, taught nonsense: teaching cannot make the detector cry wolf.

On the development talk of ``models/partnering``; figures with all of it are in
``docs/decisions/0011-learning-from-the-coach.md``.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from tests.fakes.talk import Talk

from sidelight import resources
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.detector import DECISIVE
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.detector import LearnedDetector, Room
from sidelight.partnering.learned.lessons import Lesson, Lessons
from sidelight.partnering.learned.model import PartneringModel, Read, quiet_places
from sidelight.partnering.learned.views import views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.learned.encoding import Encoded

DEV = Path(__file__).parents[4] / "models" / "partnering" / "data" / "dev"
FILES = slice(4, 8)
TAUGHT = 40
MOST_ADDED = 2
"""False alarms that ``TAUGHT`` wrong lessons may add in about a thousand turns."""

MOST_SILENCED = 2
"""Right findings that one wrong removal may take along beside its own."""

_TURN = re.compile(r"(?P<who>[CP]) (?P<text>.+?)(?: \{(?P<labels>[^{}]*)\})?")


@dataclass(frozen=True, slots=True)
class Said:
    """A written turn."""

    coach: bool
    text: str
    kinds: frozenset[str]


@dataclass(slots=True)
class Remembering:
    """Reads each turn once: taught or not, the model makes the same of it."""

    model: PartneringModel
    read_before: dict[Encoded, Read] = field(default_factory=dict)

    def __getattr__(self, name: str) -> object:
        return getattr(self.model, name)

    def read(self, turns: Sequence[Encoded]) -> list[Read]:
        for turn in turns:
            if turn not in self.read_before:
                (self.read_before[turn],) = self.model.read([turn])
        return [self.read_before[turn] for turn in turns]


@dataclass(slots=True)
class Judged:
    """A turn, what it is, and what was found in it."""

    said: Said
    turn: Turn
    context: Context
    found: frozenset[str]

    @property
    def wrong(self) -> bool:
        return bool(self.found - self.said.kinds)

    @property
    def right(self) -> bool:
        return bool(self.found & self.said.kinds)


class Bench:
    """Hears the development talk under different lessons."""

    def __init__(self) -> None:
        folder = resources.partnering_model()
        self.model = cast("PartneringModel", Remembering(PartneringModel(folder)))
        self.quiet = quiet_places(folder)
        self.blocks = [
            block
            for file in sorted(DEV.glob("*.txt"))[FILES]
            for block in _blocks(file)
        ]

    def hear(self, lessons: Sequence[Lesson] = ()) -> list[Judged]:
        known = Lessons(lessons, quiet=self.quiet)
        detector = LearnedDetector(KINDS, self.model, Room(DECISIVE), known)
        found = []
        for block in self.blocks:
            conversation, talk = Conversation(), Talk()
            for said in block:
                who = Speaker.COACH if said.coach else Speaker.CLIENT
                turn, context = conversation.hear(talk.says(who, said.text))
                judgement = detector.judge(turn, context)
                conversation.note(turn, frozenset(judgement.labels))
                labels = frozenset(judgement.labels) & frozenset(PROCESS_KINDS)
                found.append(Judged(said, turn, context, labels))
        return found

    def lesson(self, at: Judged, kind: str, *, positive: bool = True) -> Lesson:
        (read, *_) = self.model.read(views(self.model.pieces, at.turn, at.context))
        return Lesson(kind, read.place, positive)


def _blocks(file: Path) -> list[list[Said]]:
    blocks: list[list[Said]] = []
    for line in file.read_text("utf-8").splitlines():
        match = _TURN.fullmatch(line.strip())
        if line.startswith("=="):
            blocks.append([])
        elif match is not None:
            labels = (match["labels"] or "").replace(",", " ").split()
            kinds = {label.removesuffix("?") for label in labels}
            blocks[-1].append(
                Said(match["who"] == "C", match["text"], frozenset(kinds))
            )
    return blocks


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def test_wrong_lessons_add_next_to_no_false_alarms(bench: Bench) -> None:
    before = bench.hear()
    nothing = [
        place
        for place, one in enumerate(before)
        if one.said.coach
        and not one.said.kinds & set(PROCESS_KINDS)
        and len(one.said.text.split()) > 2
    ]
    assert len(nothing) > 200
    for seed in range(3):
        rng = random.Random(seed)
        taught = rng.sample(nothing, TAUGHT)
        lessons = [
            bench.lesson(before[place], rng.choice(PROCESS_KINDS)) for place in taught
        ]
        after = bench.hear(lessons)
        added = [
            place
            for place, (was, is_) in enumerate(zip(before, after, strict=True))
            if is_.wrong and not was.wrong and place not in taught
        ]
        assert len(added) <= MOST_ADDED, seed
        assert sum(one.right for one in after) >= sum(one.right for one in before)


def test_one_wrong_removal_silences_little_beside_its_own(bench: Bench) -> None:
    before = bench.hear()
    right = [place for place, one in enumerate(before) if one.right]
    for place in random.Random(1).sample(right, min(6, len(right))):
        one = before[place]
        lessons = [
            bench.lesson(one, kind, positive=False)
            for kind in sorted(one.found & one.said.kinds)
        ]
        after = bench.hear(lessons)
        gone = [at for at in right if not after[at].right and at != place]
        assert len(gone) <= MOST_SILENCED


def test_right_lessons_are_found_from_then_on(bench: Bench) -> None:
    before = bench.hear()
    missed = [
        (place, kind)
        for place, one in enumerate(before)
        for kind in sorted(one.said.kinds & set(PROCESS_KINDS) - one.found)
    ]
    assert missed
    after = bench.hear([bench.lesson(before[place], kind) for place, kind in missed])
    learned = sum(kind in after[place].found for place, kind in missed)
    assert learned >= 0.6 * len(missed)
    alarms = [sum(one.wrong for one in heard) for heard in (before, after)]
    assert alarms[1] - alarms[0] <= MOST_ADDED + len(missed) // 4
