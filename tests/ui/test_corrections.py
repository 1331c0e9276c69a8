"""Deciding in the review by keys alone, as one real record stores it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type
from tests.fakes.story import StoryBuilder

from sidelight.domain.errors import UserError
from sidelight.domain.events import MomentNoticed, SessionStarted
from sidelight.domain.moments import DIRECTION, Form, MomentId
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.wrapping_up import WrappingUp
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.kindwords import kind_title
from sidelight.ui.review import corrections as said
from sidelight.ui.review.beside import MOMENTS
from sidelight.ui.review.kind_menu import CHOICES, KEYS, KindMenu
from sidelight.ui.review.moment_list import REMOVED, MomentDelegate
from sidelight.ui.review.opening import StandingReview
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QListView

    from sidelight.domain.events import Event
    from sidelight.domain.story import Story
    from sidelight.record.events import SessionStore
    from sidelight.session.wrap_acts import Act
    from sidelight.ui.review.words_editor import WordsEditor
    from sidelight.ui.theme.theme import Theme

Key = Qt.Key
_HOLLOW = (5, 7, 9)


def in_a_room() -> list[Event]:
    """The invented session, of three of whose moments nobody could tell who spoke."""
    found: list[Event] = []
    for stored in specimen_events():
        event = stored.event
        if isinstance(event, MomentNoticed) and event.moment.id.number in _HOLLOW:
            moment = replace(event.moment, hollow=True, form=None, episode=None)
            event = replace(event, moment=moment)
        found.append(event)
    return found


class Deciding:
    """A review on screen over a real record, as home's desk joins them."""

    def __init__(self, theme: Theme, store: SessionStore) -> None:
        self._desk = WrappingUp(store)
        self.store = store
        self.story = tell(store.events())
        self.first = self.story
        self.review = StandingReview(theme, self.story)
        self.review.acted.connect(self._do)

    def _do(self, act: Act) -> None:
        try:
            self.story = self.story.after(self._desk.do(act))
        except UserError as fault:
            self.review.show_fault(fault.message, fault.remedy)
        else:
            self.review.tell_anew(self.story)

    def press(self, *keys: Key | str) -> None:
        for key in keys:
            if isinstance(key, str):
                QTest.keySequence(self.review.moments, key)
            else:
                QTest.keyClick(self.review.moments, key)

    def choose(self, number: int) -> None:
        """Pick from the open menu by its key."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, KindMenu)
        QTest.keyClicks(menu, KEYS[number])

    @property
    def line(self) -> str:
        return self.review.corrections.said.text()

    @property
    def kinds(self) -> dict[MomentId, tuple[str, Form | None]]:
        return {m.id: (m.kind, m.form) for m in self.story.moments}


@pytest.fixture
def deciding(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Deciding]:
    events = in_a_room()
    begun = events[0]
    assert isinstance(begun, SessionStarted)
    with Record.open(tmp_path, Vault(bytes(range(32)))) as record:
        store = record.sessions.create(begun.session)
        store.append_all(events, Millis(0))
        deciding = Deciding(theme, store)
        qtbot.addWidget(deciding.review)
        with qtbot.waitExposed(deciding.review):
            deciding.review.show()
        deciding.review.pages.open_page(MOMENTS)
        deciding.review.moments.setFocus()
        yield deciding


def shown(view: QListView) -> list[int]:
    return [n for n in range(view.model().rowCount()) if not view.isRowHidden(n)]


def without_seq(story: Story) -> tuple[object, ...]:
    return (story.moments, story.hollow, story.withdrawn, story.confirmed, story.clocks)


def test_every_decision_is_one_key_and_undo_leads_back_to_the_first_story(
    deciding: Deciding,
) -> None:
    chosen = deciding.review.selection
    sure, other, third = (moment.id for moment in deciding.story.moments[:3])
    chosen.choose_moment(sure)
    deciding.press(Key.Key_Y)
    assert deciding.story.confirmed == {sure}
    assert chosen.moment == sure, "what is decided about stays selected"
    assert "confirmed. Undo: Ctrl+Z" in deciding.line
    deciding.press(Key.Key_Y)
    assert deciding.line == said.ALREADY
    chosen.choose_moment(other)
    deciding.press(Key.Key_C)
    deciding.choose(CHOICES.index((DIRECTION, Form.NARROW)))
    assert deciding.kinds[other] == (DIRECTION, Form.NARROW)
    assert chosen.moment == other, "wherever its mark stands now"
    chosen.choose_moment(third)
    deciding.press(Key.Key_N)
    assert third not in deciding.kinds
    deciding.press(Key.Key_N)
    assert deciding.line == said.GONE
    words = next(
        u for u in deciding.story.utterances if u.speaker is not Speaker.CLIENT
    )
    chosen.choose_utterance(words.id)
    deciding.press(Key.Key_A)
    deciding.choose(CHOICES.index(("acknowledgement", None)))
    added = deciding.story.moments[-1]
    assert (added.kind, added.utterance_ids) == ("acknowledgement", (words.id,))
    decided = without_seq(deciding.story)
    made = len(deciding.story.decided.made)
    assert made == 4
    deciding.press(*["Ctrl+Z"] * (made + 2))
    assert without_seq(deciding.story) == without_seq(deciding.first)
    assert not deciding.review.corrections.undo.isEnabled()
    deciding.press(*["Ctrl+Shift+Z"] * (made + 2))
    assert without_seq(deciding.story) == decided
    assert without_seq(tell(deciding.store.events())) == decided


def test_marks_to_settle_are_gone_through_by_yes_and_no(deciding: Deciding) -> None:
    waiting = [one.id for one in deciding.review.corrections.waiting]
    assert len(waiting) > 1
    assert f"{len(waiting)} marks to settle" in deciding.line
    deciding.press(Key.Key_H)
    for number, mark in enumerate(waiting):
        assert deciding.review.selection.moment == mark
        deciding.press(Key.Key_N if number % 2 else Key.Key_Y)
    assert deciding.review.corrections.waiting == []
    assert set(waiting[::2]) <= set(deciding.kinds)
    assert not set(waiting[1::2]) & set(deciding.kinds)
    deciding.press(Key.Key_H)
    assert deciding.line == said.SETTLED


def test_a_refusal_is_said_where_it_was_asked(deciding: Deciding) -> None:
    deciding.review.selection.choose_utterance(deciding.story.utterances[0].id)
    deciding.press(Key.Key_Y)
    assert deciding.line == said.NO_MOMENT
    moment = deciding.story.moments[0]
    deciding.review.selection.choose_moment(moment.id)
    deciding.press(Key.Key_C)
    deciding.choose(CHOICES.index((moment.kind, moment.form)))
    assert f"is {moment.kind} already" in deciding.line
    assert deciding.story == deciding.first


def test_filters_show_one_kind_and_one_voice(deciding: Deciding) -> None:
    review = deciding.review
    every = len(shown(review.moments))
    kinds = review.filters.kinds
    kinds.setCurrentIndex(kinds.findText(kind_title(DIRECTION)))
    model = review.moments.model()
    assert isinstance(model, MomentsModel)
    left = {model.row(n).moment.kind for n in shown(review.moments)}
    assert left == {DIRECTION}
    kinds.setCurrentIndex(0)
    assert len(shown(review.moments)) == every
    voices = review.filters.speakers
    voices.setCurrentIndex(voices.findData(Speaker.CLIENT))
    lines = review.transcript.model()
    assert 0 < len(shown(review.transcript)) < lines.rowCount()
    deciding.review.selection.choose_moment(deciding.story.moments[0].id)
    deciding.press(Key.Key_Y)
    assert voices.chosen == Speaker.CLIENT, "it stays as it was chosen"
    assert len(shown(review.transcript)) < lines.rowCount()


def test_the_keys_are_shown_on_demand(deciding: Deciding) -> None:
    assert deciding.review.corrections.help.isHidden()
    deciding.press("F1")
    assert not deciding.review.corrections.help.isHidden()
    deciding.press("F1")
    assert deciding.review.corrections.help.isHidden()


def opened(review: StandingReview) -> WordsEditor:
    editor = review.transcript.editor
    assert editor is not None
    return editor


def is_open(review: StandingReview) -> bool:
    return review.transcript.editor is not None


def words(deciding: Deciding) -> list[tuple[Speaker, str]]:
    return [(one.speaker, one.text) for one in deciding.story.utterances]


def test_words_are_edited_joined_split_and_given_by_one_key_each(
    deciding: Deciding,
) -> None:
    review, chosen = deciding.review, deciding.review.selection
    said, following = deciding.story.utterances[:2]
    chosen.choose_utterance(said.id)
    deciding.press(Key.Key_E)
    editor = opened(review)
    assert editor.hasFocus()
    assert editor.toPlainText() == said.text
    QTest.keyClicks(editor, " Yes.")
    QTest.keyClick(editor, Key.Key_Return)
    assert words(deciding)[0] == (said.speaker, f"{said.text} Yes.")
    assert not is_open(review)
    assert review.transcript.hasFocus(), "the keys go on from here"
    assert chosen.utterance == said.id
    assert "edited. Undo: Ctrl+Z" in deciding.line

    QTest.keyClick(review.transcript, Key.Key_F2)
    editor = opened(review)
    QTest.keyClick(editor, Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    first, *rest = f"{said.text} Yes.".split()
    assert [text for _, text in words(deciding)[:2]] == [first, " ".join(rest)]

    QTest.keyClick(review.transcript, Key.Key_S)
    other = {Speaker.COACH: Speaker.CLIENT}.get(said.speaker, Speaker.COACH)
    assert words(deciding)[0] == (other, first)
    QTest.keyClick(review.transcript, Key.Key_J)
    assert "The next words are somebody else's." in deciding.line
    QTest.keyClick(review.transcript, Key.Key_S)
    QTest.keyClick(review.transcript, Key.Key_J)
    assert words(deciding)[0] == (said.speaker, f"{said.text} Yes.")
    assert deciding.story.utterances[1] == following

    decided = words(deciding)
    made = len(deciding.story.decided.made)
    deciding.press(*["Ctrl+Z"] * made)
    assert words(deciding) == [(u.speaker, u.text) for u in deciding.first.heard]
    assert without_seq(deciding.story) == without_seq(deciding.first)
    deciding.press(*["Ctrl+Shift+Z"] * made)
    assert words(deciding) == decided
    assert tell(deciding.store.events()).utterances == deciding.story.utterances


def test_what_is_typed_is_kept_unless_escape_is_pressed_and_the_heard_can_be_seen(
    deciding: Deciding,
) -> None:
    review = deciding.review
    said = deciding.story.utterances[2]
    review.selection.choose_utterance(said.id)
    review.transcript.setFocus()
    QTest.keyClick(review.transcript, Key.Key_Return)
    editor = opened(review)
    QTest.keyClicks(editor, " no")
    QTest.keyClick(editor, Key.Key_Escape)
    assert deciding.story == deciding.first
    QTest.keyClick(review.transcript, Key.Key_Return)
    editor = opened(review)
    editor.setPlainText("Something else.")
    review.moments.setFocus()
    assert words(deciding)[2][1] == "Something else."
    rows = review.transcript.model()
    assert isinstance(rows, TranscriptModel)
    row = rows.row(2)
    assert row.heard is not None
    assert row.heard.as_heard == said.text
    told = rows.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.endswith("Something else. (changed by you)")
    before = review.transcript.visualRect(rows.index(2, 0)).height()
    deciding.press(Key.Key_O)
    review.transcript.lay_out_now()
    assert review.transcript.tells_heard
    menu = review.rewording.menu()
    assert menu is not None
    assert menu.heard.isChecked()
    menu.heard.trigger()
    review.transcript.lay_out_now()
    assert review.transcript.visualRect(rows.index(2, 0)).height() == before


def test_the_menu_offers_whoever_did_not_speak(deciding: Deciding) -> None:
    review = deciding.review
    review.selection.choose_utterance(deciding.story.utterances[0].id)
    before = deciding.story.utterances[0].speaker
    menu = review.rewording.menu()
    assert menu is not None
    assert set(menu.speakers) == set(Speaker) - {before}
    menu.speakers[Speaker.UNKNOWN].trigger()
    assert deciding.story.utterances[0].speaker is Speaker.UNKNOWN


def test_words_from_right_to_left_begin_at_the_right(
    theme: Theme, qtbot: QtBot
) -> None:
    told = StoryBuilder()
    told.coach("أين نبدأ اليوم؟")
    told.client("🌻 " + "a very long turn that goes on and on " * 60)
    review = StandingReview(theme, told.story())
    qtbot.addWidget(review)
    image = review.picture()
    ratio = image.devicePixelRatio()
    rows = review.transcript
    first, long = (rows.visualRect(rows.model().index(n, 0)) for n in (0, 1))
    assert long.height() > 8 * first.height(), "all of it can be scrolled to"
    left = rows.viewport().mapTo(review, first.topLeft())
    middle, right = left.x() + first.width() // 2, left.x() + first.width() - 60
    dark = [
        x
        for x in range(middle, right)
        for y in range(left.y(), left.y() + first.height())
        if image.pixelColor(round(x * ratio), round(y * ratio)).lightness() < 110
    ]
    assert dark, "it stands at the right"


def test_a_removed_moment_says_so_in_its_row(deciding: Deciding) -> None:
    review = deciding.review
    gone = deciding.story.moments[0]
    review.selection.choose_moment(gone.id)
    model = review.moments.model()
    assert isinstance(model, MomentsModel)
    row = model.row_of(gone.id)
    assert row is not None
    index = model.index(row)
    delegate = review.moments.itemDelegate()
    assert isinstance(delegate, MomentDelegate)
    assert MomentDelegate.title_of(model.row(row)) == (kind_title(gone.kind), [], False)
    deciding.press(Key.Key_N)
    assert MomentDelegate.title_of(model.row(row)) == (
        kind_title(gone.kind),
        [REMOVED],
        True,
    )
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.endswith("Set aside by you.")
