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


def test_every_step_in_a_session_of_three_minutes(tmp_path: Path) -> None:
    """Two minutes of talk, beside the one that the steps need."""
    walk(2, tmp_path / "pictures")
