"""The coach's own buttons: which key of a clicker or headset does which thing.

A key is written as Qt writes it in files (``PgDown``, ``F5``, ``Media Play``,
``Ctrl+Shift+M``); a deed is the lower-case name of an ``Intent``. Neither needs Qt.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "keys.json"

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


@dataclass(frozen=True, slots=True)
class Buttons:
    """The coach's own buttons.

    Attributes:
        bound: The key of each deed that has one; beside the key that comes with it.
        everywhere: Whether they also work while another program has the keyboard.
    """

    bound: Mapping[str, str] = field(default_factory=dict)
    everywhere: bool = False

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

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        data = {"bound": dict(self.bound), "everywhere": self.everywhere}
        try:
            fresh.write_text(json.dumps(data), encoding="utf-8")
            fresh.replace(path)
        except OSError:
            path.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> Buttons:
        """What was written last; no buttons where nothing can be read.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            bound = {str(of): str(key) for of, key in data["bound"].items() if key}
            everywhere = data["everywhere"] is True
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()
        if len(set(bound.values())) != len(bound):
            return cls()  # changed by hand, into something that means two things
        return cls(bound, everywhere)
