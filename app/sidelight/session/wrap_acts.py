"""What a coach can do after a session: small frozen values, for pipe and socket alike.

None of them carries a quote: whoever accepts a line names its sound, and the words come
from the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sidelight.domain.errors import WireError
from sidelight.domain.notes import NotePart, Section
from sidelight.domain.timeline import Millis, Span
from sidelight.session.decision_acts import (
    DecisionAct,
    decision_from_dict,
    decision_to_dict,
    moment_id,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """The drafted line with this sound may go into its note.

    Attributes:
        span: Its sound.
        section: Where it stands.
        heard: The coach has listened to it, so that doubtful words may be quoted.
    """

    span: Span
    section: Section = Section.COMMITMENTS
    heard: bool = False


@dataclass(frozen=True, slots=True)
class WriteLine:
    """A line of the client note in the coach's words.

    Attributes:
        text: The words.
        section: Where it stands.
        heading: Of the part, where the coach added it; else ``""``.
        instead: The sound of the drafted line that it takes the place of; ``None``: it
            is one more.
    """

    text: str = field(repr=False)
    section: Section = Section.COMMITMENTS
    heading: str = field(default="", repr=False)
    instead: Span | None = None


@dataclass(frozen=True, slots=True)
class RewriteLine:
    """A line that was accepted or written says this now, in the coach's words."""

    line: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShapeNote:
    """The client note consists of these parts."""

    parts: tuple[NotePart, ...]


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
    | RewriteLine
    | WithdrawLine
    | ShapeNote
    | FinishWrapUp
    | SettleMoment
    | DecisionAct
)


# One arm an act, in both.
def act_to_dict(act: Act) -> dict[str, Any]:  # noqa: PLR0911
    """As JSON-ready data."""
    match act:
        case WriteNote(text=text):
            return {"act": "note", "text": text}
        case AcceptLine(span=span, section=section, heard=heard):
            place = {"section": section.value, **_ends(span)}
            return {"act": "accept", **place, "heard": heard}
        case WriteLine(text=text, section=section, heading=heading, instead=instead):
            place = {"section": section.value, "heading": heading}
            ends = {} if instead is None else _ends(instead)
            return {"act": "write", "text": text, **place, **ends}
        case RewriteLine(line=line, text=text):
            return {"act": "rewrite", "line": line, "text": text}
        case ShapeNote(parts=parts):
            told = [{"section": x.section.value, "title": x.title} for x in parts]
            return {"act": "shape", "parts": told}
        case WithdrawLine(line=line):
            return {"act": "withdraw", "line": line}
        case FinishWrapUp():
            return {"act": "finish"}
        case SettleMoment(moment=moment, kind=kind):
            return {"act": "settle", "moment": str(moment), "kind": kind}
        case _:
            return decision_to_dict(act)


def act_from_dict(data: dict[str, Any]) -> Act:  # noqa: PLR0911
    """The act of ``act_to_dict``.

    Raises:
        WireError: It is none that this version knows.
    """
    match data:
        case {"act": "note", "text": str(text)}:
            return WriteNote(text)
        case {"act": "accept", "start": int(start), "end": int(end)} if start <= end:
            span = Span(Millis(start), Millis(end))
            return AcceptLine(span, _section(data), data.get("heard") is True)
        case {"act": "write", "text": str(text)}:
            heading = str(data.get("heading", ""))
            return WriteLine(text, _section(data), heading, _instead(data))
        case {"act": "rewrite", "line": int(line), "text": str(text)}:
            return RewriteLine(line, text)
        case {"act": "shape", "parts": [*parts]}:
            return ShapeNote(tuple(_part(part) for part in parts))
        case {"act": "withdraw", "line": int(line)}:
            return WithdrawLine(line)
        case {"act": "finish"}:
            return FinishWrapUp()
        case {"act": "settle", "moment": str(moment), "kind": str() | None as kind}:
            return SettleMoment(moment_id(moment), kind)
        case _:
            return decision_from_dict(data)


def _section(data: Mapping[str, Any]) -> Section:
    try:
        return Section(data.get("section", Section.COMMITMENTS))
    except ValueError:
        raise WireError("no act of this version") from None


def _ends(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _instead(data: Mapping[str, Any]) -> Span | None:
    match data:
        case {"start": int(start), "end": int(end)} if start <= end:
            return Span(Millis(start), Millis(end))
        case {"start": _} | {"end": _}:
            raise WireError("no act of this version")
        case _:
            return None


def _part(data: Any) -> NotePart:  # noqa: ANN401 - from a wire
    match data:
        case {"section": str(), "title": str(title)}:
            return NotePart(_section(data), title)
        case _:
            raise WireError("no act of this version")
