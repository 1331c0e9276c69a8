"""``sidelight start``: listens to a session as it happens, without home before it.

Its window's process is started before all that a session is made of is loaded, and
``sidelight.__main__`` begins here, before the other commands are. What this module
loads, everybody waits for.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.border import at_the_border
from sidelight.cli.command import Command
from sidelight.cli.first_window import FirstWindow
from sidelight.cli.language import language_argument
from sidelight.domain.consent import Form
from sidelight.domain.session import Mode
from sidelight.settings.choices import LONGEST_MINUTES
from sidelight.settings.paths import Paths
from sidelight.settings.room import RoomView
from sidelight.windows import opener, window_plan

if TYPE_CHECKING:
    from collections.abc import Sequence


def _minutes(text: str) -> int:
    minutes = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise argparse.ArgumentTypeError("a length is a number of minutes")
    return minutes


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client", default="", metavar="NAME", help="first name")
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="agreed length")
    parser.add_argument(
        "--mode",
        type=Mode,
        choices=tuple(Mode),
        default=Mode.KEEP,
        help="what is kept, as agreed with the client (default: %(default)s)",
    )
    parser.add_argument(
        "--consent",
        type=Form,
        choices=tuple(Form),
        help="your client has just agreed to this mode, in this way; kept with their"
        " name, and needed only once (what to say: sidelight clients words)",
    )
    parser.add_argument(
        "--model", metavar="NAME|FOLDER", help="speech model (default: the largest)"
    )
    language_argument(parser)
    parser.add_argument(
        "--record-only",
        action="store_true",
        help="only record now; transcribed afterwards by: sidelight recover keep",
    )
    parser.add_argument(
        "--microphone",
        metavar="NAME",
        help="its name (without: as the last time; default: the system's choice)",
    )
    parser.add_argument(
        "--call",
        nargs="?",
        const="",
        metavar="NAME",
        help="on a call: what plays your client's voice (without a name: the system's"
        " own output); see: sidelight microphones",
    )
    parser.add_argument(
        "--cues",
        choices=("on", "off"),
        help="a few words at real doorways, from now on, for calls or for rooms (at"
        " first: on for calls, off in a room)",
    )
    parser.add_argument(
        "--room",
        type=RoomView,
        choices=tuple(RoomView),
        help="what the screen shows in a room, from now on: one line to be read at two"
        " metres, a dark screen, or the sidebar (at first: line)",
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="opens the record (default: the keyring, SIDELIGHT_PASSPHRASE_FILE)",
    )


def _run(arguments: argparse.Namespace) -> int:
    paths = Paths.find().prepare()
    on_call = arguments.call is not None or arguments.mode is Mode.NO_LISTENING
    with FirstWindow(opener(window_plan(paths, in_room=not on_call))) as first:
        from sidelight.cli.opening import asks_nobody  # noqa: PLC0415 (slow)
        from sidelight.session.exclusive import engine_runs  # noqa: PLC0415 (slow)

        if not engine_runs(paths.run):
            if asks_nobody(arguments.passphrase_file):
                first.show()  # else behind the question, in ``listen``
            return _listen(arguments, first)
    return _listen(arguments, None)  # in the window of the session that runs


def _listen(arguments: argparse.Namespace, first: FirstWindow | None) -> int:
    from sidelight.cli.live import LiveChoices, listen  # noqa: PLC0415 (slow)

    return listen(
        LiveChoices(
            client=arguments.client,
            minutes=arguments.minutes,
            mode=arguments.mode,
            consent=arguments.consent,
            model=arguments.model,
            microphone=arguments.microphone,
            call=arguments.call,
            language=arguments.language,
            record_only=arguments.record_only,
            cues=None if arguments.cues is None else arguments.cues == "on",
            room=arguments.room,
            passphrase_file=arguments.passphrase_file,
        ),
        first,
    )


START: Final = Command(
    name="start",
    help="listen to a session",
    arguments=_arguments,
    run=_run,
)


def start(argv: Sequence[str]) -> int:
    """``sidelight start``, without any other command.

    Args:
        argv: What comes after ``start``.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog=f"sidelight {START.name}")
    START.arguments(parser)
    arguments = parser.parse_args(argv)
    return at_the_border(lambda: START.run(arguments))
