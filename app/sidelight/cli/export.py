"""``sidelight export``: one document of a stored session, in one format."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import asker
from sidelight.cli.output import say
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Millis, Span

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.export.package import Exporter

_DEMO: Final = "demo"
_LAST: Final = "last"
_LATEST: Final = Millis(24 * 60 * 60 * 1000)
"""Later than any session ends."""


def _position(text: str) -> Millis:
    """``90`` seconds, ``1:30`` or ``1:02:30``."""
    if not re.fullmatch(r"(\d+:){0,2}\d+", text):
        raise argparse.ArgumentTypeError("a time is seconds, m:ss or h:mm:ss")
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return Millis(seconds * 1000)


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
    from sidelight.export.redaction import Names  # noqa: PLC0415 (slow)
    from sidelight.session.outputs import write_whole  # noqa: PLC0415 (slow)
    from sidelight.session.packaging import (  # noqa: PLC0415 (slow)
        PackageChoices,
        package,
    )

    exporter = _exporter(arguments.what, arguments.format)
    choices = PackageChoices(
        names=Names(arguments.names),
        span=_span(arguments),
        accept_drafts=arguments.session == _DEMO,
    )
    story = _story(arguments)
    write_whole(arguments.out, exporter.render(package(story, choices)))
    if choices.accept_drafts:
        say("The demo accepts the lines it drafted; in a real session you do.")
    say(f"Written: {arguments.out}")
    return 0


def _exporter(what: str, format_: str) -> Exporter:
    """The exporter that was asked for.

    Raises:
        UserError: There is none, with what there is.
    """
    from sidelight.export.formats import EXPORTERS  # noqa: PLC0415 (slow)

    of_document = [e for e in EXPORTERS if e.what.value == what]
    if not of_document:
        documents = ", ".join(dict.fromkeys(e.what.value for e in EXPORTERS))
        raise UserError(f"There is no document '{what}'.", f"Choose from: {documents}.")
    for exporter in of_document:
        if exporter.format == format_:
            return exporter
    formats = ", ".join(e.format for e in of_document)
    raise UserError(
        f"The document '{what}' has no format '{format_}'.", f"Choose from: {formats}."
    )


def _span(arguments: argparse.Namespace) -> Span | None:
    start, end = arguments.start, arguments.end
    if start is None and end is None:
        return None
    start = start or Millis(0)
    end = _LATEST if end is None else end
    if end <= start:
        raise UserError(
            "The range ends before it begins.", "Give --from before --to, as in 1:30."
        )
    return Span(start, end)


def _story(arguments: argparse.Namespace) -> Story:
    """The session as it is stored; the demo is played first where it never was."""
    from sidelight import bootstrap  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    paths = Paths.find()
    if arguments.session == _DEMO:
        if not bootstrap.demo_was_played(paths):
            say("The demo has not been played on this computer yet; it is played now.")
            _play_demo()
        return bootstrap.read_demo(paths)
    wanted = None if arguments.session == _LAST else arguments.session
    return bootstrap.read_session(paths, wanted, arguments.passphrase_file, asker())


def _play_demo() -> None:
    from sidelight import resources  # noqa: PLC0415 (slow)
    from sidelight.cli.demo_run import record_demo  # noqa: PLC0415 (slow)

    record_demo(resources.demo_session())


EXPORT: Final = Command(
    name="export",
    help="write a note, a transcript or the moments of a session to a file",
    arguments=_arguments,
    run=_run,
)
