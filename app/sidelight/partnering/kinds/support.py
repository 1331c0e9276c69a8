"""``support``: the client shapes the coach's own part."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="support",
    group=Group.PROCESS,
    title="support",
    definition=(
        "The coach asks about, or offers open options for, the coach's own "
        "part in this conversation: how to be, listen, help or challenge, "
        "what to watch for. The client may shape it. Help from other people "
        "and carrying out what was asked do not count."
    ),
    threshold=0.55,
    reason="asks about the coach's part",
    examples=(
        Example(
            "What would you like from me while you work that out?",
        ),
        Example(
            (
                "Should I push you on this, or hear you out, or something else "
                "altogether?"
            ),
        ),
    ),
    near_misses=(
        Example(
            ("How would you like your team to support you through the reorganisation?"),
            why="Support by other people is what the session is about.",
        ),
        Example(
            "Do you want me to open the window?",
            why="Comfort, not the coach's part in the conversation.",
        ),
    ),
    clock=True,
)
