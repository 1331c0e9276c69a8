"""How the windows look is remembered."""

import json
from pathlib import Path

import pytest

from sidelight.settings.look import FILE_NAME, THEMES, Look
from sidelight.ui.theme.theme import ThemeName


def test_it_is_remembered(tmp_path: Path) -> None:
    look = Look("dark", 150, reduced_motion=True, language="de")
    look.remember(tmp_path)
    assert Look.recall(tmp_path) == look


@pytest.mark.parametrize("content", ["", "[]", '{"text": []}'])
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    assert Look.recall(tmp_path) == Look()


def test_what_cannot_be_is_brought_to_what_can(tmp_path: Path) -> None:
    wild = {"theme": "pink", "text": 900, "reduced_motion": 1, "language": ""}
    (tmp_path / FILE_NAME).write_text(json.dumps(wild))
    assert Look.recall(tmp_path) == Look(text=200)


def test_windows_know_every_theme() -> None:
    assert [name.value for name in ThemeName] == list(THEMES)
