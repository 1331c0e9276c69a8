"""Every kind that words can show, one key each: for correcting and for adding.

In columns of groups, each kind with its mark and, in a column of their own, the keys;
below, what the one under the pointer or the arrows means. Where it has to lie over the
turn it is about, it begins with what was said there.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from sidelight.domain.moments import DIRECTION, Form
from sidelight.partnering.kind import Group
from sidelight.partnering.kinds import KINDS
from sidelight.ui.kindwords import form_words, kind_meaning, kind_title
from sidelight.ui.review.placing import beside, over
from sidelight.ui.spoken import Spoken, tell_selection
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.elide import elide
from sidelight.ui.widgets.kind_mark import MARK, mark_path
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from sidelight.ui.theme.theme import Theme

CHOICES: Final = tuple(
    (kind.id, form)
    for kind in KINDS
    if not kind.needs_sound
    for form in (Form if kind.id == DIRECTION else (None,))
)
"""Kind and form, in the order of their keys."""

KEYS: Final = "123456789" + ascii_lowercase

_TITLES: Final = {
    Group.PROCESS: tr("Partnering on process"),
    Group.PARTNERING: tr("Other partnering"),
    Group.INDICATOR: tr("Worth a second look"),
    Group.QUALITY: tr("What goes with it"),
}
_GROUPS: Final = {kind.id: kind.group for kind in KINDS}
_COLUMNS: Final = (
    ((Group.PROCESS, Group.PARTNERING), (Group.INDICATOR,), (Group.QUALITY,)),
    ((Group.PROCESS, Group.QUALITY), (Group.PARTNERING, Group.INDICATOR)),
)
"""The ways to stand beside each other, the flattest first."""

_HINT: Final = tr("Point at one, or go there with the arrows, to read what it means.")
_ROOMY: Final = Space.S
_TIGHT: Final = Space.XXS / 2
"""Between the letters of a row and the next, logical pixels at 100 % text."""


_LINES: Final = 2
"""Of what was said, where the menu lies over it."""

_HIGH: Final = 400
"""More than any meaning needs, as the above."""

_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands, in pixels of the menu.

    Attributes:
        size: Of the menu.
        rows: Of each choice, by its number.
        headings: Where each group's name is.
        columns: The numbers of each column's choices, from top to bottom.
        meaning: Where it is said what one means.
        rule: How far down the line above that is.
        letters: Of the choices.
        said: Where it is read what this is about; empty: that stays in sight.
    """

    size: QSize
    rows: dict[int, QRect]
    headings: dict[Group, QRect]
    columns: list[list[int]]
    meaning: QRect
    rule: int
    letters: QFont
    said: QRect


class KindMenu(QWidget):
    """Opened beside what it is about, and not over it where the screen has room.

    Its keys choose at once; arrows, Enter and Escape work as in any menu.

    Signals:
        chosen: Kind id, and the form (``Form``) or ``None``.

    Args:
        theme: Fonts and colours.
        parent: Of the same window.
    """

    chosen = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._body, self._small = theme.font(Role.BODY), theme.font(Role.SMALL)
        self._label = theme.font(Role.LABEL)
        self._current: int | None = None
        self._words = [choice_words(kind, form) for kind, form in CHOICES]
        body = QFontMetrics(self._body)
        self._key_width = max(body.horizontalAdvance(one.upper()) for one in KEYS)
        self._said = ""
        self._plan = self._planned(_COLUMNS[0], _ROOMY)
        self.resize(self._plan.size)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("What it is"))

    def sizeHint(self) -> QSize:
        """As large as its columns."""
        return self._plan.size

    def open_beside(self, about: QRect, screen: QRect, said: str = "") -> None:
        """Show it beside what it is about; both are places on the whole desktop.

        Args:
            about: What stays in sight.
            screen: What it stays inside of.
            said: What is read in the menu where it must lie over that.
        """
        self.place(about, screen, said)
        self.show()

    def place(self, about: QRect, screen: QRect, said: str = "") -> None:
        """Take the first form that has room beside ``about``; see ``open_beside``."""
        self._said = said
        gap = self._theme.px(Space.XS)
        plans = [
            self._planned(columns, between)
            for between in (_ROOMY, _TIGHT)
            for columns in _COLUMNS
        ]
        for plan in plans:
            at = beside(about, plan.size, screen, gap)
            if at is not None:
                self._plan = plan
                self.setGeometry(QRect(at, plan.size))
                return
        if said:
            plans = [self._planned(columns, _TIGHT, over=True) for columns in _COLUMNS]
        self._plan = _lowest(plans, screen)
        self.setGeometry(QRect(over(about, self._plan.size, screen), self._plan.size))

    @property
    def said_place(self) -> QRect:
        """Where it is read what this is about; empty: that stays in sight."""
        return self._plan.said

    def spoken(self) -> list[Spoken]:
        """Every kind with what it means, for screen readers."""
        return [
            Spoken(
                words,
                kind_meaning(CHOICES[number][0]),
                self._plan.rows[number],
                selected=number == self._current,
            )
            for number, words in enumerate(self._words)
        ]

    # -- painting ----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Headings, rows, and what the current one means."""
        del event
        colors, plan = self._theme.palette, self._plan
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(colors.surface))
            hairline = QPen(QColor(colors.hairline), 1)
            painter.setPen(hairline)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
            rule, left, right = (
                plan.rule - 0.5,
                plan.meaning.left(),
                plan.meaning.right(),
            )
            painter.drawLine(QPointF(left, rule), QPointF(right, rule))
            painter.setFont(self._label)
            painter.setPen(QColor(colors.ink_soft))
            for group, box in plan.headings.items():
                painter.drawText(box, _LEFT, _TITLES[group])
            for number in plan.rows:
                self._paint_row(painter, number)
            painter.setFont(self._small)
            painter.setPen(QColor(colors.ink_soft))
            painter.drawText(plan.meaning, _WRAPPED, self._meaning())
            self._paint_said(painter)

    def _paint_said(self, painter: QPainter) -> None:
        box, metrics = self._plan.said, QFontMetrics(self._small)
        if box.isEmpty():
            return
        painter.setPen(QColor(self._theme.palette.ink))
        lines = elide(f"“{self._said}”", metrics, box.width(), _LINES)
        painter.drawText(box, Qt.AlignmentFlag.AlignTop, "\n".join(lines))

    def _paint_row(self, painter: QPainter, number: int) -> None:
        theme, colors = self._theme, self._theme.palette
        box, (kind, form) = self._plan.rows[number], CHOICES[number]
        if number == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selection))
            painter.drawRoundedRect(QRectF(box), Radius.FIELD, Radius.FIELD)
        inside = box.adjusted(theme.px(Space.S), 0, -theme.px(Space.S), 0)
        side = MARK * theme.scale
        center = QPointF(inside.left() + side / 2, inside.center().y() + 0.5)
        painter.fillPath(mark_path(kind, form, center, side), theme.kind_color(kind))
        painter.setFont(self._plan.letters)
        painter.setPen(QColor(colors.ink))
        words = inside.adjusted(theme.px(MARK + Space.S), 0, 0, 0)
        painter.drawText(words, _LEFT, self._words[number])
        painter.setPen(QColor(colors.ink_soft))
        keys = QRect(0, inside.top(), self._key_width, inside.height())
        keys.moveRight(inside.right())
        painter.drawText(keys, Qt.AlignmentFlag.AlignCenter, KEYS[number].upper())

    def _meaning(self) -> str:
        if self._current is None:
            return _HINT
        return kind_meaning(CHOICES[self._current][0])

    # -- layout ------------------------------------------------------------------

    def _planned(
        self, columns: tuple[tuple[Group, ...], ...], gap: float, *, over: bool = False
    ) -> _Plan:
        theme = self._theme
        letters = self._small if over else self._body
        body, label = QFontMetrics(letters), QFontMetrics(self._label)
        edge, between = theme.px(Space.S if over else Space.M), theme.px(Space.L)
        air = theme.px(Space.XS if over else Space.S)
        row = body.height() + theme.px(gap)
        rows: dict[int, QRect] = {}
        headings: dict[Group, QRect] = {}
        numbers = []
        above = _LINES * QFontMetrics(self._small).lineSpacing() if over else 0
        first = edge + above + (theme.px(Space.XS) if over else 0)
        left, lowest = edge, 0
        for groups in columns:
            wide, top = self._width(groups), first
            inside = []
            for place, group in enumerate(groups):
                top += theme.px(gap + Space.XS) if place else 0
                side = theme.px(Space.S)
                headings[group] = QRect(left + side, top, wide - side, label.height())
                top += label.height() + theme.px(Space.XS)
                for number in _choices(group):
                    rows[number] = QRect(left, top, wide, row)
                    inside.append(number)
                    top += row
            numbers.append(inside)
            left += wide + between
            lowest = max(lowest, top)
        width = left - between + edge
        side = edge + theme.px(Space.S)
        told = QRect(side, 0, width - 2 * side, self._theme.px(_HIGH))
        told.setHeight(self._highest(told))
        told.moveTop(lowest + 2 * air)
        size = QSize(width, told.bottom() + 1 + edge)
        said = QRect(side, edge, told.width(), above)
        return _Plan(size, rows, headings, numbers, told, lowest + air, letters, said)

    def _highest(self, room: QRect) -> int:
        """Height of the longest meaning here: whichever is read, nothing moves."""
        small = QFontMetrics(self._small)
        told = {_HINT, *(kind_meaning(kind) for kind, _ in CHOICES)}
        return max(small.boundingRect(room, _WRAPPED, text).height() for text in told)

    def _width(self, groups: tuple[Group, ...]) -> int:
        theme = self._theme
        body, label = QFontMetrics(self._body), QFontMetrics(self._label)
        around = theme.px(Space.S + MARK + Space.S + Space.L + Space.S)
        words = [
            body.horizontalAdvance(self._words[number])
            for group in groups
            for number in _choices(group)
        ]
        titles = [label.horizontalAdvance(_TITLES[group]) for group in groups]
        return max(max(words) + around + self._key_width, *titles) + 1

    # -- intent ------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose at once, or go there first."""
        letter = event.text().lower()
        number = KEYS.find(letter) if letter else -1
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._choose(self._current)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Right:
                self._sidestep(1)
            case Qt.Key.Key_Left:
                self._sidestep(-1)
            case _ if 0 <= number < len(CHOICES):
                self._choose(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The one under the pointer says what it means."""
        number = self._at(event.position().toPoint())
        if number is not None:
            self._go_to(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self._choose(self._at(event.position().toPoint()))

    def _at(self, where: QPoint) -> int | None:
        found = (n for n, box in self._plan.rows.items() if box.contains(where))
        return next(found, None)

    def _step(self, by: int) -> None:
        order = [number for column in self._plan.columns for number in column]
        before = -1 if by > 0 else 0
        at = before if self._current is None else order.index(self._current)
        self._go_to(order[(at + by) % len(order)])

    def _sidestep(self, by: int) -> None:
        """To the column beside, as near as there is."""
        if self._current is None:
            self._step(1)
            return
        columns = self._plan.columns
        here = next(n for n, those in enumerate(columns) if self._current in those)
        there = columns[(here + by) % len(columns)]
        height = self._plan.rows[self._current].top()
        self._go_to(min(there, key=lambda n: abs(self._plan.rows[n].top() - height)))

    def _go_to(self, number: int) -> None:
        if number != self._current:
            self._current = number
            tell_selection(self)
            self.update()

    def _choose(self, number: int | None) -> None:
        if number is not None:
            self.close()
            self.chosen.emit(*CHOICES[number])


def _lowest(plans: list[_Plan], screen: QRect) -> _Plan:
    """Of those as wide as the screen the lowest, else the narrowest."""
    fitting = [plan for plan in plans if plan.size.width() <= screen.width()]
    if fitting:
        return min(fitting, key=lambda plan: plan.size.height())
    return min(plans, key=lambda plan: plan.size.width())


def _choices(group: Group) -> Iterator[int]:
    """The numbers of what is in this group."""
    return (n for n, (kind, _) in enumerate(CHOICES) if _GROUPS[kind] is group)


def choice_words(kind: str, form: Form | None) -> str:
    """A kind, and its form where it has one, in plain words."""
    title = kind_title(kind)
    return title if form is None else f"{title} · {form_words(form)}"
