"""``sidelight hide``: hide what the window shows, or show it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command, no_arguments
from sidelight.cli.running import ask_running

if TYPE_CHECKING:
    import argparse


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import Hide  # noqa: PLC0415 (slow)

    del arguments
    return ask_running(Hide())


HIDE: Final = Command("hide", "hide all but the dot, or show again", no_arguments, _run)
