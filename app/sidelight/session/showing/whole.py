"""Everything that a session shows, in the order in which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock
from sidelight.domain.statements import Evidence, Shown, Statement
from sidelight.domain.wording import Wording, worded
from sidelight.partnering.dialogue.measuring import measure
from sidelight.partnering.kinds import KINDS
from sidelight.session.reflecting import longest_stretch, three_moments, words_of
from sidelight.session.showing.choices import choices
from sidelight.session.showing.lenses import lenses
from sidelight.session.showing.places import Places
from sidelight.session.showing.voices import voices
from sidelight.session.showing.words import own_words

if TYPE_CHECKING:
    from sidelight.domain.notes import ChosenMoment
    from sidelight.domain.story import Story

_TITLES = {kind.id: kind.title for kind in KINDS}


def what_it_shows(story: Story) -> Shown:
    """What can be said of a session that has ended.

    Args:
        story: The folded session, looked back on (``session.looking_back``).
    """
    places = Places(story)
    client = (story.session.client if story.session else "") or worded("your client")
    dialogue = measure(story)
    words = tuple(own_words(words_of(story), places, client))
    topics = (
        ()
        if dialogue is None
        else (*choices(dialogue, places, _title), *voices(dialogue, places, client))
    )
    return Shown(
        tuple((one, _place(one, places)) for one in three_moments(story)),
        _longest(story, places),
        (*topics, *words),
        lenses(story.moments, dialogue, words, places),
    )


def _place(chosen: ChosenMoment, places: Places) -> Evidence:
    if chosen.moment is not None:
        return places.of(chosen.moment)
    return places.at(chosen.span, chosen.quote)


def _title(kind: str) -> Wording:
    """An id from a newer program speaks for itself."""
    return Wording(_TITLES.get(kind, kind.replace("_", " ")), "kind")


def _longest(story: Story, places: Places) -> Statement | None:
    """From what was said first in it to what was said last."""
    stretch = longest_stretch(story)
    if stretch is None:
        return None
    inside = [u for u in places.said if u.span.overlaps(stretch)]
    ends = (inside[0], inside[-1]) if inside else ()
    evidence = tuple(places.said_in(u) for u in dict.fromkeys(ends))
    return Statement(
        worded(
            "The longest stretch without a question about how to go on ran from "
            "{start} to {end}.",
            start=clock(stretch.start),
            end=clock(stretch.end),
        ),
        evidence or (Evidence(stretch),),
        worded("What was it like in there?"),
    )
