"""The two notes beside the transcript: accepted by one key, written, shaped, saved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type
from tests.bench.drafted_commitments import DEMO, sessions
from tests.fakes.story import StoryBuilder
from tests.property.session.test_wrap_up import Kept

from sidelight import resources
from sidelight.domain.clock_time import clock
from sidelight.domain.notes import STANDARD_PARTS, NotePart, Section
from sidelight.domain.story import tell
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.export.package import What
from sidelight.session.export_messages import SaveExport
from sidelight.session.looking_back import look_back
from sidelight.session.private_lines import private_lines
from sidelight.session.wrap_acts import (
    FinishWrapUp,
    RewriteLine,
    ShapeNote,
    WithdrawLine,
    WriteLine,
)
from sidelight.session.wrapping_up import WrappingUp, settled_note
from sidelight.settings.note_templates import NoteTemplate, NoteTemplates
from sidelight.ui.dialogs.export.window import ExportWindow
from sidelight.ui.review.beside import CLIENT_NOTE, MOMENTS, REFLECTION, SHOWN
from sidelight.ui.review.notes.client_page import ClientNotePage
from sidelight.ui.review.notes.field import LineField
from sidelight.ui.review.opening import StandingReview
from sidelight.ui.review.playback import Playback
from sidelight.ui.specimen import specimen_events
from sidelight.ui.widgets.button import Button

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.story import Story
    from sidelight.session.wrap_acts import Act
    from sidelight.ui.review.notes.part import PartView
    from sidelight.ui.theme.theme import Theme


def demo() -> list[StoredEvent]:
    """The demo as a recogniser without a fault would hear it."""
    truth = json.loads((resources.demo_session() / "truth.json").read_text("utf-8"))
    builder = StoryBuilder("Helen")
    for speaker, text in next(turns for name, turns in sessions() if name == DEMO):
        said = builder.say(speaker, text)
        if truth["focus"]["text"] in text:
            builder.request(said)
    return builder.stored()


class Desk(Kept):
    """A review whose acts are stored at once, in memory."""

    def __init__(
        self, theme: Theme, stored: list[StoredEvent], folder: Path | None = None
    ) -> None:
        self.theme, self.stored = theme, stored
        self.acts: list[Act] = []
        self.review = StandingReview(theme, self.story, folder)
        self.review.playback.offer(available=True)
        self.review.acted.connect(self._do)

    @property
    def page(self) -> ClientNotePage:
        page = self.review.pages.client_note
        assert page is not None
        return page

    @property
    def story(self) -> Story:
        return look_back(tell(self.stored))

    def part(self, section: Section) -> PartView:
        return next(one for one in self.page.parts if one.part.section is section)

    def _do(self, act: Act) -> None:
        self.acts.append(act)
        WrappingUp(self).do(act)
        self.review.show_wrap_up(self.story)


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    return shown(Desk(theme, demo()), qtbot)


def shown(desk: Desk, qtbot: QtBot) -> Desk:
    qtbot.addWidget(desk.review)
    with qtbot.waitExposed(desk.review):
        desk.review.show()
    desk.review.pages.settle()
    desk.review.pages.open_page(CLIENT_NOTE)
    return desk


def typed(part: PartView, text: str) -> None:
    assert part.field is not None
    QTest.keyClicks(part.field, text)


def entered(part: PartView, text: str) -> None:
    typed(part, text)
    assert part.field is not None
    QTest.keyClick(part.field, Qt.Key.Key_Return)


def click(button: QWidget) -> int:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return 1


def test_a_finished_note_of_the_demo_leaves_in_four_clicks(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    """The system's own dialog is answered with Enter: where to is remembered by it."""
    review, clicks = desk.review, 0
    tabs = review.pages.tabs
    tabs.setCurrentIndex(0)
    place = next(n for n in range(tabs.count()) if tabs.tabText(n) == CLIENT_NOTE)
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(place).center())
    clicks += 1
    assert desk.page.isVisible()
    assert desk.page.accept_all.text() == "Put all 8 into the note"
    clicks += click(desk.page.accept_all)
    assert not desk.page.accept_all.isVisible()
    with qtbot.waitSignal(review.export_asked):
        clicks += click(desk.page.leave)
    story = desk.story
    assert story.wrap_up.finished
    file = tmp_path / "note.md"
    window = ExportWindow(desk.theme, story, lambda _, __, chosen: chosen(file))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.asked) as asked:
        clicks += click(window.save_button)
    assert isinstance(asked.args[0], SaveExport)
    assert asked.args[0].wish.what is What.CLIENT_NOTE
    assert clicks == 4
    note = settled_note(story, story.session.started_at)  # type: ignore[union-attr]
    assert len(note.accepted(Section.FOCUS)) == 1
    assert len(note.accepted(Section.INSIGHTS)) == 3
    assert len(note.accepted(Section.COMMITMENTS)) == 3


def test_part_by_part_the_demo_takes_four_clicks_between_tab_and_done(
    desk: Desk,
) -> None:
    clicks = 0
    for part in desk.page.parts:
        one = part.rows[0].tick
        clicks += click(part.accept_all if part.accept_all.isVisible() else one)
    assert clicks == 4
    assert len(desk.story.wrap_up.accepted) == 8


def test_one_key_accepts_a_line_and_goes_on_to_the_next(desk: Desk) -> None:
    rows = desk.part(Section.COMMITMENTS).rows
    rows[0].tick.setFocus()
    for _ in range(2):
        QTest.keyClick(desk.review.focusWidget(), Qt.Key.Key_Return)
    assert [row.tick.isChecked() for row in rows] == [True, True, False]
    assert desk.review.focusWidget() is rows[2].tick
    QTest.keyClick(rows[0].tick, Qt.Key.Key_Space)
    assert [x.quote for x in desk.story.wrap_up.accepted] == [
        "And I'll give him the key on Friday evening."
    ]


def test_a_line_can_be_heard_and_found(desk: Desk) -> None:
    row = desk.part(Section.INSIGHTS).rows[0]
    row.tick.setFocus()
    QTest.keyClick(row.tick, Qt.Key.Key_P)
    assert desk.review.playback.stretch == row.span
    assert row.play_button.plays
    click(row.play_button)
    assert not desk.review.playback.playing
    click(row.link)
    said = {u.id: u for u in desk.story.utterances}
    assert desk.review.selection.utterance is not None
    assert said[desk.review.selection.utterance].span.overlaps(row.span)
    assert desk.page.isVisible(), "who looks a place up stays with the note"


def test_doubtful_words_wait_until_they_were_heard(theme: Theme, qtbot: QtBot) -> None:
    builder = StoryBuilder()
    builder.client("It was a long and quiet winter.", pause=60_000)
    builder.say(Speaker.CLIENT, "I'll ring him on Sunday.", doubt=Doubt.UNSURE)
    desk = shown(Desk(theme, builder.stored()), qtbot)
    (row,) = desk.part(Section.COMMITMENTS).rows
    QTest.keyClick(row.tick, Qt.Key.Key_Space)
    assert desk.acts == []
    click(row.play_button)
    QTest.keyClick(row.tick, Qt.Key.Key_Space)
    assert [x.quote for x in desk.story.wrap_up.accepted] == [
        "I'll ring him on Sunday."
    ]


def test_without_sound_there_is_nothing_to_press(desk: Desk) -> None:
    row = desk.part(Section.INSIGHTS).rows[0]
    desk.review.playback.offer(available=False)
    assert not row.play_button.isVisible()
    assert row.link.isVisible()


def test_a_quotation_is_put_into_own_words_where_it_stands(desk: Desk) -> None:
    part = desk.part(Section.COMMITMENTS)
    row, others = part.rows[1], [part.rows[0].span, part.rows[2].span]
    row.tick.setFocus()
    QTest.keyClick(row.tick, Qt.Key.Key_E)
    assert desk.review.focusWidget() is row.field
    assert row.field is not None
    row.field.setPlainText("Ask for the pen")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    span = row.span
    assert desk.acts == [
        WriteLine("Ask for the pen", Section.COMMITMENTS, "", span),
    ]
    (own,) = part.written
    assert [one.span for one in part._rows.values()] == [others[0], span, others[1]]
    assert own.field.line == "Ask for the pen"
    assert desk.review.focusWidget() is own.field, "the keyboard stays at the line"
    click(own.findChildren(Button)[-1])
    assert desk.acts[1:] == [WithdrawLine(1)]
    assert [one.span for one in part.rows] == [others[0], span, others[1]]


def test_an_accepted_line_in_own_words_keeps_its_number(desk: Desk) -> None:
    part = desk.part(Section.FOCUS)
    click(part.rows[0].tick)
    part.rows[0].begin()
    field = part.rows[0].field
    assert field is not None
    field.setPlainText("A way to say it on Sunday")
    field.save()
    assert desk.acts[1:] == [RewriteLine(1, "A way to say it on Sunday")]
    assert desk.story.wrap_up.accepted == ()
    (line,) = desk.story.wrap_up.written
    assert line.span is not None
    assert part.rows == []


def test_escape_and_an_empty_field_bring_the_quotation_back(desk: Desk) -> None:
    row = desk.part(Section.COMMITMENTS).rows[0]
    for text, key in (("Something", Qt.Key.Key_Escape), ("", Qt.Key.Key_Return)):
        row.begin()
        field = row.field
        assert isinstance(field, LineField)
        field.setPlainText(text)
        QTest.keyClick(field, key)
        assert row.stop is row.tick
        assert row.tick.isVisible()
    assert desk.acts == []


def test_lines_of_one_s_own_are_changed_where_they_stand(
    desk: Desk, qtbot: QtBot
) -> None:
    part = desk.part(Section.INSIGHTS)
    entered(part, "She said it twice")
    assert desk.acts == [WriteLine("She said it twice", Section.INSIGHTS, "")]
    (row,) = part.written
    row.field.setFocus()
    row.field.setPlainText("She said it three times")
    qtbot.waitUntil(lambda: len(desk.acts) > 1)
    assert desk.acts[1:] == [RewriteLine(1, "She said it three times")]
    assert part.written == [row], "stored while it is typed, and not made anew"
    row.field.setPlainText("")
    row.field._save_some()
    assert len(desk.acts) == 2, "who emptied it may be about to begin it"
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert desk.story.wrap_up.written == ()


def test_what_is_typed_stays_while_the_record_answers(desk: Desk) -> None:
    part = desk.part(Section.OUTCOME)
    typed(part, "Half a sent")
    click(desk.part(Section.INSIGHTS).accept_all)
    field = desk.part(Section.OUTCOME).field
    assert field is not None
    assert field.text() == "Half a sent"


def test_what_could_not_be_stored_is_not_shown_as_accepted(desk: Desk) -> None:
    desk.review.acted.disconnect(desk._do)
    row = desk.part(Section.FOCUS).rows[0]
    QTest.keyClick(row.tick, Qt.Key.Key_Space)
    assert row.tick.isChecked()
    desk.review.show_fault("The disk is full.", "Make room.")
    assert not row.tick.isChecked()
    assert "The disk is full." in desk.page.news.text()


def test_the_coach_s_own_parts_are_kept_as_a_template(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = shown(Desk(theme, demo(), tmp_path), qtbot)
    desk.page.change.setChecked(True)
    shaping = desk.page.shaping
    assert shaping is not None
    click(shaping.add)
    shaping.titles[-1].setText("Resources")
    QTest.keyClick(shaping.titles[-1], Qt.Key.Key_Return)
    QTest.keyClicks(shaping.name, "Mine")
    click(shaping.keep)
    own = (*STANDARD_PARTS, NotePart(Section.OWN, "Resources"))
    assert desk.story.wrap_up.parts == own
    assert NoteTemplates.recall(tmp_path).first == NoteTemplate("Mine", own)
    entered(desk.part(Section.OWN), "A book about soil")
    shaping.titles[-1].setText("To read")
    QTest.keyClick(shaping.titles[-1], Qt.Key.Key_Return)
    own_part = desk.part(Section.OWN)
    assert own_part.part.title == "To read"
    assert [x.field.line for x in own_part.written] == ["A book about soil"]


def test_a_new_note_begins_with_the_chosen_template(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    parts = (NotePart(Section.COMMITMENTS, "Next"), NotePart(Section.OWN, "Books"))
    NoteTemplates().keeping(NoteTemplate("Short", parts)).remember(tmp_path)
    desk = shown(Desk(theme, demo(), tmp_path), qtbot)
    assert [one.part for one in desk.page.parts] == list(parts)
    assert desk.acts == [], "looking at a note changes nothing"
    click(desk.page.done)
    assert desk.acts == [ShapeNote(parts), FinishWrapUp()]


def test_the_reflection_note_is_written_and_accepted_beside_it(desk: Desk) -> None:
    desk.review.pages.open_page(REFLECTION)
    page = desk.review.pages.reflection
    assert page is not None
    QTest.keyClicks(page.note.field, "Stay with the door.")
    page.save()
    assert desk.story.wrap_up.note == "Stay with the door."
    part = next(x for x in page.parts if x.rows)
    QTest.keyClick(part.rows[0].tick, Qt.Key.Key_Space)
    (accepted,) = desk.story.wrap_up.accepted
    assert accepted.section.private
    assert not part.accept_all.isVisible(), "private lines are looked at one by one"


def test_a_moment_has_one_time_on_every_page(theme: Theme, qtbot: QtBot) -> None:
    """Where its mark stands; its words may begin some seconds before."""
    desk = shown(Desk(theme, list(specimen_events())), qtbot)
    about = [
        (one.line.span.start, one.moment.at)
        for one in private_lines(desk.story)
        if one.moment is not None
    ]
    assert any(clock(words) != clock(at) for words, at in about)
    desk.review.pages.open_page(REFLECTION)
    page = desk.review.pages.reflection
    assert page is not None
    told = {row.link.text() for part in page.parts for row in part.rows}
    assert {clock(at) for _, at in about} <= told


def test_a_note_without_a_session_is_empty(theme: Theme, qtbot: QtBot) -> None:
    page = ClientNotePage(theme, Playback(tell([])), None)
    qtbot.addWidget(page)
    page.show_story(tell([]))
    page.show()
    assert page.blocks
    assert page.parts == []


def test_each_page_is_one_key_away_and_made_when_it_is_looked_at(
    theme: Theme, qtbot: QtBot
) -> None:
    desk = Desk(theme, demo())
    qtbot.addWidget(desk.review)
    with qtbot.waitExposed(desk.review):
        desk.review.show()
    pages = desk.review.pages
    assert (pages.page, pages.client_note, pages.reflection) == (SHOWN, None, None)
    for number, title in enumerate((SHOWN, MOMENTS, CLIENT_NOTE, REFLECTION), start=1):
        QTest.keySequence(desk.review, f"Ctrl+{number}")
        assert pages.page == title
    assert desk.review.moments.model().rowCount() == 0
    pages.settle()


def test_a_page_that_nobody_reads_keeps_no_drafted_line(desk: Desk) -> None:
    assert desk.part(Section.INSIGHTS).rows
    desk.review.pages.tabs.setCurrentIndex(0)
    desk.review.show_story(desk.story)
    assert not any(one.rows for one in desk.page.parts)
    desk.review.pages.open_page(CLIENT_NOTE)
    assert desk.part(Section.INSIGHTS).rows
