"""The first real session, from an empty folder to nothing left of its client.

Both walk by keys alone and hear a real sound device in real time. The short one needs
three minutes, more than the quick tiers have left: it belongs there once they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.first_session.conditions import bus, pytestmark
from tests.first_session.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["bus", "pytestmark"]

MINUTES = 50


def test_every_step_with_a_minute_and_a_half_of_talk(tmp_path: Path) -> None:
    """As much talk as the steps need."""
    walk(0, tmp_path / "pictures")


def test_fifty_minutes_by_keys_alone(tmp_path: Path) -> None:
    """The same walk; the session goes on for fifty minutes before it ends."""
    walk(MINUTES, tmp_path / "pictures")
