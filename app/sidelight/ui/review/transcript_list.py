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
    QTimer,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from sidelight.domain.clock_time import clock
from sidelight.domain.transcript import Doubt
from sidelight.ui.absences import NOTHING_HEARD, Look, absences, why_wordless
from sidelight.ui.itemmodels.roles import ItemRole
from sidelight.ui.review.finding import places
from sidelight.ui.review.heard_word import place_of
from sidelight.ui.review.rows import RowDelegate, RowList, draw_wrapped, text_height
from sidelight.ui.review.words_editor import WordsEditor
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.widgets.wrapped import Wrapped
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QListView, QWidget

    from sidelight.domain.rewording import Passage
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Speaker, Utterance, Word
    from sidelight.ui.absences import Absence
    from sidelight.ui.itemmodels.transcript import TranscriptModel, TranscriptRow
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme

_TIME: Final = 56
_RAIL: Final = 3
_ROUND: Final = 2
"""By so many pixels the ground of a word is wider than it."""

_GROUND: Final = 0.25
"""How much of the accent lies under the word that sounds: it is read through it."""

_GONE: Final = tr("What was said was not kept.")
_REWORDED: Final = tr("changed by you")
_GIVEN: Final = tr("the speaker is what you said")
_DOUBT: Final = tr("not sure of these words: listen before quoting")


_DASHES: Final = {Look.LOST: [6, 3], Look.PAUSED: [1, 4], Look.OFF_RECORD: [3, 3]}
"""Of the line beside an absence: as the timeline tells them apart."""


class TranscriptDelegate(RowDelegate):
    """Time, a rail in the speaker's colour, the name when it changes, the words.

    Attributes:
        heard: What sounds now, with its word.
        sought: Words that are looked for, as ``finding.levelled`` gives them.
        as_heard: Whether it tells what was heard where the coach changed it.

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
        self._gap = theme.px(Space.M)
        self._pad = theme.px(Space.XS + Space.XXS)
        self._absence_height = QFontMetrics(self._small).height() + theme.px(Space.L)
        self.heard: tuple[Utterance, Word | None] | None = None
        self.sought: tuple[str, ...] = ()
        self.as_heard = False

    def row(self, index: QModelIndex | QPersistentModelIndex) -> TranscriptRow:
        """The row's value."""
        return cast("TranscriptRow", index.data(ItemRole.ROW))

    def row_height(self, row: object, width: int) -> int:
        """Name if it changes, text, and what there is to say of the words."""
        row = cast("TranscriptRow", row)
        height = text_height(self._body, row.utterance.text, self._room(row, width))
        if not row.same_speaker:
            height += self._name_height
        below = self._below(row)
        if below:
            height += text_height(self._small, below, self._room(row, width))
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
            painter.setFont(self._label)
            painter.setPen(QColor(colors.ink_soft))
            label = QFontMetrics(self._label)
            painter.drawText(
                box.left() + self._left, top + label.ascent(), self._names[said.speaker]
            )
            top += self._name_height
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
        words = Wrapped(said.text, self._body, room)
        height = words.height
        words_box = QRect(box.left() + self._left, top, room, height)
        self._paint_grounds(painter, words, words_box, said)
        painter.setPen(QColor(colors.ink))
        words.draw(painter, QPointF(words_box.topLeft()))
        below = self._below(row)
        if below:
            painter.setFont(self._small)
            painter.setPen(QColor(colors.ink_soft))
            high = text_height(self._small, below, room)
            draw_wrapped(
                painter, QRect(words_box.left(), top + height, room, high), below
            )
        middle = top + metrics.height() / 2
        x = box.left() + self._left + room + self._gap + self._mark / 2
        for moment in row.moments:
            paint_mark(painter, self.theme, moment, QPointF(x, middle))
            x += self._mark

    def ground(self, box: QRect, row: object) -> QRect:
        """What was said, without what is missing around it."""
        row = cast("TranscriptRow", row)
        above = len(row.before) * self._absence_height
        below = len(row.after) * self._absence_height
        return box.adjusted(0, above, 0, -below)

    def words_box(self, box: QRect, row: TranscriptRow) -> QRect:
        """Where its words stand, in the box of a row."""
        box = self.ground(box, row)
        top = box.top() + self._pad
        if not row.same_speaker:
            top += self._name_height
        room = self._room(row, box.width())
        height = text_height(self._body, row.utterance.text, room)
        return QRect(box.left() + self._left, top, room, height)

    def _below(self, row: TranscriptRow) -> str:
        """What is said of the words below them; often nothing."""
        doubt, heard = row.utterance.doubt, row.heard
        lines = []
        if doubt is Doubt.ECHO:
            lines.append(tr_below(doubt.explained, "doubt"))
        elif doubt is not None:
            lines.append(_DOUBT)
        if heard is not None:
            lines.append(self._changed(heard))
        return "\n".join(lines)

    def _changed(self, heard: Passage) -> str:
        if not self.as_heard:
            return _REWORDED if heard.reworded else _GIVEN
        name, words = self._names[heard.channel], heard.as_heard
        if not heard.reworded:
            return tr("heard: {name}", name=name)
        if not heard.given:
            return tr("heard: “{words}”", words=words)
        return tr("heard: {name}: “{words}”", name=name, words=words)

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
        return width - self._left - self._right - self._gap - 2 * self._mark

    @property
    def _name_height(self) -> int:
        """Of the line that says who speaks."""
        return QFontMetrics(self._label).height() + self.theme.px(Space.XXS)

    def _paint_grounds(
        self, painter: QPainter, words: Wrapped, box: QRect, said: Utterance
    ) -> None:
        """Under the letters: what is looked for, and the word that sounds now."""
        painter.setPen(Qt.PenStyle.NoPen)
        colors = self.theme.palette
        if self.sought:
            painter.setBrush(QColor(colors.marked))
            _paint_under(painter, words, box, places(self.sought, said.text))
        if self.heard is None or self.heard[0].id != said.id or self.heard[1] is None:
            return
        place = place_of(said, self.heard[1])
        if place is not None:
            ground = QColor(colors.accent)
            ground.setAlphaF(_GROUND)
            painter.setBrush(ground)
            _paint_under(painter, words, box, [place])


def _paint_under(
    painter: QPainter, words: Wrapped, box: QRect, letters: list[tuple[int, int]]
) -> None:
    for ground in words.grounds(letters):
        shape = ground.translated(box.topLeft()).adjusted(-_ROUND, 0, _ROUND, 0)
        painter.drawRoundedRect(shape, Radius.SMALL, Radius.SMALL)


class TranscriptList(RowList):
    """The transcript as a list, linked to the selection.

    Attributes:
        editor: Stands in a row while its words are edited.
    """

    def __init__(
        self,
        theme: Theme,
        model: TranscriptModel,
        names: dict[Speaker, str],
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, model, tr("Transcript"), NOTHING_HEARD, parent)
        self._rows = model
        self._selection = selection
        self._delegate = TranscriptDelegate(theme, names, self)
        self.setItemDelegate(self._delegate)
        selection.changed.connect(self._follow)
        self.editor: WordsEditor | None = None
        self.verticalScrollBar().valueChanged.connect(self._place_editor)

    def edit_words(self, number: int) -> WordsEditor:
        """Open the words of a row to be edited, where they stand."""
        self.close_editor()
        index = self._rows.index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        said = self._rows.row(number).utterance
        self.editor = WordsEditor(self._theme, said, self.viewport())
        self.editor.left.connect(self._leave_editor)
        self.editor.document().documentLayout().documentSizeChanged.connect(
            self._place_editor
        )
        self._place_editor()
        self.editor.show()
        self.editor.setFocus()
        return self.editor

    def close_editor(self) -> None:
        """What is typed there and was not asked for is gone."""
        if self.editor is not None:
            editor, self.editor = self.editor, None
            editor.hide()
            editor.deleteLater()

    def keep_typed(self) -> None:
        """Have stored what is being typed."""
        if self.editor is not None:
            self.editor.finish()

    def tell_heard(self, *, shown: bool) -> None:
        """Tell what was heard where the coach changed it, or only that it was."""
        self._delegate.as_heard = shown
        self.show_anew(self._empty)

    @property
    def tells_heard(self) -> bool:
        """Whether it does."""
        return self._delegate.as_heard

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
        self._keep_editor()
        self._rows.show_absences(absences(story))
        self._rows.show_heard(story.reworded)
        self.show_anew(_GONE if story.utterances else why_wordless(story))

    def show_sought(self, words: tuple[str, ...]) -> None:
        """Mark these, as ``finding.levelled`` gives them."""
        self._delegate.sought = words
        self.viewport().update()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The editor moves along."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place_editor)

    def _keep_editor(self) -> None:
        """Another passage may be typed in already when the one before is stored."""
        editor = self.editor
        if editor is None:
            return
        number = self._rows.row_of(editor.passage)
        if number is None or self._rows.row(number).utterance.text != editor.before:
            self.close_editor()
        else:
            QTimer.singleShot(0, self, self._place_editor)

    @Slot()
    def _leave_editor(self) -> None:
        self.close_editor()
        self.setFocus()

    @Slot()
    def _place_editor(self) -> None:
        """Over the words of its row; as high as what is typed needs."""
        number = None if self.editor is None else self._rows.row_of(self.editor.passage)
        if self.editor is not None and number is not None:
            box = self.visualRect(self._rows.index(number, 0))
            words = self._delegate.words_box(box, self._rows.row(number))
            self.editor.stand_over(words)

    def _follow(self) -> None:
        wanted = self._selection.utterance
        self.show_row(None if wanted is None else self._rows.row_of(wanted))
