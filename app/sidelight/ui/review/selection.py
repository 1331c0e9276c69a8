"""What is selected in the review: one place, so that views need not know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from sidelight.domain.moments import MomentId
    from sidelight.domain.statements import Evidence
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import UtteranceId
    from sidelight.ui.itemmodels.moments import MomentsModel
    from sidelight.ui.itemmodels.transcript import TranscriptModel


class Selection(QObject):
    """The selected moment and utterance; choosing one chooses what belongs to it.

    Signals:
        changed: Either is new.
    """

    changed = Signal()

    def __init__(
        self,
        transcript: TranscriptModel,
        moments: MomentsModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._moments = moments
        self.moment: MomentId | None = None
        self.utterance: UtteranceId | None = None

    def choose_moment(self, moment_id: MomentId) -> None:
        """Select a moment, and the last utterance it rests on."""
        row = self._moments.row_of(moment_id)
        if row is None:
            return
        evidence = self._moments.row(row).moment.utterance_ids
        self._set(moment_id, evidence[-1] if evidence else None)

    def choose_utterance(self, utterance_id: UtteranceId) -> None:
        """Select an utterance, and a moment that rests on it if there is one."""
        if utterance_id == self.utterance:
            return
        self._set(self._moment_on(utterance_id), utterance_id)

    def open_place(self, place: Evidence) -> None:
        """Select what a statement rests on: its moment if it has one, or its words."""
        if place.moment is not None and self._moments.row_of(place.moment) is not None:
            self.choose_moment(place.moment)
        elif place.utterance_ids:
            self.choose_utterance(place.utterance_ids[0])

    def open_span(self, span: Span) -> None:
        """Select what was said there first."""
        rows = (self._transcript.row(n) for n in range(self._transcript.rowCount()))
        here = (one.utterance for one in rows if one.utterance.span.overlaps(span))
        first = next(here, None)
        if first is not None:
            self.choose_utterance(first.id)

    def let_go(self) -> None:
        """Nothing that is not there any more stays selected."""
        moment, said = self.moment, self.utterance
        if moment is not None and self._moments.row_of(moment) is None:
            moment = None
        if said is not None and self._transcript.row_of(said) is None:
            said = None
        self._set(moment, said)

    def _moment_on(self, utterance_id: UtteranceId) -> MomentId | None:
        rows = (self._moments.row(n) for n in range(self._moments.rowCount()))
        on = [row for row in rows if utterance_id in row.moment.utterance_ids]
        on.sort(key=lambda row: (row.withdrawn is not None, row.moment.hollow))
        return on[0].moment.id if on else None

    def _set(self, moment: MomentId | None, utterance: UtteranceId | None) -> None:
        if (moment, utterance) != (self.moment, self.utterance):
            self.moment, self.utterance = moment, utterance
            self.changed.emit()
