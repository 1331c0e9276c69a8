"""One statement: the observation, its question, and the places it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.ui.kindwords import sentence
from sidelight.ui.review.play_button import PlayButton
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.widgets.text import Reading, label
from sidelight.ui.words import tr_worded
from sidelight.ui.wrapup.wording import (
    chosen_told,
    chosen_words,
    moment_heading,
    short_quote,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.notes import ChosenMoment
    from sidelight.domain.statements import Evidence, Statement
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

_A_ROW: Final = 6


class Block(QWidget):
    """What every block of the page has: a column of text, and places to open.

    Signals:
        opened: A place (``Evidence``) to be shown.

    Args:
        theme: Fonts and colours.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(Space.XXS))

    def links(self, evidence: Sequence[Evidence]) -> QWidget:
        """The places, a few in a row."""
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(Space.XS))
        grid.setVerticalSpacing(0)
        for number, place in enumerate(evidence):
            link = PlaceLink(self.theme, clock(place.at), place.quote)
            link.setToolTip(short_quote(place.quote))
            link.clicked.connect(lambda _, place=place: self.opened.emit(place))
            grid.addWidget(link, number // _A_ROW, number % _A_ROW)
        grid.setColumnStretch(_A_ROW, 1)
        return row


class StatementBlock(Block):
    """A statement of a topic or of a lens."""

    def __init__(self, theme: Theme, statement: Statement) -> None:
        super().__init__(theme)
        told = sentence(tr_worded(statement.text))
        self.column.addWidget(Reading(theme, Role.BODY, told))
        words = statement.evidence[0].quote if len(statement.evidence) == 1 else ""
        if words:
            quote = Reading(theme, Role.SMALL, short_quote(words))
            self.column.addWidget(quote)
        if statement.question:
            asked = tr_worded(statement.question)
            self.column.addWidget(Reading(theme, Role.SMALL, asked, soft=True))
        self.column.addWidget(self.links(statement.evidence))


class ChosenBlock(Block):
    """One of the three moments: its words first, then what they ask."""

    def __init__(
        self,
        theme: Theme,
        playback: Playback,
        chosen: ChosenMoment,
        place: Evidence,
        client: str,
    ) -> None:
        super().__init__(theme)
        self.column.addWidget(label(theme, moment_heading(chosen)))
        for words in chosen_words(chosen, client):
            self.column.addWidget(Reading(theme, Role.BODY, words))
        told = chosen_told(chosen)
        self.column.addWidget(Reading(theme, Role.SMALL, told, soft=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.XS))
        row.addWidget(PlayButton(theme, playback, chosen.span))
        row.addWidget(self.links((place,)), 1, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
