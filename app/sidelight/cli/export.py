"""``sidelight export``: one document, or the sound, of a session, in one format."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import asker
from sidelight.cli.output import say
from sidelight.domain.clock_time import from_clock
from sidelight.domain.story import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidelight.domain.timeline import Millis
    from sidelight.export.names import NameFound
    from sidelight.record.events import SessionStore

_DEMO: Final = "demo"
_LAST: Final = "last"


def _position(text: str) -> Millis:
    try:
        return from_clock(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", help="a session's id, 'last' or 'demo'")
    parser.add_argument("--what", required=True, metavar="DOCUMENT")
    parser.add_argument("--format", required=True, metavar="FORMAT")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    parser.add_argument("--from", dest="start", type=_position, metavar="TIME")
    parser.add_argument("--to", dest="end", type=_position, metavar="TIME")
    parser.add_argument(
        "--names", choices=("first", "initials", "none"), default="first"
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="opens the record (default: SIDELIGHT_PASSPHRASE_FILE)",
    )


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.export.package import What  # noqa: PLC0415 (slow)
    from sidelight.export.redaction import Names  # noqa: PLC0415 (slow)
    from sidelight.session.export_messages import Wish  # noqa: PLC0415 (slow)
    from sidelight.session.exporting import (  # noqa: PLC0415 (slow)
        as_span,
        find_exporter,
        refuse_other_name,
        write_export,
    )

    find_exporter(arguments.what, arguments.format)
    refuse_other_name(arguments.out, arguments.format)
    demo = arguments.session == _DEMO
    wish = Wish(
        what=What(arguments.what),
        format=arguments.format,
        names=Names(arguments.names),
        span=as_span(arguments.start, arguments.end),
        accept_drafts=demo,
    )
    with _opened(arguments) as (files, consent):
        story = tell(files.events())
        wish = replace(wish, consent=consent)
        to_check = write_export(files, story, wish, arguments.out)
    if demo and wish.what in (What.CLIENT_NOTE, What.REFLECTION_NOTE):
        say("The demo accepts the lines it drafted; in a real session you do.")
    for remark in to_check.remarks:
        say(remark)
    say(f"Written: {arguments.out}")
    _tell_names(to_check.names)
    return 0


def _tell_names(names: Sequence[NameFound]) -> None:
    """On stdout: it is what was said, and no notice about it."""
    if names:
        found = ", ".join(f"{one.name} ({one.times})" for one in names)
        sys.stdout.write(f"These look like names; there may be others: {found}\n")


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[tuple[SessionStore, str]]:
    """The session, and its consent; the demo is played first where it never was."""
    from sidelight.bootstrap import stored  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    paths = Paths.find()
    if arguments.session == _DEMO:
        if not stored.demo_was_played(paths):
            say("The demo has not been played on this computer yet; it is played now.")
            _play_demo()
        with stored.open_demo(paths) as files:
            yield files, ""
        return
    wanted = None if arguments.session == _LAST else arguments.session
    passphrase = arguments.passphrase_file
    with stored.open_session(paths, wanted, passphrase, asker()) as opened:
        yield opened


def _play_demo() -> None:
    from sidelight import resources  # noqa: PLC0415 (slow)
    from sidelight.cli.demo_run import record_demo  # noqa: PLC0415 (slow)

    record_demo(resources.demo_session())


EXPORT: Final = Command(
    name="export",
    help="write a note, transcript, moments or sound of a session to a file",
    arguments=_arguments,
    run=_run,
)
