"""Utterances as rows, in the order they were spoken."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from sidelight.domain.clock_time import clock
from sidelight.ui.itemmodels.roles import Index, ItemRole
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidelight.domain.moments import Moment, MomentId
    from sidelight.domain.rewording import Passage
    from sidelight.domain.transcript import Utterance, UtteranceId
    from sidelight.ui.absences import Absence

_NOWHERE = QModelIndex()

EDITED: Final = tr("(changed by you)")
"""What a screen reader says after words that are not as they were heard."""


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One utterance with the counting moments that rest on it.

    Attributes:
        utterance: What was said.
        moments: That count, in order of notice.
        same_speaker: Whether the row before is the same speaker's.
        before: Stretches without sound between the row before and this one.
        after: Those behind the last row.
        heard: What was heard instead, where the coach changed it; else ``None``.
    """

    utterance: Utterance
    moments: tuple[Moment, ...] = ()
    same_speaker: bool = False
    before: tuple[Absence, ...] = ()
    after: tuple[Absence, ...] = ()
    heard: Passage | None = None


class TranscriptModel(QAbstractListModel):
    """Inserts each utterance where it belongs: of two voices, one is decided late."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TranscriptRow] = []
        self._keys: list[tuple[int, UtteranceId]] = []
        self._starts: dict[UtteranceId, int] = {}

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many utterances there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own type
        """The text, the whole row, or what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        said = row.utterance
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return said.text
            case Qt.ItemDataRole.AccessibleTextRole:
                said_so = f"{said.speaker}, {clock(said.span.start)}: {said.text}"
                if row.heard is not None:
                    said_so = f"{said_so} {EDITED}"
                before = (absence.told for absence in row.before)
                after = (absence.told for absence in row.after)
                return " ".join((*before, said_so, *after))
            case ItemRole.ROW:
                return row
            case _:
                return None

    def row(self, number: int) -> TranscriptRow:
        """The row with this number."""
        return self._rows[number]

    def row_of(self, utterance_id: UtteranceId) -> int | None:
        """Where this utterance stands; ``None`` when it is not there."""
        start = self._starts.get(utterance_id)
        if start is None:
            return None
        return bisect_left(self._keys, (start, utterance_id))

    def add(self, utterance: Utterance) -> None:
        """Insert an utterance."""
        key = (utterance.span.start, utterance.id)
        at = bisect_left(self._keys, key)
        self.beginInsertRows(_NOWHERE, at, at)
        self._keys.insert(at, key)
        self._rows.insert(at, TranscriptRow(utterance))
        self._starts[utterance.id] = utterance.span.start
        self.endInsertRows()
        for touched in (at, at + 1):
            self._join(touched)

    def _let_go(self, wanted: dict[UtteranceId, Utterance]) -> None:
        """Take away the rows that are not wanted, and change those that are others."""
        for number in reversed(range(len(self._rows))):
            shown = self._rows[number].utterance
            new = wanted.get(shown.id)
            if new == shown:
                continue
            if new is not None and new.span.start == shown.span.start:
                # In its place, so that it stays selected.
                self._change(number, replace(self._rows[number], utterance=new))
                self._join(number)
                self._join(number + 1)
                continue
            self.beginRemoveRows(_NOWHERE, number, number)
            del self._rows[number], self._keys[number], self._starts[shown.id]
            self.endRemoveRows()
            self._join(number)

    def _begin(self, utterances: Iterable[Utterance]) -> None:
        """The first rows, all at once: of three hours they are thousands."""
        in_order = sorted(utterances, key=lambda one: (one.span.start, one.id))
        self.beginInsertRows(_NOWHERE, 0, len(in_order) - 1)
        before = None
        for said in in_order:
            same = before is not None and before.speaker is said.speaker
            self._keys.append((said.span.start, said.id))
            self._rows.append(TranscriptRow(said, same_speaker=same))
            self._starts[said.id] = said.span.start
            before = said
        self.endInsertRows()

    def attach(self, moment: Moment) -> None:
        """Show a moment on the utterances it rests on."""
        for number in self._rows_of(moment.utterance_ids):
            row = self._rows[number]
            self._change(number, replace(row, moments=(*row.moments, moment)))

    def detach(self, moment_id: MomentId) -> None:
        """Take a moment off again."""
        for number, row in enumerate(self._rows):
            kept = tuple(one for one in row.moments if one.id != moment_id)
            if len(kept) < len(row.moments):
                self._change(number, replace(row, moments=kept))

    def show(self, utterances: Iterable[Utterance], moments: Iterable[Moment]) -> None:
        """Hold exactly these: what goes leaves the screen, what stays is not touched.

        Args:
            utterances: Those whose words are there.
            moments: Those that count.
        """
        wanted = {utterance.id: utterance for utterance in utterances}
        self._let_go(wanted)
        if self._rows:
            for utterance in wanted.values():
                if utterance.id not in self._starts:
                    self.add(utterance)
        elif wanted:
            self._begin(wanted.values())
        resting: dict[UtteranceId, list[Moment]] = {}
        for moment in moments:
            for utterance_id in moment.utterance_ids:
                resting.setdefault(utterance_id, []).append(moment)
        for number, row in enumerate(self._rows):
            on_it = tuple(resting.get(row.utterance.id, ()))
            if on_it != row.moments:
                self._change(number, replace(row, moments=on_it))

    def show_absences(self, absences: Iterable[Absence]) -> None:
        """Say on each row which stretches without sound come before it.

        Args:
            absences: In order. They belong to the rows that are there now.
        """
        starts = [start for start, _ in self._keys]
        before: dict[int, list[Absence]] = {}
        for absence in absences:
            before.setdefault(bisect_left(starts, absence.span.start), []).append(
                absence
            )
        last = len(self._rows) - 1
        for number, row in enumerate(self._rows):
            behind = tuple(before.get(last + 1, ())) if number == last else ()
            fresh = replace(row, before=tuple(before.get(number, ())), after=behind)
            if fresh != row:
                self._change(number, fresh)

    def show_heard(self, heard: Mapping[UtteranceId, Passage]) -> None:
        """Say on each row that the coach changed it.

        Args:
            heard: What is not as it was heard.
        """
        for number, row in enumerate(self._rows):
            before = heard.get(row.utterance.id)
            if before != row.heard:
                self._change(number, replace(row, heard=before))

    def _rows_of(self, utterance_ids: tuple[UtteranceId, ...]) -> list[int]:
        found = (self.row_of(one) for one in utterance_ids)
        return [number for number in found if number is not None]

    def _join(self, number: int) -> None:
        if number >= len(self._rows):
            return
        row = self._rows[number]
        before = self._rows[number - 1] if number else None
        same = before is not None and before.utterance.speaker is row.utterance.speaker
        if same is not row.same_speaker:
            self._change(number, replace(row, same_speaker=same))

    def _change(self, number: int, row: TranscriptRow) -> None:
        self._rows[number] = row
        index = self.index(number)
        self.dataChanged.emit(index, index)
