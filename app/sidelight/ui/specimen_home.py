"""Invented news for home, for looking at it: every state of its three pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis
from sidelight.session.home.messages import (
    CardSeen,
    ClientRecalled,
    DeviceLine,
    DevicesFound,
    HomeSeen,
    KeyMade,
    LevelHeard,
    Lock,
    MeterFailed,
    ModelLine,
    News,
    Refused,
    SessionLine,
    StartChoices,
    Working,
)
from sidelight.ui.specimen import CLIENT, REQUEST

_FIRST: Final = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_MINUTE: Final = 60_000


def _line(
    number: int, client: str, minutes: int, mode: Mode, *, only_recorded: bool = False
) -> SessionLine:
    began = _FIRST - timedelta(days=3 * number, minutes=75 * number)
    return SessionLine(
        f"s{number}", began, client, mode, Millis(minutes * _MINUTE), only_recorded
    )


SESSIONS: Final = (
    _line(0, CLIENT, 57, Mode.KEEP),
    _line(1, "Tomasz", 61, Mode.KEEP),
    _line(2, "", 45, Mode.NO_LISTENING),
    _line(3, "Ama", 52, Mode.LIVE_ONLY),
    _line(4, CLIENT, 58, Mode.KEEP),
    _line(5, "Ren", 88, Mode.KEEP),
    _line(6, "Tomasz", 60, Mode.KEEP),
    _line(7, "Ama", 49, Mode.LIVE_ONLY),
)
MODELS: Final = (ModelLine("base.en", multilingual=False), ModelLine("small", True))
SEEN: Final = HomeSeen(Lock.OPEN, SESSIONS, (), MODELS, "base", 148)
FIRST: Final = HomeSeen(Lock.OPEN, (), (), (), "base", 148)
NEW: Final = HomeSeen(Lock.NEW, (), (), (), "base", 148, first_run=True)
CUT_OFF: Final = HomeSeen(
    Lock.OPEN,
    SESSIONS,
    (
        _line(8, "Ren", 23, Mode.KEEP),
        _line(9, "Ama", 55, Mode.KEEP, only_recorded=True),
    ),
    (),
    "base",
    148,
)

YETI: Final = DeviceLine("alsa_input.usb-yeti", "Yeti Stereo Microphone")
INSIDE: Final = DeviceLine("alsa_input.pci", "Built-in Audio Analog Stereo")
SPEAKERS: Final = DeviceLine("alsa_output.pci.monitor", "Built-in Audio")
DEVICES: Final = DevicesFound((YETI, INSIDE), (SPEAKERS,), "")
NO_DEVICES: Final = DevicesFound((), (), "")

LAST: Final = StartChoices()
CARD: Final = CardSeen((CLIENT, "Tomasz", "Ama", "Ren"), MODELS, LAST)
CARD_FIRST: Final = CardSeen((), (), LAST)
RECALLED: Final = ClientRecalled("", REQUEST, _FIRST)
KEY: Final = KeyMade("7K2M-QW4X-9D1T-HB6R-3ZFN-V8CA-5YJE-0SPG-T4X2", "")

HOMES: Final[dict[str, tuple[News, ...]]] = {
    "sessions": (SEEN, DEVICES),
    "first": (FIRST, DEVICES),
    "attention": (CUT_OFF, NO_DEVICES),
    "locked": (HomeSeen(Lock.LOCKED, (), (), (), "base", 148),),
    "wrong-passphrase": (
        HomeSeen(Lock.LOCKED, (), (), (), "base", 148),
        Refused("The passphrase is wrong.", "Type it again; capital letters count."),
    ),
    "new": (HomeSeen(Lock.NEW, (), (), (), "base", 148),),
    "new-passphrase": (HomeSeen(Lock.NEW_WITHOUT_KEYRING, (), (), (), "base", 148),),
    "recovery-key": (KEY,),
    "card": (CARD, DEVICES, LevelHeard(-18.0), RECALLED),
    "card-looking": (CARD,),
    "card-first": (CARD_FIRST, NO_DEVICES),
    "card-unheard": (
        CardSeen((CLIENT,), MODELS, StartChoices(microphone="Jabra Speak 510")),
        DEVICES,
        MeterFailed(
            "'Jabra Speak 510' is not there.",
            "Plug it in, or choose: Yeti Stereo Microphone.",
        ),
    ),
    "card-call": (
        CardSeen((CLIENT,), MODELS, StartChoices(mode=Mode.LIVE_ONLY, call="")),
        DEVICES,
        LevelHeard(None),
    ),
    "card-unlistening": (
        CardSeen((CLIENT,), MODELS, StartChoices(mode=Mode.NO_LISTENING)),
        DEVICES,
    ),
    "card-starting": (
        CARD,
        DEVICES,
        Working("Trying the speech model small on this computer."),
    ),
    "card-refused": (
        CARD,
        DEVICES,
        LevelHeard(-24.0),
        Working("Starting."),
        Refused(
            "The disk has room for 9 minutes of sound.",
            "Free some space, or choose No listening.",
        ),
    ),
}
"""What is told, by the name of the state."""
