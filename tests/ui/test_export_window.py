"""The export window: what is asked for, what is shown, by keys alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type
from tests.fakes.reading_exports import text_of

from sidelight.domain.story import tell
from sidelight.export.names import NameFound
from sidelight.export.package import What
from sidelight.export.redaction import Instead, Names
from sidelight.session.export_messages import (
    ExportRefused,
    ExportRequest,
    ExportSaved,
    Preview,
    PreviewExport,
    PreviewMade,
    SaveExport,
    ToCheck,
    Wish,
)
from sidelight.session.exporting import ALL, preview
from sidelight.ui.dialogs.export.beside import ExportBeside
from sidelight.ui.dialogs.export.preview import PreviewPane
from sidelight.ui.dialogs.export.window import ExportWindow
from sidelight.ui.dialogs.export.wording import (
    BACKWARDS,
    BAD_TIME,
    DOCUMENTS,
    FIRST_CHOICE,
    FORMATS,
)
from sidelight.ui.specimen import specimen_events
from sidelight.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.guards.stalls import StallGuard

    from sidelight.ui.theme.theme import Theme


class Shown:
    """The window, what it asked for, and a place that is always chosen."""

    def __init__(self, theme: Theme, qtbot: QtBot, folder: Path) -> None:
        self.asked: list[ExportRequest] = []
        self.suggested: list[str] = []
        self.place = folder / "note.pdf"
        self.story = tell(specimen_events())
        self.window = ExportWindow(theme, self.story, self._choose)
        self.window.asked.connect(self.asked.append)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitUntil(lambda: bool(self.asked))

    def _choose(
        self, parent: QWidget, suggested: str, chosen: Callable[[Path], None]
    ) -> None:
        assert parent is self.window
        self.suggested.append(suggested)
        chosen(self.place)

    @property
    def newest(self) -> Wish:
        return self.asked[-1].wish

    def key(self, qtbot: QtBot, key: Qt.Key) -> None:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClick(at, key)


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Shown:
    return Shown(theme, qtbot, tmp_path)


def test_everything_that_can_be_exported_is_offered_and_has_a_name() -> None:
    assert [what for _, what in DOCUMENTS] == list(What)
    assert set(FORMATS) == {one.format for one in ALL}
    offered = {(one.what, one.format) for one in ALL}
    assert set(FIRST_CHOICE.items()) <= offered


def test_by_keys_alone_a_document_is_chosen_looked_at_and_saved(
    shown: Shown, qtbot: QtBot
) -> None:
    window = shown.window
    session = shown.story.session
    assert session is not None
    first = PreviewExport(session.id, Wish(What.CLIENT_NOTE, "pdf"))
    assert shown.asked == [first]
    window.activateWindow()
    qtbot.waitUntil(window.form.what.hasFocus)
    for _ in range(2):
        shown.key(qtbot, Qt.Key.Key_Down)
    assert shown.newest == Wish(What.TRANSCRIPT, "docx")
    shown.key(qtbot, Qt.Key.Key_Tab)
    shown.key(qtbot, Qt.Key.Key_Down)
    assert shown.newest.format == "txt"
    shown.key(qtbot, Qt.Key.Key_Tab)
    shown.key(qtbot, Qt.Key.Key_End)
    assert shown.newest == Wish(What.TRANSCRIPT, "txt", Names.NONE)
    names = ToCheck((NameFound("Tomasz", 2), NameFound("Ola", 1)))
    window.take(PreviewMade(shown.newest, Preview((), "The words.", names)))
    assert window.preview.text.toPlainText() == "The words."
    rows = window.names.rows
    assert [row.heading.text() for row in rows.values()] == ["Tomasz (2)", "Ola"]
    stops = []
    for _ in range(12):
        shown.key(qtbot, Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
        if stops[-1] is window.save_button:
            break
    wanted = (
        *(window.form.start, window.form.end, rows["Tomasz"].field),
        *(rows["Tomasz"].button, rows["Ola"].field, rows["Ola"].button),
        *(window.preview.text, window.close_button, window.save_button),
    )
    assert [stop for stop in stops if stop in wanted] == list(wanted)
    shown.key(qtbot, Qt.Key.Key_Return)
    assert shown.asked[-1] == SaveExport(session.id, shown.newest, shown.place)
    assert shown.suggested == ["Transcript 2026-04-16.txt"]
    window.take(ExportSaved(shown.place, ToCheck()))
    assert window.news.text() == "Saved as note.pdf."
    with qtbot.waitSignal(window.left):
        shown.key(qtbot, Qt.Key.Key_Escape)


def test_a_time_that_cannot_be_read_is_said_and_nothing_is_saved(
    shown: Shown, qtbot: QtBot
) -> None:
    window = shown.window
    window.form.what.setFocus()
    for text, told in (("soon", BAD_TIME), ("9:00", ""), ("2", "")):
        window.form.start.clear()
        qtbot.keyClicks(window.form.start, text)
        window.form.settle()
        assert window.form.fault.text() == told
        assert window.save_button.isEnabled() == (not told)
    assert shown.newest.span is not None
    assert shown.newest.span.start == 2_000
    qtbot.keyClicks(window.form.end, "1")
    asked = len(shown.asked)
    window.save()
    assert window.form.fault.text() == BACKWARDS
    assert len(shown.asked) == asked


def test_an_old_preview_is_not_shown_and_a_refusal_is_one_sentence(
    shown: Shown,
) -> None:
    window = shown.window
    old = shown.newest
    form = window.form
    form.what.setCurrentIndex(form.what.findData(What.SOUND))
    assert not form.names.isEnabled()
    window.take(PreviewMade(old, Preview((), "of the note", ToCheck())))
    assert "of the note" not in window.preview.text.toPlainText()
    window.take(ExportRefused(shown.newest, "The disk is full.", "Free some space."))
    assert window.news.text() == "The disk is full. Free some space."


def test_a_window_stays_as_wide_as_it_is_whatever_it_has_to_say(
    shown: Shown, qtbot: QtBot
) -> None:
    window = shown.window
    size = window.size()
    many = tuple(NameFound(f"Besprechung{n}", 1) for n in range(400))
    window.take(PreviewMade(shown.newest, Preview((), "words", ToCheck(many))))
    window.take(ExportRefused(shown.newest, "x" * 300 + " cannot be written.", "Go."))
    qtbot.waitUntil(lambda: window.names.height() > window.height())
    assert window.size() == size
    assert window.minimumSizeHint().width() <= size.width()
    policy = window.aside.focusPolicy()
    assert policy == Qt.FocusPolicy.StrongFocus, "arrows scroll it"
    assert window.aside.accessibleName()
    shown_at_first = len(window.names.rows)
    assert shown_at_first < len(many)
    window.names.more.click()
    assert len(window.names.rows) == 2 * shown_at_first


def test_a_name_stays_or_is_an_initial_or_the_coachs_own_words(
    shown: Shown, qtbot: QtBot
) -> None:
    window = shown.window
    window.form.what.setCurrentIndex(window.form.what.findData(What.TRANSCRIPT))
    found = ToCheck((NameFound("Nadia", 3), NameFound("Tomasz", 5)))
    window.take(PreviewMade(shown.newest, Preview((), "words", found)))
    assert list(window.names.rows) == ["Tomasz"], "the client's name is chosen above"
    row = window.names.rows["Tomasz"]
    row.button.click()
    qtbot.waitUntil(lambda: bool(shown.newest.others))
    assert shown.newest.others == (Instead("Tomasz", "T."),)
    row.button.click()
    qtbot.waitUntil(lambda: not shown.newest.others)
    qtbot.keyClicks(row.field, "the chair ")
    window.save()
    told = shown.asked[-1]
    assert isinstance(told, SaveExport)
    assert told.wish.others == (Instead("Tomasz", "the chair"),)
    shown_text = preview(shown.story, told.wish)
    assert "Tomasz" not in shown_text.text
    assert "the chair" in shown_text.text
    assert NameFound("Tomasz", 5) in shown_text.to_check.names, "it can be changed"
    window.take(PreviewMade(told.wish, shown_text))
    assert "the chair" in window.preview.text.toPlainText()
    assert row.field.text() == "the chair "


def test_only_pages_in_view_are_made_ready(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    made: list[int] = []
    load = QPixmap.loadFromData

    def counted(picture: QPixmap, data: bytes) -> bool:
        made.append(len(data))
        return load(picture, data)

    monkeypatch.setattr(QPixmap, "loadFromData", counted)
    page = QPixmap(210, 297)
    page.fill(Qt.GlobalColor.white)
    data = QByteArray()
    file = QBuffer(data)
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    page.save(file, "PNG")
    pages = (bytes(data.data()),) * 30
    window = shown.window
    window.take(PreviewMade(shown.newest, Preview(pages, "", ToCheck())))
    qtbot.waitUntil(lambda: bool(made))
    assert window.preview.pages.count == len(pages)
    assert len(made) <= 3
    window.preview.pages.verticalScrollBar().setValue(1 << 20)
    before = len(made)
    qtbot.waitUntil(lambda: len(made) > before)
    assert len(made) <= 6


def test_pages_too_small_for_the_size_of_text_are_shown_as_text(
    theme: Theme, qtbot: QtBot
) -> None:
    large = replace(theme, scale=2.0)
    pane = PreviewPane(large)
    qtbot.addWidget(pane)
    story = tell(specimen_events())
    pane.resize(1200, 600)
    pane.show()
    pane.show_preview(preview(story, Wish(What.CLIENT_NOTE, "pdf")))
    assert pane.pages.isVisible()
    assert not pane.small.isVisible()
    pane.resize(720, 520)
    qtbot.waitUntil(pane.text.isVisible)
    assert pane.small.isVisible()
    assert pane.text.toPlainText().startswith("Session note for Nadia")
    pane.resize(1200, 600)
    qtbot.waitUntil(pane.pages.isVisible)


def test_beside_a_session_pages_are_made_while_the_window_goes_on(
    shown: Shown, qtbot: QtBot, stall_guard: StallGuard
) -> None:
    del stall_guard
    tasks = Tasks(shown.window)
    maker = ExportBeside(tasks, lambda: shown.story, lambda: False, shown.window)
    maker.told.connect(shown.window.take)
    shown.window.asked.connect(maker.ask)
    shown.window.form.changed.emit()
    qtbot.waitUntil(lambda: shown.window.preview.pages.count == 1)
    shown.window.save()
    qtbot.waitUntil(lambda: shown.window.news.text() == "Saved as note.pdf.")
    assert shown.place.read_bytes().startswith(b"%PDF")
    tasks.finish()


def test_beside_a_session_the_transcript_has_the_clients_consent(
    shown: Shown, qtbot: QtBot
) -> None:
    told: list[object] = []
    tasks = Tasks(shown.window)
    maker = ExportBeside(tasks, lambda: shown.story, lambda: True, shown.window)
    maker.told.connect(told.append)
    wish = Wish(What.TRANSCRIPT, "docx")
    maker.ask(SaveExport("demo", wish, shown.place))  # before the engine answered
    maker.take_consent("Zoë agreed, in writing.")
    maker.take_consent("")  # the engine is gone by now
    maker.ask(SaveExport("demo", wish, shown.place))
    qtbot.waitUntil(lambda: len(told) == 2)
    text = text_of("docx", shown.place.read_bytes())
    assert "agreed, in writing." in text
    tasks.finish()


def test_the_dialog_names_the_file_what_it_is(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    window = ExportWindow(theme, tell(specimen_events()))
    qtbot.addWidget(window)
    asked: list[ExportRequest] = []
    window.show()
    window.asked.connect(asked.append)
    window.save()
    (first,) = window.findChildren(QFileDialog)
    assert first.selectedFiles()[0].endswith(".pdf")
    (tmp_path / "mine.pdf").touch()
    first.filesSelected.emit([str(tmp_path / "mine.docx")])
    again = next(x for x in window.findChildren(QFileDialog) if x is not first)
    assert again.selectedFiles() == [str(tmp_path / "mine.pdf")]  # it asks
    again.filesSelected.emit([str(tmp_path / "mine.pdf")])
    saved = [one.path for one in asked if isinstance(one, SaveExport)]
    assert saved == [tmp_path / "mine.pdf"]
    for dialog in (first, again):
        dialog.close()
