"""Asking for consent: what is missing, noting the answer, and the door that it opens.

Every session begins in an engine, and every engine comes through ``require`` first.
What asks before (the start card, ``sidelight start``) saves the coach a wasted start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import (
    NEEDED,
    Consent,
    Form,
    Occasion,
    Purpose,
    Standing,
    held_for,
    missing,
    standing,
)
from sidelight.domain.errors import UserError
from sidelight.domain.promises import PROMISED, PROMISES, SCRIPTS
from sidelight.domain.session import Mode
from sidelight.export.consents import consent_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sidelight.record.record import Record

MODE_NAMES: Final = {
    Mode.KEEP: "Keep",
    Mode.LIVE_ONLY: "Live only",
    Mode.NO_LISTENING: "No listening",
}
LONGEST_WORDS: Final = 2_000
"""Characters of what is said to ask, and of an answer."""

_NAME: Final = "Name them (first name or initials)"
_ASK: Final = "Ask them, and note the answer on the start card or with --consent spoken"
_MADE: Final = "Ask them, and note the answer under Clients or with --consent spoken"
_ELSE: Final = "; or choose No listening."


class ConsentMissing(UserError):  # noqa: N818 - it is news, not a mistake
    """A session of this mode may not begin."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client said just now when they were asked.

    Attributes:
        purposes: To what.
        form: How they said it.
        on: The day they said it.
        wording: What the coach said, or had signed.
        words: The client's answer, as the coach noted it.
        given: They agreed; otherwise they said no.
    """

    purposes: tuple[Purpose, ...]
    form: Form
    on: date
    wording: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    given: bool = True


def require(record: Record, client: str, mode: Mode, *, made: bool = False) -> None:
    """See that a session may begin.

    Args:
        record: Open.
        client: Whose session it is, as typed.
        mode: What is to be kept.
        made: Whether the recording was made elsewhere: not listening is no choice then.

    Raises:
        ConsentMissing: What the mode needs was not agreed to.
        UserError: The record cannot be read.
    """
    if not NEEDED[mode]:
        return
    name = MODE_NAMES[mode]
    ask, instead = (_MADE, ".") if made else (_ASK, _ELSE)
    if not client.strip():
        raise ConsentMissing(
            f"{name} needs a client who agreed to it.",
            _NAME + instead,
        )
    said = said_by(record, client)
    left = missing(mode, said, PROMISED)
    if not left:
        return
    who = client.strip()
    stands = {standing(purpose, said, PROMISED) for purpose in left}
    if Standing.REFUSED in stands:
        raise ConsentMissing(f"{who} said no to {name}.", ask + instead)
    if Standing.WITHDRAWN in stands:
        raise ConsentMissing(
            f"{who} withdrew the consent that {name} needs.", ask + instead
        )
    if stands == {Standing.CHANGED}:
        raise ConsentMissing(
            f"What Sidelight does has changed since {who} agreed to {name}.",
            ask + instead,
        )
    raise ConsentMissing(f"{who} has not agreed to {name} yet.", ask + instead)


def note_yes(
    record: Record, client: str, asked: Occasion, form: Form, today: date
) -> None:
    """Note that a client has just agreed to whatever is still lacking.

    Raises:
        UserError: They are nobody, or the record cannot be written.
    """
    left = missing(asked.mode, said_by(record, client), PROMISED)
    if client.strip() and left:
        words = script(record, asked)
        note(record, client, Answer(left, form, today, words), today)


def said_by(record: Record, client: str) -> tuple[Consent, ...]:
    """Everything this client said, in the order it was noted.

    Raises:
        UserError: The record cannot be read.
    """
    known = record.clients.named(client)
    return () if known is None else record.consents.of(known.number)


def note(record: Record, client: str, answer: Answer, today: date) -> None:
    """Note what a client said; who is new is added.

    Raises:
        UserError: It lies in the future, is too long, is said by nobody, or the record
            cannot be written.
    """
    if answer.on > today:
        raise UserError(
            "A consent cannot be given on a day to come.", "Note it once it is given."
        )
    if max(len(answer.wording), len(answer.words)) > LONGEST_WORDS:
        raise _too_long()
    _store(record, client, answer)


def withdraw(
    record: Record, client: str, purposes: Sequence[Purpose], today: date
) -> tuple[Purpose, ...]:
    """Note that a client takes back what they agreed to; it holds from now on.

    Returns:
        What was taken back: of those asked for, the ones that had been agreed to.

    Raises:
        UserError: There is no such client, or the record cannot be written.
    """
    record.clients.find(client)
    said = said_by(record, client)
    agreed = (Standing.VALID, Standing.CHANGED)
    held = tuple(x for x in purposes if standing(x, said, PROMISED) in agreed)
    if held:
        _store(record, client, Answer(held, Form.SPOKEN, today, given=False))
    return held


def script(record: Record, asked: Occasion) -> str:
    """What the coach says to ask.

    Raises:
        UserError: The record cannot be read.
    """
    return record.consents.own_words().get(asked, SCRIPTS[asked])


def write_script(record: Record, asked: Occasion, words: str) -> None:
    """Say this from now on; ``""``, or what is suggested: what is suggested.

    Raises:
        UserError: It is too long, or the record cannot be written.
    """
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise _too_long()
    record.consents.write_words(asked, "" if words == SCRIPTS[asked] else words)


def wording_for(record: Record, purposes: Sequence[Purpose]) -> str:
    """What is said to ask for these, where no session is about to begin.

    Raises:
        UserError: The record cannot be read.
    """
    for asked in (Occasion.KEEP, Occasion.LIVE_ONLY):
        if set(purposes) == set(NEEDED[asked.mode]):
            return script(record, asked)
    return " ".join(PROMISES[purpose].text for purpose in purposes)


def consents_for(record: Record, session: str) -> tuple[Consent, ...]:
    """The consents that hold for a session, such as what its transcript is sent with.

    Raises:
        UserError: There is no such session, or the record cannot be read.
    """
    began = record.sessions.get(session).session.started_at
    return held_for(began.date(), record.consents.of_session(session), PROMISED)


def consent_to_hand_in(record: Record, session: str) -> str:
    """The consent that goes with a session's transcript, for people.

    Returns:
        ``""`` where the client has not agreed that it is handed in.

    Raises:
        UserError: There is no such session, or the record cannot be read.
    """
    held = consents_for(record, session)
    if all(one.purpose is not Purpose.CREDENTIAL for one in held):
        return ""
    return consent_text(record.sessions.get(session).session.client, held)


def _store(record: Record, client: str, answer: Answer) -> None:
    program = version("sidelight")
    record.consents.note(
        record.clients.known_as(client).number,
        [
            Consent(
                purpose=purpose,
                given=answer.given,
                form=answer.form,
                on=answer.on,
                promise=PROMISED[purpose],
                program=program,
                wording=answer.wording.strip(),
                answer=answer.words.strip(),
            )
            for purpose in answer.purposes
        ],
    )


def _too_long() -> UserError:
    return UserError(
        f"That has more than {LONGEST_WORDS} characters.", "Say it in fewer words."
    )
