"""The start card's last choices: remembered, never needed."""

from pathlib import Path

import pytest

from sidelight.domain.session import Mode
from sidelight.settings.choices import FILE_NAME, LastChoices

CHOSEN = LastChoices(45, Mode.LIVE_ONLY, "yeti", "", "small", "de", record_only=True)


def test_what_was_chosen_comes_back(tmp_path: Path) -> None:
    CHOSEN.remember(tmp_path)
    assert LastChoices.recall(tmp_path) == CHOSEN
    LastChoices(minutes=None).remember(tmp_path)
    assert LastChoices.recall(tmp_path) == LastChoices(minutes=None)


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"minutes": "x"}', "\0"])
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE_NAME).write_text(damage)
    assert LastChoices.recall(tmp_path) == LastChoices()
