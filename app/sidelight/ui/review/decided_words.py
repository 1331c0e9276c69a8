"""What the coach decided, as the review says it: without any of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock
from sidelight.domain.decisions import subject
from sidelight.domain.events import (
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
)
from sidelight.ui.kindwords import kind_title
from sidelight.ui.review.kind_menu import choice_words

if TYPE_CHECKING:
    from sidelight.domain.decisions import Decisions
    from sidelight.domain.events import Decision
    from sidelight.domain.story import Story


def news(before: Decisions, story: Story) -> str:
    """What was decided since; ``""``: nothing.

    Args:
        before: As it was shown.
        story: As it is.
    """
    now = story.decided
    if len(now.made) > len(before.made):
        return f"{_told(now.made[-1], story)}. Undo: Ctrl+Z"
    back = set(now.taken_back) - set(before.taken_back)
    again = set(before.taken_back) - set(now.taken_back)
    for one in now.made:
        if one.decision in back:
            return f"Taken back: {_told(one, story)}. Redo: Ctrl+Shift+Z"
        if one.decision in again:
            return f"It holds again: {_told(one, story)}"
    return ""


def _told(decision: Decision, story: Story) -> str:
    about = subject(decision)
    gone = (moment for moment, _ in story.withdrawn)
    everything = (*story.moments, *story.hollow, *gone)
    found = next((one for one in everything if one.id == about), None)
    title = "moment" if found is None else kind_title(found.kind)
    at = "" if found is None else f" at {clock(found.span.start)}"
    match decision:
        case MomentConfirmed():
            return f"{title}{at} confirmed"
        case MomentRemoved():
            return f"{title}{at} removed"
        case MomentCorrected(kind=kind, form=form):
            return f"{choice_words(kind, form)}{at} corrected"
        case MomentAdded(moment=moment):
            kind, form = moment.kind, moment.form
            return f"{choice_words(kind, form)} at {clock(moment.span.start)} added"
