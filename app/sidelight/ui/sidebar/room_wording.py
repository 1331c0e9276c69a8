"""The words of the room's line: the sidebar's own state, in as many words as fit.

Letters keep their size, so where a screen is narrow it is the words that become fewer:
"Partnered · 6 min · where next", "6 min · where next", "6 min". When something is
wrong the line is one step shorter and says so: "6 min · no sound", "no sound".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sidelight.ui.sidebar.wording import (
    COARSE_FROM,
    HEALTH_WORDS,
    JUST_NOW,
    NAMES,
    NOT_YET,
    Dot,
)
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.sidebar.wording import SidebarTexts

LONGEST_TIMES: Final = (JUST_NOW, NOT_YET, tr("{n} min", n=COARSE_FROM * 18))
"""The widest that can come up; three hours is the longest session."""

KINDS: Final = tuple(NAMES.values())
TROUBLES: Final = HEALTH_WORDS


class Form(Enum):
    """How much of the headline there is room for. Chosen once, by the screen."""

    FULL = auto()
    SHORT = auto()
    """Without the word that is always the same."""

    LEAST = auto()
    """One part: the time, or what is wrong."""


@dataclass(frozen=True, slots=True)
class RoomWords:
    """What the line says.

    Attributes:
        parts: Read second, first, second: label, time, kind. Empty ones are left out.
        over: A line that stands in their place, or ``""``.
        moment: Identity of what the time counts from; a change of it is a reset.
        dot: How the health dot is drawn.
        spoken: What a screen reader says.
    """

    parts: tuple[str, str, str]
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
    over, note = told, texts.note
    if not over and note is not None and note.way is not None:
        over = note.text
    if not over and not trouble:
        over = shrunk(texts.cue, form)
    parts = {
        Form.FULL: (head.label, head.since, head.how),
        Form.SHORT: ("", head.since, head.how),
        Form.LEAST: ("", head.since, ""),
    }[form]
    if trouble:
        parts = ("", head.since if form is Form.FULL else "", trouble)
    spoken = SEPARATOR.join(filter(None, (over or head.line, texts.health.words)))
    return RoomWords(parts, over, head.moment, texts.health.dot, spoken)


def shrunk(text: str, form: Form) -> str:
    """A cue where there is little room: what could be asked, without the occasion."""
    return text.rpartition(SEPARATOR)[2] if form is Form.LEAST else text
