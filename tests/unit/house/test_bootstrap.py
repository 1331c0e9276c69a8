"""What ``packaging/bootstrap.py`` decides; what it does is seen in a fresh clone."""

import ast
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import bootstrap
from setup_steps import environment, system, verbs
from setup_steps.checkout import LOCK_NAMES, Checkout, LockName, LockSize
from setup_steps.environment import FAILURES, Stamp
from setup_steps.one_at_a_time import one_at_a_time
from setup_steps.reporting import SetupError, child_environment, run_logged

ROOT = Path(__file__).parents[3]
CHECKOUT = Checkout(ROOT)
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_pythons_that_fit(version: tuple[int, int], fits: bool) -> None:  # noqa: FBT001
    assert bootstrap.is_fit(version) is fits


def test_the_first_file_can_be_read_by_an_old_python() -> None:
    """Else its owner sees a syntax error, not the sentence that helps."""
    source = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 6))


def _python_that_says(folder: Path, name: str, version: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="its stand-in is a shell script")
def test_another_python_is_found_by_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _python_that_says(tmp_path, "python3.13", "")  # a version manager's empty promise
    _python_that_says(tmp_path, "python3.12", "3.9")
    _python_that_says(tmp_path, "python3", "3.12")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bootstrap.find_fit_python() == "python3"


@pytest.mark.skipif(sys.platform == "win32", reason="its stand-in is a shell script")
def test_no_python_that_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _python_that_says(tmp_path, "python3", "3.10")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bootstrap.find_fit_python() == ""


DEBIAN = """\
installed\tlibgl1\t
installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6)
installed\tlibsound\tlibportaudio2, libother (= 1)
config-files\txvfb\t
"""


def test_packages_that_are_missing() -> None:
    """A renamed package counts through what it provides; a removed one does not."""
    wanted = ["xvfb", "libgl1", "libglib2.0-0", "libportaudio2", "openbox", "xvfb"]

    assert system.missing_packages(wanted, DEBIAN) == ["xvfb", "openbox"]


def test_the_one_line_to_run() -> None:
    assert system.install_line(["a", "b"], with_sudo=True) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends a b"
    )
    assert system.install_line(["a", "b"], with_sudo=False) == (
        "su -c 'apt-get update && apt-get install -y --no-install-recommends a b'"
    )


def test_a_part_is_known_by_its_library_or_its_program() -> None:
    assert not system.Part("none", "libsidelight-none.so.1").is_here()
    assert not system.Part("none", "sidelight-none").is_here()
    assert system.Part("python", sys.executable).is_here()


STAMP = Stamp((3, 11), "/somewhere", "dev", "d1", "p1")


def test_a_stamp_comes_back() -> None:
    assert Stamp.from_json(STAMP.to_json()) == STAMP


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"python": [3, 11]}'])
def test_a_damaged_stamp_counts_as_none(text: str) -> None:
    assert Stamp.from_json(text) is None


@pytest.mark.parametrize(
    ("present", "needed", "wanted"),
    [
        (None, "run", "run"),
        ("run", "run", "run"),
        ("run", "dev", "dev"),
        ("dev", "run", "dev"),  # holds all that the program needs
        ("dev", "dev", "dev"),
    ],
)
def test_which_lock_an_environment_should_have(
    present: LockName | None, needed: LockName, wanted: LockName
) -> None:
    stamp = None if present is None else Stamp((3, 11), "/x", present, "d", "p")

    found = environment.wanted_stamp(CHECKOUT, needed, (3, 11), stamp)

    assert found.lock == wanted
    assert found.lock_digest == CHECKOUT.lock_digest(wanted)
    assert found.root == str(ROOT)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  Downloading numpy-2.4.6-cp311-x86_64.whl (16.9 MB)\n", "numpy, 17 MB"),
        ("  Using cached https://x/y/numpy-2.4.6.whl (16.9 MB)\n", "numpy, 17 MB"),
        ("  Downloading anyio-4.16.0-py3-none-any.whl (134 kB)\n", None),
        ("  Downloading hf_xet-1.8.0-cp38-abi3.whl (4.3 MB)\n", None),
        ("Installing collected packages: a, b, c\n", "unpacking 3 packages"),
        ("Installing collected packages: sidelight\n", None),
        ("Collecting numpy==2.4.6 (from -r run.txt (line 7))\n", None),
        ("", None),
    ],
)
def test_what_a_person_sees_of_pip(line: str, shown: str | None) -> None:
    assert environment.shorten_pip(line) == shown


@pytest.mark.parametrize(
    ("output", "start"),
    [
        (
            "... [Errno -3] Temporary failure in name resolution",
            "The package index can",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "A downloaded package"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("SSLError(SSLCertVerificationError(1, ", "The package index's certificate"),
        ("ProxyError('Cannot connect to proxy.', Max retries", "The proxy"),
        ("ERROR: No matching distribution found for av==18.1.0", "A package is not"),
        ("something new", "pip could not install"),
    ],
)
def test_pips_failures_become_a_sentence(output: str, start: str) -> None:
    error = environment.pip_failure(output, Path("pip.log"))

    assert error.message.startswith(start)
    assert error.remedy


def test_sentences_for_failures_end_as_sentences() -> None:
    for failure in FAILURES:
        assert failure.message.endswith(".")
        assert failure.remedy.endswith(".")


@pytest.mark.parametrize(
    ("arguments", "model", "remaining"),
    [
        ([], None, []),
        (["--fetch", "base.en"], "base.en", []),
        (["--fetch=small", "--verbose"], "small", ["--verbose"]),
        (["--verbose", "--fetch", "tiny"], "tiny", ["--verbose"]),
    ],
)
def test_the_model_to_fetch_first(
    arguments: list[str], model: str | None, remaining: list[str]
) -> None:
    assert verbs.split_fetch(arguments) == (model, remaining)


@pytest.mark.parametrize("arguments", [["--fetch"], ["--fetch="]])
def test_fetch_needs_a_name(arguments: list[str]) -> None:
    with pytest.raises(SetupError, match="needs the name"):
        verbs.split_fetch(arguments)


def test_an_unknown_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.main(["tset"]) == verbs.WRONG_USAGE

    shown = capsys.readouterr()
    assert "'tset'" in shown.err
    assert all(name in shown.err for name in verbs.VERBS)


def test_the_makefile_knows_every_verb() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    found = re.search(r"^VERBS := (.*)$", makefile, re.MULTILINE)

    assert found is not None
    assert found[1].split() == list(verbs.VERBS)


def test_tiers_run_in_order_and_only_where_present(tmp_path: Path) -> None:
    for tier in ("e2e", "unit", "data"):
        (tmp_path / "tests" / tier).mkdir(parents=True)

    found = verbs.present_tiers(tmp_path, verbs.TIERS)

    assert found == ["tests/unit", "tests/e2e"]


def test_every_tier_runs_once_and_what_waits_runs_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stages: list[tuple[str, ...]] = []

    def stage(_checkout: Checkout, tiers: Sequence[str], *_: object) -> int:
        stages.append(tuple(tiers))
        return verbs.DONE

    monkeypatch.setattr(verbs, "_stage", stage)
    monkeypatch.setattr(verbs, "_stage_quietly", stage)
    monkeypatch.setattr(verbs, "_checks", lambda *_: [])
    monkeypatch.setattr(verbs, "_check_quietly", lambda *_: "")

    assert verbs._test(CHECKOUT, []) == verbs.DONE

    assert sorted(tier for tiers in stages for tier in tiers) == sorted(verbs.TIERS)
    assert next(tiers for tiers in stages if "unit" in tiers)[0] == "e2e"
    assert stages[-1] == verbs.ALONE


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_every_locked_package_has_a_hash_and_no_address(name: LockName) -> None:
    text = CHECKOUT.lock(name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.partition("\n\n")[2])

    assert entries
    assert all("--hash=sha256:" in entry and "==" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_locks_say_what_they_cost(name: LockName) -> None:
    assert CHECKOUT.lock_size(name).download_mb > 0


def test_a_lock_without_a_size_is_no_error(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.lock("run").parent.mkdir(parents=True)
    checkout.lock("run").write_text("numpy==2.4.6\n", encoding="utf-8")

    assert checkout.lock_size("run") == LockSize(0, 0)


def test_a_missing_lock_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        Checkout(tmp_path).lock_digest("run")


def test_development_and_training_have_the_programs_versions() -> None:
    """What was tested is what runs."""
    pins = {
        name: dict(PIN.findall(CHECKOUT.lock(name).read_text(encoding="utf-8")))
        for name in LOCK_NAMES
    }

    assert pins["run"]["pyside6-essentials"] == "6.11.3"
    assert pins["run"].items() <= pins["dev"].items()
    assert pins["run"].items() <= pins["training"].items()


def test_a_talkative_program_is_logged_whole_and_shown_short(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    code = "import sys; print('one'); print('two', file=sys.stderr); sys.exit(3)"

    result = run_logged(
        [sys.executable, "-uc", code],
        log,
        lambda line: "shown" if "two" in line else None,
    )

    assert result == (3, "one\ntwo\n")
    assert log.read_text(encoding="utf-8") == "one\ntwo\n"
    assert capsys.readouterr().out == "  shown\n"


def test_the_callers_python_settings_stay_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")

    environment_of_child = child_environment({"ADDED": "yes"})

    assert "PYTHONPATH" not in environment_of_child
    assert environment_of_child["PIP_USER"] == "0"
    assert environment_of_child["ADDED"] == "yes"


def test_whoever_keeps_no_byte_code_beside_the_sources_has_it_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    told = verbs.surroundings()
    assert "PYTHONDONTWRITEBYTECODE" not in told
    assert told["PYTHONPYCACHEPREFIX"].endswith("bytecode")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "/mine")
    assert verbs.surroundings()["PYTHONPYCACHEPREFIX"] == "/mine"
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX")
    assert "PYTHONPYCACHEPREFIX" not in verbs.surroundings()


WAITING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from setup_steps.one_at_a_time import one_at_a_time
with one_at_a_time(Path(sys.argv[2])):
    print("mine", flush=True)
"""


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    guard = tmp_path / "ein Ordner für ž" / "guard"
    guard.parent.mkdir()
    command = [sys.executable, "-c", WAITING, str(ROOT / "packaging"), str(guard)]
    with one_at_a_time(guard):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        assert second.stdout is not None
        first_line = second.stdout.readline()
    rest = second.communicate(timeout=30)[0]

    assert first_line.startswith("Another set-up works in this folder")
    assert rest == "mine\n"


def test_a_set_up_killed_lets_go(tmp_path: Path) -> None:
    guard = tmp_path / "guard"
    code = WAITING.replace(
        'print("mine", flush=True)', "print('mine', flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(ROOT / "packaging"), str(guard)]
    first = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "mine\n"
    first.kill()
    first.communicate(timeout=30)

    with one_at_a_time(guard):
        assert guard.exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with (
        pytest.raises(SetupError, match="cannot be written"),
        one_at_a_time(tmp_path / "missing" / "guard"),
    ):
        pytest.fail("held a guard that cannot be made")


def test_every_package_that_runs_is_named_in_the_notices() -> None:
    notices = (ROOT / "packaging" / "notices" / "THIRD-PARTY.md").read_text("utf-8")
    rows = [line for line in notices.splitlines() if line.startswith("| ")]
    named = {name.strip() for row in rows for name in row.split("|")[1].split(",")}

    locked = PIN.findall(CHECKOUT.lock("run").read_text(encoding="utf-8"))

    assert {name for name, _ in locked} <= named
