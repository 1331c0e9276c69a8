"""The coach's own buttons: which key of a clicker or headset does which thing.

A key is written as Qt writes it in files (``PgDown``, ``F5``, ``Media Play``,
``Ctrl+Shift+M``); a deed is the lower-case name of an ``Intent``. Neither needs Qt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sidelight.domain.errors import UserError
from sidelight.settings.option import Option, Section, option
from sidelight.settings.store import DUMP, LOAD, Remembered
from sidelight.settings.values import Values, YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "keys.json"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a key does while a session runs.

    Attributes:
        name: As files and commands call it.
        key: The key that comes with the program; no modifier, so that one finger is
            enough.
        title: In words.
    """

    name: str
    key: str
    title: str


DEEDS: Final = (
    Deed("bookmark", "B", "Bookmark"),
    Deed("did", "D", "I did that"),
    Deed("pause", "P", "Pause (nothing is heard)"),
    Deed("off_record", "O", "Last 2 minutes off the record"),
    Deed("off_record_turn", "Shift+O", "Newest turn off the record"),
    Deed("undo", "U", "Undo"),
    Deed("transcript", "T", "Transcript, open or closed"),
    Deed("hide", "H", "Hide all but the dot"),
    Deed("end", "E", "End the session"),
)

SETTINGS_KEY: Final = "Ctrl+,"
"""Opens the settings, at home and beside a session."""

WINDOW_KEYS: Final = (
    *("Tab", "Backtab", "Return", "Enter", "Space", "Menu", "F11", "Shift+F10"),
    SETTINGS_KEY,
)
"""Keys that mean something in every window."""

FIXED: Final = {
    **{one.key: one.name for one in DEEDS},
    **dict.fromkeys(WINDOW_KEYS, ""),
}
"""Keys that mean something already; ``""``: not one of the deeds."""

_SPOKEN: Final = {
    "PgUp": "Page up",
    "PgDown": "Page down",
    ".": "Full stop",
    "Media Play": "Play",
    "Media Pause": "Pause (media)",
    "Toggle Media Play/Pause": "Play or pause",
    "Media Stop": "Stop",
    "Media Next": "Next track",
    "Media Previous": "Previous track",
    "Volume Up": "Volume up",
    "Volume Down": "Volume down",
    "Volume Mute": "Mute",
    "Microphone Mute": "Mute microphone",
    "Toggle Call/Hangup": "Take or end a call",
    "Left": "Left arrow",
    "Right": "Right arrow",
    "Up": "Up arrow",
    "Down": "Down arrow",
    "Ins": "Insert",
    "Del": "Delete",
}


def key_words(key: str) -> str:
    """A key as a person calls it: ``Ctrl+PgDown`` is "Ctrl + Page down"."""
    before, _, last = key[:-1].rpartition("+")
    last += key[-1:]
    held = before.split("+") if before else ()
    return " + ".join((*held, _SPOKEN.get(last, last)))


_WRITTEN: Final = re.compile(
    r"((Ctrl|Alt|Shift|Meta)\+)*([A-Z0-9.,+-]|F[1-9]|F1[0-9]|F2[0-4]|Home|End|Back"
    r"|Forward|Pause|Media Record|"
    + "|".join(re.escape(name) for name in _SPOKEN)
    + ")"
)
"""Keys that can be typed as a setting; a window takes any that is pressed."""


@dataclass(frozen=True)
class Key(Values[str]):
    """A key, or none."""

    def load(self, data: object) -> str:
        """Any that was once pressed."""
        return str(data)

    def parse(self, text: str) -> str:
        """One that this program has a name for."""
        word = text.strip()
        if word == _NO_KEY:
            return ""
        if not _WRITTEN.fullmatch(word):
            raise ValueError(text)
        return word

    def show(self, value: str) -> str:
        """As Qt writes it."""
        return value or _NO_KEY

    @property
    def told(self) -> str:
        """By example."""
        return f"a key such as F5, PgDown or Ctrl+Shift+M, or {_NO_KEY}"


_NO_KEY: Final = "none"


def _read_bound(bound: Any) -> dict[str, str]:  # noqa: ANN401 - from a file
    read = {str(of): str(key) for of, key in bound.items() if key}
    if len(set(read.values())) != len(read):
        raise ValueError(bound)  # changed by hand, into something that means two things
    return read


@dataclass(frozen=True, slots=True)
class Buttons(Remembered):
    """The coach's own buttons.

    Attributes:
        bound: The key of each deed that has one; beside the key that comes with it.
        everywhere: Whether they also work while another program has the keyboard.
    """

    FILE: ClassVar[str] = FILE_NAME

    bound: Mapping[str, str] = field(
        default_factory=dict, metadata={LOAD: _read_bound, DUMP: dict}
    )
    everywhere: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="keys.everywhere",
        section=Section.KEYS,
        title="Your buttons work everywhere",
        explained="While a session runs, these buttons reach no other program.",
    )

    def with_button(
        self,
        deed: str,
        key: str,
        *,
        titles: Mapping[str, str],
        fixed: Mapping[str, str],
    ) -> Buttons:
        """The same, and this key does this.

        Args:
            deed: What it is to do; a key that did it before no longer does.
            key: The button.
            titles: What each deed is called.
            fixed: Keys that mean something already, and which deed that is; ``""``
                is no deed of ours but what every window does with it.

        Raises:
            UserError: It means something else already.
        """
        own = {other: of for of, other in self.bound.items() if of != deed}
        of = fixed.get(key, own.get(key))
        if of == "":
            raise UserError(
                f"{key_words(key)} already has its use in every window.",
                "Press another button.",
            )
        if of is not None and of != deed:
            raise UserError(
                f"{key_words(key)} already means “{titles[of]}”.",
                "Press another button, or remove that one first.",
            )
        return replace(self, bound={**self.bound, deed: key})

    def without(self, deed: str) -> Buttons:
        """The same, without a button for this."""
        kept = {of: key for of, key in self.bound.items() if of != deed}
        return replace(self, bound=kept)


@dataclass(frozen=True, slots=True)
class KeyOption(Option):
    """The button of one deed: its values are all kept in one field."""

    def of(self, choice: Remembered) -> str:
        """The key, or ``""``."""
        return choice.bound.get(self.field, "") if isinstance(choice, Buttons) else ""

    def on(self, choice: Remembered, value: str) -> Remembered:
        """With this key, or without one.

        Raises:
            UserError: It means something else already.
        """
        if not isinstance(choice, Buttons):
            raise TypeError(choice)
        if not value:
            return choice.without(self.field)
        titles = {one.name: one.title for one in DEEDS}
        return choice.with_button(self.field, value, titles=titles, fixed=FIXED)


def key_options() -> tuple[Option, ...]:
    """One for each deed."""
    return tuple(
        KeyOption(
            id=f"keys.{one.name}",
            section=Section.KEYS,
            title=one.title,
            explained=f"{one.key}, and your own beside it.",
            values=Key(),
            group=Buttons,
            field=one.name,
        )
        for one in DEEDS
    )
