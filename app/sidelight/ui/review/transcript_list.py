"""The transcript: who said what when, and the marks of the moments on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from sidelight.domain.clock_time import clock
from sidelight.domain.transcript import Doubt
from sidelight.ui.absences import Look, absences
from sidelight.ui.itemmodels.roles import ItemRole
from sidelight.ui.review.heard_word import paint_heard_word
from sidelight.ui.review.rows import RowDelegate, RowList, draw_wrapped, text_height
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView, QWidget

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Speaker, Utterance, Word
    from sidelight.ui.absences import Absence
    from sidelight.ui.itemmodels.transcript import TranscriptModel, TranscriptRow
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme

_TIME: Final = 56
_RAIL: Final = 3
_EMPTY: Final = tr("Nothing was heard in this session.")
_GONE: Final = tr("What was said was not kept.")
_DOUBT: Final = tr("not sure of these words: listen before quoting")


_DASHES: Final = {Look.LOST: [6, 3], Look.PAUSED: [1, 4], Look.OFF_RECORD: [3, 3]}
"""Of the line beside an absence: as the timeline tells them apart."""


class TranscriptDelegate(RowDelegate):
    """Time, a rail in the speaker's colour, the name when it changes, the words.

    Attributes:
        heard: What sounds now, with its word.

    Args:
        theme: Fonts and colours.
        names: How each speaker is called.
        parent: The list.
    """

    def __init__(
        self, theme: Theme, names: dict[Speaker, str], view: QListView
    ) -> None:
        super().__init__(theme, view)
        self._names = names
        self._body = theme.font(Role.BODY)
        self._small = theme.font(Role.SMALL)
        self._label = theme.font(Role.LABEL)
        self._left = theme.px(Space.L + _TIME + Space.M)
        self._right = theme.px(Space.M)
        self._mark = theme.px(MARK + Space.S)
        self._pad = theme.px(Space.XS + 1)
        self._lead = theme.px(Space.S)
        self._absence_height = QFontMetrics(self._small).height() + theme.px(Space.L)
        self.heard: tuple[Utterance, Word | None] | None = None

    def row(self, index: QModelIndex | QPersistentModelIndex) -> TranscriptRow:
        """The row's value."""
        return cast("TranscriptRow", index.data(ItemRole.ROW))

    def row_height(self, row: object, width: int) -> int:
        """Name if it changes, text, and a line if the words are doubtful."""
        row = cast("TranscriptRow", row)
        height = text_height(self._body, row.utterance.text, self._room(row, width))
        if not row.same_speaker:
            height += self._lead + QFontMetrics(self._label).height() + 2
        if row.utterance.doubt is not None:
            height += QFontMetrics(self._small).height()
        absent = len(row.before) + len(row.after)
        return height + 2 * self._pad + absent * self._absence_height

    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        """Draw one utterance."""
        row = cast("TranscriptRow", row)
        said, colors = row.utterance, self.theme.palette
        for number, absence in enumerate(row.before):
            top = box.top() + number * self._absence_height
            self._paint_absence(painter, box, top, absence)
        for number, absence in enumerate(reversed(row.after), start=1):
            top = box.bottom() + 1 - number * self._absence_height
            self._paint_absence(painter, box, top, absence)
        box = self.ground(box, row)
        top = box.top() + self._pad
        metrics = QFontMetrics(self._body)
        if not row.same_speaker:
            top += self._lead
            painter.setFont(self._label)
            painter.setPen(QColor(colors.ink_soft))
            label = QFontMetrics(self._label)
            painter.drawText(
                box.left() + self._left, top + label.ascent(), self._names[said.speaker]
            )
            top += label.height() + 2
        time_box = QRect(
            box.left() + self.theme.px(Space.L),
            top,
            self.theme.px(_TIME),
            metrics.height(),
        )
        painter.setFont(self._small)
        painter.setPen(QColor(colors.ink_soft))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(time_box, flags, clock(said.span.start))

        rail = QRectF(
            box.left() + self._left - self.theme.px(Space.M),
            top,
            _RAIL,
            box.bottom() - self._pad - top,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.speaker_color(said.speaker))
        painter.drawRoundedRect(rail, Radius.RAIL, Radius.RAIL)

        room = self._room(row, box.width())
        height = text_height(self._body, said.text, room)
        words_box = QRect(box.left() + self._left, top, room, height)
        if self.heard is not None and self.heard[0].id == said.id:
            word = self.heard[1]
            if word is not None:
                font = self._body
                paint_heard_word(painter, self.theme, font, words_box, said, word)
        painter.setFont(self._body)
        painter.setPen(QColor(colors.ink))
        draw_wrapped(painter, words_box, said.text)
        if said.doubt is not None:
            painter.setFont(self._small)
            painter.setPen(QColor(colors.ink_soft))
            base = top + height + QFontMetrics(self._small).ascent()
            why = (
                _DOUBT
                if said.doubt is not Doubt.ECHO
                else tr_below(said.doubt.explained, "doubt")
            )
            painter.drawText(box.left() + self._left, base, why)
        middle = top + metrics.height() / 2
        x = box.left() + self._left + room + self._mark / 2
        for moment in row.moments:
            paint_mark(painter, self.theme, moment, QPointF(x, middle))
            x += self._mark

    def ground(self, box: QRect, row: object) -> QRect:
        """What was said, without what is missing around it."""
        row = cast("TranscriptRow", row)
        above = len(row.before) * self._absence_height
        below = len(row.after) * self._absence_height
        return box.adjusted(0, above, 0, -below)

    def _paint_absence(
        self, painter: QPainter, box: QRect, top: int, absence: Absence
    ) -> None:
        """A quiet line between two rows: why there is no sound, and for how long."""
        soft = QColor(self.theme.palette.ink_soft)
        side = self.theme.px(Space.L)
        line = QRect(
            box.left() + side,
            top,
            box.width() - 2 * side,
            self._absence_height,
        )
        text = f"{absence.words} · {absence.length}"
        metrics = QFontMetrics(self._small)
        at_left = box.left() + self._left
        painter.setFont(self._small)
        painter.setPen(soft)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, flags, clock(absence.span.start))
        painter.drawText(line.adjusted(at_left - line.left(), 0, 0, 0), flags, text)
        rule = QPen(QColor(self.theme.palette.curve), 1)
        rule.setDashPattern(_DASHES[absence.look])
        painter.setPen(rule)
        begin = at_left + metrics.horizontalAdvance(text) + self._mark
        middle = line.center().y() + 0.5
        painter.drawLine(QLineF(begin, middle, line.right(), middle))

    def _room(self, row: TranscriptRow, width: int) -> int:
        del row
        return width - self._left - self._right - 2 * self._mark


class TranscriptList(RowList):
    """The transcript as a list, linked to the selection."""

    def __init__(
        self,
        theme: Theme,
        model: TranscriptModel,
        names: dict[Speaker, str],
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, model, tr("Transcript"), _EMPTY, parent)
        self._rows = model
        self._selection = selection
        self._delegate = TranscriptDelegate(theme, names, self)
        self.setItemDelegate(self._delegate)
        selection.changed.connect(self._follow)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """A row was chosen here."""
        super().currentChanged(current, previous)
        if current.isValid():
            row = self._rows.row(current.row())
            self._selection.choose_utterance(row.utterance.id)

    def show_story(self, story: Story) -> None:
        """The rows are this story's; what is missing between them is said."""
        self._rows.show_absences(absences(story))
        self.show_anew(_GONE if story.utterances else _EMPTY)

    def show_heard(
        self,
        heard: tuple[Utterance, Word | None] | None,
        follow: bool,  # noqa: FBT001 - a slot
    ) -> None:
        """Mark what sounds now, and bring a row that begins to sound into view."""
        before, self._delegate.heard = self._delegate.heard, heard
        if heard == before:
            return
        for one in {said.id: said for said, _ in filter(None, (before, heard))}:
            number = self._rows.row_of(one)
            if number is None:
                continue
            index = self._rows.index(number, 0)
            new = heard is not None and heard[0].id == one
            if new and follow and (before is None or before[0].id != one):
                self.scrollTo(index)
            self.viewport().update(self.visualRect(index))

    def _follow(self) -> None:
        wanted = self._selection.utterance
        self.show_row(None if wanted is None else self._rows.row_of(wanted))
