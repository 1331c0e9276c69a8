"""The export window: choose on the left, see on the right what will be written.

It reads nothing and writes nothing: it asks by signal and shows what it is told.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.export.package import What
from sidelight.export.redaction import Names, Redaction
from sidelight.session.export_messages import (
    ExportNews,
    ExportRefused,
    ExportSaved,
    PreviewExport,
    PreviewMade,
    SaveExport,
    ToCheck,
)
from sidelight.session.exporting import file_name, named_as
from sidelight.ui.dialogs.export.form import ExportForm
from sidelight.ui.dialogs.export.naming import NamesToCheck
from sidelight.ui.dialogs.export.preview import PreviewPane
from sidelight.ui.dialogs.export.wording import (
    CLOSE,
    IN_SOUND,
    PLAIN,
    SAVE,
    TITLE,
)
from sidelight.ui.dialogs.files import Choice, FileWish, ask_for
from sidelight.ui.platform.fitting import fitting
from sidelight.ui.review.header import facts, title
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.scrolling import GUTTER, InSight, Steady
from sidelight.ui.widgets.tab_order import chain
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from sidelight.domain.story import Story
    from sidelight.session.export_messages import Wish
    from sidelight.ui.theme.theme import Theme

    ChoosePlace = Callable[[QWidget, str, Callable[[Path], None]], None]

WIDTH: Final = 980
HEIGHT: Final = 760
_ASIDE: Final = 300
_MOST_ASIDE: Final = 0.36
"""Of the window's width."""

PICTURE_RATIO: Final = 1.5


class ExportWindow(QWidget):
    """Escape closes it, Control and S saves.

    Signals:
        asked: A preview, or to save (``ExportRequest``).
        left: It was closed. Once.

    Args:
        theme: Fonts and colours.
        story: The session.
        choose_place: Asks for a file; the system's own dialog.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(
        self, theme: Theme, story: Story, choose_place: ChoosePlace | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self._theme = theme
        self._story = story
        self._choose_place = choose_place or _ask_for_place
        session = story.session
        self._client = Redaction(session.client if session else "", Names.FIRST)
        self._left = False
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.form = ExportForm(theme)
        self.preview = PreviewPane(theme)
        self.names = NamesToCheck(theme)
        self.remarks = Text(theme, Role.SMALL, soft=True)
        self.aside = self._choices()
        self.news = Text(theme, Role.SMALL)
        self.close_button = Button(theme, CLOSE)
        self.close_button.setToolTip("Esc")
        self.close_button.clicked.connect(self.close)
        self.save_button = Button(theme, SAVE, main=True)
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.form.changed.connect(self._ask)
        self.names.changed.connect(self._ask)
        for keys, way in (
            ("Esc", self.close),
            (QKeySequence(QKeySequence.StandardKey.Save), self.save),
            (QKeySequence(QKeySequence.StandardKey.Close), self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(way)
        self._lay_out()
        self.news.say("")
        self.remarks.say("")
        self.resize(fitting(self, QSize(theme.px(WIDTH), theme.px(HEIGHT))))
        stops = [
            *(self.form.what, self.form.format, self.form.names),
            *(self.form.start, self.form.end, self.preview.text, self.preview.pages),
            *(self.close_button, self.save_button),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.form.what.setFocus()
        # Once whoever made it listens.
        QTimer.singleShot(0, self, self._ask)

    @property
    def wish(self) -> Wish | None:
        """What is wished for; ``None``: a time cannot be read."""
        wish = self.form.wish
        if wish is None or wish.what is What.SOUND:
            return wish
        return replace(wish, others=self.names.instead)

    def show_story(self, story: Story) -> None:
        """The session went on, in its wrap-up for example."""
        if story.last_seq != self._story.last_seq:
            self._story = story
            self._ask()

    def save(self) -> None:
        """Ask where to, then for it to be written."""
        self.form.settle()
        self.names.settle()
        wish = self.wish
        if wish is None:
            return
        self.news.say("")

        def chosen(path: Path) -> None:
            self.asked.emit(SaveExport(self._session, wish, path))

        self._choose_place(self, file_name(self._story, wish), chosen)

    def take(self, news: ExportNews) -> None:
        """Show what came of it."""
        match news:
            case PreviewMade(wish=wish, preview=preview) if wish == self.wish:
                self.preview.show_preview(preview)
                self.save_button.setEnabled(True)
                self._show_check(wish, preview.to_check)
            case ExportSaved(path=path, to_check=check):
                told = " ".join(
                    (tr("Saved as {name}.", name=path.name), *check.remarks)
                )
                self.news.say(told)
            case ExportRefused(message=message, remedy=remedy):
                self.news.say(f"{message} {remedy}")
            case PreviewMade():
                pass  # of an earlier wish

    def picture(self) -> QImage:
        """The whole window as it is now."""
        self.ensurePolished()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        image = QImage(self.size() * PICTURE_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_RATIO)
        self.render(image, QPoint())
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Most of a small screen is the preview's."""
        super().resizeEvent(event)
        wide = min(self._theme.px(_ASIDE), round(_MOST_ASIDE * self.width()))
        self.aside.setFixedWidth(wide + GUTTER)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so."""
        super().closeEvent(event)
        if not self._left:
            self._left = True
            self.left.emit()

    @property
    def _session(self) -> str:
        return self._story.session.id if self._story.session else ""

    def _ask(self) -> None:
        wish = self.wish
        self.save_button.setEnabled(wish is not None)
        if wish is None:
            return
        self.news.say("")
        self.preview.wait()
        self.asked.emit(PreviewExport(self._session, wish))

    def _show_check(self, wish: Wish, check: ToCheck) -> None:
        if wish.what is What.SOUND:
            self.names.say(IN_SOUND)
        else:
            # What the client is called is chosen once, above.
            others = [x for x in check.names if not self._client.is_client(x.name)]
            self.names.show_names(others)
            chain(self.form.end, self.names)
        self.remarks.say(" ".join(check.remarks))

    def _lay_out(self) -> None:
        theme = self._theme
        margin = theme.px(Space.XL)
        aside = QVBoxLayout(self.aside.page)
        aside.setSpacing(theme.px(Space.XS))
        aside.addWidget(Text(theme, Role.TITLE, TITLE))
        told = SEPARATOR.join((title(self._story), facts(self._story)))
        aside.addWidget(Text(theme, Role.SMALL, told, soft=True))
        aside.addSpacing(theme.px(Space.M))
        aside.addWidget(self.form)
        aside.addSpacing(theme.px(Space.M))
        aside.addWidget(label(theme, tr("Names to check")))
        aside.addWidget(self.names)
        aside.addWidget(self.remarks)
        aside.addStretch(1)
        aside.setContentsMargins(0, 0, 0, 0)
        halves = QHBoxLayout()
        halves.setSpacing(margin - GUTTER)
        halves.addWidget(self.aside)
        halves.addWidget(self.preview, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(Space.S))
        said = QVBoxLayout()
        said.setSpacing(theme.px(Space.XXS))
        said.addWidget(Text(theme, Role.SMALL, PLAIN, soft=True))
        said.addWidget(self.news)
        below.addLayout(said, 1)
        below.addStretch(0)
        below.addWidget(self.close_button)
        below.addWidget(self.save_button)
        around = QVBoxLayout(self)
        around.setContentsMargins(margin, margin, margin, margin)
        around.setSpacing(theme.px(Space.L))
        around.addLayout(halves, 1)
        around.addLayout(below)

    def _choices(self) -> Steady:
        """What is chosen scrolls: in hours there are many names."""
        scrolling = Steady(QWidget())
        scrolling.setAccessibleName(TITLE)
        InSight(scrolling)
        policy = Qt.FocusPolicy
        # A stop of the tab key only where there is something to scroll.
        scrolling.verticalScrollBar().rangeChanged.connect(
            lambda _, most: scrolling.setFocusPolicy(
                policy.StrongFocus if most else policy.NoFocus
            )
        )
        return scrolling


def _ask_for_place(
    parent: QWidget, suggested: str, chosen: Callable[[Path], None]
) -> None:
    """As what it is, whatever was typed; nothing is replaced that was not asked for."""
    format_ = Path(suggested).suffix.removeprefix(".")

    def named(found: tuple[Path, ...]) -> None:
        right = named_as(found[0], format_)
        if right == found[0] or not right.exists():
            chosen(right)
        else:
            ask(str(right))

    def ask(name: str) -> None:
        ask_for(parent, FileWish(tr("Save As"), Choice.NEW, name=name), named)

    ask(suggested)
