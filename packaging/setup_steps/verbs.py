"""The verbs of ``packaging/bootstrap.py``: what each needs, and what it runs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from setup_steps import locks
from setup_steps.checkout import Checkout, LockName
from setup_steps.environment import prepare
from setup_steps.reporting import SetupError, child_environment, plain_output, say
from setup_steps.system import (
    RUN_PARTS,
    TEST_PARTS,
    Part,
    check_python,
    check_system,
)

DONE, WORLDS_FAULT, WRONG_USAGE = 0, 1, 2
ROOT = Path(__file__).resolve().parents[2]

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("importlinter",),
)
QUICK_CHECKS = CHECKS[:2]
"""In a second: these come before the tests, the others beside the last of them."""

QUICK_TIERS = ("unit", "contract", "property", "ui")
TIERS = (*QUICK_TIERS, "visual", "e2e", "devices", "first_session")
ALONE = ("devices",)
"""What hears real devices in real time; no other test runs then."""

IN_REAL_TIME = ("first_session",)
"""What talks for minutes and computes little: beside the tests on every core, which
step back for it."""

WAITS_FIRST = ("e2e",)
"""What waits for other processes: last, it would leave a core with nothing to do."""

MOST_AT_ONCE = 4
NO_TESTS = 5
"""What pytest says when none was chosen, as with ``-k``."""


@dataclass(frozen=True)
class Verb:
    """One thing that a clone can be asked to do.

    Attributes:
        help: What it does, in one line.
        run: Does it; gets the remaining arguments, returns the exit code.
        lock: The packages it needs.
        parts: What it needs of the system.
    """

    help: str
    run: Callable[[Checkout, list[str]], int]
    lock: LockName = "dev"
    parts: tuple[Part, ...] = RUN_PARTS


def main(arguments: list[str]) -> int:
    """Set up what the verb needs, then run it.

    Args:
        arguments: The verb and what is passed through to it.

    Returns:
        0 done, 1 the world's fault, 2 wrong usage; else what the verb's program says.
    """
    plain_output()
    name, *rest = arguments or ["--help"]
    if name in {"-h", "--help", "help"}:
        say(usage())
        return DONE
    verb = VERBS.get(name)
    if verb is None:
        print(f"There is no {name!r} here.\n{usage()}", file=sys.stderr)
        return WRONG_USAGE
    checkout = Checkout(ROOT)
    try:
        check_python()
        check_system(verb.parts)
        prepare(checkout, verb.lock)
        return verb.run(checkout, rest)
    except SetupError as error:
        print(f"{error.message}\n{error.remedy}", file=sys.stderr)
        return WORLDS_FAULT
    except KeyboardInterrupt:
        print("Stopped. The next run goes on from here.", file=sys.stderr)
        return WORLDS_FAULT


def usage() -> str:
    """The verbs with what they do."""
    width = max(map(len, VERBS))
    lines = [f"  {name:{width}}  {verb.help}" for name, verb in VERBS.items()]
    return "\n".join(["Usage: bootstrap.py VERB [ARGUMENTS]", "", *lines])


def _program(checkout: Checkout, *arguments: str) -> list[str]:
    return [str(checkout.python), "-m", "sidelight", *arguments]


def _pytest(checkout: Checkout, *arguments: str) -> list[str]:
    return [str(checkout.python), "-m", "pytest", *arguments]


def _screen_or_none() -> dict[str, str]:
    """Where there is no screen, Qt draws into memory unless told otherwise."""
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return {}
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return {}
    return {"QT_QPA_PLATFORM": "offscreen"}


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of our own programs.

    Whoever wants no byte code beside the sources gets it in ``.venv``: without any,
    each of a session's processes compiles a hundred modules before it begins.

    Args:
        extra: Variables to set on top.
    """
    told = child_environment(extra)
    if told.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept = Checkout(ROOT).environment / "bytecode"
        told.setdefault("PYTHONPYCACHEPREFIX", str(kept))
    return told


def _call(command: Sequence[str], folder: Path | None = None) -> int:
    environment = surroundings(_screen_or_none())
    return subprocess.run(command, env=environment, check=False, cwd=folder).returncode


def _become(command: list[str], *, seen: bool = False) -> int:
    """Run the program in our place, so that signals and the terminal are its own.

    Args:
        command: The program and its arguments.
        seen: Whether it is of no use without a screen, and says so itself.
    """
    environment = surroundings({} if seen else _screen_or_none())
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment)  # noqa: S606  (no shell wanted)
    # There, exec starts a second program and gives the terminal back at once.
    return subprocess.run(command, env=environment, check=False).returncode


def _demo(checkout: Checkout, rest: list[str]) -> int:
    return _become(_program(checkout, "demo", *rest))


def _bench(checkout: Checkout, rest: list[str]) -> int:
    return _become(_program(checkout, "bench", *rest))


def _app(checkout: Checkout, rest: list[str]) -> int:
    model, remaining = split_fetch(rest)
    if model is not None:
        code = _call(_program(checkout, "models", "fetch", model))
        if code != DONE:
            return code
    return _become(_program(checkout, *remaining), seen=not remaining)


def split_fetch(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take ``--fetch MODEL`` out of the arguments of ``app``.

    Args:
        arguments: As given.

    Returns:
        Name of the model to fetch first, if any, and the other arguments.

    Raises:
        SetupError: ``--fetch`` comes without a name.
    """
    model: str | None = None
    remaining: list[str] = []
    words = iter(arguments)
    for word in words:
        option, equals, value = word.partition("=")
        if option != "--fetch":
            remaining.append(word)
            continue
        model = value if equals else next(words, "")
        if not model:
            raise SetupError(
                "--fetch needs the name of a speech model.",
                "For example: bootstrap.py app --fetch base.en",
            )
    return model, remaining


def _checks(
    checkout: Checkout, checks: Sequence[tuple[str, ...]] = CHECKS
) -> list[str]:
    """Run every check; returns those that failed."""
    failed = []
    for check in checks:
        say(f"== {' '.join(check)}")
        if _call(_check_command(checkout, check), checkout.root) != DONE:
            failed.append(" ".join(check))
    return failed


def _check_command(checkout: Checkout, check: tuple[str, ...]) -> list[str]:
    if check == ("importlinter",):
        # It has no module to run; this is what its command does.
        code = "import sys; from importlinter.cli import lint_imports_command as run; "
        return [str(checkout.python), "-c", code + "sys.exit(run(['--no-logo']))"]
    return [str(checkout.python), "-m", *check]


def _check(checkout: Checkout, rest: list[str]) -> int:
    if rest:
        raise SetupError(
            "check takes no arguments.", "To check one file: ruff check FILE, mypy FILE"
        )
    failed = _checks(checkout)
    _name_failures(failed)
    return WORLDS_FAULT if failed else DONE


def _name_failures(failed: list[str]) -> None:
    if failed:
        print(f"Checks that failed: {', '.join(failed)}.", file=sys.stderr, flush=True)


def _test(checkout: Checkout, rest: list[str]) -> int:
    quick = "--quick" in rest
    options = [word for word in rest if word != "--quick"]
    if quick:
        failed = _checks(checkout)
        codes = [_together(checkout, options, QUICK_TIERS)]
    else:
        failed = _checks(checkout, QUICK_CHECKS)
        later = (*WAITS_FIRST, *ALONE, *IN_REAL_TIME)
        together = [*WAITS_FIRST, *(tier for tier in TIERS if tier not in later)]
        with ThreadPoolExecutor(1) as beside:
            walked = beside.submit(_stage_quietly, checkout, IN_REAL_TIME, options)
            codes = [_together(checkout, options, together), walked.result()]
        # Both wait more than they compute: devices for real time, checks for nobody.
        with ThreadPoolExecutor(1) as beside:
            slow = [check for check in CHECKS if check not in QUICK_CHECKS]
            checked = [beside.submit(_check_quietly, checkout, one) for one in slow]
            codes.append(_stage(checkout, ALONE, options))
        failed += [name for one in checked if (name := one.result())]
    _name_failures(failed)
    ran = [code for code in codes if code != NO_TESTS]
    if not ran:
        return NO_TESTS
    return next((code for code in ran if code), WORLDS_FAULT if failed else DONE)


def _together(checkout: Checkout, options: list[str], tiers: Sequence[str]) -> int:
    """On every core at once, and one worker more, for some tests only wait."""
    workers = min((os.cpu_count() or 1) + 1, MOST_AT_ONCE)
    spread = ["-n", str(workers), "--dist", "worksteal"]
    return _stage(checkout, tiers, [*spread, *options], _stepping_back(10))


def _stage(
    checkout: Checkout,
    tiers: Sequence[str],
    options: list[str],
    before: Sequence[str] = (),
) -> int:
    folders = present_tiers(checkout.root, tiers)
    if not folders:
        return NO_TESTS
    say(f"== pytest {' '.join(tiers)}")
    command = [*before, *_pytest(checkout, *options, *folders)]
    return _call(command, checkout.root)


def _stage_quietly(checkout: Checkout, tiers: Sequence[str], options: list[str]) -> int:
    folders = present_tiers(checkout.root, tiers)
    if not folders:
        return NO_TESTS
    command = _pytest(checkout, *options, *folders)
    return _call_quietly(checkout, f"pytest {' '.join(tiers)}", command)


def _check_quietly(checkout: Checkout, check: tuple[str, ...]) -> str:
    """Run a check beside something else, which comes first; tell all of it at once.

    Returns:
        Its name where it failed, else an empty text.
    """
    name = " ".join(check)
    command = [*_stepping_back(19), *_check_command(checkout, check)]
    return name if _call_quietly(checkout, name, command) != DONE else ""


def _stepping_back(niceness: int) -> list[str]:
    """What goes before a command that leaves the processor to others, where it can."""
    return ["nice", "-n", str(niceness)] if shutil.which("nice") else []


def _call_quietly(checkout: Checkout, name: str, command: list[str]) -> int:
    """Run something beside something else; tell all of its output at its end.

    Returns:
        Its exit code.
    """
    done = subprocess.run(
        command,
        env=surroundings(),
        cwd=checkout.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    say(f"== {name}\n{done.stdout.rstrip()}")
    return done.returncode


def present_tiers(root: Path, tiers: Sequence[str]) -> list[str]:
    """The folders of these tiers that there are, in their order."""
    return [f"tests/{tier}" for tier in tiers if (root / "tests" / tier).is_dir()]


def _soak(checkout: Checkout, rest: list[str]) -> int:
    folders = present_tiers(checkout.root, (*TIERS, "soak"))
    command = _pytest(checkout, "-m", "soak", *rest, *folders)
    return _call(command, checkout.root)


def _goldens(checkout: Checkout, rest: list[str]) -> int:
    folders = present_tiers(checkout.root, ["visual"])
    if not folders:
        raise SetupError(
            "There are no golden images in this checkout.", "Nothing needs approval."
        )
    command = _pytest(checkout, "--approve-goldens", *rest, *folders)
    return _call(command, checkout.root)


def _words(checkout: Checkout, rest: list[str]) -> int:
    command = [str(checkout.python), "-m", "translating", *rest]
    return _call(command, checkout.root / "packaging")


def _package(checkout: Checkout, rest: list[str]) -> int:
    recipe = checkout.root / "packaging" / f"{sys.platform}.spec"
    if not recipe.exists():
        raise SetupError(
            f"There is no recipe for an installer on {sys.platform} yet.",
            "Run Sidelight from this folder: python3 packaging/bootstrap.py app",
        )
    return _call(
        [str(checkout.python), "-m", "PyInstaller", *rest, str(recipe)], checkout.root
    )


def _locks(checkout: Checkout, rest: list[str]) -> int:
    locks.compile_locks(checkout, rest)
    return DONE


_ALL_PARTS = RUN_PARTS + TEST_PARTS
VERBS: dict[str, Verb] = {
    "demo": Verb("play the demo session through the live path", _demo, "run"),
    "app": Verb("start the program; --fetch MODEL gets a speech model", _app, "run"),
    "test": Verb("all checks and tests; --quick stops early", _test, parts=_ALL_PARTS),
    "check": Verb("style, types and the direction of imports", _check, parts=()),
    "soak": Verb("the tests that take up to an hour", _soak, parts=_ALL_PARTS),
    "bench": Verb("measure accuracy and speed", _bench),
    "goldens": Verb("approve the images that the window draws now", _goldens),
    "words": Verb("bring the translations up to what the window says", _words),
    "package": Verb("make an installer for this system", _package),
    "locks": Verb("make the lock files anew; --upgrade for new versions", _locks),
}
