"""Which rows the review's lists show: one kind of moment, one voice of the transcript.

Rows are hidden in the list, not in the model: what is selected, and what the timeline
shows, does not depend on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kinds import KINDS
from sidelight.ui.itemmodels.roles import ItemRole
from sidelight.ui.kindwords import kind_title
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.story import Story
    from sidelight.ui.itemmodels.moments import MomentRow
    from sidelight.ui.itemmodels.transcript import TranscriptRow
    from sidelight.ui.review.moment_list import MomentList
    from sidelight.ui.review.rows import RowList
    from sidelight.ui.review.transcript_list import TranscriptList
    from sidelight.ui.theme.theme import Theme

EVERY_KIND: Final = tr("Every kind")
EVERYBODY: Final = tr("Everybody")


class Filters(QObject):
    """Two pickers, and the lists that follow them.

    Args:
        theme: Fonts and colours.
        transcript: Of it, one voice.
        moments: Of them, one kind.
        names: How each speaker is called.

    Attributes:
        kinds: Offers what is there; stands above the moments.
        speakers: Offers who spoke; stands above the transcript.
    """

    def __init__(
        self,
        theme: Theme,
        transcript: TranscriptList,
        moments: MomentList,
        names: dict[Speaker, str],
    ) -> None:
        super().__init__(moments)
        self._transcript, self._moments, self._names = transcript, moments, names
        self.kinds = Picker(theme, tr("Show moments of"))
        self.speakers = Picker(theme, tr("Show what was said by"))
        self.kinds.currentIndexChanged.connect(self._apply)
        self.speakers.currentIndexChanged.connect(self._apply)

    def show_story(self, story: Story) -> None:
        """Offer what this story has; what was chosen stays, as long as it is there."""
        gone = (moment for moment, _ in story.withdrawn)
        there = {one.kind for one in (*story.moments, *story.hollow, *gone)}
        known = [kind.id for kind in KINDS if kind.id in there]
        ids = [*known, *sorted(there.difference(known))]
        offered: list[tuple[str, object]] = [(EVERY_KIND, None)]
        offered += [(kind_title(one), one) for one in ids]
        self.kinds.offer(offered, self.kinds.chosen)
        spoke = {one.speaker for one in story.utterances}
        voices: list[tuple[str, object]] = [(EVERYBODY, None)]
        voices += [(self._names[one], one) for one in Speaker if one in spoke]
        self.speakers.offer(voices, self.speakers.chosen)
        self._apply()

    def _apply(self) -> None:
        kind, speaker = self.kinds.chosen, self.speakers.chosen
        _show_only(
            self._moments,
            None
            if kind is None
            else lambda row: cast("MomentRow", row).moment.kind == kind,
        )
        _show_only(
            self._transcript,
            None
            if speaker is None
            else lambda row: cast("TranscriptRow", row).utterance.speaker == speaker,
        )


def _show_only(rows: RowList, wanted: Callable[[object], bool] | None) -> None:
    """Hide the others.

    Args:
        rows: The list.
        wanted: Whether this row is shown; ``None``: all are. Five thousand are not
            looked into for that: every decision of the coach comes by here.
    """
    model = rows.model()
    for number in range(model.rowCount()):
        shown = wanted is None or wanted(model.index(number, 0).data(ItemRole.ROW))
        if rows.isRowHidden(number) is shown:
            rows.setRowHidden(number, not shown)
