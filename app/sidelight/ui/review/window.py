"""The review: timeline above, below it the transcript and the pages beside it, linked.

It changes nothing itself: what the coach settles here is asked for by signal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sidelight.domain.transcript import Speaker
from sidelight.ui.kindwords import moment_name
from sidelight.ui.platform.fitting import fitting
from sidelight.ui.review.arrangement import Arrangement, Parts
from sidelight.ui.review.asking import Asking
from sidelight.ui.review.beside import Beside
from sidelight.ui.review.corrections import Corrections
from sidelight.ui.review.filters import Filters
from sidelight.ui.review.header import ReviewHeader
from sidelight.ui.review.moment_list import EMPTY, MomentList
from sidelight.ui.review.pages import below
from sidelight.ui.review.painting import speaker_name
from sidelight.ui.review.rewording import Rewording
from sidelight.ui.review.selection import Selection
from sidelight.ui.review.timed import Timed
from sidelight.ui.review.transcript_list import TranscriptList
from sidelight.ui.review.transcript_part import TranscriptPart
from sidelight.ui.widgets.scrolling import InSight
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from sidelight.domain.story import Story
    from sidelight.ui.itemmodels.moments import MomentsModel
    from sidelight.ui.itemmodels.transcript import TranscriptModel
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 1240
HEIGHT: Final = 860
"""Wanted size of the window, logical pixels at 100 %."""

PICTURE_RATIO: Final = 1.5
"""Device pixels per logical pixel in saved pictures."""


class ReviewWindow(QWidget):
    """What happened in a session that has ended.

    Signals:
        closed: The window was closed.
        wrap_up_asked: The wrap-up is to be opened (again).
        export_asked: Something is to leave.
        acted: What the coach settled (``Act``), to be stored.
        sound_asked: What is to be played (``PlaybackRequest``).

    Args:
        theme: Fonts and colours.
        story: The session.
        transcript: Its utterances as rows.
        moments: Its moments as rows.
        templates: Folder of the coach's note templates; ``None``: only the standard.
        laid_out: Whether its parts stand in their places at once. Otherwise they are
            put there by ``lay_out``, before it is shown, in a turn of its own: making
            them and placing them takes as long, and together longer than an event loop
            may stand still.
    """

    closed = Signal()
    wrap_up_asked = Signal()
    export_asked = Signal()
    acted = Signal(object)
    sound_asked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        story: Story,
        transcript: TranscriptModel,
        moments: MomentsModel,
        templates: Path | None = None,
        *,
        laid_out: bool = True,
    ) -> None:
        super().__init__()
        self.setWindowTitle(tr("Review"))
        self._theme = theme
        self._moments = moments
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)

        self.selection = Selection(transcript, moments, self)
        self.timed = Timed(theme, story, self.selection, self)
        self.playback, self.timeline = self.timed.playback, self.timed.timeline
        names = {one: speaker_name(one, story) for one in Speaker}
        self.transcript = TranscriptList(theme, transcript, names, self.selection)
        self.moments = MomentList(theme, moments, self.selection)
        self.filters = Filters(theme, self.transcript, self.moments, names)
        self.pages = Beside(
            theme,
            self.selection,
            self.playback,
            below(theme, self.filters.kinds, self.moments),
            templates,
        )
        self._header = ReviewHeader(theme, story)
        self.asking = Asking(theme)
        self.corrections = Corrections(theme, self.selection, transcript, moments)
        self.rewording = Rewording(theme, self.transcript, transcript, self.selection)
        for decided in (self.corrections, self.rewording):
            decided.listen_in(self.timeline, self.transcript, self.moments)
        transcript_part = TranscriptPart(
            theme, self.transcript, self.timed.finder, self.filters.speakers
        )
        self.arrangement = Arrangement(
            theme,
            Parts(
                self._header,
                self.asking,
                self.corrections,
                self.timed,
                transcript_part,
                self.pages,
            ),
        )
        self._connect()
        for part in (self.asking, self.transcript, self.filters, self.corrections):
            part.show_story(story)
        self.pages.show_story(story)
        if laid_out:
            self.lay_out()
            return
        # It may be left before they are in their places: they go with it.
        header = self._header
        parts = (self.asking, transcript_part, self.pages, self.corrections)
        lines = (header.title, header.facts, header.request, header.to_check)
        for owned in (*parts, *lines, self.arrangement):
            owned.setParent(self)

    def show_story(self, story: Story) -> None:
        """Show this instead; its rows are in the models already.

        Nothing that is only in the old story can be reached from any part afterwards.
        """
        self._header.show_story(story)
        self.asking.show_story(story)
        self.selection.let_go()
        self.timed.show_story(story)
        self.transcript.show_story(story)
        self.moments.show_anew(EMPTY)
        self.filters.show_story(story)
        self.corrections.show_story(story)
        self.pages.show_story(story)

    def show_fault(self, message: str, remedy: str) -> None:
        """What was asked for was not done."""
        self.corrections.tell(f"{message} {remedy}")
        self.pages.show_fault(message, remedy)

    def show_wrap_up(self, story: Story) -> None:
        """The same session, further wrapped up: nothing else of it is another."""
        self.asking.show_story(story)
        self.pages.show_wrap_up(story)

    def picture(self) -> QImage:
        """The whole window as it is now."""
        self.ensurePolished()
        self.pages.settle()
        # Layouts settle through the event loop; a picture does not wait for it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.transcript.lay_out_now()
        self.moments.lay_out_now()
        image = QImage(self.size() * PICTURE_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_RATIO)
        with self.timeline.sharp(PICTURE_RATIO):
            self.render(image, QPoint())
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more, or no longer."""
        super().resizeEvent(event)
        self.arrangement.fit(event.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Be silent, have stored what was typed last, and say so."""
        self.playback.halt()
        self.transcript.keep_typed()
        self.pages.save()
        super().closeEvent(event)
        self.closed.emit()

    def _connect(self) -> None:
        """What the parts ask for is passed on; what happens in one, told to others."""
        self.playback.asked.connect(self.sound_asked)
        self.timed.heard.connect(self.transcript.show_heard)
        self.timed.sought.connect(self.transcript.show_sought)
        self.asking.wrap_up_asked.connect(self.wrap_up_asked)
        self.asking.export_asked.connect(self.export_asked)
        self.pages.export_asked.connect(self.export_asked)
        self.rewording.told.connect(self.corrections.tell)
        for part in (self.asking, self.corrections, self.rewording, self.pages):
            part.acted.connect(self.acted)
        self.selection.changed.connect(self._show_moment)
        self.pages.opened.connect(self.arrangement.show_place)
        self.rewording.opening.connect(self.arrangement.show_place)
        self.corrections.went_on.connect(self.pages.show_moment)
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)
        export = QShortcut(QKeySequence("Ctrl+E"), self)
        export.activated.connect(self.export_asked)

    def lay_out(self) -> None:
        """Put everything in its place; once, before it is shown."""
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(_scrolled(self.arrangement))
        theme = self._theme
        self.resize(fitting(self, QSize(theme.px(WIDTH), theme.px(HEIGHT))))
        self.arrangement.fit(self.size())
        self.timeline.setFocus()

    def _show_moment(self) -> None:
        """One chosen in the timeline is told of; a page's own places stay there."""
        chosen = self.selection.moment
        number = None if chosen is None else self._moments.row_of(chosen)
        if number is None or self.focusWidget() is not self.timeline:
            return
        self.pages.show_moment()
        if self.arrangement.apart:
            self.corrections.tell(moment_name(self._moments.row(number).moment))


def _scrolled(page: QWidget) -> QScrollArea:
    """Only what is asked at length needs to scroll the page as a whole."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    InSight(scroll)
    return scroll
