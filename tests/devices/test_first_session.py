"""The first real session, from an empty folder to nothing left of its client.

Here and not among ``tests/e2e``: it hears a real sound device in real time, so nothing
else may run beside it. The minute and a half of talk is what its steps need; as long as
a session really is it runs in ``tests/soak``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.first_session.conditions import bus, pytestmark
from tests.first_session.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["bus", "pytestmark"]


def test_a_first_session_by_keys_alone(tmp_path: Path) -> None:
    """Every step of it."""
    walk(0, tmp_path / "pictures")
