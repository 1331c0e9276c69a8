"""The command line's front door: chooses the command, turns errors into exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from sidelight.cli.backup import BACKUP, RESTORE
from sidelight.cli.bench import BENCH
from sidelight.cli.demo import DEMO
from sidelight.cli.detect import DETECT
from sidelight.cli.did import DID
from sidelight.cli.doctor import DOCTOR
from sidelight.cli.end import END
from sidelight.cli.export import EXPORT
from sidelight.cli.hide import HIDE
from sidelight.cli.mark import MARK
from sidelight.cli.microphones import MICROPHONES
from sidelight.cli.models import MODELS
from sidelight.cli.moments import MOMENTS
from sidelight.cli.off_record import OFF_RECORD
from sidelight.cli.output import say
from sidelight.cli.pause import PAUSE, RESUME
from sidelight.cli.phrasebook import PHRASEBOOK
from sidelight.cli.recover import RECOVER
from sidelight.cli.sessions import SESSIONS
from sidelight.cli.start import START
from sidelight.cli.transcribe import TRANSCRIBE
from sidelight.cli.undo import UNDO
from sidelight.cli.vault import VAULT
from sidelight.cli.voice import VOICE
from sidelight.domain.errors import UserError

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
    TRANSCRIBE,
    DETECT,
    SESSIONS,
    MOMENTS,
    PHRASEBOOK,
    EXPORT,
    RECOVER,
    BACKUP,
    RESTORE,
    VAULT,
    VOICE,
    MODELS,
    MICROPHONES,
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
    from sidelight.cli.home import open_home  # noqa: PLC0415 (slow)

    return open_home()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Returns:
        0 done, 1 the world's fault (one sentence on stderr), 2 wrong usage.
    """
    parser = build_parser()
    arguments = parser.parse_args(argv)
    try:
        code: int = _home() if arguments.command is None else arguments.run(arguments)
        sys.stdout.flush()
    except UserError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except BrokenPipeError:
        # The reader of our JSON lines (``head``, a closed pager) went away.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code
