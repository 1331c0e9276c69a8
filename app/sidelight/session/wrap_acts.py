"""What a coach can do after a session: small frozen values, for pipe and socket alike.

None of them carries a quote: whoever accepts a line names its sound, and the words come
from the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sidelight.domain.timeline import Millis, Span
from sidelight.session.decision_acts import (
    DecisionAct,
    decision_from_dict,
    decision_to_dict,
    moment_id,
)

if TYPE_CHECKING:
    from sidelight.domain.moments import MomentId

LONGEST_NOTE = 10_000
LONGEST_LINE = 500
"""Characters; a request has to fit into one message of the control socket."""


@dataclass(frozen=True, slots=True)
class WriteNote:
    """The private note says this now, and nothing else."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AcceptLine:
    """The drafted commitment with this sound may go into the client note."""

    span: Span


@dataclass(frozen=True, slots=True)
class WriteLine:
    """A commitment in the coach's words, for the client note."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawLine:
    """A line that was accepted or written may not leave after all."""

    line: int


@dataclass(frozen=True, slots=True)
class FinishWrapUp:
    """The coach is done."""


@dataclass(frozen=True, slots=True)
class SettleMoment:
    """What a moment was of which only the key is known.

    Attributes:
        moment: Which.
        kind: A process kind; ``None``: it was none.
    """

    moment: MomentId
    kind: str | None


Act = (
    WriteNote
    | AcceptLine
    | WriteLine
    | WithdrawLine
    | FinishWrapUp
    | SettleMoment
    | DecisionAct
)


# One arm an act.
def act_to_dict(act: Act) -> dict[str, Any]:  # noqa: PLR0911
    """As JSON-ready data."""
    match act:
        case WriteNote(text=text):
            return {"act": "note", "text": text}
        case AcceptLine(span=span):
            return {"act": "accept", "start": span.start, "end": span.end}
        case WriteLine(text=text):
            return {"act": "write", "text": text}
        case WithdrawLine(line=line):
            return {"act": "withdraw", "line": line}
        case FinishWrapUp():
            return {"act": "finish"}
        case SettleMoment(moment=moment, kind=kind):
            return {"act": "settle", "moment": str(moment), "kind": kind}
        case _:
            return decision_to_dict(act)


def act_from_dict(data: dict[str, Any]) -> Act:  # noqa: PLR0911 - one arm an act
    """The act of ``act_to_dict``.

    Raises:
        WireError: It is none that this version knows.
    """
    match data:
        case {"act": "note", "text": str(text)}:
            return WriteNote(text)
        case {"act": "accept", "start": int(start), "end": int(end)} if start <= end:
            return AcceptLine(Span(Millis(start), Millis(end)))
        case {"act": "write", "text": str(text)}:
            return WriteLine(text)
        case {"act": "withdraw", "line": int(line)}:
            return WithdrawLine(line)
        case {"act": "finish"}:
            return FinishWrapUp()
        case {"act": "settle", "moment": str(moment), "kind": str() | None as kind}:
            return SettleMoment(moment_id(moment), kind)
        case _:
            return decision_from_dict(data)
