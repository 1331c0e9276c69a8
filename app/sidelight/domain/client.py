"""A client of the coach, as the record keeps them: what is needed, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from sidelight.domain.errors import UserError

LONGEST_NAME: Final = 80
LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 20_000
"""Characters of a name, of a line, and of what fills a page."""

MOST_SESSIONS: Final = 999
_LANGUAGE: Final = (2, 3)


class Engagement(StrEnum):
    """Who comes."""

    INDIVIDUAL = "individual"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Client:
    """One client; a group is one client too.

    Attributes:
        number: Names them in the record; 0: they are not in it yet.
        name: First name, unlike that of any other client.
        contact: How to reach them, as the coach wrote it.
        language: ISO 639, or ``""``.
        engagement: Who comes.
        since: When it began; ``None``: not noted.
        planned_sessions: As agreed; ``None``: open.
        asked_for: What they came for, over all sessions.
        notes: The coach's own.
    """

    number: int
    name: str
    contact: str = field(default="", repr=False)
    language: str = ""
    engagement: Engagement = Engagement.INDIVIDUAL
    since: date | None = None
    planned_sessions: int | None = None
    asked_for: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)


def same_name(one: str, other: str) -> bool:
    """Whether two names as typed mean one client."""
    return one.strip().casefold() == other.strip().casefold()


def tidied(client: Client) -> Client:
    """The client as they can be kept: without space around what was typed.

    Raises:
        UserError: Something cannot be kept; the sentence says what.
    """
    found = replace(
        client,
        name=" ".join(client.name.split()),
        contact=client.contact.strip(),
        language=client.language.strip().lower(),
        asked_for=client.asked_for.strip(),
        notes=client.notes.strip(),
    )
    if not found.name:
        raise UserError("A client needs a name.", "A first name or initials will do.")
    if len(found.name) > LONGEST_NAME or not found.name.isprintable():
        raise UserError(
            f"A name has at most {LONGEST_NAME} characters, all of them visible.",
            "A first name or initials will do.",
        )
    if len(found.contact) > LONGEST_LINE:
        raise UserError(
            f"The contact has more than {LONGEST_LINE} characters.",
            "Keep one way to reach them; the rest fits into the notes.",
        )
    if found.language and not (
        found.language.isalpha() and len(found.language) in _LANGUAGE
    ):
        raise UserError(
            "A language is written in two or three letters.", "Such as en, de or yue."
        )
    if max(len(found.asked_for), len(found.notes)) > LONGEST_TEXT:
        raise UserError(
            f"A text has more than {LONGEST_TEXT} characters.", "Shorten it."
        )
    planned = found.planned_sessions
    if planned is not None and not 1 <= planned <= MOST_SESSIONS:
        raise UserError(
            f"Planned sessions are a number from 1 to {MOST_SESSIONS}.",
            "Leave it open where nothing was agreed.",
        )
    return found
