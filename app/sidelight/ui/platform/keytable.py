"""The keys that a button can be, under the names that each system has for them.

Names are Qt's portable ones (``QKeySequence``). X11 and the desktop portal use keysyms
(X.Org's ``keysymdef.h`` and ``XF86keysym.h``), Windows its virtual-key codes
(``winuser.h``), macOS its virtual keycodes (``Carbon/HIToolbox/Events.h``), which stand
for places on an American keyboard.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Held(Enum):
    """A key held down beside another, by Qt's name."""

    CTRL = "Ctrl"
    """On macOS Qt calls the command key so."""

    ALT = "Alt"
    SHIFT = "Shift"
    META = "Meta"


@dataclass(frozen=True, slots=True)
class Codes:
    """One key in each system's own numbers; ``None``: that system has none for it."""

    keysym: int
    keysym_name: str
    windows: int | None
    mac: int | None


@dataclass(frozen=True, slots=True)
class Chord:
    """A key with what is held down beside it.

    Attributes:
        held: What is held.
        codes: The key.
        types: Whether pressing it writes something, or moves in what is written.
    """

    held: frozenset[Held]
    codes: Codes
    types: bool


_MAC_PLACES: Final = "ASDFHGZXCV§BQWERYT123465=97-80]OU[IP\rLJ'K;\\,/NM."
"""The first 48 virtual keycodes of macOS, in order."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_MAC_FUNCTION: Final = (
    *(0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D, 0x67, 0x6F),
    *(0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A),
)

_WRITING: Final = {
    **{
        each: Codes(ord(each.lower()), each.lower(), ord(each), _MAC_PLACES.index(each))
        for each in _LETTERS
    },
    ".": Codes(0x2E, "period", 0xBE, 0x2F),
    ",": Codes(0x2C, "comma", 0xBC, 0x2B),
    "-": Codes(0x2D, "minus", 0xBD, 0x1B),
    "Space": Codes(0x20, "space", 0x20, 0x31),
    "Return": Codes(0xFF0D, "Return", 0x0D, 0x24),
    "Enter": Codes(0xFF8D, "KP_Enter", 0x0D, 0x4C),
    "Backspace": Codes(0xFF08, "BackSpace", 0x08, 0x33),
    "Del": Codes(0xFFFF, "Delete", 0x2E, 0x75),
    "Left": Codes(0xFF51, "Left", 0x25, 0x7B),
    "Up": Codes(0xFF52, "Up", 0x26, 0x7E),
    "Right": Codes(0xFF53, "Right", 0x27, 0x7C),
    "Down": Codes(0xFF54, "Down", 0x28, 0x7D),
}

_OTHERS: Final = {
    **{
        f"F{number}": Codes(
            0xFFBD + number,
            f"F{number}",
            0x6F + number,
            _MAC_FUNCTION[number - 1] if number <= len(_MAC_FUNCTION) else None,
        )
        for number in range(1, 25)
    },
    "PgUp": Codes(0xFF55, "Page_Up", 0x21, 0x74),
    "PgDown": Codes(0xFF56, "Page_Down", 0x22, 0x79),
    "Home": Codes(0xFF50, "Home", 0x24, 0x73),
    "End": Codes(0xFF57, "End", 0x23, 0x77),
    "Ins": Codes(0xFF63, "Insert", 0x2D, 0x72),
    "Pause": Codes(0xFF13, "Pause", 0x13, None),
    "Media Play": Codes(0x1008FF14, "XF86AudioPlay", 0xB3, None),
    "Toggle Media Play/Pause": Codes(0x1008FF14, "XF86AudioPlay", 0xB3, None),
    "Media Pause": Codes(0x1008FF31, "XF86AudioPause", None, None),
    "Media Stop": Codes(0x1008FF15, "XF86AudioStop", 0xB2, None),
    "Media Previous": Codes(0x1008FF16, "XF86AudioPrev", 0xB1, None),
    "Media Next": Codes(0x1008FF17, "XF86AudioNext", 0xB0, None),
    "Media Record": Codes(0x1008FF1C, "XF86AudioRecord", None, None),
    "Volume Down": Codes(0x1008FF11, "XF86AudioLowerVolume", 0xAE, None),
    "Volume Mute": Codes(0x1008FF12, "XF86AudioMute", 0xAD, None),
    "Volume Up": Codes(0x1008FF13, "XF86AudioRaiseVolume", 0xAF, None),
    "Microphone Mute": Codes(0x1008FFB2, "XF86AudioMicMute", None, None),
    "Back": Codes(0x1008FF26, "XF86Back", 0xA6, None),
    "Forward": Codes(0x1008FF27, "XF86Forward", 0xA7, None),
}


def chord(key: str) -> Chord | None:
    """The key that is written so; ``None``: one that no system is asked for.

    Args:
        key: As ``QKeySequence`` writes it, such as ``Ctrl+PgDown``.
    """
    *names, last = key.split("+")
    try:
        held = frozenset(Held(name) for name in names)
    except ValueError:
        return None
    codes = _WRITING.get(last, _OTHERS.get(last))
    if codes is None:
        return None
    free = held & {Held.CTRL, Held.ALT, Held.META}
    return Chord(held, codes, types=last in _WRITING and not free)
