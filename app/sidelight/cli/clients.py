"""``sidelight clients``: who they are, what they agreed to, and what you say to ask.

Names and dates stand on the command line; contact, notes, what they asked for and what
they answered come from standard input, for a shell keeps what was typed into it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sidelight.cli.client_leaving import add_leaving_actions
from sidelight.cli.client_lines import client_fields, client_lines, consent_fields
from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.domain.client import Client, Engagement
from sidelight.domain.consent import Form, Occasion, Purpose
from sidelight.domain.days import local_day
from sidelight.domain.errors import UserError
from sidelight.domain.promises import PROMISES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sidelight.record.record import Record

    Act = Callable[[argparse.Namespace], int]

_TEXTS: Final = ("contact", "asked-for", "notes")
_ALL: Final = "all"


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, help_: str, act: Act) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=help_)
        added.add_argument("--json", action="store_true", help="JSON lines on stdout")
        add_vault_arguments(added)
        added.set_defaults(act=act)
        return added

    action("list", "every client, by name", _list)
    show = action("show", "one client, and what they agreed to", _show)
    show.add_argument("client", metavar="NAME")
    add = action("add", "a new client", _add)
    add.add_argument("client", metavar="NAME", help="first name")
    change = action("change", "what is kept of a client", _change)
    change.add_argument("client", metavar="NAME")
    change.add_argument("--name", metavar="NEW", help="they are called this now")
    for each in (add, change):
        _facts(each)
    agreed = action("agreed", "note what a client agreed to", _agreed)
    agreed.add_argument("client", metavar="NAME")
    _purposes(agreed, "--to")
    agreed.add_argument(
        "--how", type=Form, choices=tuple(Form), default=Form.SPOKEN, help="spoken"
    )
    agreed.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="(default: today)"
    )
    agreed.add_argument(
        "--answer", action="store_true", help="their words come from stdin"
    )
    withdrew = action("withdrew", "note that a client takes a consent back", _withdrew)
    withdrew.add_argument("client", metavar="NAME")
    _purposes(withdrew, "--from")
    add_leaving_actions(actions)
    words = action("words", "what you say to ask: show it, or write your own", _words)
    words.add_argument(
        "--mode",
        type=Occasion,
        choices=tuple(Occasion),
        default=Occasion.KEEP,
        help="keep; recording: for one that was made earlier",
    )
    words.add_argument(
        "--write", action="store_true", help="yours, from stdin; empty: ours again"
    )


def _facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", metavar="CODE", help="such as en or de")
    parser.add_argument("--engagement", type=Engagement, choices=tuple(Engagement))
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--sessions", type=int, metavar="N", help="planned")
    parser.add_argument(
        "--write", choices=_TEXTS, metavar="|".join(_TEXTS), help="this, from stdin"
    )


def _purposes(parser: argparse.ArgumentParser, flag: str) -> None:
    known = ", ".join(f"{purpose} ({x.name})" for purpose, x in PROMISES.items())
    parser.add_argument(
        flag,
        dest="purposes",
        nargs="+",
        required=True,
        choices=(*Purpose, _ALL),
        metavar="PURPOSE",
        help=f"all, or: {known}",
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _run(arguments: argparse.Namespace) -> int:
    act: Act = arguments.act
    return int(act(arguments))


def _list(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        clients, held = record.clients.list(), record.clients.sessions()
    lines = JsonLines()
    for client in clients:
        count = held.get(client.number, 0)
        if arguments.json:
            lines.write("client", client_fields(client, count))
        else:
            sessions = "1 session" if count == 1 else f"{count} sessions"
            sys.stdout.write(f"{client.name}  {sessions}\n")
    if not clients and not arguments.json:
        say("There is no client yet. Add one: sidelight clients add NAME")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        _tell(arguments, record, record.clients.find(arguments.client))
    return 0


def _add(arguments: argparse.Namespace) -> int:
    wanted = _changed(arguments, Client(0, arguments.client))
    with open_record(arguments, read_only=False) as record:
        _tell(arguments, record, record.clients.save(wanted))
    return 0


def _change(arguments: argparse.Namespace) -> int:
    with open_record(arguments, read_only=False) as record:
        wanted = _changed(arguments, record.clients.find(arguments.client))
        if arguments.name is not None:
            wanted = replace(wanted, name=arguments.name)
        _tell(arguments, record, record.clients.save(wanted))
    return 0


def _changed(arguments: argparse.Namespace, client: Client) -> Client:
    """With what was asked for, and everything else as it was."""
    if arguments.language is not None:
        client = replace(client, language=arguments.language)
    if arguments.engagement is not None:
        client = replace(client, engagement=arguments.engagement)
    if arguments.since is not None:
        client = replace(client, since=arguments.since)
    if arguments.sessions is not None:
        client = replace(client, planned_sessions=arguments.sessions)
    if arguments.write == "contact":
        client = replace(client, contact=_typed())
    elif arguments.write == "asked-for":
        client = replace(client, asked_for=_typed())
    elif arguments.write == "notes":
        client = replace(client, notes=_typed())
    return client


def _agreed(arguments: argparse.Namespace) -> int:
    from sidelight.session.consenting import Answer, note, wording_for  # noqa: PLC0415 (slow)

    purposes, today = _wanted(arguments), local_day()
    answer = _typed() if arguments.answer else ""
    with open_record(arguments, read_only=False) as record:
        client = record.clients.find(arguments.client)
        asked = wording_for(record, purposes)
        on = arguments.on or today
        given = Answer(purposes, arguments.how, on, asked, answer)
        note(record, client.name, given, today)
        _tell(arguments, record, client)
    return 0


def _withdrew(arguments: argparse.Namespace) -> int:
    from sidelight.session.consenting import withdraw  # noqa: PLC0415 (slow)

    today = local_day()
    with open_record(arguments, read_only=False) as record:
        client = record.clients.find(arguments.client)
        taken = withdraw(record, client.name, _wanted(arguments), today)
        if not taken:
            raise UserError(
                f"{client.name} had not agreed to that.",
                "See: sidelight clients show NAME",
            )
        _tell(arguments, record, client)
    if not arguments.json:
        say(
            "It holds from now on. What is kept already stays until you delete it:"
            f" sidelight clients delete {client.name}"
        )
    return 0


def _wanted(arguments: argparse.Namespace) -> tuple[Purpose, ...]:
    if _ALL in arguments.purposes:
        return tuple(Purpose)
    return tuple(purpose for purpose in Purpose if purpose in arguments.purposes)


def _words(arguments: argparse.Namespace) -> int:
    from sidelight.session.consenting import script, write_script  # noqa: PLC0415 (slow)

    asked = arguments.mode
    words = _typed() if arguments.write else None
    with open_record(arguments, read_only=words is None) as record:
        if words is not None:
            write_script(record, asked, words)
        said = script(record, asked)
    if arguments.json:
        JsonLines().write("words", {"mode": asked, "text": said})
    else:
        sys.stdout.write(said + "\n")
    return 0


def _tell(arguments: argparse.Namespace, record: Record, client: Client) -> None:
    count = record.clients.sessions().get(client.number, 0)
    said = record.consents.of(client.number)
    if arguments.json:
        lines = JsonLines()
        lines.write("client", client_fields(client, count))
        for one in said:
            lines.write("consent", consent_fields(one, said))
        return
    for line in client_lines(client, count, said):
        sys.stdout.write(line + "\n")


def _typed() -> str:
    if sys.stdin.isatty():
        say("Write it here; Ctrl+D ends it.")
    return sys.stdin.read().strip()


CLIENTS: Final = Command(
    "clients",
    "your clients: list, show, add, change, export, delete; what they agreed to",
    _arguments,
    _run,
)
