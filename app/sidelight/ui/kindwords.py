"""What kinds and forms are called on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.dialogue import Stage
from sidelight.domain.events import WithdrawalCause
from sidelight.domain.moments import Form
from sidelight.domain.timeline import GapCause
from sidelight.partnering import kinds
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment

HOLLOW: Final = tr("it resets no clock: who said it is not certain")
"""What is said of a hollow mark."""

_FORMS: Final = {
    Form.OPEN: tr("open", about="form"),
    Form.MENU_OPEN: tr("several ways, open"),
    Form.NARROW: tr("narrow", about="form"),
}

_CAUSES: Final = {
    WithdrawalCause.TOOK_BACK: tr("asked, then answered in the same turn"),
    WithdrawalCause.UNDONE: tr("undone by you"),
    WithdrawalCause.REMOVED: tr("set aside by you"),
    WithdrawalCause.NOT_SAID: tr("not your words, you said"),
}

_STAGES: Final = {
    Stage.AGREEMENT: tr("agreement", about="phase"),
    Stage.EXPLORING: tr("exploring", about="phase"),
    Stage.CLOSING: tr("closing", about="phase"),
}

_GAPS: Final = {
    GapCause.DEVICE_LOST: tr("no microphone"),
    GapCause.OVERFLOW: tr("sound lost"),
    GapCause.SLEEP: tr("asleep"),
    GapCause.ENGINE_RESTARTED: tr("restarted"),
    GapCause.PAUSED: tr("paused"),
}


def kind_title(kind: str) -> str:
    """The kind in plain words; an id from a newer program speaks for itself."""
    try:
        return tr_below(kinds.kind(kind).title, "kind")
    except KeyError:
        return kind.replace("_", " ")


def kind_meaning(kind: str) -> str:
    """What counts as this kind, in a sentence or two; unknown is ``""``."""
    try:
        return tr_below(kinds.kind(kind).definition, "kind")
    except KeyError:
        return ""


def form_words(form: Form) -> str:
    """How a choice was handed over."""
    return _FORMS[form]


def cause_words(cause: WithdrawalCause) -> str:
    """Why a moment no longer counts."""
    return _CAUSES[cause]


def stage_words(stage: Stage) -> str:
    """What a phase of a session is called."""
    return _STAGES[stage]


def gap_words(cause: GapCause) -> str:
    """Why sound is missing."""
    return _GAPS[cause]


def sentence(text: str) -> str:
    """A reason as a sentence: a capital at the front, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    ending = "" if text[-1] in ".?!…" else "."
    return text[0].upper() + text[1:] + ending


def moment_name(moment: Moment) -> str:
    """Kind, form and time, in a line."""
    form = "" if moment.form is None else form_words(moment.form)
    parts = (kind_title(moment.kind), form, clock(moment.at))
    return " · ".join(filter(None, parts))


def reason(moment: Moment) -> str:
    """Why it is one, as a sentence."""
    return sentence(tr_below(moment.reason, "reason"))


def moment_told(moment: Moment, cause: WithdrawalCause | None) -> str:
    """Why it is one; and why it does not count, if it does not.

    Args:
        moment: What was found, or added by the coach.
        cause: Why it was withdrawn, or ``None``.
    """
    told = [reason(moment)]
    if moment.hollow:
        told.append(sentence(HOLLOW))
    if cause is not None:
        told.append(sentence(cause_words(cause)))
    return " ".join(filter(None, told))
