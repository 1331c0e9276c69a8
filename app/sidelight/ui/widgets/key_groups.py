"""The recovery key as it is read, copied and compared: numbered groups in lines.

Every letter has the same room and a nought a stroke, so that what is copied by hand can
be compared group by group; the first run asks for groups by their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from sidelight.ui.spoken import Spoken
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPaintDevice, QPaintEvent

    from sidelight.ui.theme.theme import Theme

RECOVERY_KEY: Final = tr("Recovery key")
_A_LINE: Final = 3
_BETWEEN: Final = 1.4
"""Between two groups, in letters."""
_LEAD: Final = 0.3
"""Between two lines, in heights of a number."""


@dataclass(frozen=True, slots=True)
class KeyFace:
    """The letters of a key, for a screen or for paper.

    Attributes:
        letters: Font of the groups.
        numbers: Font of the small numbers above them.
        ink: Colour of the groups.
        soft: Colour of the numbers.
    """

    letters: QFont
    numbers: QFont
    ink: QColor
    soft: QColor

    def __post_init__(self) -> None:
        """A nought is no O."""
        self.letters.setFeature(QFont.Tag("zero"), 1)

    def places(self, groups: Sequence[str], on: QPaintDevice) -> Iterator[QRectF]:
        """Where each group stands, its number included, in pixels of the device."""
        letter, _, high = self._measures(on)
        for at, group in enumerate(groups):
            line, column = divmod(at, _A_LINE)
            wide = len(group) * letter
            left = column * (wide + round(_BETWEEN * letter))
            yield QRectF(left, line * high, wide, high)

    def size(self, groups: Sequence[str], on: QPaintDevice) -> QSizeF:
        """The room that all of them need, in pixels of the device."""
        whole = QRectF()
        for place in self.places(groups, on):
            whole |= place
        return whole.size()

    def draw(self, painter: QPainter, at: QPointF, groups: Sequence[str]) -> None:
        """Draw them, ``at`` being the left upper corner."""
        letter, number, high = self._measures(painter.device())
        middle = Qt.AlignmentFlag.AlignCenter
        for n, (group, place) in enumerate(
            zip(groups, self.places(groups, painter.device()), strict=True), 1
        ):
            corner = at + place.topLeft()
            painter.setFont(self.numbers)
            painter.setPen(self.soft)
            above = QRectF(corner, QSizeF(place.width(), number))
            painter.drawText(above, Qt.AlignmentFlag.AlignLeft, str(n))
            painter.setFont(self.letters)
            painter.setPen(self.ink)
            rest = high - number * (1 + _LEAD)
            for column, one in enumerate(group):
                left = corner + QPointF(column * letter, number)
                box = QRectF(left, QSizeF(letter, rest))
                # Room at both sides: a wide letter may stand out of its own.
                painter.drawText(box.adjusted(-letter, 0, letter, 0), middle, one)

    def _measures(self, on: QPaintDevice) -> tuple[float, float, float]:
        """Width of a letter, height of a number, height of a line."""
        letters = QFontMetricsF(self.letters, on)
        # All but the W, which would tear the others apart.
        usual = ascii_uppercase.replace("W", "")
        wide = ceil(max(map(letters.horizontalAdvance, usual)))
        number = QFontMetricsF(self.numbers, on).height()
        return wide, number, letters.height() + number * (1 + _LEAD)


class KeyGroups(QWidget):
    """Shows a key; without one it is not there.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        colors = theme.palette
        self._face = KeyFace(
            *(theme.font(Role.TITLE), theme.font(Role.LABEL)),
            *(QColor(colors.ink), QColor(colors.ink_soft)),
        )
        self._groups: list[str] = []
        self.setAccessibleName(RECOVERY_KEY)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clear()

    def text(self) -> str:
        """What is shown."""
        return "-".join(self._groups)

    def show_key(self, key: str) -> None:
        """Show this one, groups with hyphens; ``""``: none."""
        self._groups = key.split("-") if key else []
        self.setVisible(bool(self._groups))
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Nothing secret is here any more."""
        self.show_key("")

    def spoken(self) -> Sequence[Spoken]:
        """Every group, letter by letter."""
        places = self._face.places(self._groups, self)
        return [
            Spoken(
                tr("Group {n}: {letters}", n=n, letters=" ".join(group)),
                place=place.toAlignedRect(),
            )
            for n, (group, place) in enumerate(
                zip(self._groups, places, strict=True), 1
            )
        ]

    def sizeHint(self) -> QSize:
        """What the groups need."""
        return self._face.size(self._groups, self).toSize() + QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The groups and their numbers."""
        del event
        with QPainter(self) as painter:
            self._face.draw(painter, QPointF(), self._groups)
