"""The first real session, from an empty folder to nothing left of its client.

By keys alone, on a real sound device in real time. Fifty minutes of it are in
``tests/soak/test_first_session.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.first_session.conditions import bus, pytestmark
from tests.first_session.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["bus", "pytestmark"]


def test_every_step_with_a_minute_and_a_half_of_talk(tmp_path: Path) -> None:
    """As much talk as the steps need."""
    walk(0, tmp_path / "pictures")
