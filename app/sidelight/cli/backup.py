"""``sidelight backup`` and ``sidelight restore``: the record in one encrypted file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_vault, read_recovery_key
from sidelight.cli.output import JsonLines, say

if TYPE_CHECKING:
    import argparse

_MEGABYTE: Final = 1_000_000


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the new file")
    parser.add_argument(
        "--backup-passphrase-file",
        type=Path,
        metavar="PHRASE",
        help="lets this passphrase open the backup too, beside your recovery key",
    )
    parser.add_argument("--replace", action="store_true", help="overwrite FILE")
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")
    add_vault_arguments(parser)


def _back_up(arguments: argparse.Namespace) -> int:
    from sidelight.record.backup import back_up  # noqa: PLC0415 (slow)
    from sidelight.record.vault import read_passphrase  # noqa: PLC0415 (slow)
    from sidelight.settings.options import packed  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    vault = open_vault(arguments)
    own = arguments.backup_passphrase_file
    done = back_up(
        vault.folder,
        vault,
        arguments.file,
        passphrase=None if own is None else read_passphrase(own),
        replace=arguments.replace,
        settings=packed(Paths.find().data),
    )
    if arguments.json:
        JsonLines().write(
            "backup",
            {
                "file": str(arguments.file),
                "sessions": done.sessions,
                "sounds": done.sounds,
                "bytes": done.size,
            },
        )
    else:
        say(
            f"Written: {arguments.file} ({done.sessions} sessions,"
            f" {done.size / _MEGABYTE:.1f} MB). Your recovery key opens it."
        )
    return 0


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument(
        "--recovery-key-file",
        type=Path,
        metavar="KEY",
        help="the recovery key of that time; - reads it from stdin",
    )
    key.add_argument(
        "--backup-passphrase-file",
        type=Path,
        metavar="PHRASE",
        help="the passphrase that the backup was given",
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="move the record that is there aside (it is not deleted)",
    )
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")


def _restore(arguments: argparse.Namespace) -> int:
    from sidelight.record.backup import restore  # noqa: PLC0415 (slow)
    from sidelight.record.keystore import (  # noqa: PLC0415 (slow)
        KeyStoreUnavailable,
        SystemKeyring,
    )
    from sidelight.record.vault import read_passphrase  # noqa: PLC0415 (slow)
    from sidelight.settings.options import unpack  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths, prepare_folder  # noqa: PLC0415 (slow)

    paths = Paths.find()
    prepare_folder(paths.data)
    key_file, phrase_file = (
        arguments.recovery_key_file,
        arguments.backup_passphrase_file,
    )
    vault, done, aside = restore(
        arguments.file,
        paths.record,
        recovery_key=None if key_file is None else read_recovery_key(key_file),
        passphrase=None if phrase_file is None else read_passphrase(phrase_file),
        replace=arguments.replace,
    )
    unpack(paths.data, done.settings)
    try:
        vault.use_keyring(SystemKeyring())
    except KeyStoreUnavailable as news:
        say(f"{news.reason} The record opens with its passphrase or recovery key.")
    if arguments.json:
        JsonLines().write(
            "restored",
            {
                "sessions": done.sessions,
                "sounds": done.sounds,
                "moved_aside": None if aside is None else str(aside),
            },
        )
        return 0
    say(f"Restored: {done.sessions} sessions, {done.sounds} with sound.")
    if aside is not None:
        say(f"The record that was there is now in {aside}.")
    return 0


BACKUP: Final = Command(
    "backup", "write all sessions into one encrypted file", _backup_arguments, _back_up
)

RESTORE: Final = Command(
    "restore", "put a backup in place", _restore_arguments, _restore
)
