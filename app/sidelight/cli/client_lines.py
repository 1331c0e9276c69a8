"""A client and what they agreed to, as lines: JSON fields, and text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import Purpose, Standing, newest, standing
from sidelight.domain.promises import PROMISED, PROMISES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.client import Client
    from sidelight.domain.consent import Consent

_WIDTH: Final = 26


def client_fields(client: Client, sessions: int) -> dict[str, object]:
    """A client as JSON fields.

    Args:
        client: As they are kept.
        sessions: How many sessions they have had.
    """
    return {
        "name": client.name,
        "contact": client.contact,
        "language": client.language,
        "engagement": client.engagement,
        "since": None if client.since is None else client.since.isoformat(),
        "planned_sessions": client.planned_sessions,
        "asked_for": client.asked_for,
        "notes": client.notes,
        "sessions": sessions,
    }


def consent_fields(one: Consent, said: Sequence[Consent]) -> dict[str, object]:
    """A consent as JSON fields; ``valid``: it is what holds for its purpose today.

    Args:
        one: The consent.
        said: Everything its client said, in the order it was noted.
    """
    holds = standing(one.purpose, said, PROMISED) is Standing.VALID
    return {
        "purpose": one.purpose,
        "given": one.given,
        "form": one.form,
        "on": one.on.isoformat(),
        "valid": holds and newest(one.purpose, said) is one,
        "promise": one.promise,
        "program": one.program,
        "wording": one.wording,
        "answer": one.answer,
    }


def client_lines(client: Client, sessions: int, said: Sequence[Consent]) -> list[str]:
    """A client for people, a line each."""
    agreed = client.planned_sessions
    planned = "" if agreed is None else f" of {agreed}"
    since = "" if client.since is None else f", since {client.since.isoformat()}"
    facts = (
        ("engagement", f"{client.engagement}{since}"),
        ("sessions", f"{sessions}{planned}"),
        ("language", client.language),
        ("contact", client.contact),
        ("asked for", client.asked_for),
        ("notes", client.notes),
    )
    lines = [client.name]
    lines += [f"  {name:<{_WIDTH}}{text}" for name, text in facts if text]
    lines.append("Agreed to:")
    for purpose in Purpose:
        name = PROMISES[purpose].name
        lines.append(f"  {name:<{_WIDTH}}{_standing_text(purpose, said)}")
    return lines


def _standing_text(purpose: Purpose, said: Sequence[Consent]) -> str:
    last = newest(purpose, said)
    if last is None:
        return "not asked"
    day = last.on.isoformat()
    match standing(purpose, said, PROMISED):
        case Standing.REFUSED:
            return f"said no {day}"
        case Standing.WITHDRAWN:
            return f"withdrawn {day}"
        case Standing.CHANGED:
            return f"ask again: what Sidelight does has changed since {day}"
        case _:
            return f"{day}, {last.form}"
