"""The export window: choose on the left, see on the right what will be written.

It reads nothing and writes nothing: it asks by signal and shows what it is told.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
from sidelight.ui.dialogs.export.preview import PreviewPane
from sidelight.ui.dialogs.export.wording import (
    CLOSE,
    PLAIN,
    SAVE,
    TITLE,
    names_told,
)
from sidelight.ui.dialogs.files import Choice, FileWish, ask_for
from sidelight.ui.review.header import facts, title
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.scrolling import Scrolling
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from sidelight.domain.story import Story
    from sidelight.session.export_messages import Wish
    from sidelight.ui.theme.theme import Theme

    ChoosePlace = Callable[[QWidget, str, Callable[[Path], None]], None]

WIDTH: Final = 980
HEIGHT: Final = 760
_ASIDE: Final = 300
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
        self._left = False
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.form = ExportForm(theme)
        self.preview = PreviewPane(theme)
        self.names = Text(theme, Role.SMALL, soft=True)
        self.remarks = Text(theme, Role.SMALL, soft=True)
        self.checking = self._to_check()
        self.news = Text(theme, Role.SMALL)
        self.close_button = Button(theme, CLOSE)
        self.close_button.setToolTip("Esc")
        self.close_button.clicked.connect(self.close)
        self.save_button = Button(theme, SAVE, main=True)
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.form.changed.connect(self._ask)
        for keys, way in (
            ("Esc", self.close),
            (QKeySequence(QKeySequence.StandardKey.Save), self.save),
            (QKeySequence(QKeySequence.StandardKey.Close), self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(way)
        self._lay_out()
        self.news.say("")
        self.remarks.say("")
        self.resize(self._fitting_size())
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

    def show_story(self, story: Story) -> None:
        """The session went on, in its wrap-up for example."""
        if story.last_seq != self._story.last_seq:
            self._story = story
            self._ask()

    def save(self) -> None:
        """Ask where to, then for it to be written."""
        self.form.settle()
        wish = self.form.wish
        if wish is None:
            return
        self.news.say("")

        def chosen(path: Path) -> None:
            self.asked.emit(SaveExport(self._session, wish, path))

        self._choose_place(self, file_name(self._story, wish), chosen)

    def take(self, news: ExportNews) -> None:
        """Show what came of it."""
        match news:
            case PreviewMade(wish=wish, preview=preview) if wish == self.form.wish:
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
        wish = self.form.wish
        self.save_button.setEnabled(wish is not None)
        if wish is None:
            return
        self.news.say("")
        self.preview.wait()
        self.asked.emit(PreviewExport(self._session, wish))

    def _show_check(self, wish: Wish, check: ToCheck) -> None:
        self.names.say(names_told(check, wish.what))
        self.remarks.say(" ".join(check.remarks))

    def _lay_out(self) -> None:
        theme = self._theme
        margin = theme.px(Space.XL)
        aside = QVBoxLayout()
        aside.setSpacing(theme.px(Space.XS))
        aside.addWidget(Text(theme, Role.TITLE, TITLE))
        told = SEPARATOR.join((title(self._story), facts(self._story)))
        aside.addWidget(Text(theme, Role.SMALL, told, soft=True))
        aside.addSpacing(theme.px(Space.M))
        aside.addWidget(self.form)
        aside.addSpacing(theme.px(Space.M))
        aside.addWidget(label(theme, tr("Names to check"), self.names))
        aside.addWidget(self.checking, 1)
        left = QWidget()
        left.setLayout(aside)
        aside.setContentsMargins(0, 0, 0, 0)
        beside = Scrolling(left)
        beside.setFixedWidth(theme.px(_ASIDE))
        halves = QHBoxLayout()
        halves.setSpacing(margin)
        halves.addWidget(beside)
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

    def _to_check(self) -> Scrolling:
        """Names and remarks: in German every noun looks like a name, in hours many."""
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(Space.S))
        column.addWidget(self.names)
        column.addWidget(self.remarks)
        column.addStretch(1)
        scrolling = Scrolling(both)
        scrolling.setAccessibleName(tr("Names to check"))
        policy = Qt.FocusPolicy
        # A stop of the tab key only where there is something to scroll.
        scrolling.verticalScrollBar().rangeChanged.connect(
            lambda _, most: scrolling.setFocusPolicy(
                policy.StrongFocus if most else policy.NoFocus
            )
        )
        return scrolling

    def _fitting_size(self) -> QSize:
        wanted = QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))
        if QGuiApplication.platformName() == "offscreen":
            return wanted  # that screen is made up; pictures keep their size
        return wanted.boundedTo(self.screen().availableGeometry().size())


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
