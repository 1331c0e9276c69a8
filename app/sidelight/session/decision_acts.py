"""What a coach decides in the review: small frozen values, for pipe and socket alike.

Those about moments name moments and times, never words; those about words are
``session.word_acts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from sidelight.domain.errors import WireError
from sidelight.domain.moments import Form, MomentId
from sidelight.domain.timeline import Millis
from sidelight.session.word_acts import (
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
    WordAct,
    word_act_from_dict,
    word_act_to_dict,
)


@dataclass(frozen=True, slots=True)
class ConfirmMoment:
    """It is what it was taken for; a hollow mark counts from now on."""

    moment: MomentId


@dataclass(frozen=True, slots=True)
class CorrectMoment:
    """It is something else.

    Attributes:
        moment: Which.
        kind: A kind that words can show.
        form: Only with ``direction``.
    """

    moment: MomentId
    kind: str
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class RemoveMoment:
    """There was no such moment."""

    moment: MomentId


@dataclass(frozen=True, slots=True)
class AddMissed:
    """There was a moment that nothing found.

    Attributes:
        kind: A kind that words can show.
        at: While the coach said it.
        form: Only with ``direction``.
    """

    kind: str
    at: Millis
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class UndoDecision:
    """The newest decision that holds is taken back; again and again."""


@dataclass(frozen=True, slots=True)
class RedoDecision:
    """The decision that was taken back last holds again."""


DecisionAct = (
    ConfirmMoment
    | CorrectMoment
    | RemoveMoment
    | AddMissed
    | WordAct
    | UndoDecision
    | RedoDecision
)


# One arm an act.
def decision_to_dict(act: DecisionAct) -> dict[str, Any]:  # noqa: PLR0911
    """As JSON-ready data."""
    match act:
        case ConfirmMoment(moment=moment):
            return {"act": "confirm", "moment": str(moment)}
        case CorrectMoment(moment=moment, kind=kind, form=form):
            told = {"act": "correct", "moment": str(moment), "kind": kind}
            return told | {"form": form and form.value}
        case RemoveMoment(moment=moment):
            return {"act": "remove", "moment": str(moment)}
        case AddMissed(kind=kind, at=at, form=form):
            return {"act": "add", "kind": kind, "at": at, "form": form and form.value}
        case EditWords() | MergePassages() | SplitPassage() | ChangeSpeaker():
            return word_act_to_dict(act)
        case UndoDecision():
            return {"act": "undo"}
        case RedoDecision():
            return {"act": "redo"}
        case _:
            assert_never(act)


def decision_from_dict(data: dict[str, Any]) -> DecisionAct:  # noqa: PLR0911
    """The act of ``decision_to_dict``.

    Raises:
        WireError: It is none that this version knows.
    """
    match data:
        case {"act": "confirm", "moment": str(moment)}:
            return ConfirmMoment(moment_id(moment))
        case {
            "act": "correct",
            "moment": str(moment),
            "kind": str(kind),
            "form": str() | None as form,
        }:
            return CorrectMoment(moment_id(moment), kind, _form(form))
        case {"act": "remove", "moment": str(moment)}:
            return RemoveMoment(moment_id(moment))
        case {
            "act": "add",
            "kind": str(kind),
            "at": int(at),
            "form": str() | None as form,
        } if at >= 0:
            return AddMissed(kind, Millis(at), _form(form))
        case {"act": "undo"}:
            return UndoDecision()
        case {"act": "redo"}:
            return RedoDecision()
        case _:
            return word_act_from_dict(data)


def moment_id(text: str) -> MomentId:
    """The number of a moment, from a message.

    Raises:
        WireError: It is none.
    """
    try:
        return MomentId.parse(text)
    except ValueError:
        raise WireError("no act of this version") from None


def _form(text: str | None) -> Form | None:
    try:
        return None if text is None else Form(text)
    except ValueError:
        raise WireError("no act of this version") from None
