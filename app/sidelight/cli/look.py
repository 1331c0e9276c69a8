"""``sidelight look``: colours, size of text, motion and language of the windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.output import say
from sidelight.settings.look import LEAST_TEXT, MOST_TEXT, THEMES, Look
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    import argparse

DESKTOPS: Final = "desktop"
"""The language that the desktop has."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", choices=THEMES, help="the colours")
    parser.add_argument(
        "--text",
        type=int,
        choices=range(LEAST_TEXT, MOST_TEXT + 1),
        metavar=f"{LEAST_TEXT}..{MOST_TEXT}",
        help="size of all text in percent",
    )
    parser.add_argument(
        "--motion", choices=("system", "reduced"), help="whether changes may fade"
    )
    parser.add_argument(
        "--language", metavar="CODE", help=f"such as de; {DESKTOPS}: as the desktop"
    )


def _run(arguments: argparse.Namespace) -> int:
    paths = Paths.find()
    folder = paths.data
    look = Look.recall(folder)
    if arguments.theme is not None:
        look = replace(look, theme=arguments.theme)
    if arguments.text is not None:
        look = replace(look, text=arguments.text)
    if arguments.motion is not None:
        look = replace(look, reduced_motion=arguments.motion == "reduced")
    if arguments.language is not None:
        chosen = "" if arguments.language == DESKTOPS else arguments.language
        look = replace(look, language=chosen)
    if look != Look.recall(folder):
        paths.prepare()
        look.remember(folder)
    say(
        f"theme {look.theme}, text {look.text} %,"
        f" motion {'reduced' if look.reduced_motion else 'system'},"
        f" language {look.language or DESKTOPS}; new windows look so"
    )
    return 0


LOOK: Final = Command(
    "look",
    "colours, size of text, motion and language of the windows",
    _arguments,
    _run,
)
