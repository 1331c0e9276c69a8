"""Who chose the way: at each fork, and at the doorway after the agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.shown import Statement, Topic
from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.dialogue import Dialogue, Fork
    from sidelight.session.showing.places import Places

_QUESTIONS: Final = {
    Speaker.COACH: "What else was possible?",
    Speaker.CLIENT: "What made it easy to leave it there?",
    None: "What did that leave room for?",
}


def choices(
    dialogue: Dialogue, places: Places, title_of: Callable[[str], str]
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
                "Between agreeing on the session and exploring you partnered on the "
                f"process: {title_of(door.move.kind)}.",
                (places.of(door.move),),
                "What did the answer change?",
            )
        else:
            told = Statement(
                "After the agreement exploring began with your next question.",
                (place,),
                "How else could it have begun?",
            )
        yield Topic("The doorway after the agreement", (told,))
    if dialogue.forks:
        told_all = tuple(_fork(fork, places) for fork in dialogue.forks)
        yield Topic("Who chose at each fork", told_all)


def _fork(fork: Fork, places: Places) -> Statement:
    text = f"{fork.reason[:1].upper()}{fork.reason[1:]}."
    asked = _QUESTIONS.get(fork.chooser, "")
    return Statement(text, (places.at(fork.span, fork.quote),), asked)
