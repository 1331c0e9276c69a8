"""What is said of clients and their consent. Sentences for people; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from sidelight.domain.client import Engagement
from sidelight.domain.consent import (
    NEEDED,
    Form,
    Standing,
    newest,
    standing,
)
from sidelight.domain.promises import PROMISED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sidelight.domain.consent import Consent, Purpose
    from sidelight.domain.session import Mode

TO_SAY: Final = "To say to your client"
CHANGE_WORDS: Final = "Change the words"
DONE: Final = "Done"
ANSWER: Final = "Their answer"
ANSWER_HINT: Final = "Their words, if you like"
AGREED: Final = "Yes, they agreed · F2"
WITHOUT_NAME: Final = "Their answer is kept with their name."
ASK_FIRST: Final = (
    "Ask your client first.",
    "Once they agreed, press F2. No listening needs no answer.",
)
NAME_FIRST: Final = (
    "Whose answer is it?",
    "Type a first name or initials, or choose No listening.",
)

FORMS: Final = {Form.SPOKEN: "Spoken", Form.WRITTEN: "Written"}
ENGAGEMENTS: Final = {
    Engagement.INDIVIDUAL: "One person",
    Engagement.GROUP: "A group",
}

WITHDRAWN_NOTE: Final = (
    "It holds from now on. What is kept already stays until you delete it."
)
NO_CLIENTS: Final = "Nobody is here yet. Whoever you have a session with is added."


def day_text(day: date) -> str:
    """A day, in the words of the desktop's language."""
    text: str = QLocale().toString(day, "d MMMM yyyy")  # type: ignore[call-overload]
    return text


def mode_line(who: str, mode: Mode, said: Sequence[Consent]) -> str:
    """How a client's consent to a mode stands, in a sentence or two.

    Args:
        who: First name.
        mode: What is to be kept.
        said: Everything they said, in the order it was noted.
    """
    needed = NEEDED[mode]
    if not needed:
        return ""
    stands = {standing(purpose, said, PROMISED) for purpose in needed}
    last = [one for one in (newest(purpose, said) for purpose in needed) if one]
    if Standing.NEVER in stands:
        return f"{who} has not been asked yet."
    if Standing.WITHDRAWN in stands:
        day = day_text(max(one.on for one in last if not one.given))
        return f"{who} withdrew this on {day}. Please ask again."
    newest_of_all = max(last, key=lambda one: one.on)
    day = day_text(newest_of_all.on)
    if Standing.CHANGED in stands:
        return (
            f"What Sidelight does has changed since {who} agreed, {day}."
            " Please ask again."
        )
    return f"{who} agreed on {day}, {newest_of_all.form}."


def purpose_line(purpose: Purpose, said: Sequence[Consent]) -> str:
    """How a client's consent to one purpose stands, in a few words."""
    last = newest(purpose, said)
    if last is None:
        return "not asked"
    day = day_text(last.on)
    match standing(purpose, said, PROMISED):
        case Standing.WITHDRAWN:
            return f"withdrawn on {day}"
        case Standing.CHANGED:
            return f"to be asked again: changed since {day}"
        case _:
            return f"agreed on {day}, {last.form}"


def client_facts(sessions: int, planned: int | None) -> str:
    """How many sessions there were, and were agreed."""
    if planned is not None:
        return f"{sessions} of {planned} sessions"
    return "1 session" if sessions == 1 else f"{sessions} sessions"
