"""Keys in the window, a real engine behind it: what is asked for really happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.fakes.engines import SESSION, RunningEngine, running_engine
from tests.fakes.reading_exports import text_of
from tests.fakes.sources import StepSource

from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.export.package import What
from sidelight.session.export_messages import SaveExport, Wish
from sidelight.session.following import FollowingClient
from sidelight.session.messages import End
from sidelight.ui.app import _Session
from sidelight.ui.application import WindowOptions
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import Dot
from sidelight.ui.theme.theme import Theme

PATIENCE_MS = 20_000


@contextmanager
def shown(engine: RunningEngine, theme: Theme) -> Iterator[_Session]:
    """The window of this engine's session."""
    with FollowingClient.connect(engine.folder, retry_s=0.01) as link:
        window = _Session(link, theme, WindowOptions())
        window.start()
        try:
            yield window
        finally:
            if window._review is not None:
                window._review.closed.disconnect(window.leave)  # no loop ends here
            window.stop()


def said(window: _Session) -> list[str]:
    model = window._bridge.transcript
    return [model.row(n).utterance.text for n in range(model.rowCount())]


def seconds(first: int, last: int) -> list[str]:
    return [f"second {number}" for number in range(first, last + 1)]


def line(sidebar: SidebarWindow) -> str:
    return sidebar.panel._request.text()


def test_off_the_record_undo_pause_and_the_end(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    source = StepSource()

    def until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    with running_engine(tmp_path, source) as engine, shown(engine, theme) as window:
        sidebar = window._sidebar
        source.go_on_to(5)
        until(lambda: said(window) == seconds(1, 5))
        QTest.keyClick(sidebar, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
        until(lambda: sidebar.panel.way.text() == "Undo")
        assert " deleted" in line(sidebar)
        assert "second 5" not in said(window)
        QTest.mouseClick(sidebar.panel.way, Qt.MouseButton.LeftButton)
        until(lambda: said(window) == seconds(1, 5))
        until(lambda: sidebar.panel.way.text() == "")
        QTest.keyClick(sidebar, Qt.Key.Key_P)
        until(lambda: sidebar.panel.way.text() == "Resume")
        assert sidebar._texts is not None
        assert sidebar._texts.health.dot is Dot.HOLLOW
        QTest.keyClick(sidebar, Qt.Key.Key_P)
        until(lambda: sidebar.panel.way.text() == "")
        window._bridge.ask(End())
        until(lambda: window._wrap_up is not None)
        wrap_up = window._wrap_up
        assert wrap_up is not None
        wrap_up.note.field.setPlainText("Slower.")
        wrap_up.commitments.field.setText("Call the hall")
        QTest.keyClick(wrap_up, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        until(lambda: window._bridge.story.wrap_up.finished)
        assert window._review is not None
        assert window._review.isVisible()
        assert window._wrap_up is None
        kept = tell(engine.store.events()).wrap_up
        assert kept == window._bridge.story.wrap_up
        assert (kept.note, [x.text for x in kept.written]) == (
            "Slower.",
            ["Call the hall"],
        )


def test_i_did_that_and_undo_reach_the_clocks_and_are_confirmed(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    source = StepSource()

    def until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    with running_engine(tmp_path, source) as engine, shown(engine, theme) as window:
        sidebar, bridge = window._sidebar, window._bridge
        source.go_on_to(5)
        until(lambda: said(window) == seconds(1, 5))
        QTest.keyClick(sidebar, Qt.Key.Key_B)
        until(lambda: line(sidebar) == "Bookmark set")
        QTest.keyClick(sidebar, Qt.Key.Key_D)
        until(lambda: line(sidebar) == "Noted: support")
        until(lambda: bridge.moments.rowCount() == 1)
        assert bridge.story.clocks.last("support") is not None
        QTest.keyClick(sidebar, Qt.Key.Key_U)
        until(lambda: line(sidebar) == "Undone: I did that")
        until(lambda: bridge.story.clocks.last() is None)
        QTest.keyClick(sidebar, Qt.Key.Key_U)
        until(lambda: line(sidebar) == "Bookmark removed")
        until(lambda: not bridge.story.marks)
        QTest.keyClick(sidebar, Qt.Key.Key_U)
        until(lambda: line(sidebar) == "Nothing left to undo")


def test_only_live_the_review_opens_without_a_word(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    source = StepSource()
    live = replace(SESSION, mode=Mode.LIVE_ONLY)
    with (
        running_engine(tmp_path, source, session=live) as engine,
        shown(engine, theme) as window,
    ):
        source.go_on_to(3)
        qtbot.waitUntil(lambda: said(window) == seconds(1, 3), timeout=PATIENCE_MS)
        read: list[list[str]] = []
        window._bridge.retold.connect(lambda: read.append(said(window)))
        window._bridge.ask(End())
        # The window forgets by itself; then the engine says so too.
        qtbot.waitUntil(lambda: len(read) == 2, timeout=PATIENCE_MS)
        assert read == [[], []]
        wrap_up = window._wrap_up
        assert wrap_up is not None
        wrap_up.note.field.setPlainText("My own words stay.")
        QTest.keyClick(wrap_up, Qt.Key.Key_Escape)
        assert window._review is not None
        own = window._bridge.story
        qtbot.waitUntil(
            lambda: window._bridge.story.wrap_up.note == "My own words stay.",
            timeout=PATIENCE_MS,
        )
        assert own.wrap_up.note == ""
        stored = engine.store.events()
        assert tell(stored).wrap_up.note == "My own words stay."
        assert "second 1" not in repr(stored)
        spoken = [said.span for said in window._bridge.story.utterances]
        assert len(spoken) == 3


def test_a_transcript_from_the_sessions_own_review_has_the_clients_consent(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    source = StepSource()
    agreed = "Zoë agreed, in writing."
    place = tmp_path / "transcript.docx"
    with (
        running_engine(tmp_path, source, consent=lambda: agreed) as engine,
        shown(engine, theme) as window,
    ):
        source.go_on_to(3)
        qtbot.waitUntil(lambda: said(window) == seconds(1, 3), timeout=PATIENCE_MS)
        window._bridge.ask(End())
        qtbot.waitUntil(lambda: window._wrap_up is not None, timeout=PATIENCE_MS)
        assert window._wrap_up is not None
        QTest.keyClick(window._wrap_up, Qt.Key.Key_Escape)
        assert window._review is not None
        window._review.asking.export.click()
        export = window._export
        assert export is not None
        export.asked.emit(SaveExport(SESSION.id, Wish(What.TRANSCRIPT, "docx"), place))
        qtbot.waitUntil(place.exists, timeout=PATIENCE_MS)
        export.close()
    assert agreed in text_of("docx", place.read_bytes())
