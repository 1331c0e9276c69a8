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
    program = (
        "import sys\n"
        "import {module}\n"
        "heavy = {{'PySide6', 'ctranslate2', 'faster_whisper', 'onnxruntime'}}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or None)\n"
    )
    for module in (
        "sidelight.cli.main",
        "sidelight.bootstrap",
        "sidelight.session.engine",
        "sidelight.cli.demo_run",
        "sidelight.cli.live",
        "sidelight.cli.home",
        "sidelight.session.home.ears",
    ):
        run = [sys.executable, "-c", program.format(module=module)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (module, done.stderr)


def test_home_does_not_wait_for_what_only_others_need() -> None:
    """Until it answers, nothing of sessions, reviews or other commands is loaded."""
    program = (
        "import sys\n"
        "import {module}\n"
        "found = {heavy} & set(sys.modules)\n"
        "sys.exit(' '.join(found) or None)\n"
    )
    for module, heavy in (
        ("sidelight.__main__", {"sidelight.cli", "sidelight.bootstrap", "argparse"}),
        ("sidelight.cli.alone", {"cattrs", "numpy", "argparse", "sidelight.cli.home"}),
        (
            "sidelight.ui.home.app",
            {"cattrs", "numpy", "sidelight.ui.review", "sidelight.ui.sidebar"},
        ),
    ):
        run = [sys.executable, "-c", program.format(module=module, heavy=heavy)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (module, done.stderr)
