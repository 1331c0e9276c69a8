"""``sidelight review FILE…``: recordings made elsewhere become sessions."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.language import check_language, language_argument
from sidelight.cli.opening import (
    add_vault_arguments,
    open_or_make_vault,
    show_recovery_key,
)
from sidelight.cli.output import JsonLines, say
from sidelight.domain.clock_time import clock
from sidelight.domain.consent import Form, Occasion
from sidelight.domain.errors import UserError
from sidelight.domain.shown import shown
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidelight.record.vault import NewVault
    from sidelight.session.importing.progress import Progress
    from sidelight.session.importing.wanted import Recording

_STEP: Final = 20
"""Per cent of a recording between two lines about it."""

_HEARD_AS: Final[Mapping[Layout | None, str]] = {
    Layout.MONO: ", heard as a room",
    Layout.STEREO: ", heard as coach and client on a side each",
}


def _jobs(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise argparse.ArgumentTypeError(
            "a date is written 2026-11-03, or with the time 2026-11-03T14:30"
        ) from None


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, metavar="FILE", nargs="+", help="audio or video"
    )
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="so many at once (default: what fits)"
    )
    parser.add_argument(
        "--layout",
        choices=[layout.value for layout in Layout],
        help="stereo: coach and client on a channel each; mono: a room. Without it,"
        " from the file",
    )
    parser.add_argument(
        "--coach", choices=["left", "right"], default="left", help="the coach's side"
    )
    parser.add_argument("--client", default="", metavar="NAME", help="first name")
    parser.add_argument(
        "--date", type=_date, metavar="DATE", help="when it was (default: as it says)"
    )
    parser.add_argument(
        "--model", metavar="NAME|FOLDER", help="a speech model (default: as live)"
    )
    parser.add_argument(
        "--consent",
        type=Form,
        choices=tuple(Form),
        help="the client has agreed that sound and words are kept, in this way; noted"
        " with their name, and needed only once",
    )
    language_argument(parser)
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")
    add_vault_arguments(parser)


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.bootstrap.bringing_in import import_batch  # noqa: PLC0415 (slow)
    from sidelight.cli.background import refine_in_background  # noqa: PLC0415 (slow)
    from sidelight.cli.importing import import_model, import_plan  # noqa: PLC0415 (slow)
    from sidelight.domain.days import local_day  # noqa: PLC0415 (slow)
    from sidelight.record.dumps import keep_memory_out_of_dumps  # noqa: PLC0415 (slow)
    from sidelight.record.record import Record  # noqa: PLC0415 (slow)
    from sidelight.session.consenting import note_yes  # noqa: PLC0415 (slow)
    from sidelight.session.process import terminates_in_order  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    paths = Paths.find().prepare()
    keep_memory_out_of_dumps()
    model = import_model(arguments.model, paths)
    check_language(arguments.language, model)
    wanted = _recordings(arguments)
    told = _ForPrograms(wanted) if arguments.json else _ForPeople()
    opened = open_or_make_vault(paths.record, arguments.passphrase_file, told.made)
    if arguments.consent is not None:
        with Record.open(paths.record, opened.vault) as record:
            asked, form = Occasion.RECORDING, arguments.consent
            note_yes(record, arguments.client, asked, form, local_day())
    plan = import_plan(paths, wanted, model, opened.passphrase, arguments.jobs)
    with (
        terminates_in_order(),
        import_batch(plan, opened.vault, told.tell) as batch,
    ):
        try:
            batch.run()
        except KeyboardInterrupt:
            raise UserError(
                f"Stopped; {_complete(batch.progress)} of {len(wanted)} complete.",
                "The same command goes on where it stopped.",
            ) from None
    refine_in_background(paths, opened.passphrase)
    told.end(batch.progress)
    return 0 if all(not one.message for one in batch.progress) else 1


def _recordings(arguments: argparse.Namespace) -> tuple[Recording, ...]:
    from sidelight.session.importing.wanted import Recording  # noqa: PLC0415 (slow)

    return tuple(
        Recording(
            path,
            Layout(arguments.layout) if arguments.layout else None,
            arguments.coach,
            arguments.client.strip(),
            arguments.date,
            arguments.language,
        )
        for path in arguments.files
    )


def _complete(progress: Sequence[Progress]) -> int:
    return sum(bool(one.session) for one in progress)


class _Steps:
    """Which changes are worth a line: another thing is done, or a tenth more of it."""

    def __init__(self) -> None:
        self._said: dict[int, tuple[str, int]] = {}

    def worth(self, progress: Progress) -> bool:
        """Whether to say this one."""
        of = progress.of
        step = 100 * progress.at // of // _STEP if of else 0
        now = (str(progress.stands), step)
        if self._said.get(progress.number) == now:
            return False
        self._said[progress.number] = now
        return True


class _ForPrograms:
    """JSON lines. Thread: calls come one after the other."""

    def __init__(self, recordings: Sequence[Recording]) -> None:
        self._files = [shown(str(one.path)) for one in recordings]
        self._lines = JsonLines()
        self._steps = _Steps()

    def made(self, vault: NewVault) -> None:
        """The record is new."""
        key = {"recovery_key": str(vault.recovery_key), "notice": vault.notice}
        self._lines.write("vault", key)

    def tell(self, progress: Progress) -> None:
        """One recording is further."""
        if not self._steps.worth(progress):
            return
        fields: dict[str, object] = {
            "file": self._files[progress.number],
            "stands": progress.stands,
            "at_ms": progress.at,
            "of_ms": progress.of,
        }
        if progress.session:
            fields["session"] = progress.session
        if progress.message:
            fields["message"] = shown(progress.message)
            fields["remedy"] = progress.remedy
        self._lines.write("recording", fields)

    def end(self, progress: Sequence[Progress]) -> None:
        """The last line."""
        failed = sum(bool(one.message) for one in progress)
        counts = {"complete": _complete(progress), "failed": failed}
        self._lines.write("summary", counts)


class _ForPeople:
    """Sentences. Thread: calls come one after the other."""

    made = staticmethod(show_recovery_key)

    def __init__(self) -> None:
        self._steps = _Steps()

    def tell(self, progress: Progress) -> None:
        """One recording is further."""
        if self._steps.worth(progress):
            text = _sentence(progress)
            if text:
                say(text)

    def end(self, progress: Sequence[Progress]) -> None:
        """The last sentence."""
        of = len(progress)
        done = _complete(progress)
        say(f"{done} of {of} are among your sessions: sidelight sessions list")


def _sentence(progress: Progress) -> str:
    name = progress.name
    match progress.stands.value:
        case "taking" | "hearing" as doing:
            of = f" of {clock(progress.of)}" if progress.of else ""
            what = "taken in" if doing == "taking" else "heard"
            return f"{name}: {what} {clock(progress.at)}{of}"
        case "done":
            heard = _HEARD_AS.get(progress.layout, "")
            return f"{name}: complete{heard}, as session {progress.session}"
        case "there":
            return f"{name}: is session {progress.session} already"
        case "failed":
            return f"{progress.message} {progress.remedy}"
        case _:
            return ""


REVIEW: Final = Command(
    "review", "bring recordings made elsewhere in as sessions", _arguments, _run
)
