"""``took_choice``: the client asked which, the coach decided."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="took_choice",
    group=Group.INDICATOR,
    title="a choice made for them",
    definition=(
        'The client asks "A or B?" about the conversation, and the coach decides.'
    ),
    threshold=0.4,
    reason="the client asked which, the coach chose",
    examples=(
        Example(
            "Let's start with the interview.",
            before=(
                (Speaker.CLIENT, ("Should we do the interview or the money thing?")),
            ),
        ),
        Example(
            "I think we should talk about your sister.",
            before=(
                (
                    Speaker.CLIENT,
                    ("I wonder whether to talk about the house or my sister."),
                ),
            ),
        ),
    ),
    near_misses=(
        Example(
            "Which one feels closer?",
            before=(
                (Speaker.CLIENT, ("Should we do the interview or the money thing?")),
            ),
            why="Hands the choice back.",
        ),
        Example(
            "Let's start with the interview.",
            before=((Speaker.CLIENT, "I'd like to do the interview."),),
            why="The client had asked for it.",
        ),
    ),
)
