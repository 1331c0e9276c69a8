"""``stacked``: different questions in one turn."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="stacked",
    group=Group.INDICATOR,
    title="several questions at once",
    definition="Two or more different questions in one turn.",
    threshold=0.35,
    reason="asks several things at once",
    examples=(
        Example(
            (
                "How long have you been there? Who else is on the team? And what does "
                "your partner say?"
            ),
        ),
        Example(
            "When did that start? Does your boss know?",
        ),
    ),
    near_misses=(
        Example(
            "What matters here? What matters most to you about it?",
            why="The same question, asked again more plainly.",
        ),
        Example(
            "You said it started in May. What changed then?",
            why="One question.",
        ),
    ),
)
