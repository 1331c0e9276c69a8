"""``sidelight clients``: what leaves — an archive for the client, or all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.deleted import STAYS, extent_text, receipt_fields
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.domain.days import local_day
from sidelight.domain.errors import UserError
from sidelight.domain.keeping import SoundRule

if TYPE_CHECKING:
    import argparse

_GENERAL: Final = "general"


def add_leaving_actions(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """``delete``, ``export``, ``sound`` and ``receipts``."""
    delete = actions.add_parser("delete", help="destroy all that there is of a client")
    delete.add_argument("client", metavar="NAME")
    delete.add_argument(
        "--yes", action="store_true", help="without it, only says what would go"
    )
    leave = actions.add_parser("export", help="all of a client, in an archive for them")
    leave.add_argument("client", metavar="NAME")
    leave.add_argument(
        "--out", type=Path, required=True, metavar="FILE.zip", help="is not encrypted"
    )
    leave.add_argument(
        "--with-my-notes", action="store_true", help="your notes and reflections, too"
    )
    sound = actions.add_parser("sound", help="how long this client's sound is kept")
    sound.add_argument("client", metavar="NAME")
    sound.add_argument(
        "--keep",
        choices=(*SoundRule, _GENERAL),
        help="days after the note is finished; general: as everybody's",
    )
    receipts = actions.add_parser("receipts", help="what was deleted, without names")
    for action, act in (
        (delete, _delete),
        (leave, _export),
        (sound, _sound),
        (receipts, _receipts),
    ):
        action.add_argument("--json", action="store_true", help="JSON lines on stdout")
        add_vault_arguments(action)
        action.set_defaults(act=act)


def _delete(arguments: argparse.Namespace) -> int:
    with open_record(arguments, read_only=False) as record:
        client = record.clients.find(arguments.client)
        extent = record.deletions.of_client(client.name)
        if not arguments.yes:
            raise UserError(
                f"Of {client.name} there is: {extent_text(extent)}",
                f"The same with --yes destroys all of it. {STAYS}",
            )
        receipt = record.deletions.client(client.name, local_day())
    if arguments.json:
        JsonLines().write("deleted", receipt_fields(receipt))
        return 0
    say(f"Destroyed: {extent_text(receipt.extent)}")
    say(STAYS)
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from sidelight.session.leaving import write_client  # noqa: PLC0415 (slow)

    with open_record(arguments) as record:
        left = write_client(
            record,
            arguments.client,
            arguments.out,
            own_notes=arguments.with_my_notes,
        )
    if arguments.json:
        fields = {"sessions": left.sessions, "sounds": left.sounds}
        JsonLines().write("exported", fields)
    say(f"Written: {arguments.out}. It is not encrypted, for it leaves.")
    return 0


def _sound(arguments: argparse.Namespace) -> int:
    with open_record(arguments, read_only=arguments.keep is None) as record:
        client = record.clients.find(arguments.client)
        if arguments.keep is not None:
            general = arguments.keep == _GENERAL
            chosen = None if general else SoundRule(arguments.keep)
            record.keeping.set_rule(client.number, chosen)
        rule = record.keeping.rule(client.number)
    said = _GENERAL if rule is None else rule.value
    if arguments.json:
        JsonLines().write("sound", {"client": client.name, "keep": said})
    else:
        sys.stdout.write(said + "\n")
    return 0


def _receipts(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        receipts, hours = record.deletions.receipts(), record.deletions.hours()
    lines = JsonLines()
    for one in receipts:
        if arguments.json:
            lines.write("receipt", receipt_fields(one))
        else:
            text = extent_text(one.extent)
            sys.stdout.write(f"{one.on.isoformat()}  {one.what}: {text}\n")
    for hour in hours:
        day = hour.on.isoformat()
        if arguments.json:
            fields = {"minutes": hour.minutes, "engagement": hour.engagement}
            lines.write("hours", {"on": day, **fields})
        else:
            sys.stdout.write(f"{day}  {hour.minutes} minutes, {hour.engagement}\n")
    if not (receipts or hours or arguments.json):
        say("Nothing was deleted yet.")
    return 0
