"""What both notes say on screen. Sentences for people, in one place; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.notes import STANDARD_PARTS, Section
from sidelight.ui.words import tr, tr_n

if TYPE_CHECKING:
    from sidelight.domain.notes import NotePart
    from sidelight.domain.story import Story

ADD_LINE: Final = tr("Add a line in your own words, then Enter")
DONE: Final = tr("Done")
DONE_AND_EXPORT: Final = tr("Done, and export")
IS_DONE: Final = tr("Done. You can still change it.")
NEW_PART: Final = tr("New part")
TEMPLATE: Final = tr("Template")
TEMPLATE_NAME: Final = tr("Name of the template")
STANDARD_NAME: Final = tr("Standard")
AS_IN_THIS: Final = tr("as in this note")
PARTS_HELP: Final = tr(
    "Saved with this note as you go. Keep it as a template to begin new notes with it."
)
FOR_YOU: Final = tr("For you alone. What is only suggested is not exported either.")

_TITLES: Final = {
    Section.FOCUS: tr("What you wanted from this session"),
    Section.OUTCOME: tr("Where you arrived"),
    Section.INSIGHTS: tr("What you saw"),
    Section.COMMITMENTS: tr("What you said you will do"),
    Section.KEEP: tr("One to keep"),
    Section.FORK: tr("One fork"),
    Section.PRACTISE: tr("One stretch to look at"),
    Section.NOTICED: tr("Also noticed"),
    Section.WORDS: tr("Words your client came back to"),
}
"""In the window's language; the client note's as the client will read them."""


def part_title(part: NotePart) -> str:
    """The heading of a part on screen."""
    if part in STANDARD_PARTS or part.section.private:
        return _TITLES[part.section]
    return part.title


def accept_these(lines: int) -> str:
    """The button that accepts what is drafted in a part."""
    return tr("Put these {n} into the note", n=lines)


def accept_all(lines: int) -> str:
    """The button below the note, that accepts whatever is left."""
    return tr("Put all {n} into the note", n=lines)


def state(story: Story, unchecked: int) -> str:
    """How far the client note is.

    Args:
        story: The session.
        unchecked: So many drafted lines nobody has looked at.
    """
    done = story.wrap_up
    if done.finished:
        return IS_DONE
    accepted = (one for one in done.accepted if not one.section.private)
    ready = len([*accepted, *done.written])
    if not ready and not unchecked:
        return tr("Nothing was drafted. An empty note is better than a guess.")
    if not ready:
        return tr("Nothing goes out yet: only what you tick or write does.")
    told = tr_n("One line is ready to go out.", "{n} lines are ready to go out.", ready)
    if not unchecked:
        return told
    waits = tr_n(
        "One is only suggested and stays here.",
        "{n} are only suggested and stay here.",
        unchecked,
    )
    return f"{told} {waits}"
