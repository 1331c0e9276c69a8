"""Invented news for the settings window, for looking at it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sidelight.network.ledger import Connection, HostKind, Outcome, Purpose
from sidelight.session.firstrun.messages import ModelArrives, Told
from sidelight.session.settings.messages import (
    OptionRefused,
    OptionSeen,
    RecoveryKeyFits,
    RecoveryKeySeen,
    SettingsNews,
    SettingsSeen,
)
from sidelight.settings.first_run import Step
from sidelight.settings.option import Section
from sidelight.settings.options import OPTIONS
from sidelight.ui.specimen_first_run import OFFERED
from sidelight.ui.specimen_first_run import seen as first_run
from sidelight.ui.specimen_home import KEY

FILE: Final = "/media/stick/sidelight-backup.sidelight"
_CHOSEN: Final = {
    "look.text": "125",
    "keys.bookmark": "PgDown",
    "sidebar.opacity": "85",
    "sound.microphone": "alsa_input.usb-yeti",
}
_MADE: Final = (
    Connection(
        datetime(2026, 11, 24, 9, 12, tzinfo=UTC),
        HostKind.HUB,
        Purpose.MODEL,
        "base.en",
        ("huggingface.co", "18.244.15.3"),
        148_000_000,
        Outcome.DONE,
    ),
    Connection(
        datetime(2026, 11, 24, 9, 2, tzinfo=UTC),
        HostKind.HUB,
        Purpose.MODEL,
        "base.en",
        ("huggingface.co",),
        0,
        Outcome.FAILED,
        "The model server huggingface.co cannot be reached.",
    ),
)


def seen(*made: Connection, record: bool | None = True) -> SettingsSeen:
    """Everything as it comes, but for what is chosen."""
    return SettingsSeen(
        options=tuple(
            OptionSeen(
                one.id,
                _CHOSEN.get(one.id, one.values.show(one.default)),
                one.id in _CHOSEN,
            )
            for one in OPTIONS
        ),
        connections=made,
        folder="/home/coach/.local/share/sidelight",
        models=("base.en", "small"),
        record=record,
        open=record is True,
    )


SETTINGS: Final[
    dict[str, tuple[Section | None, str, tuple[SettingsNews | Told, ...]]]
] = {
    "session": (None, "", (seen(),)),
    "keys": (Section.KEYS, "", (seen(),)),
    "sound": (Section.SOUND, "", (seen(),)),
    "models": (
        Section.MODELS,
        "",
        (
            seen(),
            first_run(Step.MODEL, OFFERED),
            ModelArrives("small.en", 3_000_000, 9_000_000),
        ),
    ),
    "look-refused": (
        Section.LOOK,
        "",
        (
            seen(),
            OptionRefused(
                "look.text",
                "look.text cannot be “900”.",
                "It is percent from 100 to 200.",
            ),
        ),
    ),
    "no-connection": (Section.PRIVACY, "", (seen(),)),
    "connections": (Section.PRIVACY, "", (seen(*_MADE),)),
    "backup": (Section.BACKUP, "", (seen(),)),
    "restoring": (Section.BACKUP, "", (seen(),)),
    "recovery": (Section.RECOVERY, "", (seen(), RecoveryKeyFits(fits=False))),
    "recovery-shown": (
        Section.RECOVERY,
        "",
        (seen(), RecoveryKeySeen(KEY.recovery_key)),
    ),
    "beside-session": (Section.RECOVERY, "", (seen(record=None),)),
    "found": (None, "screen", (seen(),)),
    "nothing": (None, "zebra", (seen(),)),
}
"""Section, what is searched for, and what is told, by the name of the state."""
