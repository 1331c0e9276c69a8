"""The application and its look: what every window process begins with, and no more.

Home must not wait for what only a session or a review is made of, so this stands apart.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QStyle, QToolTip

from sidelight.ui.collecting import collect_here
from sidelight.ui.platform.display import prepare_display
from sidelight.ui.platform.qtlog import log_qt_messages
from sidelight.ui.platform.qtwords import speak_as_chosen
from sidelight.ui.spoken import speak_what_is_painted
from sidelight.ui.theme.fonts import load_fonts
from sidelight.ui.theme.icons import app_icon
from sidelight.ui.theme.stylesheet import stylesheet
from sidelight.ui.theme.theme import Theme, ThemeName, choose_palette
from sidelight.ui.theme.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
        choices: Folder where the coach's choices are remembered; ``None``: nothing is.
        in_room: Whether everybody is in one room; ``None``: the session will say.
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
    choices: Path | None = None
    in_room: bool | None = None

    @property
    def unattended(self) -> bool:
        """Whether nobody will close a window."""
        return self.headless or self.close_after_review

    @property
    def wraps_up(self) -> bool:
        """Whether the wrap-up comes first: not where somebody waits for pictures."""
        return not self.unattended and self.timeline_png is None


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
    collect_here()
    application.setApplicationName("Sidelight")
    application.setApplicationDisplayName("Sidelight")
    application.setDesktopFileName("sidelight")
    application.setQuitOnLastWindowClosed(False)
    application.setStyle("Fusion")
    application.setWindowIcon(app_icon())
    speak_as_chosen(application)
    speak_what_is_painted()
    load_fonts()
    theme = Theme(
        choose_palette(options.theme, application),
        options.text_scale,
        options.reduced_motion or not _animated(application),
    )
    application.setPalette(theme.qpalette())
    # What Qt makes itself: lists of choices, menus of text fields, tool tips.
    application.setFont(theme.font(Role.BODY))
    menus = "QMenu"  # text at run time, whatever the stubs say
    application.setFont(theme.font(Role.SMALL), menus)  # type: ignore[arg-type]
    QToolTip.setFont(theme.font(Role.SMALL))
    application.setStyleSheet(stylesheet(theme))
    return application, theme


@contextmanager
def made_in_one_piece(application: QApplication) -> Iterator[None]:
    """What is made meanwhile gets the style sheet when all of it is there.

    Qt looks through the sheet for everything below a part each time that part is put
    into another: home took 0.25 s of processor time so, and takes 0.11 s with this. For
    before anything is shown: what is there already would get it anew.
    """
    sheet = application.styleSheet()
    application.setStyleSheet("")
    try:
        yield
    finally:
        application.setStyleSheet(sheet)


def _animated(application: QApplication) -> bool:
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return application.style().styleHint(hint) > 0
