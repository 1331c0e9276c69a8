"""``sidelight doctor``: looks at all a session needs, and says how to mend it."""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.bootstrap.plans import worker_threads
from sidelight.cli.command import Command
from sidelight.cli.fitting import TOO_SLOW, tried
from sidelight.cli.output import JsonLines
from sidelight.domain.errors import UserError
from sidelight.settings.measured import Measurements
from sidelight.settings.paths import Paths
from sidelight.speech.fitness import largest_that_fits
from sidelight.speech.installing import weights_sum
from sidelight.speech.probe import try_out
from sidelight.speech.recognizer import Device
from sidelight.speech.short_windows import Verdict
from sidelight.speech.weights import ModelFolder, demo_model, installed_models

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sidelight.audio.system import SoundSystem
    from sidelight.speech.fitness import Tried

_LITTLE_ROOM_GB: Final = 1.0
"""An hour of two channels takes some 0.15 GB of FLAC; a model up to 1.6 GB."""


class State(StrEnum):
    """How something is."""

    GOOD = "good"
    NOTE = "note"
    """Works, with a limit worth knowing."""
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing.

    Attributes:
        check: Which thing.
        state: How it is.
        message: A sentence for a person.
        remedy: What to do about it; ``""`` when nothing need be done.
    """

    check: str
    state: State
    message: str
    remedy: str = ""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")


def _run(arguments: argparse.Namespace) -> int:
    lines = JsonLines() if arguments.json else None
    problems = 0
    for name, check in CHECKS:
        finding = look(name, check)
        problems += finding.state is State.PROBLEM
        if lines is None:
            _print(finding)
        else:
            lines.write("check", _fields(finding))
    if lines is None:
        done = "Everything is in order." if not problems else f"{problems} to mend."
        sys.stdout.write(done + "\n")
    else:
        lines.write("summary", {"checks": len(CHECKS), "problems": problems})
    return 0


def look(name: str, check: Callable[[], Finding]) -> Finding:
    """Run one check; whatever goes wrong in it is what was found."""
    try:
        return check()
    except UserError as error:
        return Finding(name, State.PROBLEM, error.message, error.remedy)
    except Exception as error:  # noqa: BLE001 - a border: the other checks go on
        kind = type(error).__name__
        message = f"This check itself failed ({kind})."
        return Finding(name, State.PROBLEM, message, "Please report it with this line.")


def check_versions() -> Finding:
    """Python, Qt and the system."""
    try:
        qt = version("PySide6-Essentials")
    except PackageNotFoundError:
        return Finding(
            "versions",
            State.PROBLEM,
            "Qt for Python is missing.",
            "Reinstall Sidelight: `python3 packaging/bootstrap.py app`.",
        )
    found = (
        f"Sidelight {version('sidelight')}, Python {platform.python_version()},"
        f" Qt {qt}, {platform.system()} {platform.release()}."
    )
    # Those releases abort the process after some thousand calls.
    if qt.startswith("6.12.0") and sys.version_info < (3, 12):
        return Finding(
            "versions",
            State.PROBLEM,
            f"{found} This Qt crashes with this Python.",
            "Install PySide6-Essentials 6.11.3, or use Python 3.12.",
        )
    return Finding("versions", State.GOOD, found)


def check_sound_system() -> Finding:
    """PortAudio and what it finds."""
    from sidelight.audio.microphone import (  # noqa: PLC0415 - numpy, soxr
        load_sounddevice,
    )

    sound = load_sounddevice()
    hosts = [host["name"] for host in sound.query_hostapis() if host["devices"]]
    if not hosts:
        return Finding(
            "sound system",
            State.PROBLEM,
            "The sound system has no devices.",
            "Plug in a sound device, or start the sound server (PipeWire, PulseAudio).",
        )
    return Finding("sound system", State.GOOD, f"{' and '.join(hosts)} answers.")


def check_microphone() -> Finding:
    """Whether there is one, and which would be used."""
    found = _sound_system().microphone(None)
    return Finding(
        "microphone",
        State.GOOD,
        f"{found.title} ({found.name.host_api}, {found.rate} Hz).",
    )


def check_call() -> Finding:
    """Whether the client's side of a call can be recorded."""
    try:
        found = _sound_system().client_side(None)
    except UserError as error:
        return Finding("call", State.NOTE, error.message, error.remedy)
    return Finding("call", State.GOOD, f"What {found.title} plays can be recorded.")


def check_models() -> Finding:
    """Speech models for people's voices, and the demo's."""
    ModelFolder.check(demo_model())
    installed = installed_models(Paths.find().models)
    if not installed:
        return Finding(
            "models",
            State.PROBLEM,
            "Live listening needs a speech model, and none is on this computer.",
            "`sidelight models fetch`, or `sidelight models import FOLDER`; without"
            " one: `sidelight start --record-only`, and transcribed later.",
        )
    names = ", ".join(model.name for model in installed)
    return Finding("models", State.GOOD, f"On this computer: {names}.")


def check_keyring() -> Finding:
    """Whether the system keeps secrets for us."""
    import keyring  # noqa: PLC0415 - asks the desktop

    backend = keyring.get_keyring()
    if backend.priority <= 0:
        return Finding(
            "keyring",
            State.NOTE,
            "This system has no keyring.",
            "Sidelight's keys can be kept under a passphrase instead.",
        )
    return Finding("keyring", State.GOOD, f"{backend.name} is there.")


def check_disk() -> Finding:
    """Whether the data folder can be written, and how much fits."""
    paths = Paths.find().prepare()
    free = shutil.disk_usage(paths.data).free / 1e9
    found = f"{free:.1f} GB free for {paths.data}."
    if free < _LITTLE_ROOM_GB:
        return Finding(
            "disk",
            State.PROBLEM,
            f"Only {found}",
            "Free some space, or set SIDELIGHT_HOME to a folder on another disk.",
        )
    return Finding("disk", State.GOOD, found)


def check_display() -> Finding:
    """Whether a window can be shown."""
    from sidelight.ui.platform.display import prepare_display  # noqa: PLC0415

    prepare_display(headless=False)
    return Finding("display", State.GOOD, "A window can be shown.")


def check_windows() -> Finding:
    """What was measured of the models in short windows, which live words need."""
    models = Paths.find().models
    installed = installed_models(models)
    if not installed:
        return Finding("short windows", State.NOTE, "No speech model to measure yet.")
    known = Measurements.here(models)
    told, state = [], State.GOOD
    for model in installed:
        measured = known.of(weights_sum(model.path))
        evidence = measured.evidence
        counted = (
            f"{evidence.disagreement:.1%} of {evidence.words} words differ in short"
            f" windows, {measured.date}"
        )
        match evidence.verdict:
            case Verdict.SAFE:
                told.append(f"{model.name}: {counted}; they are used.")
            case Verdict.UNSAFE:
                state = State.NOTE
                told.append(f"{model.name}: {counted}; they are not used.")
            case Verdict.UNKNOWN:
                told.append(f"{model.name}: being measured in the next session.")
            case _:
                assert_never(evidence.verdict)
    return Finding("short windows", state, " ".join(told))


def check_speed() -> Finding:
    """Try the models in child processes, the largest first, until one is fast enough.

    What is found is remembered for the next session.
    """
    models = Paths.find().prepare().models
    installed = installed_models(models)
    if not installed:
        demo = ModelFolder.check(demo_model())
        found = _how_fast(demo, try_out(demo.path, worker_threads()))
        return Finding("speed", State.NOTE, f"{found} Real models take longer.")
    results: dict[str, Tried] = {}

    def now(model: ModelFolder) -> Tried:
        results[model.name] = tried(model, models, again=True)
        return results[model.name]

    chosen, fits = largest_that_fits(installed, now)
    found = " ".join(
        _how_fast(m, results[m.name]) for m in installed if m.name in results
    )
    if not fits:
        return Finding("speed", State.PROBLEM, found, TOO_SLOW.remedy)
    return Finding("speed", State.GOOD, f"{found} Sessions use {chosen.name}.")


def _how_fast(model: ModelFolder, result: Tried) -> str:
    best = result.best
    if best is None:
        return f"{model.name}: {result.fault}"
    threads = f"{best.threads} thread" + ("s" if best.threads > 1 else "")
    where = "graphics processor" if best.device is Device.CUDA else threads
    others = "; other programs were busy" if best.crowded else ""
    return (
        f"{model.name}: final words after {best.final_s:.1f} s, busy"
        f" {best.load:.0%} of the time ({where}{others})."
    )


CHECKS: Final[tuple[tuple[str, Callable[[], Finding]], ...]] = (
    ("versions", check_versions),
    ("sound system", check_sound_system),
    ("microphone", check_microphone),
    ("call", check_call),
    ("models", check_models),
    ("keyring", check_keyring),
    ("disk", check_disk),
    ("display", check_display),
    ("short windows", check_windows),
    ("speed", check_speed),
)
"""Every check, in the order it is told; the slowest last."""


def _sound_system() -> SoundSystem:
    from sidelight.audio.system import SoundSystem  # noqa: PLC0415 - numpy, soxr

    return SoundSystem.start(Paths.find().prepare().run)


def _print(finding: Finding) -> None:
    mark = {State.GOOD: "ok  ", State.NOTE: "note", State.PROBLEM: "MEND"}
    text = f"{mark[finding.state]}  {finding.check:<13} {finding.message}"
    sys.stdout.write(text + "\n")
    if finding.remedy:
        sys.stdout.write(f"{'':<20}→ {finding.remedy}\n")
    sys.stdout.flush()


def _fields(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "state": finding.state,
        "message": finding.message,
        "remedy": finding.remedy or None,
    }


DOCTOR: Final = Command(
    "doctor", "what works on this computer, and how to mend the rest", _arguments, _run
)
