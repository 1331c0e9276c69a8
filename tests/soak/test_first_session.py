"""The first real session as long as a real one; short in ``tests/first_session``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.first_session.conditions import bus, pytestmark
from tests.first_session.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["bus", "pytestmark"]

MINUTES = 50


def test_fifty_minutes_by_keys_alone(tmp_path: Path) -> None:
    """The same walk; the session goes on for fifty minutes before it ends."""
    walk(MINUTES, tmp_path / "pictures")
