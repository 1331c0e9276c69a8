"""Lines of both notes: accepted in every section, written, changed; the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fakes.story import StoryBuilder, span
from tests.property.session.test_wrap_up import Kept

from sidelight.domain.errors import UserError, WireError
from sidelight.domain.events import LineWritten, MomentConfirmed, NoteShaped
from sidelight.domain.moments import DIRECTION, Form
from sidelight.domain.notes import STANDARD_PARTS, NotePart, Section
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.domain.wire import Wire
from sidelight.export.formats import EXPORTERS
from sidelight.export.package import What
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.private_lines import private_lines
from sidelight.session.wrap_acts import (
    AcceptLine,
    RewriteLine,
    ShapeNote,
    WithdrawLine,
    WriteLine,
    act_from_dict,
    act_to_dict,
)
from sidelight.session.wrapping_up import WrappingUp, drafted_lines

if TYPE_CHECKING:
    from sidelight.domain.events import StoredEvent
    from sidelight.session.wrap_acts import Act

RESOURCES = NotePart(Section.OWN, "Resources")
SHAPE = (STANDARD_PARTS[3], RESOURCES, NotePart(Section.FOCUS, "Your question"))


def events() -> list[StoredEvent]:
    told = StoryBuilder("Ana")
    told.request(told.client("I want a plan for the garden today."))
    told.moment(told.coach("Which bed shall we begin with?"), DIRECTION, Form.OPEN, 1)
    told.client("With the lantern bed. I realise the lantern was never about light.")
    told.client("The lantern is my mother. The lantern.")
    told.now = Millis(600_000)
    told.coach("What will you do?")
    told.client("I'll ring the nursery tomorrow.")
    told.say(Speaker.CLIENT, "I'll dig on Sunday.", doubt=Doubt.UNSURE)
    return told.stored()


class Desk(Kept):
    """A record in memory in which this session is wrapped up."""

    def __init__(self) -> None:
        self.stored = events()

    @property
    def story(self) -> Story:
        return tell(self.stored)

    def do(self, *acts: Act) -> Story:
        for act in acts:
            WrappingUp(self).do(act_from_dict(act_to_dict(act)))
        return self.story

    def text(self, what: What) -> str:
        made = package(self.story, PackageChoices())
        found = (x.render(made).decode() for x in EXPORTERS if x.what is what)
        return next(text for text in found if text.startswith("# "))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_line_of_every_section_leaves_once_it_is_accepted(desk: Desk) -> None:
    for section, words in (
        (Section.FOCUS, "plan for the garden"),
        (Section.INSIGHTS, "never about light"),
        (Section.COMMITMENTS, "ring the nursery"),
    ):
        line = drafted_lines(desk.story, section)[0]
        assert words not in desk.text(What.CLIENT_NOTE)
        desk.do(AcceptLine(line.span, section))
        assert words in desk.text(What.CLIENT_NOTE)


def test_doubtful_words_leave_only_after_they_were_heard(desk: Desk) -> None:
    line = next(x for x in drafted_lines(desk.story, Section.COMMITMENTS) if x.doubt)
    with pytest.raises(UserError, match="doubtful"):
        desk.do(AcceptLine(line.span))
    desk.do(AcceptLine(line.span, heard=True))
    assert "dig on Sunday" in desk.text(What.CLIENT_NOTE)


def test_a_line_of_one_s_own_changes_in_its_place(desk: Desk) -> None:
    desk.do(
        WriteLine("First thing", Section.INSIGHTS),
        WriteLine("Second thing", Section.INSIGHTS),
    )
    story = desk.do(RewriteLine(1, "  Another   thing "))
    assert [x.text for x in story.wrap_up.written] == ["Another thing", "Second thing"]
    with pytest.raises(UserError, match="no line 9"):
        desk.do(RewriteLine(9, "Nothing"))
    story = desk.do(WithdrawLine(1))
    assert [x.text for x in story.wrap_up.written] == ["Second thing"]


def test_the_note_has_the_parts_that_its_coach_wants(desk: Desk) -> None:
    focus = drafted_lines(desk.story, Section.FOCUS)[0]
    desk.do(
        ShapeNote(SHAPE),
        WriteLine("The book about soil", Section.OWN, "Resources"),
        AcceptLine(focus.span, Section.FOCUS),
        WriteLine("Ring them", Section.COMMITMENTS),
        WriteLine("It matters", Section.INSIGHTS),
    )
    text = desk.text(What.CLIENT_NOTE)
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    last = "What you saw"  # no part of the shape, and the line may leave
    assert headings == ["What you said you will do", "Resources", "Your question", last]
    assert text.index("The book about soil") > text.index("Resources")


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (NotePart(Section.OWN, " "),),
        (NotePart(Section.OWN, "A"), NotePart(Section.FOCUS, "A")),
        (NotePart(Section.FOCUS, "A"), NotePart(Section.FOCUS, "B")),
        (NotePart(Section.KEEP, "A"),),
    ],
)
def test_a_shape_that_nobody_could_read_is_refused(
    desk: Desk, parts: tuple[NotePart, ...]
) -> None:
    with pytest.raises(UserError):
        desk.do(ShapeNote(parts))
    assert desk.story.wrap_up.parts == ()


def test_the_reflection_note_leaves_with_what_was_accepted_alone(desk: Desk) -> None:
    keep = next(
        one.line
        for one in private_lines(desk.story)
        if one.line.section is Section.KEEP
    )
    before = desk.text(What.REFLECTION_NOTE)
    assert "Which bed" not in before
    assert "lantern" not in before
    assert "that you have not accepted are left out" in before
    desk.do(AcceptLine(keep.span, Section.KEEP))
    after = desk.text(What.REFLECTION_NOTE)
    assert "Which bed" in after
    assert "lantern" not in after
    assert "Which bed" not in desk.text(What.CLIENT_NOTE), "they never mix"


def test_a_moment_that_the_coach_confirmed_is_accepted(desk: Desk) -> None:
    moment = desk.story.moments[0]
    desk.put_down(MomentConfirmed(Millis(700_000), 1, moment.id))  # type: ignore[arg-type]
    assert "Which bed" in desk.text(What.REFLECTION_NOTE)


def test_no_private_part_is_written_line_by_line(desk: Desk) -> None:
    with pytest.raises(UserError, match="own note"):
        desk.do(WriteLine("Mine", Section.KEEP))


def test_a_shape_and_a_heading_survive_the_wire() -> None:
    wire = Wire()
    for event in (
        NoteShaped(Millis(1), SHAPE),
        LineWritten(Millis(1), 1, Section.OWN, "A book", "Resources"),
    ):
        assert wire.load_event(wire.dump_event(event)) == event
    old = (
        '{"at": 1, "line": 2, "section": "commitments", "text": "x",'
        ' "type": "line_written"}'
    )
    assert wire.load_event(old) == LineWritten(Millis(1), 2, Section.COMMITMENTS, "x")
    assert act_from_dict({"act": "accept", "start": 1, "end": 2}) == AcceptLine(
        span(1, 2)
    )
    for data in (
        {"act": "accept", "start": 1, "end": 2, "section": "nonsense"},
        {"act": "shape", "parts": [{"title": "x"}]},
    ):
        with pytest.raises(WireError):
            act_from_dict(data)
