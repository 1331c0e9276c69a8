"""A picture of every step of the whole flow, of the real program on a real screen.

``python -m tests.pictures.flow --out DIR RUN…`` with runs such as
``light-100-1366x768``: theme, size of text in percent, screen. Each begins with a new
data folder, the demo's speech model as if it were one for people, and devices of a
sound server of its own; goes by keys alone through every step of ``steps.STEPS``; and
leaves one PNG a step and a sheet with all of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.pictures.sheet import write_sheet
from tests.pictures.stage import Looks, stage
from tests.pictures.steps import STEPS
from tests.pictures.watching import NotShownError

RUNS = (
    "light-100-1366x768",
    "dark-100-1366x768",
    "light-200-1366x768",
    "dark-200-3840x2160",
    "light-100-3840x2160",
    "high-contrast-200-1366x768",
)
_BUS = "SIDELIGHT_PICTURES_BUS"


def take_all(looks: Looks, out: Path, until: str) -> None:
    """Go through the steps, taking a picture of each.

    Args:
        looks: Of this run.
        out: Folder for the pictures. Older ones are replaced once all are taken; of a
            run that failed, what there is lies beside it.
        until: Stop after the step of this name; "": go through all.
    """
    draft = out.with_name(f"{out.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    with stage(looks) as made:
        for number, step in enumerate(STEPS, start=1):
            began = time.monotonic()
            try:
                step.act(made)
            except (NotShownError, AssertionError):
                made.camera.save(draft / f"{number:02}-{step.name}-failed.png")
                sys.stderr.write(f"{looks.name}: {step.name}\n")
                raise
            made.camera.save(draft / f"{number:02}-{step.name}.png")
            took = time.monotonic() - began
            sys.stderr.write(f"{looks.name} {number:02} {step.name} {took:.1f} s\n")
            if step.name == until:
                break
    write_sheet(draft, looks.name, [(step.name, step.shows) for step in STEPS])
    shutil.rmtree(out, ignore_errors=True)
    draft.rename(out)


def _on_a_bus_of_its_own() -> int:
    """Run this program again, where windows tell what they show to nobody else.

    The bus for accessibility has its socket in ``XDG_RUNTIME_DIR``; without a folder of
    their own two runs would take it from each other.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "AT_SPI_BUS_ADDRESS"
    }
    command = ("dbus-run-session", "--", sys.executable, "-m", __spec__.name)
    with tempfile.TemporaryDirectory(prefix="pictures-bus.") as folder:
        environment |= {_BUS: folder, "XDG_RUNTIME_DIR": folder}
        done = subprocess.run((*command, *sys.argv[1:]), env=environment, check=False)
    return done.returncode


def main() -> int:
    """Take the pictures of these runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--until", default="", help="the last step to be taken")
    parser.add_argument("runs", nargs="*", default=RUNS, type=str)
    arguments = parser.parse_args()
    if _BUS not in os.environ:
        return _on_a_bus_of_its_own()
    for name in arguments.runs:
        take_all(Looks.parse(name), arguments.out / name, arguments.until)
    return 0


if __name__ == "__main__":
    sys.exit(main())
