"""``sidelight start`` and ``end``: one sentence where something is missing."""

import subprocess
import sys
from unittest.mock import Mock

import pytest

from sidelight.cli import live
from sidelight.cli.main import main
from sidelight.settings.paths import Paths
from sidelight.settings.room import RoomChoice, RoomView


def test_without_a_real_model_live_listening_says_what_it_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["start"]) == 1
    printed = capsys.readouterr()
    assert "Live listening needs a speech model (base, 148 MB, once)" in printed.err
    assert printed.out == ""


def test_the_demo_model_is_refused_for_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["start", "--model", "demo"]) == 1
    assert "synthetic voices" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["end", "hide"])
def test_without_a_running_session_it_is_one_sentence(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command]) == 1
    assert "No session is running" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--minutes", "0"], ["--room", "wall"]])
def test_wrong_usage_exits_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["start", *wrong])
    assert left.value.code == 2


def test_what_the_room_shows_is_remembered_for_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object, **__: object) -> None:
        """In place of what this is not about."""

    monkeypatch.setattr(live, "session_model", nothing)
    monkeypatch.setattr(live, "open_or_make_vault", lambda *_: Mock(passphrase=None))
    about = ("_tell_of_interrupted", "_check_consent", "hold_session")
    for part in (*about, "refine_in_background"):
        monkeypatch.setattr(live, part, nothing)
    data = Paths.find().data
    assert main(["start", "--room", "dark"]) == 0
    assert RoomChoice.recall(data).view is RoomView.DARK
    assert main(["start"]) == 0
    assert RoomChoice.recall(data).view is RoomView.DARK


def test_no_process_loads_what_belongs_to_another() -> None:
    """The engine has no Qt and no recogniser, the command line loads neither."""
    # One process for all: what none of them loads, each of them does not.
    program = """
import importlib, sys
heavy = {"PySide6", "ctranslate2", "faster_whisper", "onnxruntime"}
for module in (
    "sidelight.cli.main",
    "sidelight.bootstrap",
    "sidelight.session.engine",
    "sidelight.cli.demo_run",
    "sidelight.cli.live",
    "sidelight.cli.home",
    "sidelight.session.home.ears",
):
    importlib.import_module(module)
    if found := heavy & set(sys.modules):
        sys.exit(f"{module}: {found}")
"""
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


NOT_FOR_WINDOWS = {
    "cattrs",
    "ctranslate2",
    "docx",
    "faster_whisper",
    "numpy",
    "onnxruntime",
    "sidelight.bootstrap",
    "sidelight.record.record",
    "sidelight.ui.review",
    "sidelight.ui.wrapup",
    "soundfile",
    "sqlcipher3",
    "typst",
}


def test_windows_do_not_wait_for_what_only_others_need() -> None:
    """What stands before a window that answers, and what its process is made of."""
    program = (
        "import sys\n"
        "import {module}\n"
        "found = {heavy} & set(sys.modules)\n"
        "sys.exit(' '.join(found) or None)\n"
    )
    for module, heavy in (
        ("sidelight.__main__", {"sidelight.cli", "sidelight.bootstrap", "argparse"}),
        (
            "sidelight.cli.alone",
            {*NOT_FOR_WINDOWS, "argparse", "filelock", "sidelight.cli.home"},
        ),
        (
            "sidelight.cli.start",
            {*NOT_FOR_WINDOWS, "filelock", "sidelight.cli.live", "sidelight.cli.main"},
        ),
        (
            "sidelight.ui.home.app, sidelight.windows",
            {*NOT_FOR_WINDOWS, "sidelight.ui.sidebar"},
        ),
        (
            "sidelight.ui.app, sidelight.windows, sidelight.session.awaiting",
            {
                *NOT_FOR_WINDOWS,
                "sidelight.partnering.dialogue",
                "sidelight.session.following",
                "sidelight.ui.home",
                "sidelight.ui.sidebar.buttons_dialog",
                "sidelight.ui.sidebar.drawer",
                "sidelight.ui.sidebar.room_window",
            },
        ),
    ):
        run = [sys.executable, "-c", program.format(module=module, heavy=heavy)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (module, done.stderr)
