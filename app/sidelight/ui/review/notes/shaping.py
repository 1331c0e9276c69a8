"""Which parts a client note has: rename, order, leave out, add, keep as a template."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.domain.notes import STANDARD_PARTS, NotePart, Section
from sidelight.session.wrap_acts import LONGEST_LINE
from sidelight.ui.review.notes.wording import (
    NEW_PART,
    PARTS_HELP,
    TEMPLATE_NAME,
    part_title,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme


class Shaping(QFrame):
    """A list of headings to be changed.

    Signals:
        shaped: The parts (``tuple[NotePart, ...]``) as the coach wants them now.
        renamed: An added part had this heading (``str``), and now has that one.
        kept: Under this name (``str``) they are a template.

    Args:
        theme: Fonts and colours.
        parts: As they are.
    """

    shaped = Signal(object)
    renamed = Signal(str, str)
    kept = Signal(str)

    def __init__(self, theme: Theme, parts: tuple[NotePart, ...]) -> None:
        super().__init__()
        self._theme = theme
        self.parts = parts
        self.titles: list[QLineEdit] = []
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(Space.XS))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.S))
        layout.addWidget(Text(theme, Role.SMALL, PARTS_HELP, soft=True))
        layout.addLayout(self._list)
        self.add = Button(theme, tr("Add a part"))
        self.add.clicked.connect(self._add)
        self.name = QLineEdit()
        self.name.setFont(theme.font(Role.BODY))
        self.name.setAccessibleName(TEMPLATE_NAME)
        self.name.setPlaceholderText(TEMPLATE_NAME)
        self.name.setMaxLength(LONGEST_LINE)
        self.keep = Button(theme, tr("Keep", about="a template"))
        self.keep.clicked.connect(self._keep)
        below = QHBoxLayout()
        below.setSpacing(theme.px(Space.S))
        below.addWidget(self.add)
        below.addWidget(self.name, 1)
        below.addWidget(self.keep)
        layout.addLayout(below)
        self._lay_out()

    def _lay_out(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
        discard(self._rows)
        self._rows, self.titles = [], []
        for place, part in enumerate(self.parts):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(self._theme.px(Space.S))
            title = QLineEdit(part_title(part))
            title.setFont(self._theme.font(Role.BODY))
            title.setAccessibleName(tr("Heading of part {n}", n=place + 1))
            title.setMaxLength(LONGEST_LINE)
            title.setCursorPosition(0)
            title.editingFinished.connect(lambda place=place: self._rename(place))
            line.addWidget(title, 1)
            for words, change, fits in (
                (tr("Up"), self._raise, place > 0),
                (tr("Remove"), self._remove, len(self.parts) > 1),
            ):
                button = Button(self._theme, words)
                button.setAccessibleDescription(part_title(part))
                button.setEnabled(fits)
                button.clicked.connect(lambda _, place=place, do=change: do(place))
                line.addWidget(button)
            self.titles.append(title)
            self._rows.append(row)
            self._list.addWidget(row)
            row.show()  # a layout would only do so in the next turn of the loop

    def _rename(self, place: int) -> None:
        title = " ".join(self.titles[place].text().split())
        others = {part_title(part) for n, part in enumerate(self.parts) if n != place}
        if not title or title in others:
            self.titles[place].setText(part_title(self.parts[place]))
        elif title != part_title(self.parts[place]):
            parts = list(self.parts)
            before = parts[place]
            parts[place] = replace(before, title=title)
            self._shape(parts)
            if before.section is Section.OWN:
                self.renamed.emit(before.title, title)

    def _raise(self, place: int) -> None:
        parts = list(self.parts)
        parts[place - 1 : place + 1] = parts[place], parts[place - 1]
        self._shape(parts)
        self._lay_out()

    def _remove(self, place: int) -> None:
        self._shape([part for n, part in enumerate(self.parts) if n != place])
        self._lay_out()

    def _add(self) -> None:
        """First what was left out of the standard parts, then parts of one's own."""
        there = {part.section for part in self.parts}
        titles = {part.title for part in self.parts}
        left_out = (
            one
            for one in STANDARD_PARTS
            if one.section not in there and one.title not in titles
        )
        names = (NEW_PART, *(f"{NEW_PART} {number}" for number in range(2, 99)))
        name = next(one for one in names if one not in titles)
        self._shape([*self.parts, next(left_out, NotePart(Section.OWN, name))])
        self._lay_out()
        self.titles[-1].setFocus()
        self.titles[-1].selectAll()

    def _keep(self) -> None:
        name = " ".join(self.name.text().split())
        if name:
            self.kept.emit(name)
            self.name.clear()
        else:
            self.name.setFocus()

    def _shape(self, parts: list[NotePart]) -> None:
        self.parts = tuple(parts)
        self.shaped.emit(self.parts)
