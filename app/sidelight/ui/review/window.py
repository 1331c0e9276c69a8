"""The review: timeline above, transcript and moments below, all linked.

It changes nothing itself: what the coach settles here is asked for by signal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sidelight.domain.transcript import Speaker
from sidelight.ui.review.asking import Asking
from sidelight.ui.review.header import ReviewHeader
from sidelight.ui.review.moment_list import EMPTY, MomentList
from sidelight.ui.review.notes.client_page import TITLE as CLIENT_NOTE
from sidelight.ui.review.notes.client_page import ClientNotePage
from sidelight.ui.review.notes.reflection_page import TITLE as MINE
from sidelight.ui.review.notes.reflection_page import ReflectionPage
from sidelight.ui.review.pages import Pages
from sidelight.ui.review.painting import speaker_name
from sidelight.ui.review.selection import Selection
from sidelight.ui.review.showing.page import TITLE as SHOWN
from sidelight.ui.review.showing.page import ShownPage
from sidelight.ui.review.timeline import TimelineView
from sidelight.ui.review.transcript_list import TranscriptList
from sidelight.ui.theme.tokens import Role, Space

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from sidelight.domain.story import Story
    from sidelight.ui.itemmodels.moments import MomentsModel
    from sidelight.ui.itemmodels.transcript import TranscriptModel
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 1240
HEIGHT: Final = 860
_LISTS: Final = 200
"""Wanted size of the window and least height of the lists, logical pixels at 100 %."""

_FRAME: Final = 40
"""Room for the title bar, whose height is known only once the window stands."""

PICTURE_RATIO: Final = 1.5
"""Device pixels per logical pixel in saved pictures."""


class ReviewWindow(QWidget):
    """What happened in a session that has ended.

    Signals:
        closed: The window was closed.
        wrap_up_asked: The wrap-up is to be opened (again).
        acted: What the coach settled (``Act``), to be stored.
        play: A stretch (``Span``) to be heard.

    Args:
        theme: Fonts and colours.
        story: The session.
        transcript: Its utterances as rows.
        moments: Its moments as rows.
        templates: Folder of the coach's note templates; ``None``: only the standard.
    """

    closed = Signal()
    wrap_up_asked = Signal()
    acted = Signal(object)
    play = Signal(object)

    def __init__(
        self,
        theme: Theme,
        story: Story,
        transcript: TranscriptModel,
        moments: MomentsModel,
        templates: Path | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Review")
        self._theme = theme
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)

        self.selection = Selection(transcript, moments, self)
        self.timeline = TimelineView(theme, story, self.selection)
        names = {one: speaker_name(one, story) for one in Speaker}
        self.transcript = TranscriptList(theme, transcript, names, self.selection)
        self.moments = MomentList(theme, moments, self.selection)

        self.pages = self._pages(theme, templates)

        lists = QSplitter(Qt.Orientation.Horizontal)
        lists.setHandleWidth(theme.px(Space.M))
        lists.setChildrenCollapsible(False)
        lists.addWidget(_card(theme, self.transcript, "Transcript"))
        lists.addWidget(self.pages)
        lists.setSizes([WIDTH, WIDTH])  # shares of it, whatever each would like
        lists.setMinimumHeight(theme.px(_LISTS))

        page = QWidget()
        layout = QVBoxLayout(page)
        margin = theme.px(Space.XL)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.px(Space.M))
        self._header = ReviewHeader(theme, story)
        layout.addWidget(self._header)
        self.asking = Asking(theme)
        self.asking.wrap_up_asked.connect(self.wrap_up_asked)
        self.asking.acted.connect(self.acted)
        self.asking.show_story(story)
        layout.addWidget(self.asking)
        layout.addWidget(_card(theme, self.timeline))
        layout.addWidget(lists, 1)
        # Only large text on a small screen needs to scroll the page as a whole.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        self.resize(self._fitting_size())
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)
        self.timeline.setFocus()
        self.transcript.show_story(story)
        self._tell_notes(story)
        self.shown.show_story(story)

    def show_story(self, story: Story) -> None:
        """Show this instead; its rows are in the models already.

        Nothing that is only in the old story can be reached from any part afterwards.
        """
        self._header.show_story(story)
        self.asking.show_story(story)
        self.selection.let_go()
        self.timeline.show_story(story)
        self.transcript.show_story(story)
        self.moments.show_anew(EMPTY)
        self._tell_notes(story)
        self.shown.show_story(story)

    def show_wrap_up(self, story: Story) -> None:
        """The same session, further wrapped up: nothing else of it is another."""
        self.asking.show_story(story)
        self._tell_notes(story)

    def show_fault(self, message: str, remedy: str) -> None:
        """Something was not stored; what is shown is what is."""
        self.client_note.show_fault(message, remedy)
        self.reflection.show_fault(message, remedy)

    def picture(self) -> QImage:
        """The whole window as it is now."""
        self.ensurePolished()
        self.shown.settle()
        # Layouts settle through the event loop; a picture does not wait for it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.transcript.lay_out_now()
        self.moments.lay_out_now()
        image = QImage(self.size() * PICTURE_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_RATIO)
        with self.timeline.sharp(PICTURE_RATIO):
            self.render(image, QPoint())
        return image

    def _pages(self, theme: Theme, templates: Path | None) -> Pages:
        self.shown = ShownPage(theme)
        self.client_note = ClientNotePage(theme, templates)
        self.reflection = ReflectionPage(theme)
        self.shown.opened.connect(self.selection.open_place)
        self.shown.play.connect(self.play)
        pages: dict[str, QWidget] = {SHOWN: self.shown, "Moments": self.moments}
        for title, note in ((CLIENT_NOTE, self.client_note), (MINE, self.reflection)):
            note.acted.connect(self.acted)
            note.play.connect(self.play)
            note.opened.connect(self.selection.open_span)
            pages[title] = note
        return Pages(theme, pages)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so, and have stored what was typed last."""
        super().closeEvent(event)
        self.client_note.save()
        self.reflection.save()
        self.closed.emit()

    def _tell_notes(self, story: Story) -> None:
        self.client_note.show_story(story)
        self.reflection.show_story(story)

    def _fitting_size(self) -> QSize:
        wanted = QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))
        if QGuiApplication.platformName() == "offscreen":
            return wanted  # that screen is made up; pictures keep their size
        frame = QSize(0, self._theme.px(_FRAME))
        return wanted.boundedTo(self.screen().availableGeometry().size() - frame)


def _card(theme: Theme, content: QWidget, name: str = "") -> QFrame:
    """A surface with a hairline around it, and a quiet heading if it has a name."""
    card = QFrame()
    card.setObjectName("card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.setSpacing(0)
    if name:
        heading = QLabel(name)
        heading.setFont(theme.font(Role.LABEL))
        heading.setStyleSheet(f"color: {theme.palette.ink_soft}")
        side = theme.px(Space.L)
        heading.setContentsMargins(side, theme.px(Space.M), side, theme.px(Space.S))
        heading.setBuddy(content)
        layout.addWidget(heading)
        rule = QFrame()
        rule.setFixedHeight(1)
        rule.setStyleSheet(f"background: {theme.palette.hairline}")
        layout.addWidget(rule)
    layout.addWidget(content)
    return card
