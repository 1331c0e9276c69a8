"""Asking for the passphrase of the record: from a file, or at the terminal."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "SIDELIGHT_PASSPHRASE_FILE"


def ask_passphrase(
    file: Path | None, *, new: bool, environ: Mapping[str, str] = os.environ
) -> str:
    """The passphrase that opens the coach's record.

    Args:
        file: Holds it in its first line; ``None``: the file that ``VARIABLE`` names,
            else whoever sits at the terminal.
        new: There is no record yet: at the terminal it is asked for twice.
        environ: Where to look for ``VARIABLE``.

    Raises:
        UserError: There is nobody to ask, the file cannot be read, or the two entries
            differ.
    """
    if file is None and environ.get(VARIABLE):
        file = Path(environ[VARIABLE]).expanduser()
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise UserError(
            "The record is protected by a passphrase, and nobody can be asked for it.",
            f"Put it into a file and give it with --passphrase-file or {VARIABLE}.",
        )
    entered = getpass.getpass("Passphrase of your record: ")
    if new and getpass.getpass("The same once more: ") != entered:
        raise UserError("The two passphrases differ.", "Start again.")
    return entered


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"The passphrase file {file} cannot be read.",
            f"Check --passphrase-file and {VARIABLE}.",
        ) from error
