from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.record.room import BYTES_A_SECOND, Room

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 2 * BYTES_A_SECOND * 3600


@pytest.mark.parametrize(
    ("hours", "warning", "enough"),
    [
        (50.0, "", True),
        (4.0, "", True),
        (3.9, "3 more hours", True),
        (1.0, "1 more hour", True),
        (0.5, "30 more minutes", True),
        (0.2, "12 more minutes", False),
        (0.0, "0 more minutes", False),
    ],
)
def test_warned_hours_before_it_is_full(
    hours: float, warning: str, *, enough: bool
) -> None:
    room = Room(round(hours * HOUR), 2 * BYTES_A_SECOND)
    assert warning in room.warning
    assert bool(room.warning) is (hours < 4)
    if enough:
        room.require()
    else:
        with pytest.raises(UserError, match="too little"):
            room.require()


def test_the_disk_is_asked(tmp_path: Path) -> None:
    assert Room.of(tmp_path, 2).free > 0
    with pytest.raises(UserError, match="cannot be asked"):
        Room.of(tmp_path / "none", 1)
