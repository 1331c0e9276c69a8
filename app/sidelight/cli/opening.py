"""How commands open the coach's record: keyring, passphrase file, or a person asked."""

from __future__ import annotations

import getpass
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sidelight.record.record import Record
    from sidelight.record.recovery_key import RecoveryKey
    from sidelight.record.vault import Vault


def add_vault_arguments(parser: argparse.ArgumentParser) -> None:
    """The argument of every command that opens the record."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="opens the record (default: the keyring, SIDELIGHT_PASSPHRASE_FILE)",
    )


def open_vault(arguments: argparse.Namespace) -> Vault:
    """The vault of the coach's record.

    Raises:
        UserError: There is none, or no way leads in; a person is asked for the
            passphrase only at a terminal.
    """
    from sidelight.record.keystore import SystemKeyring  # noqa: PLC0415 (slow)
    from sidelight.record.vault import Vault, Ways  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    ask = _ask if sys.stdin.isatty() else None
    ways = Ways.find(SystemKeyring(), arguments.passphrase_file, ask)
    return Vault.open(Paths.find().record, ways)


@contextmanager
def open_record(
    arguments: argparse.Namespace, *, read_only: bool = True
) -> Iterator[Record]:
    """The coach's record.

    Raises:
        UserError: It cannot be opened; for writing, also when a session is running.
    """
    from sidelight.record.record import Record  # noqa: PLC0415 (slow)

    vault = open_vault(arguments)
    with Record.open(vault.folder, vault, read_only=read_only) as record:
        yield record


def read_recovery_key(path: Path) -> RecoveryKey:
    """The recovery key in a file; ``-`` reads it from stdin.

    Raises:
        UserError: The file cannot be read, or holds none.
    """
    from sidelight.record.recovery_key import RecoveryKey  # noqa: PLC0415 (slow)

    try:
        typed = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text file"
        raise UserError(
            f"The recovery key in {path} cannot be read ({reason}).",
            "Name another file, or - to type it in.",
        ) from None
    return RecoveryKey.parse(typed)


def _ask() -> str:
    try:
        return getpass.getpass("Passphrase of your sessions: ", sys.stderr)
    except EOFError:
        return ""
