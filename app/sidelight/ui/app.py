"""The window process: makes the application, follows the engine, shows the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyle, QToolTip

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.ui.bridge import Bridge, EngineLink
from sidelight.ui.pictures import save_picture
from sidelight.ui.platform.display import prepare_display
from sidelight.ui.platform.interrupts import Interrupts
from sidelight.ui.platform.qtlog import log_qt_messages
from sidelight.ui.review.window import ReviewWindow
from sidelight.ui.sidebar.views import SessionViews
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import sidebar_texts
from sidelight.ui.tasks import Tasks
from sidelight.ui.theme.fonts import load_fonts
from sidelight.ui.theme.stylesheet import stylesheet
from sidelight.ui.theme.theme import Theme, ThemeName, choose_palette

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from sidelight.domain.timeline import Millis


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture of the sidebar, saved when the session reaches ``at``.

    One that lies beyond the end of the session is saved at the end.
    """

    at: Millis
    path: Path


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window behaves.

    Attributes:
        headless: Draw into memory, without a screen; ends with the session.
        snapshots: Pictures of the sidebar to save on the way (PNG).
        review: Open the review when the session has ended.
        timeline_png: Where to save a picture of the review's timeline, or ``None``.
        close_after_review: End by itself once everything has been shown and saved.
        theme: Which colours.
        text_scale: Size of all text, 1.0..2.0.
        reduced_motion: Nothing fades.
        folded: Begin as a strip of one line.
        settings: Where the coach's choices lie; ``None``: nothing is remembered.
    """

    headless: bool = False
    snapshots: tuple[Snapshot, ...] = ()
    review: bool = True
    timeline_png: Path | None = None
    close_after_review: bool = False
    theme: ThemeName = ThemeName.SYSTEM
    text_scale: float = 1.0
    reduced_motion: bool = False
    folded: bool = False
    settings: Path | None = None

    @property
    def unattended(self) -> bool:
        """Whether nobody will close a window."""
        return self.headless or self.close_after_review


def run_window(client: EngineLink, options: WindowOptions) -> int:
    """Show the session that this client follows, until it is over or closed.

    Closing the sidebar ends what the window shows, not the session: the engine goes on.
    When the engine goes away, the last state stays and says so.

    Args:
        client: Connected to the engine; closed by the caller afterwards.
        options: How to behave.

    Returns:
        0; or 1 when nobody watches and the engine went away before the session's end.

    Raises:
        UserError: No display, or a picture could not be saved.

    Thread: the process's main thread.
    """
    application, theme = make_application(options)
    window = _Session(client, theme, options)
    interrupts = Interrupts(window.leave)
    try:
        window.start()
        application.exec()
    finally:
        interrupts.close()
        window.stop()
    if window.failure is not None:
        raise window.failure
    return window.exit_code


def make_application(options: WindowOptions) -> tuple[QApplication, Theme]:
    """The application and its look. Its name and titles never carry session content.

    Raises:
        UserError: No display, or the fonts are missing.
    """
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
    else:
        prepare_display(headless=options.headless)
        log_qt_messages()
        application = QApplication([])
    application.setApplicationName("Sidelight")
    application.setApplicationDisplayName("Sidelight")
    application.setDesktopFileName("sidelight")
    application.setQuitOnLastWindowClosed(False)
    application.setStyle("Fusion")
    application.setWindowIcon(
        QIcon(str(resources.assets() / "icons" / "sidelight.png"))
    )
    load_fonts()
    theme = Theme(
        choose_palette(options.theme, application),
        options.text_scale,
        options.reduced_motion or not _animated(application),
    )
    application.setPalette(theme.qpalette())
    application.setStyleSheet(stylesheet(theme))
    return application, theme


def _animated(application: QApplication) -> bool:
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return application.style().styleHint(hint) > 0


class _Session(QObject):
    """One session on screen: the bridge's news on one side, windows on the other."""

    def __init__(self, link: EngineLink, theme: Theme, options: WindowOptions) -> None:
        super().__init__()
        self.exit_code = 0
        self.failure: UserError | None = None
        self._theme = theme
        self._options = options
        self._bridge = Bridge(link, self)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._fail)
        self._due = sorted(options.snapshots, key=lambda snapshot: snapshot.at)
        self._sidebar = SidebarWindow(theme, folded=options.folded)
        self._views = SessionViews(theme, self._sidebar, options.settings, self)
        self._review: ReviewWindow | None = None
        self._sidebar.closed.connect(self._sidebar_closed)
        self._bridge.changed.connect(self._show_state)
        self._bridge.positioned.connect(self._save_due)
        self._bridge.faulted.connect(self._sidebar.show_fault)
        self._bridge.told.connect(self._sidebar.tell)
        self._bridge.told.connect(self._views.tell)
        self._bridge.hide_asked.connect(self._views.hide_or_show)
        self._bridge.retold.connect(self._tell_anew)
        self._sidebar.asked.connect(self._bridge.ask)
        self._bridge.ended.connect(self._end)
        self._bridge.lost.connect(self._lose)
        self._bridge.dismissed.connect(self.leave)

    def start(self) -> None:
        """Show the sidebar and follow the engine."""
        self._show_state()
        self._sidebar.place()
        self._views.open()
        self._bridge.start()

    def stop(self) -> None:
        """End the reader, finish what is being saved, close both windows."""
        self._bridge.stop()
        self._tasks.finish()
        QApplication.sendPostedEvents(self)  # what the last picture had to say
        self._views.close()
        self._sidebar.closed.disconnect(self._sidebar_closed)
        for window in (self._sidebar, self._review):
            if window is not None:
                window.close()
                window.deleteLater()

    @Slot()
    def leave(self) -> None:
        """End the application's loop once every picture is on disk."""
        self._tasks.finish()
        QApplication.exit(0)

    @Slot()
    def _show_state(self) -> None:
        bridge = self._bridge
        texts = sidebar_texts(
            bridge.story,
            bridge.status,
            connected=bridge.connected,
            looking=bridge.looking,
        )
        self._sidebar.show_texts(texts)
        self._views.show(texts, bridge.story.session)

    @Slot()
    def _tell_anew(self) -> None:
        """The story is another one: what is gone from it leaves at once, unfaded."""
        QToolTip.hideText()
        self._show_state()
        self._sidebar.settle()
        self._views.settle()
        if self._review is not None:
            self._review.show_story(self._bridge.story)

    @Slot(int)
    def _save_due(self, position: int) -> None:
        while self._due and self._due[0].at <= position:
            self._save(self._sidebar.picture(), self._due.pop(0).path)

    @Slot()
    def _end(self) -> None:
        for snapshot in self._due:
            self._save(self._sidebar.picture(), snapshot.path)
        self._due.clear()
        if self._options.review:
            self._views.when_seen(self._open_review)
        if self._options.unattended:
            self.leave()

    @Slot()
    def _lose(self) -> None:
        """The engine is gone: the sidebar says so. Unattended, nobody could read it."""
        if self._options.unattended and not self._bridge.story.ended:
            self.exit_code = 1
            self.leave()

    @Slot()
    def _sidebar_closed(self) -> None:
        if self._review is None or not self._review.isVisible():
            self.leave()

    def _open_review(self) -> None:
        bridge = self._bridge
        self._review = ReviewWindow(
            self._theme, bridge.story, bridge.transcript, bridge.moments
        )
        self._review.closed.connect(self.leave)
        self._review.show()
        self._views.close()
        self._sidebar.hide()
        if self._options.timeline_png is not None:
            self._save(self._review.picture(), self._options.timeline_png)

    def _save(self, image: QImage, path: Path) -> None:
        self._tasks.run(lambda: save_picture(image, path))

    @Slot(object)
    def _fail(self, error: object) -> None:
        if isinstance(error, UserError):
            self.failure = self.failure or error
        if self._options.unattended:
            self.leave()
