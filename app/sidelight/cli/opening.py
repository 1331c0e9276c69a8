"""How commands open the coach's record: keyring, passphrase file, or a person asked."""

from __future__ import annotations

import getpass
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sidelight.cli.output import say
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from sidelight.record.record import Record
    from sidelight.record.recovery_key import RecoveryKey
    from sidelight.record.vault import NewVault, Vault


@dataclass(frozen=True, slots=True)
class OpenedVault:
    """A vault, and what another process needs to open it too.

    Attributes:
        vault: Open.
        passphrase: ``None``: the keyring opens it.
    """

    vault: Vault
    passphrase: str | None = field(repr=False)


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

    ways = Ways.find(SystemKeyring(), arguments.passphrase_file, asker())
    return Vault.open(Paths.find().record, ways)


def asks_nobody(passphrase_file: Path | None) -> bool:
    """Whether no passphrase is asked for: a file holds it, or nobody could answer.

    Args:
        passphrase_file: As for ``open_or_make_vault``.
    """
    from sidelight.record.keystore import SystemKeyring  # noqa: PLC0415 (slow)
    from sidelight.record.vault import Ways  # noqa: PLC0415 (slow)

    ways = Ways.find(SystemKeyring(), passphrase_file)
    return ways.passphrase_file is not None or not sys.stdin.isatty()


def asker() -> Callable[[], str] | None:
    """Asks whoever sits at the terminal; ``None``: nobody does."""
    return _ask if sys.stdin.isatty() else None


def open_or_make_vault(
    folder: Path,
    passphrase_file: Path | None,
    show: Callable[[NewVault], None] | None = None,
) -> OpenedVault:
    """The vault of the coach's record, made where this is the first session.

    Args:
        folder: Of the record; it exists.
        passphrase_file: Holds the passphrase; ``None``: see ``Ways.find``.
        show: Shows the recovery key of a new one; ``None``: on stdout, for a person.

    Raises:
        UserError: There is no way to keep its key, or none leads in.
    """
    from sidelight.record.keystore import SystemKeyring  # noqa: PLC0415 (slow)
    from sidelight.record.vault import (  # noqa: PLC0415 (slow)
        Vault,
        Ways,
        read_passphrase,
    )

    keyring = SystemKeyring()
    ways = Ways.find(keyring, passphrase_file)
    typed: list[str] = []
    if ways.passphrase_file is not None:
        typed.append(read_passphrase(ways.passphrase_file))

    def passphrase() -> str:
        if not typed:
            typed.append(_ask())
        return typed[0]

    reachable = typed or sys.stdin.isatty()
    if Vault.exists(folder):
        ask = passphrase if reachable else None
        vault = Vault.open(folder, Ways(keyring, None, ask))
    else:
        if not typed and not keyring.usable() and sys.stdin.isatty():
            typed.append(_ask_for_new())
        made = Vault.create(
            folder, keystore=keyring, passphrase=typed[0] if typed else None
        )
        (show or show_recovery_key)(made)
        vault = made.vault
    return OpenedVault(vault, typed[0] if typed else None)


def show_recovery_key(made: NewVault) -> None:
    """The recovery key of a new vault, for a person."""
    if made.notice:
        say(f"{made.notice} The passphrase opens your sessions.")
    say("Your sessions are encrypted. Print this recovery key and keep it away from")
    say("this computer; it opens them when nothing else does:")
    sys.stdout.write(f"{made.recovery_key}\n")
    sys.stdout.flush()


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


def _ask_for_new() -> str:
    say("This computer has no keyring that Sidelight can use. Choose a passphrase of")
    say("several words; it opens your sessions.")
    entered = _ask()
    if _ask("The same once more: ") != entered:
        raise UserError("The two passphrases differ.", "Start again.")
    return entered


def _ask(prompt: str = "Passphrase of your sessions: ") -> str:
    try:
        return getpass.getpass(prompt, sys.stderr)
    except EOFError:
        return ""
