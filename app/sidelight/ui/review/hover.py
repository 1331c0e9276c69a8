"""What the timeline says about whatever is under the pointer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.ui.absences import Look
from sidelight.ui.kindwords import (
    HOLLOW,
    cause_words,
    form_words,
    kind_title,
    sentence,
)
from sidelight.ui.review.painting import speaker_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.dialogue import Phase
    from sidelight.domain.moments import Mark, Moment
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.absences import Absence

_TIP_CHARACTERS: Final = 220
_ABSENT: Final = {
    Look.LOST: "There is no sound of it; everything else has its right time.",
    Look.PAUSED: "Nothing was recorded, and the clocks stood still.",
    Look.OFF_RECORD: "What was said here was erased.",
}


def moment_tip(moment: Moment, story: Story) -> str:
    """Kind, form and time; the evidence; the reason; and why it does not count."""
    head = [kind_title(moment.kind)]
    if moment.form is not None:
        head.append(form_words(moment.form))
    head.append(clock(moment.span.start))
    lines = [
        " · ".join(head),
        f"“{_shortened(moment.quote)}”" if moment.quote else "",
        sentence(moment.reason),
    ]
    if moment.hollow:
        lines.append(sentence(HOLLOW))
    lines += [
        sentence(cause_words(cause))
        for withdrawn, cause in story.withdrawn
        if withdrawn.id == moment.id
    ]
    return tip(filter(None, lines))


def absence_tip(absence: Absence) -> str:
    """Why there is no sound."""
    return tip((absence.told, _ABSENT[absence.look]))


def speech_tip(said: Utterance, story: Story) -> str:
    """Who, when, what."""
    head = f"{speaker_name(said.speaker, story)} · {clock(said.span.start)}"
    return tip(filter(None, (head, _shortened(said.text))))


def both_tip(span: Span) -> str:
    """That both spoke."""
    seconds = f"{span.length / 1000:.1f} s"
    return tip((f"Both at once · {clock(span.start)} · {seconds}",))


def phase_tip(phase: Phase) -> str:
    """Which phase, from when to when, and what that rests on."""
    start, end = clock(phase.span.start), clock(phase.span.end)
    head = f"{phase.stage.value.capitalize()} · {start} to {end}"
    return tip(filter(None, (head, sentence(phase.reason))))


def mark_tip(mark: Mark) -> str:
    """The coach's bookmark."""
    return tip(filter(None, (f"Bookmark · {clock(mark.at)}", mark.note)))


def tip(lines: Iterable[str]) -> str:
    """A tool tip that wraps, with everything that was said kept as plain text."""
    return "<br>".join(escape(line) for line in lines)


def _shortened(text: str) -> str:
    if len(text) <= _TIP_CHARACTERS:
        return text
    return text[:_TIP_CHARACTERS].rsplit(" ", 1)[0] + " …"
