"""What the coach can do from the sidebar: one silent key each, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from sidelight.session.messages import (
    AddMoment,
    End,
    GoOffRecord,
    Pause,
    PlaceMark,
    Request,
    Resume,
    Undo,
)
from sidelight.settings.keys import DEEDS
from sidelight.ui.timewords import MINUTE
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

OFF_RECORD_MS: Final = 2 * MINUTE
"""How far back "off the record" reaches."""


class Intent(Enum):
    """Something the coach wants."""

    BOOKMARK = auto()
    DID = auto()
    PAUSE = auto()
    OFF_RECORD = auto()
    OFF_RECORD_TURN = auto()
    UNDO = auto()
    TRANSCRIPT = auto()
    HIDE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Binding:
    """A key for an intent.

    Attributes:
        intent: What it does.
        key: As ``QKeySequence`` writes it; no modifier, so that one finger is enough.
        name: For menu and tool tip.
        button: The coach's own key for it, such as a clicker's; ``""``: none.
    """

    intent: Intent
    key: str
    name: str
    button: str = ""

    def pressed(self, sequence: QKeySequence) -> bool:
        """Whether this is one of its keys."""
        keys = (self.key, self.button) if self.button else (self.key,)
        return any(QKeySequence(key) == sequence for key in keys)


BINDINGS: Final = tuple(
    Binding(Intent[one.name.upper()], one.key, tr_below(one.title)) for one in DEEDS
)
"""The keys that come with the program; a window may be made with others."""

RESUME: Final = tr("Resume listening")
SHOW: Final = tr("Show again")
"""What "pause" and "hide" are called once they have happened."""

END_AGAIN: Final = tr("Once more ends it")
END_AGAIN_MS: Final = 4_000
"""A session that has ended cannot go on, so ending it takes the key twice."""


def keys_told(bindings: tuple[Binding, ...] = BINDINGS) -> str:
    """The keys in one line, for the tool tip and for screen readers."""
    told = (f"{one.key}: {one.name}" for one in bindings)
    return tr("Keys: {keys}", keys=" · ".join(told))


def key_of(event: QKeyEvent) -> QKeySequence:
    """The key with what is held down beside it; the key pad's is no other."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(held.value | event.key())


def intent_of(event: QKeyEvent, bindings: tuple[Binding, ...]) -> Intent | None:
    """What this key stands for; held down, it counts once."""
    if event.isAutoRepeat():
        return None
    pressed = key_of(event)
    return next((one.intent for one in bindings if one.pressed(pressed)), None)


# One arm an intent.
def request_for(intent: Intent, *, paused: bool) -> Request | None:  # noqa: PLR0911
    """What to ask the engine for; ``None``: the window does it alone.

    Args:
        intent: What the coach wants.
        paused: Whether the session is paused now.
    """
    match intent:
        case Intent.BOOKMARK:
            return PlaceMark()
        case Intent.DID:
            return AddMoment()
        case Intent.PAUSE:
            return Resume() if paused else Pause()
        case Intent.OFF_RECORD:
            return GoOffRecord(OFF_RECORD_MS)
        case Intent.OFF_RECORD_TURN:
            return GoOffRecord(None)
        case Intent.UNDO:
            return Undo()
        case Intent.END:
            return End()
        case Intent.TRANSCRIPT | Intent.HIDE:
            return None
