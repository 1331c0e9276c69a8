"""Who, when, how long, what the client came for, and what is to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.decisions import places
from sidelight.domain.worked import minutes_worked
from sidelight.ui.theme.tokens import Role
from sidelight.ui.timewords import SEPARATOR, when
from sidelight.ui.widgets.text import Reading, Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme


_PLACES: Final = 4
"""So many fit on a line."""


class ReviewHeader:
    """The lines of text above everything else; where each stands, others say.

    Attributes:
        title: Who it was with.
        facts: When, and how long.
        request: What the client asked for; hidden where that is not known.
        to_check: What is to be checked; hidden where nothing is.

    Args:
        theme: Fonts and colours.
        story: The session.
    """

    def __init__(self, theme: Theme, story: Story) -> None:
        self.title = Text(theme, Role.TITLE)
        self.facts = Text(theme, Role.SMALL, soft=True)
        self.request = Reading(theme, Role.BODY)
        self.to_check = Text(theme, Role.SMALL, soft=True)
        self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Say it of this story instead."""
        self.title.setText(title(story))
        self.facts.setText(facts(story))
        self.request.say(request(story))
        self.to_check.say(to_check(story))


def title(story: Story) -> str:
    """Who it was with."""
    client = story.session.client if story.session else ""
    return tr("Session with {client}", client=client) if client else tr("Session")


def facts(story: Story) -> str:
    """Date, time of day, minutes."""
    if story.session is None:
        return ""
    worked = minutes_worked(story)
    minutes = tr("{n} min", n=worked)
    if story.session.planned_minutes is not None:
        minutes = tr(
            "{n} min of {planned} agreed",
            n=worked,
            planned=story.session.planned_minutes,
        )
    return SEPARATOR.join((*when(story.session.started_at), minutes))


def request(story: Story) -> str:
    """What the client asked for, in the client's words."""
    quote = story.request.quote if story.request else ""
    return tr("Asked for “{quote}”", quote=quote) if quote else ""


def to_check(story: Story) -> str:
    """Where the coach's decisions found nothing in this version of the transcript."""
    starts = [moment.span.start for moment in story.to_check]
    starts += [places(one)[0].span.start for one in story.unplaced]
    told_at = [clock(start) for start in sorted(set(starts))]
    if not told_at:
        return ""
    rest = len(told_at) - _PLACES
    told = ", ".join(told_at[:_PLACES])
    if rest > 0:
        told = tr("{places} and {n} more", places=told, n=rest)
    return tr(
        "Please check {places}: you decided there, and the transcript is another now.",
        places=told,
    )
