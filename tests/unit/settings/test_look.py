"""How the windows look is remembered, and chosen from the command line."""

import json
from pathlib import Path

import pytest

from sidelight.cli.main import main
from sidelight.settings.look import FILE_NAME, THEMES, Look
from sidelight.ui.theme.theme import ThemeName


def test_it_is_remembered(tmp_path: Path) -> None:
    look = Look("dark", 150, reduced_motion=True, language="de")
    look.remember(tmp_path)
    assert Look.recall(tmp_path) == look


@pytest.mark.parametrize("content", ["", "[]", '{"theme": "dark"}', '{"text": []}'])
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    assert Look.recall(tmp_path) == Look()


def test_what_cannot_be_is_brought_to_what_can(tmp_path: Path) -> None:
    wild = {"theme": "pink", "text": 900, "reduced_motion": 1, "language": ""}
    (tmp_path / FILE_NAME).write_text(json.dumps(wild))
    assert Look.recall(tmp_path) == Look(text=200)


def test_windows_know_every_theme() -> None:
    assert [name.value for name in ThemeName] == list(THEMES)


def test_the_command_changes_what_is_said_and_nothing_else(
    sidelight_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["look", "--text", "150", "--language", "de"]) == 0
    assert main(["look", "--motion", "reduced", "--language", "desktop"]) == 0
    assert Look.recall(sidelight_home) == Look(text=150, reduced_motion=True)
    assert "motion reduced, language desktop" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["look", "--theme", "pink"])
