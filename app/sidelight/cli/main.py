"""The command line's front door: chooses the command, turns errors into exit codes."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from typing import TYPE_CHECKING

from sidelight.cli.backup import BACKUP, RESTORE
from sidelight.cli.bench import BENCH
from sidelight.cli.border import at_the_border
from sidelight.cli.clients import CLIENTS
from sidelight.cli.connections import CONNECTIONS
from sidelight.cli.demo import DEMO
from sidelight.cli.detect import DETECT
from sidelight.cli.did import DID
from sidelight.cli.doctor import DOCTOR
from sidelight.cli.end import END
from sidelight.cli.export import EXPORT
from sidelight.cli.hide import HIDE
from sidelight.cli.keeping import KEEPING
from sidelight.cli.mark import MARK
from sidelight.cli.microphones import MICROPHONES
from sidelight.cli.models import MODELS
from sidelight.cli.moments import MOMENTS
from sidelight.cli.off_record import OFF_RECORD
from sidelight.cli.pause import PAUSE, RESUME
from sidelight.cli.phrasebook import PHRASEBOOK
from sidelight.cli.recover import RECOVER
from sidelight.cli.review import REVIEW
from sidelight.cli.sessions import SESSIONS
from sidelight.cli.settings import SETTINGS
from sidelight.cli.start import START
from sidelight.cli.transcribe import TRANSCRIBE
from sidelight.cli.undo import UNDO
from sidelight.cli.vault import VAULT
from sidelight.cli.voice import VOICE
from sidelight.cli.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    DEMO,
    START,
    MARK,
    DID,
    PAUSE,
    RESUME,
    OFF_RECORD,
    UNDO,
    HIDE,
    END,
    REVIEW,
    TRANSCRIBE,
    DETECT,
    CLIENTS,
    KEEPING,
    SESSIONS,
    MOMENTS,
    WORDS,
    PHRASEBOOK,
    EXPORT,
    RECOVER,
    BACKUP,
    RESTORE,
    VAULT,
    VOICE,
    MODELS,
    MICROPHONES,
    SETTINGS,
    CONNECTIONS,
    DOCTOR,
    BENCH,
)
"""Every command, in the order of ``--help``. A new one is one file and one line."""


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="sidelight",
        description="Notes how long since you last partnered with your client.",
    )
    parser.add_argument(
        "--version", action="version", version=f"sidelight {version('sidelight')}"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help)
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def _home() -> int:
    from sidelight.cli.alone import open_home  # noqa: PLC0415 (not for commands)

    return open_home()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Returns:
        0 done, 1 the world's fault (one sentence on stderr), 2 wrong usage.
    """
    arguments = build_parser().parse_args(argv)
    if arguments.command is None:
        return at_the_border(_home)
    return at_the_border(lambda: int(arguments.run(arguments)))
