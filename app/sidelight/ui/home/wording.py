"""What home and the start card say. Sentences for people, in one place; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from sidelight.domain.clock_time import clock
from sidelight.domain.consent import Standing
from sidelight.domain.session import Mode
from sidelight.domain.transcript import Speaker
from sidelight.domain.worked import whole_minutes
from sidelight.session.home.messages import Lock
from sidelight.ui.clients.wording import day_text
from sidelight.ui.timewords import SEPARATOR, when
from sidelight.ui.words import tr, tr_n

if TYPE_CHECKING:
    from datetime import datetime

    from sidelight.record.search import Hit
    from sidelight.session.home.messages import (
        ClientRecalled,
        DevicesFound,
        HomeSeen,
        ModelLine,
        SessionLine,
        SoundSeen,
        WordsFound,
    )

MODES: Final = {
    Mode.KEEP: (
        tr("Keep"),
        tr("Sound and words stay on this computer, encrypted, until you delete them."),
    ),
    Mode.LIVE_ONLY: (
        tr("Live only"),
        tr("Heard now, gone at the end. Kinds, times and your own notes stay."),
    ),
    Mode.NO_LISTENING: (
        tr("No listening"),
        tr("The microphone stays off. Only the clock and your own notes are kept."),
    ),
}
"""Name and one sentence of what is kept (COACHING.md, 5)."""

_MODE_REMARKS: Final = {
    Mode.KEEP: "",
    Mode.LIVE_ONLY: tr("live only"),
    Mode.NO_LISTENING: tr("no listening"),
}
_CONSENT_REMARKS: Final = {
    Standing.NEVER: tr("no consent noted"),
    Standing.REFUSED: tr("no consent noted"),
    Standing.WITHDRAWN: tr("consent withdrawn"),
}

LANGUAGES: Final = {
    "ar": tr("Arabic"),
    "zh": tr("Chinese"),
    "cs": tr("Czech"),
    "da": tr("Danish"),
    "nl": tr("Dutch"),
    "en": tr("English"),
    "fi": tr("Finnish"),
    "fr": tr("French"),
    "de": tr("German"),
    "el": tr("Greek"),
    "he": tr("Hebrew"),
    "hi": tr("Hindi"),
    "hu": tr("Hungarian"),
    "it": tr("Italian"),
    "ja": tr("Japanese"),
    "ko": tr("Korean"),
    "no": tr("Norwegian"),
    "pl": tr("Polish"),
    "pt": tr("Portuguese"),
    "ro": tr("Romanian"),
    "ru": tr("Russian"),
    "es": tr("Spanish"),
    "sv": tr("Swedish"),
    "tr": tr("Turkish"),
    "uk": tr("Ukrainian"),
    "vi": tr("Vietnamese"),
}
"""Offered by name; `sidelight start --language` knows the others."""

_ENGLISH: Final = "en"

NOT_ENGLISH: Final = tr(
    "Partnering is noticed in English only: in this language there are words and time,"
    " no cues, and the clocks go by your key."
)

NOT_FOUND: Final = tr("Nobody said that in the sessions that were kept.")

_SPEAKERS: Final = {
    Speaker.COACH: tr("you"),
    Speaker.CLIENT: tr("client"),
    Speaker.UNKNOWN: "",
}

KEEP: Final = tr("Keep it")
GET_WORDS: Final = tr("Get its words")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that needs attention, quietly.

    Attributes:
        text: One sentence.
        remedy: The way forward.
        session: The interrupted session that it is about, or ``""``.
        way: What keeping it is called; ``""``: it cannot be kept now.
        sounds: The sessions whose sound it is about.
    """

    text: str
    remedy: str
    session: str = ""
    way: str = ""
    sounds: tuple[str, ...] = ()


def session_name(line: SessionLine) -> str:
    """Who it was with."""
    return line.client or tr("Session")


def session_day(line: SessionLine) -> str:
    """The day it was on."""
    return when(line.started_at)[0]


def session_times(line: SessionLine) -> str:
    """Time of day, minutes."""
    minutes = tr("{n} min", n=whole_minutes(line.worked))
    return SEPARATOR.join((when(line.started_at)[1], minutes))


def session_facts(line: SessionLine) -> str:
    """Day, time of day, minutes."""
    return SEPARATOR.join((session_day(line), session_times(line)))


def session_remarks(line: SessionLine) -> str:
    """What is not as usual about it: kept, agreed to and wrapped up is not said."""
    gone = line.sound_gone_on
    remarks = (
        _MODE_REMARKS[line.mode],
        _CONSENT_REMARKS.get(line.consent, ""),
        "" if gone is None else tr("sound gone since {day}", day=day_text(gone)),
        "" if line.wrapped_up else tr("not wrapped up"),
    )
    return SEPARATOR.join(filter(None, remarks))


def client_found_facts(sessions: int, newest: datetime) -> str:
    """How many sessions there were with a client, and the newest one's day."""
    count = tr_n("One session", "{n} sessions", sessions)
    return SEPARATOR.join((count, when(newest)[0]))


def found_facts(hit: Hit) -> str:
    """Whose session, which day, where in it, and who said it."""
    who = _SPEAKERS[hit.speaker]
    parts = (
        hit.client or tr("Session"),
        when(hit.started_at)[0],
        clock(hit.span.start),
    )
    return SEPARATOR.join((*parts, who) if who else parts)


def found_count(found: WordsFound, clients: int = 0) -> str:
    """How many clients of that name and places there are."""
    named = tr_n("One client.", "{n} clients.", clients) if clients else ""
    places = "" if named and not found.hits else _places(found)
    return f"{named} {places}".strip()


def _places(found: WordsFound) -> str:
    count = len(found.hits)
    if not count:
        return NOT_FOUND
    if found.more:
        return tr("The newest {n} places.", n=count)
    return tr_n("One place.", "{n} places.", count)


WORDS_STAY: Final = tr("The words stay until you delete them.")


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
                tr("There is no microphone."),
                tr(
                    "Plug one in, or allow Sidelight to use it in the system's privacy"
                    " settings."
                ),
            )
        )
    if seen.lock is Lock.OPEN and not seen.models:
        name, size = seen.model_offered, seen.model_megabytes
        notes.append(
            Note(
                tr(
                    "There is no speech model yet, so sessions are recorded now and get"
                    " their words later."
                ),
                tr(
                    "Once, {size} MB: sidelight models fetch {name}. From a folder or"
                    " stick: sidelight models import FOLDER",
                    size=size,
                    name=name,
                ),
            )
        )
    return tuple(notes)


def sound_notes(seen: SoundSeen | None) -> tuple[Note, ...]:
    """Which sound has gone, and which goes next; ``None``: it is not known yet."""
    if seen is None:
        return ()
    notes = []
    if seen.gone:
        gone = tr_n(
            "Sound of one session is gone, as it was said.",
            "Sound of {n} sessions is gone, as it was said.",
            seen.gone,
        )
        notes.append(Note(gone, WORDS_STAY))
    for day in seen.soon:
        goes = tr_n(
            "Sound of one session goes on {day}.",
            "Sound of {n} sessions goes on {day}.",
            len(day.sessions),
            day=day_text(day.on),
        )
        notes.append(Note(goes, WORDS_STAY, sounds=day.sessions))
    return tuple(notes)


def _unfinished(line: SessionLine, *, heard: bool) -> Note:
    began, client = ", ".join(when(line.started_at)), line.client
    if line.only_recorded:
        text = (
            tr("A session with {client} waits for its words.", client=client)
            if client
            else tr("A session waits for its words.")
        )
        if heard:
            left = tr("{began}. It is recorded.", began=began)
            return Note(text, left, line.id, GET_WORDS)
        left = tr("{began}. A speech model has to come first.", began=began)
        return Note(text, left, line.id)
    text = (
        tr("A session with {client} was cut off.", client=client)
        if client
        else tr("A session was cut off.")
    )
    left = (
        tr("Nothing of it is lost.")
        if line.mode is Mode.KEEP
        else tr("Its kinds, times and notes are there.")
    )
    return Note(text, f"{began}. {left}", line.id, KEEP)


def last_time(recalled: ClientRecalled | None) -> tuple[str, str]:
    """What this client asked for, and when: a quotation and a line under it."""
    if recalled is None:
        return "", ""
    if recalled.on is None:
        return recalled.request, tr("From their card") if recalled.request else ""
    day = _day(recalled.on)
    if not recalled.request:
        return "", tr("Last session: {day}; no request was noted.", day=day)
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
    return [(tr("From the first sentences"), None), *named]


def language_name(code: str) -> str:
    """What a language is called."""
    return LANGUAGES.get(code) or QLocale.languageToString(QLocale.codeToLanguage(code))
