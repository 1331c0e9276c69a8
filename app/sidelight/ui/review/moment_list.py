"""The moments: each with its mark, its quote as evidence, and a plain reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from sidelight.domain.clock_time import clock
from sidelight.domain.events import WithdrawalCause
from sidelight.domain.moments import Origin
from sidelight.domain.transcript import LIVE_TRANSCRIPT
from sidelight.ui.itemmodels.roles import ItemRole
from sidelight.ui.kindwords import cause_words, form_words, kind_title, reason
from sidelight.ui.review.rows import RowDelegate, RowList, draw_wrapped, text_height
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView, QWidget

    from sidelight.ui.itemmodels.moments import MomentRow, MomentsModel
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme

EMPTY: Final = tr("No moments were noticed in this session.")

UNSETTLED: Final = tr(
    "Nobody could tell who said it, so it does not count. Yes (Y) or no (N)?"
)
REMOVED: Final = tr("removed")
_GONE: Final = (
    WithdrawalCause.REMOVED,
    WithdrawalCause.NOT_SAID,
    WithdrawalCause.UNDONE,
)
CONFIRMED: Final = tr("You confirmed it.")


class MomentDelegate(RowDelegate):
    """Mark, title and form, time at the right; below, the quote and the reason."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(theme, view)
        self._title = theme.font(Role.STRONG)
        self._struck = theme.font(Role.STRONG)
        self._struck.setStrikeOut(True)
        self._body = theme.font(Role.BODY)
        self._small = theme.font(Role.SMALL)
        self._side = theme.px(Space.L)
        self._left = theme.px(Space.L + MARK + Space.M)
        self._pad = theme.px(Space.S + Space.XXS)
        self._gap = theme.px(Space.XS)

    def row(self, index: QModelIndex | QPersistentModelIndex) -> MomentRow:
        """The row's value."""
        return cast("MomentRow", index.data(ItemRole.ROW))

    def row_height(self, row: object, width: int) -> int:
        """Title, quote, reason."""
        row = cast("MomentRow", row)
        room = width - self._left - self._side
        quote = text_height(self._body, _quote(row), room) if _quote(row) else 0
        reason = text_height(self._small, _reason(row), room)
        title = QFontMetrics(self._title).height()
        return 2 * self._pad + title + quote + reason + 2 * self._gap

    @staticmethod
    def title_of(row: MomentRow) -> tuple[str, list[str], bool]:
        """The title, what stands behind it, and whether it is struck through."""
        moment, gone = row.moment, row.withdrawn in _GONE
        behind = [] if moment.form is None else [form_words(moment.form)]
        return kind_title(moment.kind), [*behind, *([REMOVED] if gone else [])], gone

    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        """Draw one moment."""
        row = cast("MomentRow", row)
        moment, colors = row.moment, self.theme.palette
        ink, soft = QColor(colors.ink), QColor(colors.ink_soft)
        counts = row.withdrawn is None and not moment.hollow
        title = QFontMetrics(self._title)
        left, top = box.left() + self._left, box.top() + self._pad
        room = box.width() - self._left - self._side

        middle = top + title.height() / 2
        mark = QPointF(box.left() + self._side + self.theme.px(MARK) / 2, middle)
        paint_mark(painter, self.theme, moment, mark, hollow=not counts)
        name, behind, struck = self.title_of(row)
        painter.setFont(self._struck if struck else self._title)
        painter.setPen(ink if counts else soft)
        painter.drawText(left, top + title.ascent(), name)
        painter.setPen(soft)
        painter.setFont(self._small)
        after = left + title.horizontalAdvance(name)
        beside = "".join(f"  ·  {words}" for words in behind)
        painter.drawText(after, top + title.ascent(), beside)
        time_box = QRect(left, top, room, title.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(time_box, flags, clock(moment.at))

        top += title.height() + self._gap
        height = text_height(self._body, _quote(row), room) if _quote(row) else 0
        painter.setFont(self._body)
        painter.setPen(ink)
        draw_wrapped(painter, QRect(left, top, room, height), _quote(row))
        top += height + self._gap
        height = text_height(self._small, _reason(row), room)
        painter.setFont(self._small)
        painter.setPen(soft)
        draw_wrapped(painter, QRect(left, top, room, height), _reason(row))


class MomentList(RowList):
    """The moments as a list, linked to the selection."""

    def __init__(
        self,
        theme: Theme,
        model: MomentsModel,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, model, tr("Moments"), EMPTY, parent)
        self._rows = model
        self._selection = selection
        self.setItemDelegate(MomentDelegate(theme, self))
        selection.changed.connect(self._follow)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """A row was chosen here."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._selection.choose_moment(self._rows.row(current.row()).moment.id)

    def _follow(self) -> None:
        wanted = self._selection.moment
        self.show_row(None if wanted is None else self._rows.row_of(wanted))


def _quote(row: MomentRow) -> str:
    if row.moment.quote:
        return f"“{row.moment.quote}”"
    if row.moment.origin is not Origin.COACH:
        return ""
    found = row.moment.id.transcript >= LIVE_TRANSCRIPT
    return tr("Corrected by you") if found else tr("Added by you")


def _reason(row: MomentRow) -> str:
    because = reason(row.moment)
    if row.withdrawn is None:
        if row.moment.hollow:
            return f"{because} {UNSETTLED}"
        own = row.moment.origin is Origin.COACH
        return f"{because} {CONFIRMED}" if row.confirmed and not own else because
    why = tr("It does not count: {why}.", why=cause_words(row.withdrawn))
    return f"{because} {why}"
