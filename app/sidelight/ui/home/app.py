"""The window process without a session: home, and the review of what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from sidelight.ui.answering import FirstAnswer
from sidelight.ui.application import WindowOptions, make_application
from sidelight.ui.home.bridge import HomeBridge, HomeLink
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.platform.interrupts import Interrupts

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.ui.review.window import ReviewWindow
    from sidelight.ui.theme.theme import Theme


def run_home(link: HomeLink, options: WindowOptions) -> int:
    """Show home until it is closed, a session begins, or the launcher is gone.

    Args:
        link: To the launcher; closed by the caller afterwards.
        options: How to behave.

    Returns:
        0, the exit code.

    Raises:
        UserError: No display.

    Thread: the process's main thread.
    """
    application, theme = make_application(options)
    home = HomeApp(link, theme)
    interrupts = Interrupts(home.leave)
    try:
        home.start()
        application.exec()
    finally:
        interrupts.close()
        home.stop()
    return 0


class HomeApp(QObject):
    """The launcher's news on one side, windows on the other.

    Args:
        link: To the launcher.
        theme: Fonts and colours.
    """

    def __init__(self, link: HomeLink, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = HomeBridge(link, self)
        self.window = HomeWindow(theme)
        self.review: ReviewWindow | None = None
        self._bridge.told.connect(self.window.take)
        self._bridge.lost.connect(self.leave)
        FirstAnswer(self._bridge.told, self)
        self.window.asked.connect(self._bridge.ask)
        self.window.opened.connect(self._open_review)
        self.window.begun.connect(self.leave)
        self.window.closed.connect(self.leave)

    def start(self) -> None:
        """Show the window and ask how things stand."""
        self.window.show()
        self._bridge.start()
        self.window.begin()

    def stop(self) -> None:
        """End the reader, close every window."""
        self._bridge.stop()
        self.window.closed.disconnect(self.leave)
        for window in (self.review, self.window):
            if window is not None:
                window.close()
                window.deleteLater()

    @Slot()
    def leave(self) -> None:
        """End the application's loop."""
        QApplication.exit(0)

    @Slot(object)
    def _open_review(self, story: Story) -> None:
        if self.review is not None:
            self.review.close()
            self.review.deleteLater()
        # Home itself does not wait for what a review is made of.
        from sidelight.ui.review.opening import review_of  # noqa: PLC0415

        self.review = review_of(self._theme, story)
        self.review.show()
        self.review.activateWindow()
