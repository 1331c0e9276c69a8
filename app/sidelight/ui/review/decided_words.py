"""What the coach decided, as the review says it: without any of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock
from sidelight.domain.decisions import places, subject
from sidelight.domain.events import (
    AboutWords,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
    PassagesMerged,
    PassageSplit,
    SpeakerChanged,
    WordsEdited,
)
from sidelight.ui.kindwords import kind_title
from sidelight.ui.review.kind_menu import choice_words
from sidelight.ui.words import tr

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
        return tr("{told}. Undo: Ctrl+Z", told=_told(now.made[-1], story))
    back = set(now.taken_back) - set(before.taken_back)
    again = set(before.taken_back) - set(now.taken_back)
    for one in now.made:
        if one.decision in back:
            told = _told(one, story)
            return tr("Taken back: {told}. Redo: Ctrl+Shift+Z", told=told)
        if one.decision in again:
            return tr("It holds again: {told}", told=_told(one, story))
    return ""


def _told(decision: Decision, story: Story) -> str:
    if isinstance(decision, AboutWords):
        return _about_words(decision)
    about = subject(decision)
    gone = (moment for moment, _ in story.withdrawn)
    everything = (*story.moments, *story.hollow, *gone)
    found = next((one for one in everything if one.id == about), None)
    title = tr("moment") if found is None else kind_title(found.kind)
    at = "" if found is None else clock(found.at)
    match decision:
        case MomentConfirmed():
            return tr("{moment} {at} confirmed", moment=title, at=at)
        case MomentRemoved():
            return tr("{moment} {at} removed", moment=title, at=at)
        case MomentCorrected(kind=kind, form=form):
            return tr("{moment} {at} corrected", moment=choice_words(kind, form), at=at)
        case MomentAdded(moment=moment):
            title = choice_words(moment.kind, moment.form)
            at = clock(moment.at)
            return tr("{moment} {at} added", moment=title, at=at)


def _about_words(decision: AboutWords) -> str:
    at = clock(places(decision)[0].span.start)
    match decision:
        case WordsEdited():
            return tr("Words at {at} edited", at=at)
        case PassagesMerged():
            return tr("Passages at {at} joined", at=at)
        case PassageSplit():
            return tr("Passage at {at} split", at=at)
        case SpeakerChanged():
            return tr("Speaker at {at} changed", at=at)
