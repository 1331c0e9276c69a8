"""What a person reads while the set-up works, and how it gives up."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HEARTBEAT_S = 10.0
TAIL_LINES = 12


class SetupError(Exception):
    """The world is in the way: one sentence for a person, and a way forward.

    Attributes:
        message: What is wrong.
        remedy: What to do about it; one line, where it is a command.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def say(text: str) -> None:
    """Print one line at once, also where the output is a pipe."""
    print(text, flush=True)


def plain_output() -> None:
    """Let no path or name with unusual letters break a print on an old terminal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Environment for programs of the virtual environment.

    A ``PYTHONPATH`` or ``PYTHONHOME`` of the caller would mix other packages in, and a
    global ``user = true`` would make pip refuse to work in a virtual environment.

    Args:
        extra: Variables to set on top.
    """
    dropped = {"PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PIP_USER": "0", "PIP_NO_INPUT": "1", **(extra or {})}


def run_logged(
    command: Sequence[str],
    log: Path,
    shorten: Callable[[str], str | None],
    extra: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a talkative program: all of it into a file, what matters on the screen.

    Args:
        command: Program and arguments.
        log: File that receives the whole output, appended.
        shorten: Turns a line of output into the line to show, or into nothing.
        extra: Environment variables to set on top.

    Returns:
        Exit code and whole output.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=child_environment(extra),
        encoding="utf-8",
        errors="replace",
    )
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=_pass_on, args=(process, lines))
    reader.start()
    started = shown_at = time.monotonic()
    output: list[str] = []
    try:
        with log.open("a", encoding="utf-8") as whole:
            while (line := _next_line(lines)) is not None:
                output.append(line)
                whole.write(line)
                short = shorten(line)
                now = time.monotonic()
                if short is None and now - shown_at >= HEARTBEAT_S:
                    short = f"still working, {now - started:.0f} s so far"
                if short is not None:
                    say(f"  {short}")
                    shown_at = now
    except BaseException:
        process.terminate()
        raise
    finally:
        reader.join()
    return process.wait(), "".join(output)


def _pass_on(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None  # noqa: S101  (opened with PIPE above)
    with process.stdout as stream:
        for line in stream:
            lines.put(line)
    lines.put(None)


def _next_line(lines: queue.Queue[str | None]) -> str | None:
    """The next line; empty while the program is silent, nothing at its end."""
    try:
        return lines.get(timeout=1.0)
    except queue.Empty:
        return ""


def tail(output: str) -> str:
    """The last lines of a program's output, indented."""
    last = [line for line in output.splitlines() if line.strip()][-TAIL_LINES:]
    return "\n".join(f"    {line}" for line in last)
