"""The words of the room's line: the sidebar's own state, in as many words as fit.

Letters keep their size, so where a screen is narrow it is the words that become fewer:
"6 min ago · where next?", "6 min ago". When something is wrong it takes the kind's
place or the line's: "6 min ago · no sound", "no sound". What the time counts from
stands above, in small letters: it is read once, from near.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from sidelight.ui.sidebar.wording import (
    Dot,
    Way,
)
from sidelight.ui.timewords import SEPARATOR

if TYPE_CHECKING:
    from sidelight.ui.sidebar.wording import SidebarTexts


class Form(Enum):
    """How much of the headline there is room for. Chosen once, by the screen."""

    FULL = auto()
    """The time, and the kind or what is wrong."""

    LEAST = auto()
    """One part: the time, or what is wrong."""


@dataclass(frozen=True, slots=True)
class RoomWords:
    """What the line says.

    Attributes:
        above: In small letters: what the time counts from, or ``""``.
        parts: Read first and second: time and kind. Empty ones are left out.
        over: A line that stands in their place, or ``""``.
        moment: Identity of what the time counts from; a change of it is a reset.
        dot: How the health dot is drawn.
        spoken: What a screen reader says.
    """

    above: str
    parts: tuple[str, str]
    over: str
    moment: str
    dot: Dot
    spoken: str

    @property
    def line(self) -> str:
        """As it stands there."""
        return self.over or SEPARATOR.join(filter(None, self.parts))


def room_words(texts: SidebarTexts, form: Form, *, told: str = "") -> RoomWords:
    """The line for this state.

    A sentence about a device is for whoever sits at the screen: from two metres it is
    the dot's shape and two words.

    Args:
        texts: Everything the sidebar has to say.
        form: How much of it there is room for.
        told: What is confirmed for a moment, or ``""``.
    """
    head, trouble = texts.headline, texts.health.words
    full, over, note = form is Form.FULL, told, texts.note
    if not over and note is not None and note.way is Way.UNDO:
        over = note.text if full else note.brief or note.text
    if not over and not trouble:
        over = shrunk(texts.cue, form)
    parts = (head.since, head.how if full else "")
    if trouble and not head.paused:
        parts = (head.since if full else "", trouble)
    above = "" if over or not parts[0] else head.label
    spoken = SEPARATOR.join(filter(None, (over or head.line, texts.health.words)))
    return RoomWords(above, parts, over, head.moment, texts.health.dot, spoken)


def shrunk(text: str, form: Form) -> str:
    """A cue where there is little room: what could be asked, without the occasion."""
    return text.rpartition(SEPARATOR)[2] if form is Form.LEAST else text
