"""What every command is: a name, its arguments, and a function that runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the program.

    Attributes:
        name: As typed after ``sidelight``.
        help: One line for ``sidelight --help``.
        arguments: Adds the command's own arguments to its parser.
        run: Does it and returns the exit code; the world's faults are raised as
            ``UserError``. Heavy imports belong inside it: ``--help`` must be instant.
    """

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """For a command that has none."""
    del parser
