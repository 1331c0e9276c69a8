"""How long sound is kept, unless a client's card says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from sidelight.domain.keeping import SoundRule
from sidelight.settings.option import Section, option
from sidelight.settings.store import Remembered
from sidelight.settings.values import OneOf

FILE_NAME: Final = "keeping.json"

RULES: Final = {
    SoundRule.OFF: "Until the note is finished",
    SoundRule.DAYS_14: "14 days after the note",
    SoundRule.DAYS_30: "30 days after the note",
    SoundRule.DAYS_90: "90 days after the note",
    SoundRule.FOR_EVER: "Until I delete it",
}


@dataclass(frozen=True, slots=True)
class KeepingChoice(Remembered):
    """What the coach chose last.

    Where its file is there and cannot be understood, sound is kept: what was deleted by
    mistake does not come back.

    Attributes:
        sound: How long sound is kept once the note of its session is finished.
    """

    FILE: ClassVar[str] = FILE_NAME

    sound: SoundRule = option(
        SoundRule.DAYS_14,
        OneOf(RULES),
        id="keeping.sound",
        section=Section.KEEPING,
        title="Sound is kept",
        explained="A client's card can say otherwise; home says a week before what"
        " goes. Words stay until you delete them.",
        unread=SoundRule.FOR_EVER,
    )
