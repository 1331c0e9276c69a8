"""The wrap-up: three moments, a private note, commitments; then the review.

It asks by signal and shows what the record says: a tick that could not be stored goes
out again, and "Saved" is said of nothing else.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidelight.session.wrap_acts import FinishWrapUp, WriteNote
from sidelight.ui.platform.fitting import fitting
from sidelight.ui.review.header import facts, title
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.scrolling import GUTTER, Steady
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr
from sidelight.ui.wrapup.commitments import Commitments
from sidelight.ui.wrapup.moments import ThreeMoments
from sidelight.ui.wrapup.note import PrivateNote
from sidelight.ui.wrapup.wording import TITLE

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 660
HEIGHT: Final = 820

PICTURE_RATIO: Final = 1.5


class WrapUpWindow(QWidget):
    """Ended by one key either way: Escape skips it, Control and Enter are "done".

    Signals:
        acted: What the coach did (``Act``), to be stored.
        left: Done, skipped or closed. Once.

    Args:
        theme: Fonts and colours.
        story: A session that has ended.
    """

    acted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, story: Story) -> None:
        super().__init__()
        self.setWindowTitle(tr("Wrap-up"))
        self._theme = theme
        self._left = False
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self._facts = Text(theme, Role.SMALL, soft=True)
        self.moments = ThreeMoments(theme)
        self.note = PrivateNote(theme, story.wrap_up.note)
        self.note.written.connect(lambda text: self.acted.emit(WriteNote(text)))
        self.commitments = Commitments(theme)
        self.commitments.acted.connect(self.acted)
        self.news = Text(theme, Role.SMALL)
        self.news.say("")
        self.skip = Button(theme, tr("Not now"))
        self.skip.setToolTip(tr("Esc. What is saved stays, and you can come back."))
        self.skip.clicked.connect(self._leave)
        self.done = Button(theme, tr("Done"), main=True)
        self.done.setToolTip("Ctrl+Enter")
        self.done.clicked.connect(self._finish)
        self._lay_out()
        for keys, way in (
            ("Esc", self._leave),
            ("Ctrl+Return", self._finish),
            ("Ctrl+Enter", self._finish),
            (QKeySequence(QKeySequence.StandardKey.Close), self._leave),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(way)
        self.resize(fitting(self, QSize(theme.px(WIDTH), theme.px(HEIGHT))))
        self.show_story(story)
        self.note.field.setFocus()

    def show_story(self, story: Story) -> None:
        """Show how things stand; what is being typed stays.

        Nothing that is only in the old story can be reached from any part afterwards.
        """
        self._facts.setText(SEPARATOR.join((title(story), facts(story))))
        self.moments.show_story(story)
        self.note.show_stored(story.wrap_up.note)
        self.commitments.show_story(story)
        stops = [self.note.field, *self.commitments.stops, self.skip, self.done]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def show_fault(self, message: str, remedy: str) -> None:
        """Something was not stored; what is shown is what is."""
        self.news.say(f"{message} {remedy}".strip())
        self.note.try_again()
        self.commitments.give_up()

    def save(self) -> None:
        """Have stored what was typed last into the note."""
        self.note.save()

    def picture(self) -> QImage:
        """The whole window as it is now."""
        self.ensurePolished()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        image = QImage(self.size() * PICTURE_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_RATIO)
        self.render(image, QPoint())
        return image

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed is "not now"."""
        super().closeEvent(event)
        self._leave()

    def _finish(self) -> None:
        # Only here: a half-typed line is no line that the coach let go out.
        self.commitments.field.add()
        self.note.save()
        self.acted.emit(FinishWrapUp())
        self._leave()

    def _leave(self) -> None:
        if not self._left:
            self._left = True
            self.note.save()
            self.left.emit()

    def _lay_out(self) -> None:
        theme = self._theme
        margin = theme.px(Space.XL)
        page = QWidget()
        column = QVBoxLayout(page)
        below_it = theme.px(Space.M)
        column.setContentsMargins(margin, margin, margin - GUTTER, below_it)
        column.setSpacing(theme.px(Space.M))
        head = QVBoxLayout()
        head.setSpacing(theme.px(Space.XS))
        head.addWidget(Text(theme, Role.TITLE, TITLE))
        head.addWidget(self._facts)
        column.addLayout(head)
        for part in (self.moments, self.note, self.commitments):
            column.addWidget(_card(theme, part))
        column.addStretch(1)
        below = QHBoxLayout()
        below.setContentsMargins(margin, theme.px(Space.S), margin, margin)
        below.setSpacing(theme.px(Space.S))
        below.addWidget(self.news, 1)
        below.addStretch(0)
        below.addWidget(self.skip)
        below.addWidget(self.done)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(Steady(page), 1)
        around.addLayout(below)


def _card(theme: Theme, content: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    layout = QVBoxLayout(card)
    side = theme.px(Space.L)
    layout.setContentsMargins(side, side, side, side)
    layout.addWidget(content)
    return card
