"""How far the recordings are that are brought in, a line each, with cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.domain.transcript import Layout
from sidelight.session.importing.progress import Progress, Stands
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.ui.theme.theme import Theme

CANCEL: Final = tr("Cancel")
DISMISS: Final = tr("Done")
HEADING: Final = tr("Brought in")
_HEARD_AS: Final = {
    Layout.MONO: tr("Complete, heard as a room."),
    Layout.STEREO: tr("Complete, you and your client on a side each."),
}


# One arm a state.
def import_state(line: Progress) -> str:  # noqa: PLR0911
    """How it stands with a recording, as a sentence or two."""
    at = clock(line.at)
    if line.of:
        at = tr("{at} of {length}", at=at, length=clock(line.of))
    match line.stands:
        case Stands.WAITING:
            return tr("Waits for its turn.")
        case Stands.LOOKING:
            return tr("Being looked at.")
        case Stands.TAKING:
            return tr("Taken in: {at}", at=at)
        case Stands.HEARING:
            return tr("Heard: {at}", at=at)
        case Stands.DONE:
            heard = None if line.layout is None else _HEARD_AS[line.layout]
            return heard or tr("Complete.")
        case Stands.THERE:
            return tr("Is among your sessions already.")
        case Stands.FAILED:
            return f"{line.message} {line.remedy}"
        case Stands.STOPPED:
            return tr("Stopped. Brought in again, it goes on.")


class ImportsCard(QFrame):
    """There only while there is something on it.

    Signals:
        cancelled: The number of a recording.

    Attributes:
        dismiss: Takes the card away, once all is over.

    Args:
        theme: Fonts and colours.
    """

    cancelled = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._rows: list[_Row] = []
        self._dismissed = 0
        self.dismiss = Button(theme, DISMISS)
        self.dismiss.clicked.connect(self._dismiss)
        side = theme.px(Space.L)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(side, theme.px(Space.M), side, side)
        self._layout.setSpacing(theme.px(Space.M))
        above = QHBoxLayout()
        above.addWidget(Text(theme, Role.LABEL, HEADING, soft=True), 1)
        above.addWidget(self.dismiss)
        self._layout.addLayout(above)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.dismiss, *(row.cancel for row in self._rows))

    def show_lines(self, lines: Sequence[Progress]) -> bool:
        """Show these.

        Returns:
            Whether there are other lines than before, and so other stops.
        """
        fresh = len(lines) - self._dismissed != len(self._rows)
        for line in lines[self._dismissed + len(self._rows) :]:
            row = _Row(self._theme)
            row.cancel.clicked.connect(lambda n=line.number: self.cancelled.emit(n))
            self._rows.append(row)
            self._layout.addWidget(row)
        for row, line in zip(self._rows, lines[self._dismissed :], strict=True):
            row.show_line(line)
        over = all(line.stands.over for line in lines)
        self.dismiss.setVisible(over)
        self.setVisible(bool(self._rows))
        return fresh

    def _dismiss(self) -> None:
        self._dismissed += len(self._rows)
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self.hide()


class _Row(QWidget):
    """One recording."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = Text(theme, Role.BODY)
        self._state = Text(theme, Role.SMALL, soft=True)
        self.cancel = Button(theme, CANCEL)
        words = QVBoxLayout()
        words.setSpacing(theme.px(Space.XXS))
        words.addWidget(self._name)
        words.addWidget(self._state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.M))
        layout.addLayout(words, 1)
        layout.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_line(self, line: Progress) -> None:
        """How it stands."""
        self._name.setText(line.name)
        self._state.setText(import_state(line))
        self.cancel.setAccessibleDescription(line.name)
        self.cancel.setVisible(not line.stands.over)
