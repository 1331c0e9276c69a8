"""What home and the start card say. Sentences for people, in one place; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from sidelight.domain.session import Mode
from sidelight.session.home.messages import Lock
from sidelight.ui.timewords import MINUTE, SEPARATOR, when

if TYPE_CHECKING:
    from datetime import datetime

    from sidelight.session.home.messages import (
        ClientRecalled,
        DevicesFound,
        HomeSeen,
        ModelLine,
        SessionLine,
    )

MODES: Final = {
    Mode.KEEP: (
        "Keep",
        "Sound and words stay on this computer, encrypted, until you delete them.",
    ),
    Mode.LIVE_ONLY: (
        "Live only",
        "Heard now, gone at the end. Kinds, times and your own notes stay.",
    ),
    Mode.NO_LISTENING: (
        "No listening",
        "The microphone stays off. Only the clock and your own notes are kept.",
    ),
}
"""Name and one sentence of what is kept (COACHING.md, 5)."""

_KEPT: Final = {
    Mode.KEEP: "kept",
    Mode.LIVE_ONLY: "live only",
    Mode.NO_LISTENING: "not listened to",
}

LANGUAGES: Final = (
    *("ar", "zh", "cs", "da", "nl", "en", "fi", "fr", "de", "el", "he", "hi", "hu"),
    *("it", "ja", "ko", "no", "pl", "pt", "ro", "ru", "es", "sv", "tr", "uk", "vi"),
)
"""Offered by name; `sidelight start --language` knows the others."""

_ENGLISH: Final = "en"

NOT_ENGLISH: Final = (
    "Partnering is noticed in English only: in this language there are words and time,"
    " no cues, and the clocks go by your key."
)

KEEP: Final = "Keep it"
GET_WORDS: Final = "Get its words"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that needs attention, quietly.

    Attributes:
        text: One sentence.
        remedy: The way forward.
        session: The interrupted session that it is about, or ``""``.
        way: What keeping it is called; ``""``: it cannot be kept now.
    """

    text: str
    remedy: str
    session: str = ""
    way: str = ""


def session_name(line: SessionLine) -> str:
    """Who it was with."""
    return line.client or "Session"


def session_facts(line: SessionLine) -> str:
    """Day, time of day, minutes."""
    minutes = f"{max(1, round(line.length / MINUTE))} min"
    return SEPARATOR.join((*when(line.started_at), minutes))


def session_mode(line: SessionLine) -> str:
    """What was kept of it."""
    return _KEPT[line.mode]


def attention(seen: HomeSeen, devices: DevicesFound | None) -> tuple[Note, ...]:
    """What needs attention, the most urgent first.

    Args:
        seen: How things stand.
        devices: ``None``: they are still being listed.
    """
    heard = bool(seen.models)
    notes = [_unfinished(line, heard=heard) for line in seen.interrupted]
    if devices is not None and not devices.microphones:
        notes.append(
            Note(
                "There is no microphone.",
                "Plug one in, or allow Sidelight to use it in the system's privacy"
                " settings.",
            )
        )
    if seen.lock is Lock.OPEN and not seen.models:
        name, size = seen.model_offered, seen.model_megabytes
        notes.append(
            Note(
                "There is no speech model yet, so sessions are recorded now and get"
                " their words later.",
                f"Once, {size} MB: sidelight models fetch {name}. From a folder or"
                " stick: sidelight models import FOLDER",
            )
        )
    return tuple(notes)


def _unfinished(line: SessionLine, *, heard: bool) -> Note:
    who = f" with {line.client}" if line.client else ""
    began = ", ".join(when(line.started_at))
    if line.only_recorded and heard:
        text = f"A session{who} waits for its words."
        return Note(text, f"{began}. It is recorded.", line.id, GET_WORDS)
    if line.only_recorded:
        text = f"A session{who} waits for its words."
        return Note(text, f"{began}. A speech model has to come first.", line.id)
    kept = line.mode is Mode.KEEP
    left = "Nothing of it is lost." if kept else "Its kinds, times and notes are there."
    return Note(f"A session{who} was cut off.", f"{began}. {left}", line.id, KEEP)


def last_time(recalled: ClientRecalled | None) -> tuple[str, str]:
    """What this client asked for, and when: a quotation and a line under it."""
    if recalled is None:
        return "", ""
    if recalled.on is None:
        return recalled.request, "From their card" if recalled.request else ""
    day = _day(recalled.on)
    if not recalled.request:
        return "", f"Last session: {day}; no request was noted."
    return f"“{recalled.request}”", day


def committed(recalled: ClientRecalled | None) -> tuple[str, str]:
    """What this client committed to, a line each, and when."""
    if recalled is None or recalled.committed_on is None:
        return "", ""
    lines = "\n".join(f"• {line}" for line in recalled.commitments)
    return lines, _day(recalled.committed_on)


def _day(on: datetime) -> str:
    return when(on)[0]


def languages(model: ModelLine | None) -> list[tuple[str, object]]:
    """The languages to choose from; a model of English alone leaves no choice.

    Args:
        model: The one that is chosen; ``None``: chosen by the program.
    """
    if model is not None and not model.multilingual:
        return [(language_name(_ENGLISH), None)]
    named = sorted((language_name(code), code) for code in LANGUAGES)
    return [("From the first sentences", None), *named]


def language_name(code: str) -> str:
    """What a language is called."""
    return QLocale.languageToString(QLocale.codeToLanguage(code))
