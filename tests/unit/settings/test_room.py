"""What the screen shows in a room: remembered, never needed."""

from pathlib import Path

import pytest

from sidelight.settings.room import FILE_NAME, RoomChoice, RoomView


def test_what_was_chosen_comes_back(tmp_path: Path) -> None:
    assert RoomChoice.recall(tmp_path) == RoomChoice(RoomView.LINE)
    chosen = RoomChoice(RoomView.DARK, full=True, screen="HDMI-1")
    chosen.remember(tmp_path)
    assert RoomChoice.recall(tmp_path) == chosen
    assert chosen.seen_as(RoomView.LINE) == RoomChoice(full=True, screen="HDMI-1")


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"view": "wall"}', "\0"])
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE_NAME).write_text(damage)
    assert RoomChoice.recall(tmp_path) == RoomChoice()
