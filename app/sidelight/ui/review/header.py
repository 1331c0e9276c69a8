"""Who, when, how long, what the client came for, and what is to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.domain.decisions import places
from sidelight.domain.worked import minutes_worked
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import SEPARATOR, when
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme


_PLACES: Final = 4
"""So many fit on a line."""


class ReviewHeader(QWidget):
    """Up to four lines of text above everything else."""

    def __init__(
        self, theme: Theme, story: Story, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(Space.XS), 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS))
        colors = theme.palette
        self._lines = (
            (title, _label(theme, Role.TITLE, colors.ink)),
            (facts, _label(theme, Role.SMALL, colors.ink_soft)),
            (request, _label(theme, Role.BODY, colors.ink)),
            (to_check, _label(theme, Role.SMALL, colors.ink_soft)),
        )
        for _, label in self._lines:
            layout.addWidget(label)
        self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Say it of this story instead."""
        for words, label in self._lines:
            label.setText(words(story))
            label.setVisible(bool(label.text()))


def title(story: Story) -> str:
    """Who it was with."""
    client = story.session.client if story.session else ""
    return tr("Session with {client}", client=client) if client else tr("Session")


def facts(story: Story) -> str:
    """Date, time of day, minutes."""
    if story.session is None:
        return ""
    worked = minutes_worked(story)
    minutes = tr("{n} min", n=worked)
    if story.session.planned_minutes is not None:
        minutes = tr(
            "{n} min of {planned} agreed",
            n=worked,
            planned=story.session.planned_minutes,
        )
    return SEPARATOR.join((*when(story.session.started_at), minutes))


def request(story: Story) -> str:
    """What the client asked for, in the client's words."""
    quote = story.request.quote if story.request else ""
    return tr("Asked for “{quote}”", quote=quote) if quote else ""


def to_check(story: Story) -> str:
    """Where the coach's decisions found nothing in this version of the transcript."""
    starts = [moment.span.start for moment in story.to_check]
    starts += [places(one)[0].span.start for one in story.unplaced]
    told_at = [clock(start) for start in sorted(set(starts))]
    if not told_at:
        return ""
    rest = len(told_at) - _PLACES
    told = ", ".join(told_at[:_PLACES])
    if rest > 0:
        told = tr("{places} and {n} more", places=told, n=rest)
    return tr(
        "Please check {places}: you decided there, and the transcript is another now.",
        places=told,
    )


def _label(theme: Theme, role: Role, color: str) -> QLabel:
    label = QLabel()
    # What was said is never markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(role))
    label.setStyleSheet(f"color: {color}")
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
