"""After a session: a process of its own refines what waits, and leaves by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.output import say
from sidelight.speech.weights import installed_models

if TYPE_CHECKING:
    from sidelight.settings.paths import Paths

NICENESS: Final = 15
"""Whatever else wants the processor gets it first."""


def refine_in_background(paths: Paths, passphrase: str | None) -> None:
    """Start refining every session that waits for it; returns at once.

    Args:
        paths: Where the record is.
        passphrase: Opens the vault; ``None``: the keyring does.
    """
    if all(model.demo for model in installed_models(paths.models)):
        return
    command = [*this_program(), "sessions", "refine", "--waiting"]
    if passphrase is not None:
        command += ["--passphrase-file", "-"]
    process = subprocess.Popen(  # noqa: S603 - this program itself
        command,
        stdin=subprocess.DEVNULL if passphrase is None else subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a closed terminal does not take it along
        creationflags=_windows_flags(),
    )
    if process.stdin is not None:
        with process.stdin as line:
            line.write(f"{passphrase}\n".encode())
    say("What is kept and not refined yet is refined in the background now.")
    # It is nobody's to wait for; without this, Python would complain that nobody does.
    process.returncode = 0


def step_back() -> None:
    """Lower this process's priority."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def this_program() -> list[str]:
    """This program, as it was started: frozen, or as a module."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "sidelight"]


def _windows_flags() -> int:
    if sys.platform == "win32":
        return subprocess.DETACHED_PROCESS | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
