"""The library at home by keyboard alone: search, a client's page, recordings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sidelight.domain.consent import Occasion, Standing
from sidelight.domain.events import StoredEvent, WrapUpFinished
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.session import Mode
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
    WrapUpStored,
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
from sidelight.ui.home.wording import (
    NOT_FOUND,
    found_count,
    found_facts,
    session_remarks,
)
from sidelight.ui.specimen import specimen_events
from sidelight.ui.timewords import when

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
    field, name = shown.library.field, seen.CLIENT_SEEN.client
    field.setFocus()
    QTest.keyClicks(field, name[:3].lower())
    shown.press(KEY.Key_Return)
    shown.window.take(WordsFound(name[:3].lower(), seen.FOUND.hits[:1]))
    assert shown.library._state.text() == "One client. One place."
    shown.press(KEY.Key_Down)
    told = shown.library.found.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(told).startswith(f"{name}, 2 sessions · ")
    shown.press(KEY.Key_Return)
    assert shown.last() == LookAtClient(name)
    shown.window.take(seen.CLIENT_SEEN)
    page = shown.window.client
    assert shown.page() is page
    assert shown.focus() is page.back
    for _ in (page.card, *page.shows[:2]):
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
    assert shown.focus() is field


def test_a_clients_page_is_reached_from_their_card_too(shown: Shown) -> None:
    name = seen.CLIENT_SEEN.client
    shown.window.home.clients.click()
    shown.window.take(ClientsListed(seen.KNOWN))
    cards, page = shown.window.clients, shown.window.client
    cards.over_time.click()
    assert shown.last() == LookAtClient(name)
    shown.window.take(seen.CLIENT_SEEN)
    assert shown.page() is page
    page.card.click()
    assert shown.page() is cards, "where they came from"
    cards.over_time.click()
    shown.window.take(seen.CLIENT_SEEN)
    shown.press(KEY.Key_Escape)
    assert shown.page() is cards
    shown.window.take(ClientsListed(seen.KNOWN))
    shown.press(KEY.Key_Escape)
    assert shown.page() is shown.window.home


def test_a_name_is_found_by_any_of_its_words(shown: Shown) -> None:
    lines = tuple(replace(one, client="Anna Maria") for one in seen.SESSIONS)
    shown.library.show_lines(lines)
    for typed, found in (("mar", 1), ("ANNA M", 1), ("nna", 0), ("xyz", 0)):
        shown.library.field.setText(typed)
        shown.window.take(WordsFound(typed, ()))
        assert shown.library.found.rows.rowCount() == found
    assert shown.library._state.text() == NOT_FOUND


def test_rows_say_what_is_not_as_usual() -> None:
    kept = seen.SESSIONS[1]
    gone = replace(kept, sound_gone_on=date(2026, 12, 3), wrapped_up=False)
    remarks = {
        kept: "",
        replace(kept, mode=Mode.LIVE_ONLY): "live only",
        replace(kept, mode=Mode.NO_LISTENING): "no listening",
        replace(kept, consent=Standing.NEVER): "no consent noted",
        replace(kept, consent=Standing.WITHDRAWN): "consent withdrawn",
        gone: "sound gone since 3 December 2026 · not wrapped up",
    }
    assert [session_remarks(line) for line in remarks] == list(remarks.values())


def test_a_wrap_up_that_is_done_is_seen_at_home(shown: Shown) -> None:
    sessions = shown.library.sessions
    sessions.setFocus()
    assert sessions.aside(sessions.rows.row(0)) == "not wrapped up"
    done = StoredEvent(99, Millis(0), 0, WrapUpFinished(Millis(0)))
    shown.window.take(WrapUpStored(seen.SESSIONS[0].id, done))
    assert sessions.aside(sessions.rows.row(0)) == ""
    assert sessions.currentIndex().row() == 0


def test_on_a_clients_own_page_the_day_comes_first(shown: Shown) -> None:
    shown.window.take(seen.CLIENT_SEEN)
    sessions = shown.window.client.sessions
    told = sessions.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(told).startswith(when(seen.SESSIONS[0].started_at)[0])
    assert seen.CLIENT_SEEN.client not in str(told)


def test_an_empty_home_says_what_to_do(shown: Shown) -> None:
    shown.window.take(seen.FIRST)
    library = shown.library
    assert library.bring_in.isVisible()
    assert not library.sessions.isVisible()
    shown.window.take(seen.SEEN)
    assert not library.bring_in.isVisible()


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
