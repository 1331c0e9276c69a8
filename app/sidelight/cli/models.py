"""``sidelight models``: list, fetch, import and verify speech models."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.output import JsonLines, say
from sidelight.domain.errors import UserError
from sidelight.settings.paths import Paths
from sidelight.speech.catalogue import Catalogue
from sidelight.speech.installing import import_model, staging, verify_model
from sidelight.speech.weights import MANIFEST, ModelFolder, installed_folders

if TYPE_CHECKING:
    import argparse

    from sidelight.speech.catalogue import OfferedModel

_NOTICE_EVERY_S: Final = 2.0


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="models on offer and on this computer")
    fetch = actions.add_parser("fetch", help="download a model, once")
    fetch.add_argument("name", metavar="NAME", nargs="?", help="default: base.en")
    fetch.add_argument("--mirror", metavar="URL", help="another server than the hub's")
    bring = actions.add_parser("import", help="copy a model from a folder or a stick")
    bring.add_argument("folder", metavar="FOLDER", type=Path)
    bring.add_argument("--name", help="what to call it")
    verify = actions.add_parser("verify", help="read installed models byte for byte")
    verify.add_argument("names", metavar="NAME", nargs="*", help="default: all")
    for action, run in (
        (listing, _list),
        (fetch, _fetch),
        (bring, _import),
        (verify, _verify),
    ):
        action.add_argument("--json", action="store_true", help="JSON lines on stdout")
        action.set_defaults(act=run)


def _run(arguments: argparse.Namespace) -> int:
    act = arguments.act
    return int(act(arguments))


def _list(arguments: argparse.Namespace) -> int:
    rows = _rows()
    if arguments.json:
        lines = JsonLines()
        for row in rows:
            lines.write("model", row.as_json())
        return 0
    for row in rows:
        sys.stdout.write(row.as_text() + "\n")
    return 0


def _fetch(arguments: argparse.Namespace) -> int:
    from sidelight.network.ledger import Ledger  # noqa: PLC0415 - as the next
    from sidelight.speech.fetching import Fetcher  # noqa: PLC0415 - 0.4 s

    catalogue = Catalogue.load()
    model = catalogue.get(arguments.name or catalogue.default)
    paths = Paths.find().prepare()
    say(f"Fetching {model.name}: {model.megabytes} MB, {model.licence} licence.")
    fetcher = Fetcher(Ledger(paths.data), arguments.mirror)
    done = fetcher.fetch(model, paths.models, _Notices())
    return _installed(done, as_json=arguments.json)


def _import(arguments: argparse.Namespace) -> int:
    models = Paths.find().prepare().models
    done = import_model(arguments.folder, models, arguments.name, _Notices())
    return _installed(done, as_json=arguments.json)


def _verify(arguments: argparse.Namespace) -> int:
    models = Paths.find().models
    for name in arguments.names:
        if not (models / name / MANIFEST).is_file():
            raise UserError(
                f"There is no speech model {name} on this computer.",
                "`sidelight models list` shows what there is.",
            )
    folders = [models / n for n in arguments.names] or installed_folders(models)
    lines, damaged = JsonLines(), 0
    for folder in folders:
        try:
            manifest = verify_model(folder, _Notices())
        except UserError as error:
            damaged += 1
            if arguments.json:
                lines.write("verified", _damage(folder, error))
            say(str(error))
            continue
        if arguments.json:
            fields = {"name": manifest.name, "good": True, "problem": None}
            lines.write("verified", fields | {"in_catalogue": manifest.in_catalogue})
        else:
            sys.stdout.write(f"{manifest.name}: every byte as installed\n")
    if not folders:
        say("No speech model is installed: `sidelight models fetch` brings one.")
    return 1 if damaged else 0


def _installed(model: ModelFolder, *, as_json: bool) -> int:
    if as_json:
        fields = {"name": model.name, "path": str(model.path), "bytes": model.size}
        JsonLines().write("installed", fields)
    else:
        sys.stdout.write(f"{model.name} is installed in {model.path}\n")
    return 0


def _damage(folder: Path, error: UserError) -> dict[str, object]:
    return {
        "name": folder.name,
        "good": False,
        "problem": error.message,
        "remedy": error.remedy,
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the list: what is on offer, what is here, or both."""

    name: str
    state: str
    offered: OfferedModel | None
    bytes: int
    problem: str | None = None

    def as_json(self) -> dict[str, object]:
        offered = self.offered
        about: dict[str, object] = {}
        if offered is not None:
            about = {
                "repository": offered.repository,
                "revision": offered.revision,
                "licence": offered.licence,
                "memory_mb": offered.memory_mb,
                "languages": offered.languages,
                "translates": offered.translates,
                "good_for": offered.good_for,
            }
        head = {"name": self.name, "state": self.state, "bytes": self.bytes}
        return {**head, "problem": self.problem, **about}

    def as_text(self) -> str:
        about = self.problem or ""
        if self.offered is not None and not about:
            about = f"{self.offered.languages}; {self.offered.good_for}"
        size = f"{round(self.bytes / 1e6)} MB"
        return f"{self.name:<16} {self.state:<13} {size:>8}  {about}"


def _rows() -> list[_Row]:
    models = Paths.find().models
    here = {folder.name: folder for folder in installed_folders(models)}
    rows = []
    for offered in Catalogue.load().models:
        folder = here.pop(offered.name, None)
        if folder is not None:
            rows.append(_row(folder, offered))
        elif staging(models, offered.name).is_dir():
            rows.append(_Row(offered.name, "partly here", offered, offered.size))
        else:
            rows.append(_Row(offered.name, "not here", offered, offered.size))
    return [*rows, *(_row(folder, None) for folder in here.values())]


def _row(folder: Path, offered: OfferedModel | None) -> _Row:
    try:
        size = ModelFolder.check(folder).size
    except UserError as error:
        return _Row(folder.name, "damaged", offered, 0, error.message)
    return _Row(folder.name, "here", offered, size)


class _Notices:
    """Progress on stderr: a line every two seconds, and at the end of a long file."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _NOTICE_EVERY_S
        self._told = False

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next or (self._told and done == total):
            self._next, self._told = now + _NOTICE_EVERY_S, done < total
            percent = 100 * done // max(total, 1)
            say(f"{what}: {done // 1_000_000} of {total // 1_000_000} MB ({percent} %)")


MODELS: Final = Command(
    "models", "speech models: list, fetch, import, verify", _arguments, _run
)
