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
from sidelight.record.deletion import Stuff
from sidelight.settings.keeping import RULES
from sidelight.ui.words import tr, tr_below, tr_n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sidelight.domain.consent import Consent, Purpose
    from sidelight.domain.session import Mode
    from sidelight.record.deletion import Extent
    from sidelight.session.clients.messages import ExtentSeen, SessionExtentSeen

TO_SAY: Final = tr("To say to your client")
CHANGE_WORDS: Final = tr("Change the words")
DONE: Final = tr("Done")
ANSWER: Final = tr("Their answer")
ANSWER_HINT: Final = tr("Their words, if you like")
AGREED: Final = tr("Yes, they agreed · F2")
SAID_NO: Final = tr("They said no")
WITHOUT_NAME: Final = tr("Their answer is kept with their name.")
ASK_FIRST: Final = (
    tr("Ask your client first."),
    tr("Once they agreed, press F2. No listening needs no answer."),
)
NAME_FIRST: Final = (
    tr("Whose answer is it?"),
    tr("Type a first name or initials, or choose No listening."),
)
ASK_BEFORE: Final = (tr("Ask your client first."), tr("Once they agreed, press F2."))
NAME_BEFORE: Final = (tr("Whose are they?"), tr("Type a first name or initials."))

_HOW: Final = {Form.SPOKEN: tr("spoken"), Form.WRITTEN: tr("written")}
FORMS: Final = {Form.SPOKEN: tr("Spoken"), Form.WRITTEN: tr("Written")}
ENGAGEMENTS: Final = {
    Engagement.INDIVIDUAL: tr("One person"),
    Engagement.GROUP: tr("A group"),
}

WITHDRAWN_NOTE: Final = tr(
    "It holds from now on. What is kept already stays until you delete it."
)
NO_CLIENTS: Final = tr("Nobody is here yet. Whoever you have a session with is added.")


def day_text(day: date) -> str:
    """A day, in the words of the desktop's language."""
    text: str = QLocale().toString(day, tr("d MMMM yyyy"))  # type: ignore[call-overload]
    return text


def refused_line(who: str) -> str:
    """Why nothing listens in a session.

    Args:
        who: First name, or ``""``.
    """
    if not who:
        return tr("They said no: nothing listens in this session.")
    return tr("{who} said no: nothing listens in this session.", who=who)


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
    if Standing.REFUSED in stands:
        day = day_text(max(one.on for one in last if not one.given))
        return tr("{who} said no on {day}.", who=who, day=day)
    if Standing.NEVER in stands:
        return tr("{who} has not been asked yet.", who=who)
    if Standing.WITHDRAWN in stands:
        day = day_text(max(one.on for one in last if not one.given))
        return tr("{who} withdrew this on {day}. Please ask again.", who=who, day=day)
    newest_of_all = max(last, key=lambda one: one.on)
    day = day_text(newest_of_all.on)
    if Standing.CHANGED in stands:
        return tr(
            "What Sidelight does has changed since {who} agreed, {day}."
            " Please ask again.",
            who=who,
            day=day,
        )
    how = _HOW[newest_of_all.form]
    return tr("{who} agreed on {day}, {how}.", who=who, day=day, how=how)


def purpose_line(purpose: Purpose, said: Sequence[Consent]) -> str:
    """How a client's consent to one purpose stands, in a few words."""
    last = newest(purpose, said)
    if last is None:
        return tr("not asked")
    day = day_text(last.on)
    match standing(purpose, said, PROMISED):
        case Standing.REFUSED:
            return tr("said no on {day}", day=day)
        case Standing.WITHDRAWN:
            return tr("withdrawn on {day}", day=day)
        case Standing.CHANGED:
            return tr("to be asked again: changed since {day}", day=day)
        case _:
            return tr("agreed on {day}, {how}", day=day, how=_HOW[last.form])


def client_facts(sessions: int, planned: int | None) -> str:
    """How many sessions there were, and were agreed."""
    if planned is not None:
        return tr("{n} of {planned} sessions", n=sessions, planned=planned)
    return tr_n("1 session", "{n} sessions", sessions)


SOUND_RULES: Final = {rule: tr_below(said) for rule, said in RULES.items()}

_STUFF: Final = {
    Stuff.SOUND: tr("sound"),
    Stuff.WORDS: tr("every word, also in the search"),
    Stuff.MOMENTS: tr("moments"),
    Stuff.NOTES: tr("notes"),
    Stuff.LESSONS: tr("what Sidelight learned from them"),
    Stuff.CARD: tr("this card"),
    Stuff.CONSENTS: tr("what they agreed to"),
}


def extent_text(extent: Extent) -> str:
    """How much it is, without a full stop."""
    stuff = _stuff_text(extent)
    if not extent.sessions:
        return stuff
    sessions = tr_n("1 session", "{n} sessions", extent.sessions)
    minutes = tr_n("1 minute", "{n} minutes", extent.minutes)
    return tr(
        "{sessions} of {minutes}: {stuff}",
        sessions=sessions,
        minutes=minutes,
        stuff=stuff,
    )


def _stuff_text(extent: Extent) -> str:
    return ", ".join(_STUFF[one] for one in extent.stuff)


def what_goes(seen: ExtentSeen) -> str:
    """What deleting a client destroys, and what it cannot reach."""
    head = tr(
        "This destroys all that is kept of {who}. {extent}.",
        who=seen.client,
        extent=extent_text(seen.extent),
    )
    return _goes(head, stays=seen.minutes_stay and seen.extent.sessions > 0)


def what_goes_of_session(seen: SessionExtentSeen, name: str, facts: str) -> str:
    """What deleting a session destroys, and what it cannot reach.

    Args:
        seen: How much there is of it.
        name: What it is called in the list.
        facts: When it was, and how long.
    """
    head = tr(
        "This destroys the session {name}, {facts}: {stuff}.",
        name=name,
        facts=facts,
        stuff=_stuff_text(seen.extent) or tr("when it was"),
    )
    return _goes(head, stays=seen.minutes_stay)


def _goes(head: str, *, stays: bool) -> str:
    parts = [
        head,
        tr(
            "It cannot be undone. Backups and files that you exported are not touched:"
            " delete them where they are."
        ),
    ]
    if stays:
        parts.append(
            tr("Days and minutes stay for your log of hours, without the name.")
        )
    return "\n".join(parts)
