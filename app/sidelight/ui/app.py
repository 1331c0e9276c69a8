"""The window process: makes the application, follows the engine, shows the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QToolTip

from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.session.messages import AskConsentText, Playback, WrapUp
from sidelight.settings.sidebar import SidebarChoice
from sidelight.ui.answering import KNOWS, FirstAnswer, FirstPaint
from sidelight.ui.application import make_application
from sidelight.ui.bridge import NOT_SENT, Bridge, EngineLink
from sidelight.ui.pictures import save_picture
from sidelight.ui.platform.interrupts import Interrupts
from sidelight.ui.sidebar.intents import BINDINGS
from sidelight.ui.sidebar.tray import Tray
from sidelight.ui.sidebar.views import SessionViews
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import sidebar_texts
from sidelight.ui.tasks import Tasks
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from sidelight.session.wrap_acts import Act
    from sidelight.ui.application import WindowOptions
    from sidelight.ui.dialogs.export.window import ExportWindow
    from sidelight.ui.review.window import ReviewWindow
    from sidelight.ui.settings.beside_session import SessionSettings
    from sidelight.ui.sidebar.drawer import Drawer
    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.wrapup.window import WrapUpWindow


_GONE: Final = UserError(
    tr("This could not be stored: the program behind the window is gone."),
    tr("Copy what you wrote, and open the session from home."),
)


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
    first = FirstPaint(application, window)
    FirstAnswer(first.painted, window)
    first.painted.connect(window.offer_tray, Qt.ConnectionType.QueuedConnection)
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
        folder = options.choices
        choice = None if folder is None else SidebarChoice.recall(folder)
        self._sidebar = SidebarWindow(theme, folded=options.folded, choice=choice)
        self._sidebar.chosen.connect(self._remember)
        self._tray = Tray(theme, self._sidebar, BINDINGS)
        self._tray.review_asked.connect(self._raise_review)
        self._settings: SessionSettings | None = None
        self._sidebar.settings_asked.connect(self._open_settings)
        self._views = SessionViews(theme, self._sidebar, folder, self)
        self._drawer: Drawer | None = None
        self._review: ReviewWindow | None = None
        self._wrap_up: WrapUpWindow | None = None
        self._export: ExportWindow | None = None
        self._sidebar.closed.connect(self._sidebar_closed)
        self._bridge.changed.connect(self._show_state)
        self._bridge.positioned.connect(self._save_due)
        self._bridge.faulted.connect(self._sidebar.show_fault)
        self._bridge.told.connect(self._sidebar.tell)
        self._bridge.told.connect(self._views.tell)
        self._bridge.hide_asked.connect(self._views.hide_or_show)
        self._bridge.retold.connect(self._tell_anew)
        self._bridge.faulted.connect(self._not_stored)
        self._bridge.told.connect(self._not_sent)
        self._sidebar.asked.connect(self._bridge.ask)
        self._sidebar.transcript_asked.connect(self._open_drawer)
        self._bridge.ended.connect(self._end)
        self._bridge.lost.connect(self._lose)
        self._bridge.dismissed.connect(self.leave)
        FirstAnswer(self._bridge.positioned, self, KNOWS)

    def start(self) -> None:
        """Show the sidebar and follow the engine."""
        self._show_state()
        self._sidebar.place()
        self._views.open(in_room=self._options.in_room)
        self._bridge.start()

    @Slot()
    def offer_tray(self) -> None:
        """Behind the first painting: whether there is a tray is asked of the system."""
        self._tray.show()

    def stop(self) -> None:
        """End the reader, finish what is being saved, close every window."""
        if self._wrap_up is not None:
            self._wrap_up.left.disconnect(self._leave_wrap_up)  # no review any more
            self._wrap_up.save()
        self._bridge.stop()
        self._tray.hide()
        self._tasks.finish()
        QApplication.sendPostedEvents(self)  # what the last picture had to say
        self._views.close()
        if self._settings is not None:
            self._settings.close()
        self._sidebar.closed.disconnect(self._sidebar_closed)
        others = (self._wrap_up, self._export, self._review)
        for window in (self._drawer, self._sidebar, *others):
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
        if self._wrap_up is not None:
            self._wrap_up.show_story(bridge.story)
        if self._review is not None:
            self._review.show_wrap_up(bridge.story)
        if self._export is not None:
            self._export.show_story(bridge.story)
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
        if self._drawer is not None:
            self._drawer.open_drawer(opened=False)
        if self._options.review:
            wraps = self._options.wraps_up
            self._views.when_seen(self._open_wrap_up if wraps else self._open_review)
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
        later = (self._wrap_up, self._review)
        if not any(one is not None and one.isVisible() for one in later):
            self.leave()

    @Slot()
    def _open_drawer(self) -> None:
        from sidelight.ui.sidebar.drawer import (  # noqa: PLC0415 (as below)
            NOT_IN_A_ROOM,
            Drawer,
            may_open,
        )

        if not may_open(self._bridge.story):
            self._sidebar.tell(NOT_IN_A_ROOM)
            return
        if self._drawer is None:
            self._drawer = Drawer(self._theme, self._bridge.transcript, self._sidebar)
        self._drawer.toggle()

    @Slot()
    def _open_wrap_up(self) -> None:
        """The minute before the review; from there, as often as the coach likes."""
        if self._wrap_up is not None:
            self._wrap_up.activateWindow()
            return
        from sidelight.ui.wrapup.window import WrapUpWindow  # noqa: PLC0415 (as below)

        self._wrap_up = WrapUpWindow(self._theme, self._bridge.story)
        self._wrap_up.acted.connect(self._act)
        self._wrap_up.left.connect(self._leave_wrap_up)
        self._wrap_up.show()
        self._views.close()
        self._sidebar.hide()

    @Slot()
    def _leave_wrap_up(self) -> None:
        window, self._wrap_up = self._wrap_up, None
        if self._review is None:
            self._open_review()
        if window is not None:
            window.close()
            window.deleteLater()

    @Slot(object)
    def _act(self, act: Act) -> None:
        self._bridge.ask(WrapUp(act))

    @Slot(str, str)
    def _not_stored(self, message: str, remedy: str) -> None:
        if self._wrap_up is not None:
            self._wrap_up.show_fault(message, remedy)
        elif self._review is not None:
            self._review.show_fault(message, remedy)

    @Slot(str)
    def _not_sent(self, told: str) -> None:
        if told == NOT_SENT:
            self._not_stored(_GONE.message, _GONE.remedy)

    def _open_review(self) -> None:
        # The sidebar does not wait for what a review is made of.
        from sidelight.ui.review.window import ReviewWindow  # noqa: PLC0415

        bridge = self._bridge
        self._review = ReviewWindow(
            self._theme,
            bridge.story,
            bridge.transcript,
            bridge.moments,
            self._options.choices,
        )
        self._review.closed.connect(self.leave)
        self._review.wrap_up_asked.connect(self._open_wrap_up)
        self._review.export_asked.connect(self._open_export)
        self._review.acted.connect(self._act)
        self._review.sound_asked.connect(lambda one: bridge.ask(Playback(one)))
        bridge.played.connect(self._review.playback.take)
        session = bridge.story.session
        kept = session is not None and session.mode is Mode.KEEP
        self._review.playback.offer(available=kept)
        self._review.show()
        self._views.close()
        self._sidebar.hide()
        self._tray.offer_review()
        if self._options.timeline_png is not None:
            self._save(self._review.picture(), self._options.timeline_png)

    @Slot()
    def _open_export(self) -> None:
        if self._export is not None:
            self._export.activateWindow()
            return
        from sidelight.ui.dialogs.export.beside import (  # noqa: PLC0415 (as above)
            ExportBeside,
        )
        from sidelight.ui.dialogs.export.window import (  # noqa: PLC0415 (as above)
            ExportWindow,
        )

        self._export = ExportWindow(self._theme, self._bridge.story)
        bridge = self._bridge
        maker = ExportBeside(
            self._tasks, lambda: bridge.story, lambda: bridge.connected, self._export
        )
        bridge.consented.connect(maker.take_consent)
        bridge.changed.connect(maker.look_for_engine)
        maker.consent_asked.connect(lambda: bridge.ask(AskConsentText()))
        maker.told.connect(self._export.take)
        self._export.asked.connect(maker.ask)
        self._export.left.connect(self._leave_export)
        self._export.show()

    @Slot()
    def _leave_export(self) -> None:
        window, self._export = self._export, None
        if window is not None:
            self._tasks.finish()  # what is being written is written
            window.deleteLater()

    @Slot()
    def _open_settings(self) -> None:
        if self._options.choices is None:
            return
        if self._settings is None:
            # The sidebar does not wait for them.
            from sidelight.ui.settings.beside_session import (  # noqa: PLC0415
                SessionSettings,
            )

            self._settings = SessionSettings(self._theme, self._options.choices, self)
            self._settings.changed.connect(self._take_settings)
        self._settings.open()

    @Slot()
    def _take_settings(self) -> None:
        if self._options.choices is not None:
            self._sidebar.adopt(SidebarChoice.recall(self._options.choices))
            self._views.look_again()

    @Slot()
    def _raise_review(self) -> None:
        if self._review is not None:
            self._review.showNormal()
            self._review.raise_()
            self._review.activateWindow()

    @Slot(object)
    def _remember(self, choice: SidebarChoice) -> None:
        if self._options.choices is not None:
            self._tasks.run(partial(choice.remember, self._options.choices))

    def _save(self, image: QImage, path: Path) -> None:
        self._tasks.run(lambda: save_picture(image, path))

    @Slot(object)
    def _fail(self, error: object) -> None:
        if isinstance(error, UserError):
            self.failure = self.failure or error
        if self._options.unattended:
            self.leave()
