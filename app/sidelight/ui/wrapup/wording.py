"""What the wrap-up says. Sentences for people, in one place; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.notes import Choice
from sidelight.domain.session import Mode
from sidelight.domain.transcript import Speaker
from sidelight.session.reflecting import SHORTEST_MS
from sidelight.ui.kindwords import kind_title
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.words import tr, tr_n, tr_worded

if TYPE_CHECKING:
    from sidelight.domain.notes import ChosenMoment
    from sidelight.domain.story import Story
    from sidelight.session.wrapping_up import Missing

TITLE: Final = tr("One minute to wrap up")
NOTE: Final = tr("A note for yourself")
NOTE_KEPT: Final = tr(
    "Saved as you type. It goes into your reflection note, never theirs."
)
SAVED: Final = tr("Saved. It goes into your reflection note, never theirs.")
LINES_HELP: Final = tr("Only what you tick or write goes into the client note.")
DOUBTFUL: Final = tr("The words are not certain. Write it yourself, if it was said.")
AS_HEARD: Final = tr("words as heard")
"""Nobody has gone over them since they were recognised live."""

ADD: Final = tr("Add one in your own words")

_CHOICES: Final = {
    Choice.KEEP: tr("One to keep"),
    Choice.FORK: tr("One fork"),
    Choice.PRACTISE: tr("One stretch to look at"),
}
_LONGEST_QUOTE: Final = 150
"""Characters: the review has all of it."""

_NO_MOMENTS: Final = {
    Mode.KEEP: tr("Nothing stood out that could be shown first."),
    Mode.LIVE_ONLY: tr("Nothing stood out that could be shown first."),
    Mode.NO_LISTENING: tr("Nobody listened, so there are no moments to look at."),
}

_SHORT: Final = tr("Too short for moments to be picked from: less than five minutes.")


def no_moments(story: Story) -> str:
    """Why there is none of the three."""
    mode = Mode.KEEP if story.session is None else story.session.mode
    if mode is not Mode.NO_LISTENING and story.position < SHORTEST_MS:
        return _SHORT
    return _NO_MOMENTS[mode]


def moment_heading(chosen: ChosenMoment) -> str:
    """Which of the three it is, when, of which kind, and how sure its words are."""
    parts = [_CHOICES[chosen.choice], clock(chosen.at)]
    if chosen.moment is not None:
        parts.append(kind_title(chosen.moment.kind))
    if chosen.as_heard and chosen.words:
        parts.append(AS_HEARD)
    return SEPARATOR.join(parts)


def chosen_told(chosen: ChosenMoment) -> str:
    """What happened there, and what it asks."""
    return f"{tr_worded(chosen.observation)} {tr_worded(chosen.question)}"


def chosen_words(chosen: ChosenMoment, client: str) -> tuple[str, ...]:
    """What was said there, a quotation each, with who said it where that is known.

    Args:
        chosen: One of the three.
        client: First name, or ``""``.
    """
    return tuple(
        _said(speaker, short_quote(words), client) for speaker, words in chosen.words
    )


def _said(speaker: Speaker, quote: str, client: str) -> str:
    match speaker:
        case Speaker.COACH:
            return tr("You: {quote}", quote=quote)
        case Speaker.CLIENT:
            name = client or tr("Client")
            return tr("{client}: {quote}", client=name, quote=quote)
        case Speaker.UNKNOWN:
            return quote


def short_quote(quote: str) -> str:
    """The words as a quotation, cut at a word where they are many; none is ``""``."""
    if not quote:
        return ""
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
    return f"“{quote}”"


def lines_heading(story: Story) -> str:
    """Whose commitments these are."""
    client = story.session.client if story.session else ""
    if not client:
        return tr("What your client said they will do")
    return tr("What {client} said they will do", client=client)


def missing_words(missing: Missing | None) -> str:
    """What a wrap-up has still to offer; nothing is ``""``."""
    if missing is None:
        return ""
    parts = []
    if missing.lines:
        parts.append(
            tr_n(
                "one commitment to look at",
                "{n} commitments to look at",
                missing.lines,
            )
        )
    if missing.note:
        parts.append(tr("no note of yours"))
    return (
        tr("Not wrapped up yet: {what}.", what=", ".join(parts))
        if parts
        else tr("Not wrapped up yet.")
    )
