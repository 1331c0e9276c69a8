"""What the start card begins with: as it was filled in last. No names of clients.

The file is not encrypted; whatever says who came lies in the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from sidelight.domain.session import Mode
from sidelight.settings.option import Section, option
from sidelight.settings.store import Remembered
from sidelight.settings.values import Name, OneOf, Perhaps, Pool, Whole, YesNo, anything
from sidelight.speech.languages import LANGUAGES

FILE_NAME: Final = "start.json"

LONGEST_MINUTES: Final = 24 * 60
"""Of an agreed session."""

MODES: Final = {
    Mode.KEEP: "Keep",
    Mode.LIVE_ONLY: "Live only",
    Mode.NO_LISTENING: "No listening",
}


@dataclass(frozen=True, slots=True)
class LastChoices(Remembered):
    """The choices of the last start; without a file, those to begin with.

    Attributes:
        minutes: The agreed length, or ``None``.
        mode: What is kept.
        microphone: Its name; ``None``: the system's choice.
        call: What plays the client's voice; ``""``: the system's own output; ``None``:
            everybody is in the room.
        model: Its name; ``None``: chosen by the program.
        language: ISO 639; ``None``: decided from the first sentences.
        record_only: Record now, words later.
    """

    FILE: ClassVar[str] = FILE_NAME

    minutes: int | None = option(
        60,
        Perhaps(Whole(1, LONGEST_MINUTES, "minutes"), "open", "Open"),
        id="session.minutes",
        section=Section.SESSION,
        title="Agreed length",
        explained="In minutes, or “open”. The start card begins with your last choice.",
    )
    mode: Mode = option(
        Mode.KEEP,
        OneOf(MODES),
        id="session.mode",
        section=Section.SESSION,
        title="What is kept",
        explained="What the start card offers first; you agree it with each client.",
    )
    microphone: str | None = option(
        None,
        Perhaps(
            Name(Pool.MICROPHONES, "", "", anything, "a microphone's name"),
            "system",
            "The system's choice",
        ),
        id="sound.microphone",
        section=Section.SOUND,
        title="Microphone",
        explained="Hears you. One that is away is waited for, never replaced unasked.",
        travels=False,
    )
    call: str | None = option(
        None,
        Perhaps(
            Name(Pool.PLAYED, "system", "What the system plays", anything, "a name"),
            "room",
            "Everybody is in the room",
        ),
        id="sound.call",
        section=Section.SOUND,
        title="Client's voice",
        explained="On a call it comes from what this computer plays; in a room the"
        " microphone hears both of you.",
        travels=False,
    )
    model: str | None = option(
        None,
        Perhaps(
            Name(Pool.MODELS, "", "", anything, "a speech model's name"),
            "best",
            "Best for this computer",
        ),
        id="models.model",
        section=Section.MODELS,
        title="Speech model",
        explained="Turns speech into words. The best is the largest one here that keeps"
        " up with a session.",
        travels=False,
    )
    language: str | None = option(
        None,
        Perhaps(
            Name(Pool.SPOKEN, "", "", LANGUAGES.__contains__, "a code such as de"),
            "several",
            "From the first sentences",
        ),
        id="spoken.language",
        section=Section.SPOKEN,
        title="Language of your sessions",
        explained="Partnering is noticed in English only; in another language there are"
        " words and time, and the clocks go by your key.",
    )
    record_only: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="session.record_only",
        section=Section.SESSION,
        title="Words come later",
        explained="Record the session now and recognise it afterwards, for a computer"
        " that is busy or slow.",
    )
