"""What we promise a client for each purpose, and what a coach may say to ask for it.

A consent was given for a promise, not for a release. **Whoever changes what the
program does for a purpose, or what is written here, raises that purpose's number**:
then every client is asked again. ``tests/contract/test_promises.py`` knows the texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import Occasion, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Promise:
    """What a consent to one purpose is given for.

    Attributes:
        number: Rises when what is promised changes.
        name: Of the purpose, in a few words.
        text: What is promised, in one or two sentences.
    """

    number: int
    name: str
    text: str


PROMISES: Final[Mapping[Purpose, Promise]] = {
    Purpose.LISTEN: Promise(
        1,
        "listen live",
        "A program listens along on the coach's computer while the session runs, and"
        " notes times and kinds of questions. Nothing is sent anywhere.",
    ),
    Purpose.KEEP_SOUND: Promise(
        1,
        "keep the sound",
        "The sound is kept on the coach's computer, encrypted, until it is deleted."
        " Whatever is taken off the record is destroyed.",
    ),
    Purpose.KEEP_TEXT: Promise(
        1,
        "keep the words",
        "What was said is kept as text on the coach's computer, encrypted, until it is"
        " deleted. Whatever is taken off the record is destroyed.",
    ),
    Purpose.MENTOR: Promise(
        1,
        "share with a mentor",
        "The coach may let a mentor coach hear or read sessions, to learn from them."
        " The program itself sends nothing to anybody.",
    ),
    Purpose.CREDENTIAL: Promise(
        1,
        "hand in for a credential",
        "The coach may hand in a session's recording and transcript to have their"
        " coaching assessed. The program itself sends nothing to anybody.",
    ),
    Purpose.HOURS_LOG: Promise(
        1,
        "name in the hours log",
        "Name, contact, dates and minutes may stand in the coach's log of hours, and be"
        " shown to whoever checks it. Nothing that was said is in it.",
    ),
}

PROMISED: Final[Mapping[Purpose, int]] = {
    purpose: promise.number for purpose, promise in PROMISES.items()
}
"""The number of what is promised today, by purpose."""

SCRIPTS: Final[Mapping[Occasion, str]] = {
    Occasion.KEEP: (
        "“I’d like to record us and turn it into text on this computer, for my own"
        " learning; it is encrypted and sent nowhere. You can stop it or have it"
        " deleted whenever you like: is that all right with you?”"
    ),
    Occasion.LIVE_ONLY: (
        "“I’d like a program on this computer to listen to us, so that I learn how I"
        " ask; nothing is sent anywhere, and when we end, every word and sound of it"
        " is gone. You can stop it whenever you like: is that all right with you?”"
    ),
    Occasion.NO_LISTENING: (
        "“I keep only the time and a few notes of my own on this computer; nothing"
        " listens to us. Is that all right with you?”"
    ),
    Occasion.RECORDING: (
        "“I’d like to keep the recording of our earlier session on this computer and"
        " turn it into text, for my own learning; it is encrypted and sent nowhere."
        " You can have it deleted whenever you like: is that all right with you?”"
    ),
}
"""Two sentences for the client, for each occasion; the coach may say it otherwise."""
