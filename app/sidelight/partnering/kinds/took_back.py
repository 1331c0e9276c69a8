"""``took_back``: a hand-over that the same turn takes back."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="took_back",
    group=Group.INDICATOR,
    title="answered your own question",
    definition=(
        "The coach hands over the next step and in the same turn answers or "
        "replaces the question."
    ),
    threshold=0.35,
    reason="asks, then answers it",
    examples=(
        Example(
            ("Where would you like to start? I'm thinking your boss. What did he say?"),
        ),
        Example(
            "Which of those shall we take first? Let's do the budget.",
        ),
    ),
    near_misses=(
        Example(
            "Where would you like to start? Take your time.",
            why="The question stays with the client.",
        ),
        Example(
            (
                "Where shall we begin? There's the letter, or the call, or something "
                "else."
            ),
            why="Possibilities are offered; the choice stays open.",
        ),
    ),
)
