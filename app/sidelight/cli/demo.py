"""``sidelight demo``: the bundled session through the live path, sound to notes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from sidelight import resources
from sidelight.cli.command import Command

DEFAULT_SPEED: Final = 8.0
DEFAULT_OUT: Final = "demo-output"
_SLOWEST, _FASTEST = 0.1, 100.0


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not _SLOWEST <= speed <= _FASTEST:
        limits = f"{_SLOWEST:g} to {_FASTEST:g}"
        raise argparse.ArgumentTypeError(f"a speed is a number from {limits}")
    return speed


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speed",
        type=_speed,
        default=DEFAULT_SPEED,
        metavar="X",
        help="1 as it was spoken (default: %(default)g)",
    )
    parser.add_argument(
        "--headless", action="store_true", help="draw the window into memory"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(DEFAULT_OUT),
        metavar="DIR",
        help="folder for notes, transcript and pictures (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.cli.demo_run import DemoChoices, play_demo  # noqa: PLC0415 (slow)

    return play_demo(
        resources.demo_session(),
        DemoChoices(
            out=arguments.out,
            speed=arguments.speed,
            headless=arguments.headless,
            json=arguments.json,
        ),
    )


DEMO: Final = Command(
    name="demo",
    help="play the bundled session through the live path",
    arguments=_arguments,
    run=_run,
)
