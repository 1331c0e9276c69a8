"""The wrap-up: nothing ticks itself, "Saved" is the record's word, keys are enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type
from tests.fakes.story import StoryBuilder

from sidelight.domain.events import (
    LineAccepted,
    LineWithdrawn,
    LineWritten,
    NoteWritten,
    SessionStarted,
    WrapUpFinished,
)
from sidelight.domain.moments import DIRECTION, SUPPORT, Form
from sidelight.domain.notes import Section
from sidelight.domain.session import Mode
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.session.reflecting import SHORTEST_MS
from sidelight.session.wrap_acts import (
    LONGEST_NOTE,
    AcceptLine,
    Act,
    FinishWrapUp,
    WithdrawLine,
    WriteLine,
    WriteNote,
)
from sidelight.session.wrapping_up import drafted_commitments
from sidelight.ui.widgets.tick import Tick
from sidelight.ui.wrapup.note import SAVE_MS
from sidelight.ui.wrapup.window import WrapUpWindow
from sidelight.ui.wrapup.wording import DOUBTFUL, SAVED, missing_words, short_quote

if TYPE_CHECKING:
    from sidelight.domain.events import OfWrapUp
    from sidelight.ui.theme.theme import Theme

PROMISE = "I'll write to Tom tonight."
UNSURE = "I'm going to phone the hall on Monday."


def session(mode: Mode = Mode.KEEP) -> Story:
    told = StoryBuilder("Ana")
    started = told.events[0]
    assert isinstance(started, SessionStarted)
    told.events[0] = replace(started, session=replace(started.session, mode=mode))
    if mode is not Mode.NO_LISTENING:
        told.moment(told.coach("What should I listen out for?"), SUPPORT, None, 1)
        told.client("Whether I apologise, as I always do.")
        told.moment(told.coach("The money or Tom?"), DIRECTION, Form.NARROW, 2)
        told.client("Tom, then.")
        told.now = Millis(200_000)
        told.client(PROMISE)
        told.say(Speaker.CLIENT, UNSURE, doubt=Doubt.UNSURE)
        told.now = Millis(max(told.now, SHORTEST_MS))
    return tell(told.stored())


class Shown:
    """The window over a story that the test changes as the record would."""

    def __init__(self, theme: Theme, story: Story) -> None:
        self.story = story
        self.acts: list[Act] = []
        self.left = 0
        self.window = WrapUpWindow(theme, story)
        self.window.acted.connect(self.acts.append)
        self.window.left.connect(self._leave)

    def _leave(self) -> None:
        self.left += 1

    def stored(self, *events: OfWrapUp) -> None:
        for event in events:
            wrap_up = self.story.wrap_up.after(event)
            self.story = replace(self.story, wrap_up=wrap_up)
        self.window.show_story(self.story)

    @property
    def tick(self) -> Tick:
        (tick,) = self.window.commitments.ticks.values()
        return tick

    def texts(self) -> str:
        labels = self.window.findChildren(QLabel)
        seen = [one.text() for one in labels if not one.isHidden()]
        return "\n".join([*seen, *(t.text() for t in self.window.findChildren(Tick))])


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    shown = Shown(theme, session())
    qtbot.addWidget(shown.window)
    with qtbot.waitExposed(shown.window):
        shown.window.show()
    return shown


def accepted(story: Story, number: int = 1) -> LineAccepted:
    line = next(one for one in drafted_commitments(story) if one.doubt is None)
    return LineAccepted(
        Millis(0),
        number,
        line.section,
        line.quote,
        line.speaker,
        line.span,
        line.utterance_ids,
    )


def test_a_drafted_line_is_unticked_and_ticked_only_when_the_record_has_it(
    shown: Shown,
) -> None:
    assert not shown.tick.isChecked()
    span = accepted(shown.story).span
    QTest.keyClick(shown.tick, Qt.Key.Key_Space)
    assert shown.acts == [AcceptLine(span)]
    shown.stored(accepted(shown.story))
    assert shown.tick.isChecked()
    QTest.mouseClick(shown.tick, Qt.MouseButton.LeftButton)
    assert shown.acts[1:] == [WithdrawLine(1)]
    shown.stored(LineWithdrawn(Millis(0), 1))
    assert not shown.tick.isChecked()


def test_who_unticks_before_the_tick_is_stored_has_it_withdrawn(shown: Shown) -> None:
    line = accepted(shown.story)
    shown.tick.click()
    shown.tick.click()
    assert shown.acts == [AcceptLine(line.span)]
    shown.stored(line)
    assert shown.acts[1:] == [WithdrawLine(1)]
    assert not shown.tick.isChecked()
    shown.stored(LineWithdrawn(Millis(0), 1))
    assert not shown.tick.isChecked()
    shown.tick.click()
    assert shown.acts[2:] == [AcceptLine(line.span)]


def test_a_tick_that_could_not_be_stored_goes_out_again(shown: Shown) -> None:
    shown.tick.click()
    shown.window.show_fault("The disk is full.", "Free some space.")
    assert not shown.tick.isChecked()
    assert "The disk is full. Free some space." in shown.texts()
    shown.tick.click()
    assert len(shown.acts) == 2, "it is asked for once more"


def test_doubtful_words_cannot_be_ticked_and_say_why(shown: Shown) -> None:
    assert UNSURE not in [tick.text() for tick in shown.window.findChildren(Tick)]
    assert UNSURE in shown.texts()
    assert DOUBTFUL in shown.texts()


def test_own_lines_are_added_with_enter_and_removed(shown: Shown) -> None:
    field = shown.window.commitments.field
    QTest.keyClicks(field, "  Phone  the hall ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shown.acts == [WriteLine("Phone the hall")]
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(shown.acts) == 1, "nothing is no line"
    shown.stored(
        LineWritten(Millis(0), 4, Section.COMMITMENTS, "Phone the hall"),
        LineWritten(Millis(0), 5, Section.OUTCOME, "Elsewhere"),
    )
    assert "Phone the hall" in shown.texts()
    assert "Elsewhere" not in shown.texts()
    _, remove, _ = shown.window.commitments.stops
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert shown.acts[1:] == [WithdrawLine(4)]
    shown.stored(LineWithdrawn(Millis(0), 4))
    assert "Phone the hall" not in shown.texts()


def test_the_note_is_saved_in_a_pause_and_saved_is_said_of_nothing_else(
    shown: Shown, qtbot: QtBot
) -> None:
    field = shown.window.note.field
    assert field.hasFocus()
    with qtbot.waitSignal(shown.window.acted, timeout=5 * SAVE_MS):
        QTest.keyClicks(field, "Slower. ")
    assert shown.acts == [WriteNote("Slower.")]
    assert SAVED not in shown.texts()
    shown.stored(NoteWritten(Millis(0), "Slower."))
    assert SAVED in shown.texts()
    QTest.keyClicks(field, "Wait.")
    assert SAVED not in shown.texts()
    shown.stored(LineWithdrawn(Millis(0), 9))
    assert field.toPlainText() == "Slower. Wait.", "what is being typed stays"


def test_a_note_that_could_not_be_stored_is_tried_again(shown: Shown) -> None:
    shown.window.note.field.setPlainText("Slower.")
    shown.window.save()
    shown.window.save()
    assert shown.acts == [WriteNote("Slower.")]
    shown.window.show_fault("The disk is full.", "Free some space.")
    shown.window.save()
    assert len(shown.acts) == 2
    shown.window.note.field.setPlainText("x" * (LONGEST_NOTE + 5))
    shown.window.save()
    last = shown.acts[-1]
    assert isinstance(last, WriteNote)
    assert len(last.text) == LONGEST_NOTE
    assert f"first {LONGEST_NOTE}" in shown.texts()


def test_escape_skips_and_saves_the_note_but_lets_no_half_line_go_out(
    shown: Shown,
) -> None:
    shown.window.note.field.setPlainText("Slower.")
    shown.window.commitments.field.setText("Phone the")
    QTest.keyClick(shown.window.note.field, Qt.Key.Key_Escape)
    assert shown.acts == [WriteNote("Slower.")]
    shown.window.close()
    assert shown.left == 1


def test_done_by_one_key_from_anywhere(shown: Shown) -> None:
    field = shown.window.commitments.field
    field.setText("Phone the hall")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.acts == [WriteLine("Phone the hall"), FinishWrapUp()]
    assert shown.left == 1


def test_tab_goes_from_the_note_through_the_lines_to_the_buttons(
    shown: Shown,
) -> None:
    window = shown.window
    written = LineWritten(Millis(0), 4, Section.COMMITMENTS, "Phone the hall")
    shown.stored(written)
    window.activateWindow()
    window.note.field.setFocus()
    reached: list[QWidget | None] = []
    for _ in range(6):
        reached.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    lines = window.commitments.stops
    assert reached == [window.note.field, *lines, window.skip, window.done]
    assert all(one is not None and one.accessibleName() for one in reached[:2])


def test_the_three_moments_are_there_with_their_evidence(shown: Shown) -> None:
    texts = shown.texts()
    assert "One to keep · 0:02 · support · words as heard" in texts
    assert "One fork" in texts
    assert "You: “What should I listen out for?”" in texts
    assert "Ana: “Whether I apologise, as I always do.”" in texts
    assert "You: “The money or Tom?”" in texts
    assert "What else" in texts or "third way" in texts


def test_what_is_not_in_the_story_any_more_is_nowhere(shown: Shown) -> None:
    shown.stored(accepted(shown.story))
    bare = replace(
        shown.story, utterances=(), moments=(), wrap_up=shown.story.wrap_up.wordless()
    )
    shown.window.show_story(bare)
    texts = shown.texts()
    for words in (PROMISE, UNSURE, "listen out for", "The money"):
        assert words not in texts


def test_without_listening_there_are_note_and_own_lines_alone(
    theme: Theme, qtbot: QtBot
) -> None:
    shown = Shown(theme, session(Mode.NO_LISTENING))
    qtbot.addWidget(shown.window)
    assert "Nobody listened" in shown.texts()
    assert shown.window.commitments.ticks == {}
    shown.window.commitments.field.setText("Phone the hall")
    shown.window.commitments.field.add()
    assert shown.acts == [WriteLine("Phone the hall")]


def test_opened_again_it_shows_what_there_is(theme: Theme, qtbot: QtBot) -> None:
    story = session()
    wrap_up = story.wrap_up
    for event in (accepted(story), NoteWritten(Millis(0), "Slower.")):
        wrap_up = wrap_up.after(event)
    shown = Shown(theme, replace(story, wrap_up=wrap_up))
    qtbot.addWidget(shown.window)
    assert shown.tick.isChecked()
    assert shown.window.note.field.toPlainText() == "Slower."
    assert SAVED in shown.texts()
    shown.window.close()
    assert shown.acts == [], "looking changes nothing"


def test_what_is_missing_in_words() -> None:
    from sidelight.session.wrapping_up import Missing, missing  # noqa: PLC0415

    assert missing_words(Missing(2, note=True)) == (
        "Not wrapped up yet: 2 commitments to look at, no note of yours."
    )
    assert missing_words(Missing(1, note=False)) == (
        "Not wrapped up yet: one commitment to look at."
    )
    assert missing_words(Missing(0, note=False)) == "Not wrapped up yet."
    done = replace(
        session(), wrap_up=session().wrap_up.after(WrapUpFinished(Millis(0)))
    )
    assert missing_words(missing(done)) == ""


def test_a_long_quote_is_cut_at_a_word() -> None:
    assert short_quote("") == ""
    assert short_quote("Short.") == "“Short.”"
    cut = short_quote("word " * 60)
    assert cut.endswith("word …”")
    assert len(cut) < 160
