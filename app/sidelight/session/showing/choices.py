"""Who chose the way: at each fork, and at the doorway after the agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.statements import Statement, Topic
from sidelight.domain.transcript import Speaker
from sidelight.domain.wording import NOTHING, Wording, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.dialogue import Dialogue, Fork
    from sidelight.session.showing.places import Places

_QUESTIONS: Final = {
    Speaker.COACH: worded("What else was possible?"),
    Speaker.CLIENT: worded("What made it easy to leave it there?"),
    None: worded("What did that leave room for?"),
}


def choices(
    dialogue: Dialogue, places: Places, title_of: Callable[[str], Wording]
) -> Iterator[Topic]:
    """The doorway, then the forks; each only where there is one.

    Args:
        dialogue: What was measured.
        places: The session's utterances.
        title_of: What a kind is called.
    """
    door = dialogue.doorway
    if door is not None:
        place = places.at(door.span, door.quote)
        if door.move is not None:
            told = Statement(
                worded(
                    "Between agreeing on the session and exploring you partnered on "
                    "the process: {kind}.",
                    kind=title_of(door.move.kind),
                ),
                (places.of(door.move),),
                worded("What did the answer change?"),
            )
        else:
            told = Statement(
                worded("After the agreement exploring began with your next question."),
                (place,),
                worded("How else could it have begun?"),
            )
        yield Topic(worded("The doorway after the agreement"), (told,))
    if dialogue.forks:
        told_all = tuple(_fork(fork, places) for fork in dialogue.forks)
        yield Topic(worded("Who chose at each fork"), told_all)


def _fork(fork: Fork, places: Places) -> Statement:
    asked = _QUESTIONS.get(fork.chooser, NOTHING)
    place = places.at(fork.span, fork.quote)
    return Statement(Wording(fork.reason, "fork"), (place,), asked)
