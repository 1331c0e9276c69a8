"""Work that would hold up the event loop, cut into turns of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

_TURN_MS: Final = 1
"""A timer's turn: what is only posted would be done in the same one."""


def in_turns(owner: QObject, *steps: Callable[[], object]) -> None:
    """Do each of these in a turn of its own, one after the other.

    Args:
        owner: With it goes what was not done yet.
        steps: 50 ms each at most.
    """
    if not steps:
        return
    first, *rest = steps

    def turn() -> None:
        first()
        in_turns(owner, *rest)

    QTimer.singleShot(_TURN_MS, owner, turn)
