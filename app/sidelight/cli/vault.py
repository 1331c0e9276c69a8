"""``sidelight vault``: the ways into the record — passphrase, keyring, recovery key."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_vault, read_recovery_key
from sidelight.cli.output import say
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    import argparse

    from sidelight.record.vault import Vault


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="make one and print its recovery key")
    ways = actions.add_parser("ways", help="what opens it")
    change = actions.add_parser("passphrase", help="set or change the passphrase")
    change.add_argument("--new-passphrase-file", type=Path, required=True, metavar="F")
    change.add_argument(
        "--recovery-key-file",
        type=Path,
        metavar="KEY",
        help="open it with the recovery key; - reads it from stdin",
    )
    show = actions.add_parser("recovery-key", help="print the recovery key")
    show.add_argument(
        "--new", action="store_true", help="make a new one; the old one stops working"
    )
    test = actions.add_parser("test-recovery-key", help="does the printed key fit?")
    test.add_argument("file", type=Path, metavar="KEY", help="- reads it from stdin")
    for action, act in (
        (create, _create),
        (ways, _ways),
        (change, _change),
        (show, _show),
        (test, _test),
    ):
        add_vault_arguments(action)
        action.set_defaults(act=act)


def _run(arguments: argparse.Namespace) -> int:
    act = arguments.act
    return int(act(arguments))


def _create(arguments: argparse.Namespace) -> int:
    from sidelight.record.keystore import SystemKeyring  # noqa: PLC0415 (slow)
    from sidelight.record.vault import (  # noqa: PLC0415 (slow)
        Vault,
        Ways,
        read_passphrase,
    )
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    paths = Paths.find().prepare()
    named = Ways.find(None, arguments.passphrase_file).passphrase_file
    made = Vault.create(
        paths.record,
        keystore=SystemKeyring(),
        passphrase=None if named is None else read_passphrase(named),
    )
    if made.notice:
        say(f"{made.notice} The passphrase opens the record.")
    say("Print the recovery key and keep it away from this computer:")
    sys.stdout.write(f"{made.recovery_key}\n")
    return 0


def _ways(arguments: argparse.Namespace) -> int:
    for way in _open(arguments).ways():
        sys.stdout.write(f"{way}\n")
    return 0


def _change(arguments: argparse.Namespace) -> int:
    from sidelight.record.vault import Vault, read_passphrase  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    new = read_passphrase(arguments.new_passphrase_file)
    if arguments.recovery_key_file is None:
        vault = _open(arguments)
    else:
        key = read_recovery_key(arguments.recovery_key_file)
        vault = Vault.open_recovery(Paths.find().record, key)
    vault.set_passphrase(new)
    say("The new passphrase opens the record; the old one no longer does.")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    vault = _open(arguments)
    if arguments.new:
        key = vault.replace_recovery_key()
        say("The recovery key before this one no longer works; print the new one:")
    else:
        key = vault.recovery_key()
    sys.stdout.write(f"{key}\n")
    return 0


def _test(arguments: argparse.Namespace) -> int:
    if not _open(arguments).fits(read_recovery_key(arguments.file)):
        raise UserError(
            "This recovery key does not fit: it belongs to another vault, or was"
            " replaced.",
            "Print the one that fits: `sidelight vault recovery-key`.",
        )
    say("The recovery key fits. Nothing was changed.")
    return 0


def _open(arguments: argparse.Namespace) -> Vault:
    return open_vault(arguments)


VAULT: Final = Command(
    "vault", "what opens your sessions: passphrase, recovery key", _arguments, _run
)
