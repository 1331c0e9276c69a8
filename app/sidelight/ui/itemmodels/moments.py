"""Moments as rows, in session order; one that no longer counts stays, and says so."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from sidelight.domain.clock_time import clock
from sidelight.ui.itemmodels.roles import Index, ItemRole
from sidelight.ui.kindwords import cause_words, kind_title, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.events import WithdrawalCause
    from sidelight.domain.moments import Moment, MomentId

_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment, and what became of it.

    Attributes:
        moment: Itself; a hollow one waits to be settled.
        withdrawn: Why it no longer counts, if so.
        confirmed: Whether the coach said that it is so.
    """

    moment: Moment
    withdrawn: WithdrawalCause | None = None
    confirmed: bool = False


class MomentsModel(QAbstractListModel):
    """Inserts each moment where it belongs in time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[MomentRow] = []
        self._keys: list[tuple[int, MomentId]] = []
        self._starts: dict[MomentId, int] = {}

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many moments there are, those that no longer count included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own type
        """The title, the whole row, or what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        moment = row.moment
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return kind_title(moment.kind)
            case Qt.ItemDataRole.AccessibleTextRole:
                title, at = kind_title(moment.kind), clock(moment.at)
                gone = "" if row.withdrawn is None else cause_words(row.withdrawn)
                said = f"{title}, {at}: {moment.quote} {moment.reason}"
                return f"{said}. {sentence(gone)}" if gone else said
            case ItemRole.ROW:
                return row
            case _:
                return None

    def row(self, number: int) -> MomentRow:
        """The row with this number."""
        return self._rows[number]

    def row_of(self, moment_id: MomentId) -> int | None:
        """Where this moment stands; ``None`` when it is not there."""
        start = self._starts.get(moment_id)
        return None if start is None else bisect_left(self._keys, (start, moment_id))

    def add(self, moment: Moment) -> None:
        """Insert a moment that counts."""
        self._insert(MomentRow(moment))

    def withdraw(self, moment_id: MomentId, cause: WithdrawalCause) -> None:
        """Say of a moment that it no longer counts."""
        number = self.row_of(moment_id)
        if number is None:
            return
        self._rows[number] = replace(self._rows[number], withdrawn=cause)
        index = self.index(number)
        self.dataChanged.emit(index, index)

    def show(
        self,
        counting: Iterable[Moment],
        withdrawn: Iterable[tuple[Moment, WithdrawalCause]],
        hollow: Iterable[Moment] = (),
        confirmed: frozenset[MomentId] = frozenset(),
    ) -> None:
        """Hold exactly these: what goes leaves the screen, what stays is not touched.

        Args:
            counting: Moments that count.
            withdrawn: Moments that no longer do, and why.
            hollow: Marks that wait to be settled.
            confirmed: Of those that count, what the coach said is so.
        """
        wanted = {
            moment.id: MomentRow(moment, confirmed=moment.id in confirmed)
            for moment in counting
        }
        wanted |= {moment.id: MomentRow(moment) for moment in hollow}
        wanted |= {moment.id: MomentRow(moment, cause) for moment, cause in withdrawn}
        for row in reversed(self._rows.copy()):
            fresh = wanted.get(row.moment.id)
            if fresh == row:
                continue
            number = bisect_left(self._keys, _key(row))
            if fresh:
                self._put(number, fresh)
                continue
            self.beginRemoveRows(_NOWHERE, number, number)
            del self._rows[number], self._keys[number], self._starts[row.moment.id]
            self.endRemoveRows()
        for row in wanted.values():
            if row.moment.id not in self._starts:
                self._insert(row)

    def _put(self, number: int, row: MomentRow) -> None:
        """The same moment, told anew, where it belongs: who selected it keeps it."""
        key = _key(row)
        at = bisect_left([*self._keys[:number], *self._keys[number + 1 :]], key)
        moves = at != number
        if moves:
            before = at if at < number else at + 1
            self.beginMoveRows(_NOWHERE, number, number, _NOWHERE, before)
        del self._rows[number], self._keys[number]
        self._hold(at, row)
        if moves:
            self.endMoveRows()
        self.dataChanged.emit(self.index(at), self.index(at))

    def _insert(self, row: MomentRow) -> None:
        at = bisect_left(self._keys, _key(row))
        self.beginInsertRows(_NOWHERE, at, at)
        self._hold(at, row)
        self.endInsertRows()

    def _hold(self, at: int, row: MomentRow) -> None:
        self._keys.insert(at, _key(row))
        self._rows.insert(at, row)
        self._starts[row.moment.id] = row.moment.at


def _key(row: MomentRow) -> tuple[int, MomentId]:
    return row.moment.at, row.moment.id
