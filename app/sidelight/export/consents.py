"""What a client agreed to, for people: as it is attached to what leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import Form
from sidelight.domain.promises import PROMISES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sidelight.domain.consent import Consent

_HOW: Final = {Form.SPOKEN: "by word of mouth", Form.WRITTEN: "in writing"}


def consent_text(client: str, held: Sequence[Consent]) -> str:
    """One paragraph an answer: who, when, how, to what, and the words of both.

    Args:
        client: First name.
        held: What holds; see ``session.consenting.consents_for``.

    Returns:
        ``""`` where nothing holds.
    """
    answers: dict[tuple[date, Form, str, str, int], list[Consent]] = {}
    for one in held:
        key = (one.on, one.form, one.wording, one.answer, one.promise)
        answers.setdefault(key, []).append(one)
    return "\n\n".join(_paragraph(client, given) for given in answers.values())


def _paragraph(client: str, given: Sequence[Consent]) -> str:
    first = given[0]
    purposes = ", ".join(PROMISES[one.purpose].name for one in given)
    how = _HOW[first.form]
    lines = [f"{client} agreed on {first.on.isoformat()}, {how}, to: {purposes}."]
    if first.wording:
        lines.append(f"Asked with: {_quoted(first.wording)}")
    if first.answer:
        lines.append(f"The answer: {_quoted(first.answer)}")
    lines.append(f"Noted with Sidelight {first.program} (promise {first.promise}).")
    return "\n".join(lines)


def _quoted(words: str) -> str:
    return words if words.startswith("“") else f"“{words}”"
