"""What the timeline says about whatever is under the pointer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.ui.absences import Look
from sidelight.ui.kindwords import (
    kind_meaning,
    moment_name,
    moment_told,
    sentence,
    stage_words,
)
from sidelight.ui.review.lanes import OTHER
from sidelight.ui.review.painting import speaker_name
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.dialogue import Phase
    from sidelight.domain.events import WithdrawalCause
    from sidelight.domain.moments import Mark, Moment
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.absences import Absence
    from sidelight.ui.review.lanes import Lanes

_TIP_CHARACTERS: Final = 220
_ABSENT: Final = {
    Look.LOST: tr("There is no sound of it; everything else has its right time."),
    Look.PAUSED: tr("Nothing was recorded, and the clocks stood still."),
    Look.OFF_RECORD: tr("What was said here was erased."),
}


def moment_tip(moment: Moment, cause: WithdrawalCause | None) -> str:
    """Kind, form and time; the evidence; the reason; and why it does not count."""
    quote = f"“{_shortened(moment.quote)}”" if moment.quote else ""
    told = moment_told(moment, cause)
    return tip(filter(None, (moment_name(moment), quote, told)))


def lane_tip(lanes: Lanes, y: float) -> str:
    """What a lane shows, at this height of its name; ``""``: there is none."""
    told = {
        **{kind: kind_meaning(kind) for kind in PROCESS_KINDS},
        OTHER: tr("Everything else that was noticed: point at a mark to read what."),
    }
    for kind, lane in lanes.moments.items():
        if lane.top <= y <= lane.bottom:
            return tip((told[kind],))
    curve = tr(
        "It rises until you hand over how to go on, and begins anew at each mark."
    )
    if lanes.curve.top <= y <= lanes.curve.bottom:
        return tip((curve,))
    speech = tr("Who spoke when. A dark tick between: both at once. Dots: a silence.")
    inside = (lane.top <= y <= lane.bottom for lane in lanes.speech.values())
    return tip((speech,)) if any(inside) else ""


def absence_tip(absence: Absence) -> str:
    """Why there is no sound."""
    return tip((absence.told, _ABSENT[absence.look]))


def speech_tip(said: Utterance, story: Story) -> str:
    """Who, when, what."""
    head = f"{speaker_name(said.speaker, story)} · {clock(said.span.start)}"
    return tip(filter(None, (head, _shortened(said.text))))


def both_tip(span: Span) -> str:
    """That both spoke."""
    told = tr(
        "Both at once · {time} · {s} s",
        time=clock(span.start),
        s=f"{span.length / 1000:.1f}",
    )
    return tip((told,))


def phase_tip(phase: Phase) -> str:
    """Which phase, from when to when, and what that rests on."""
    start, end = clock(phase.span.start), clock(phase.span.end)
    head = tr(
        "{phase} · {start} to {end}",
        phase=sentence(stage_words(phase.stage)).removesuffix("."),
        start=start,
        end=end,
    )
    return tip(filter(None, (head, sentence(tr_below(phase.reason, "reason")))))


def mark_tip(mark: Mark) -> str:
    """The coach's bookmark."""
    return tip(filter(None, (tr("Bookmark · {time}", time=clock(mark.at)), mark.note)))


def tip(lines: Iterable[str]) -> str:
    """A tool tip that wraps, with everything that was said kept as plain text."""
    return "<br>".join(escape(line) for line in lines)


def _shortened(text: str) -> str:
    if len(text) <= _TIP_CHARACTERS:
        return text
    return text[:_TIP_CHARACTERS].rsplit(" ", 1)[0] + " …"
