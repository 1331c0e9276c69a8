"""The library at home by keyboard alone: search, a client's page, recordings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sidelight.domain.consent import Occasion
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout
from sidelight.session.clients.messages import (
    AskConsent,
    AskSessionExtent,
    ClientsListed,
    ConsentSeen,
    DeleteSession,
    NoteConsent,
    SessionDeleted,
)
from sidelight.session.home.messages import (
    BringIn,
    CancelImport,
    ImportsSeen,
    LookAround,
    LookAtClient,
    OpenSession,
    Request,
    SearchSessions,
    WordsFound,
)
from sidelight.session.importing.progress import Progress, Stands
from sidelight.session.importing.wanted import Recording
from sidelight.ui import specimen_home as seen
from sidelight.ui.clients.wording import ASK_BEFORE, NAME_BEFORE
from sidelight.ui.home.app import _said_at
from sidelight.ui.home.bring_in import STAY_OUT
from sidelight.ui.home.imports import import_state
from sidelight.ui.home.library import HEADING
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.home.wording import NOT_FOUND, found_count, found_facts
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from sidelight.ui.theme.theme import Theme

KEY = Qt.Key


class Shown:
    """Home with sessions, and what it asked for."""

    def __init__(self, window: HomeWindow) -> None:
        self.window = window
        self.asked: list[Request] = []
        window.asked.connect(self.asked.append)
        self.library = window.home.library

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else None
        QTest.keyClick(self.focus(), key, held or Qt.KeyboardModifier.NoModifier)

    def last(self) -> Request:
        return self.asked[-1]

    def page(self) -> QWidget:
        return self.window.page

    def finding(self) -> bool:
        return self.library.finding

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Iterator[Shown]:
    window = HomeWindow(theme)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.take(seen.SEEN)
    yield Shown(window)
    window.close()


def test_words_are_found_and_opened_at_their_place(shown: Shown) -> None:
    shown.press(KEY.Key_F, ctrl=True)
    assert shown.focus() is shown.library.field
    QTest.keyClicks(shown.focus(), "key")
    shown.press(KEY.Key_Return)
    assert shown.asked == [SearchSessions("key")]
    shown.window.take(WordsFound("ke", ()))
    assert not shown.finding(), "an answer to what was typed before"
    shown.window.take(seen.FOUND)
    assert shown.finding()
    shown.press(KEY.Key_Down)
    assert shown.focus() is shown.library.found
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Return)
    hit = seen.FOUND.hits[1]
    assert shown.last() == OpenSession(hit.session, hit.span.start)
    shown.press(KEY.Key_Escape)
    assert shown.focus() is shown.library.field
    shown.press(KEY.Key_Escape)
    assert not shown.finding()
    assert shown.library._state.text() == HEADING
    shown.press(KEY.Key_Down)
    assert shown.focus() is shown.library.sessions


def test_found_is_said_in_words() -> None:
    hits = seen.FOUND.hits
    assert found_facts(hits[0]).endswith("5:05 · client")
    assert found_count(WordsFound("x", ())) == NOT_FOUND
    assert found_count(WordsFound("x", hits[:1])) == "One place."
    assert found_count(WordsFound("x", hits, more=True)) == "The newest 3 places."


def test_a_clients_page(shown: Shown) -> None:
    clients = shown.library.clients
    clients.setFocus()
    assert clients.count() == 1 + 4
    shown.press(KEY.Key_Down)
    assert shown.asked == []  # the list is there, nothing is chosen yet
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Return):
        QTest.keyClick(clients.view(), key)
    names = [clients.itemText(number) for number in range(clients.count())]
    assert shown.last() == LookAtClient(names[2])
    assert clients.currentIndex() == 0
    shown.window.take(seen.CLIENT_SEEN)
    page = shown.window.client
    assert shown.page() is page
    assert shown.focus() is page.back
    shown.press(KEY.Key_Tab)
    shown.press(KEY.Key_Tab)
    assert shown.focus() is page.shows[1]
    shown.press(KEY.Key_Return)
    assert shown.last() == OpenSession("s0", Millis(3_200_000))
    page.card.click()
    shown.window.take(ClientsListed(seen.KNOWN))
    card = shown.window.clients
    assert (shown.page(), card.name) == (card, seen.CLIENT_SEEN.client)
    shown.press(KEY.Key_Escape)
    assert shown.last() == LookAtClient(seen.CLIENT_SEEN.client)
    shown.window.take(seen.CLIENT_SEEN)
    assert shown.page() is page
    shown.press(KEY.Key_Escape)
    assert shown.page() is shown.window.home
    assert shown.focus() is clients


def test_a_session_goes_once_it_was_said_what_goes(shown: Shown) -> None:
    sessions, question = shown.library.sessions, shown.library.question
    sessions.setFocus()
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Delete)
    session = seen.SESSION_EXTENT.session
    assert shown.last() == AskSessionExtent(session)
    shown.window.take(seen.SESSION_EXTENT)
    told = question.what.text()
    for part in (seen.SESSIONS[1].client, "08:45", "sound", "Backups"):
        assert part in told
    assert shown.focus() is question.keep
    shown.press(KEY.Key_Escape)
    assert not question.isVisible()
    assert shown.focus() is sessions
    shown.press(KEY.Key_Delete)
    shown.window.take(seen.SESSION_EXTENT)
    shown.press(KEY.Key_Tab)
    shown.press(KEY.Key_Return)
    assert shown.last() == DeleteSession(session)
    shown.window.take(SessionDeleted(seen.SESSION_EXTENT.extent))
    assert shown.last() == LookAround()
    assert shown.focus() is sessions


def test_dropped_recordings_are_asked_about(shown: Shown) -> None:
    files = [Path("/talks/Maya 🎧.m4a"), Path("/talks/b.wav")]
    dragged = QMimeData()
    urls = [QUrl.fromLocalFile(str(one)) for one in files]
    dragged.setUrls([*urls, QUrl("https://example.org/c.wav")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(50, 50), copy, dragged, left, no)
    shown.window.dropEvent(drop)
    page = shown.window.bring_in
    assert shown.page() is page
    assert shown.focus() is page.client
    QTest.keyClicks(shown.focus(), "Zora")
    page.sides.setCurrentIndex(3)
    shown.press(KEY.Key_Return)
    assert shown.last() == AskConsent("Zora")
    shown.window.take(ConsentSeen("Zora", ()))
    assert page.news.text() == " ".join(ASK_BEFORE)
    assert page.consent.words.text() == SCRIPTS[Occasion.RECORDING]
    assert (page.consent.agree.leads, page.go.leads) == (True, False)
    page.consent.refuse.click()
    assert page.news.text() == STAY_OUT
    assert shown.focus() is page.back
    shown.press(KEY.Key_F2)
    noted = shown.last()
    assert isinstance(noted, NoteConsent)
    assert noted.wording == SCRIPTS[Occasion.RECORDING]
    shown.window.take(ConsentSeen("Zora", seen.AGREED))
    assert shown.focus() is page.go
    shown.press(KEY.Key_Return)
    assert shown.last() == BringIn(
        tuple(Recording(x, Layout.STEREO, "right", "Zora") for x in files)
    )
    assert shown.page() is shown.window.home
    shown.window.home.files_chosen.emit((files[0],))
    assert not page.client.text(), "the next ones are somebody else's"
    shown.press(KEY.Key_Return)
    assert page.news.text() == " ".join(NAME_BEFORE)
    QTest.keyClicks(shown.focus(), "Maya")
    shown.press(KEY.Key_Return)
    shown.window.take(ConsentSeen("Maya", seen.AGREED))
    assert shown.last() == BringIn((Recording(files[0], client="Maya"),))
    shown.window.home.files_chosen.emit((files[0],))
    shown.press(KEY.Key_Escape)
    assert shown.page() is shown.window.home


def test_each_recording_can_be_cancelled_and_all_be_put_away(shown: Shown) -> None:
    card = shown.window.home.imports
    shown.window.take(seen.IMPORTS)
    first = card.stops[1]
    first.setFocus()
    assert not card.dismiss.isVisible()
    assert first.accessibleDescription() == seen.IMPORTS.lines[0].name
    shown.press(KEY.Key_Return)
    assert shown.last() == CancelImport(0)
    over = [
        Progress(one.number, one.name, Stands.STOPPED) for one in seen.IMPORTS.lines
    ]
    shown.window.take(ImportsSeen(tuple(over)))
    card.dismiss.setFocus()
    shown.press(KEY.Key_Return)
    assert not card.isVisible()
    shown.window.take(ImportsSeen((*over, Progress(4, "new.wav"))))
    assert card.isVisible()
    assert len(card.stops) == 2


def test_every_state_of_a_recording_is_a_sentence() -> None:
    for stands in Stands:
        line = Progress(0, "a", stands, message="It is so.", remedy="Do that.")
        assert import_state(line)
    heard = Progress(0, "a", Stands.HEARING, Millis(61_000), Millis(120_000))
    assert import_state(heard) == "Heard: 1:01 of 2:00"


def test_a_place_is_the_utterance_there_or_the_next() -> None:
    story = tell(specimen_events())
    one = story.utterances[3]
    assert _said_at(story, one.span.start) == one.id
    last = story.utterances[-1]
    assert _said_at(story, Millis(last.span.end + 60_000)) is None
    assert _said_at(story, Millis(0)) is not None
