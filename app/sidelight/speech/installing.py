"""Putting a speech model into the models folder: whole and checked, or not at all.

A model grows in ``NAME.part``, which nothing takes for a model. When every file has
its size and sum, the manifest is written and the folder gets its name in one step.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from sidelight.domain.errors import UserError
from sidelight.speech.catalogue import Catalogue, OfferedFile
from sidelight.speech.weights import (
    DEMO,
    MANIFEST,
    WEIGHTS,
    ModelFolder,
    model_files,
)

if TYPE_CHECKING:
    from pathlib import Path

_PIECE: Final = 1 << 20
_MANIFEST_VERSION: Final = 1
_FULL: Final = 28  # errno.ENOSPC, the same number on every system


class Progress(Protocol):
    """Told how far a long piece of work is."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """So many of so many bytes of ``what`` are done."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was installed.

    Attributes:
        name: The model's name, also its folder's.
        source: ``REPOSITORY@REVISION``, or ``imported``.
        in_catalogue: Whether the catalogue vouches for the sums; otherwise they are
            those of the first import, and only tell whether something changed since.
        files: Names, sizes and sums.
    """

    name: str
    source: str
    in_catalogue: bool
    files: tuple[OfferedFile, ...]

    def write(self, folder: Path) -> None:
        """Write it into the folder: the last step before the folder gets its name."""
        text = json.dumps({"version": _MANIFEST_VERSION} | asdict(self), indent=1)
        (folder / MANIFEST).write_text(text, "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of an installed folder.

        Raises:
            UserError: It is missing, damaged, or from a newer version.
        """
        try:
            data: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
            if data.pop("version") != _MANIFEST_VERSION:
                raise UserError(
                    f"{folder} was installed by a newer version of Sidelight.",
                    "Install that version, or fetch the model again.",
                )
            files = tuple(OfferedFile(**entry) for entry in data.pop("files"))
            return cls(**data, files=files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise UserError(
                f"{folder} does not say what was installed there ({MANIFEST}).",
                "Remove the folder and fetch or import the model again.",
            ) from None


def staging(models: Path, name: str) -> Path:
    """Where a model grows until it is whole."""
    return models / f"{name}.part"


def publish(grown: Path, target: Path) -> ModelFolder:
    """Give a grown folder its name; an older one of that name is replaced.

    Raises:
        UserError: It cannot be loaded, or the folders cannot be renamed.
    """
    ModelFolder.check(grown)
    old = target.with_name(f"{target.name}.old")
    try:
        if old.exists():
            shutil.rmtree(old)
        if target.exists():
            target.rename(old)
        grown.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise disk_fault(target, error) from error
    return ModelFolder.check(target)


def import_model(
    source: Path, models: Path, name: str | None, progress: Progress
) -> ModelFolder:
    """Copy a model from a folder or a stick, checking every byte that arrived.

    Args:
        source: A CTranslate2 Whisper folder.
        models: ``Paths.models``; it exists.
        name: What to call it; else the catalogue's name for these weights, else the
            folder's.
        progress: Told how far the copy is.

    Returns:
        The installed model.

    Raises:
        UserError: The source is no usable model, is the demo's, or the copy failed.
    """
    found = ModelFolder.check(source).for_people()
    check_room(models, found.size)
    grown = staging(models, "import")
    try:
        shutil.rmtree(grown, ignore_errors=True)
        grown.mkdir()
        files = []
        for path in model_files(found.path):
            copied = _copy(path, grown / path.name, progress)
            if sha256_of(grown / path.name) != copied.sha256:
                raise UserError(
                    f"{path.name} did not arrive as it was read.",
                    "Check the disk or the stick, and import it again.",
                )
            files.append(copied)
        weights = next(file for file in files if file.name == WEIGHTS)
        offered = Catalogue.load().with_weights(weights.sha256)
        known = offered is not None and set(files) <= set(offered.files)
        chosen = name or (offered.name if offered else _folder_name(source))
        Manifest(_checked_name(chosen), "imported", known, tuple(files)).write(grown)
        return publish(grown, models / chosen)
    except OSError as error:
        raise disk_fault(models, error) from error
    finally:
        shutil.rmtree(grown, ignore_errors=True)


def verify_model(folder: Path, progress: Progress) -> Manifest:
    """Read every byte of an installed model and hold it against its manifest.

    Raises:
        UserError: Something is missing or changed.
    """
    manifest = Manifest.read(folder)
    for file in manifest.files:
        path = folder / file.name
        if not path.is_file() or path.stat().st_size != file.size:
            raise _changed(manifest, file)
        if sha256_of(path, progress) != file.sha256:
            raise _changed(manifest, file)
    ModelFolder.check(folder)
    return manifest


def weights_sum(folder: Path) -> str:
    """The SHA-256 of a model's weights: as installed, or else read from its file.

    Raises:
        UserError: The file cannot be read.
    """
    try:
        files = Manifest.read(folder).files
    except UserError:
        files = ()
    for file in files:
        if file.name == WEIGHTS:
            return file.sha256
    return sha256_of(folder / WEIGHTS)


def sha256_of(path: Path, progress: Progress | None = None) -> str:
    """The SHA-256 of a file, hexadecimal.

    Raises:
        UserError: It cannot be read.
    """
    digest, done = hashlib.sha256(), 0
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                done += len(piece)
                if progress is not None:
                    progress(path.name, done, total)
    except OSError as error:
        raise disk_fault(path, error) from error
    return digest.hexdigest()


def check_room(models: Path, needed: int) -> None:
    """Make sure that so many bytes, and some air, fit beside the models.

    Raises:
        UserError: They do not.
    """
    free = shutil.disk_usage(models).free
    if free < needed * 1.05:
        raise UserError(
            f"The model needs {needed // 1_000_000} MB and the disk has"
            f" {free // 1_000_000} MB left.",
            "Free some space, choose a smaller model, or set SIDELIGHT_HOME to a"
            " folder on another disk.",
        )


def disk_fault(path: Path, error: OSError) -> UserError:
    """The sentence for a disk that refuses."""
    if error.errno == _FULL:
        return UserError(
            f"The disk is full: the model does not fit into {path}.",
            "Free some space, or set SIDELIGHT_HOME to a folder on another disk.",
        )
    return UserError(
        f"{path} cannot be written or read ({error.strerror}).",
        "Check the folder's rights and the disk, and try again.",
    )


def _copy(source: Path, target: Path, progress: Progress) -> OfferedFile:
    digest, done = hashlib.sha256(), 0
    total = source.stat().st_size
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(_PIECE):
            digest.update(piece)
            writer.write(piece)
            done += len(piece)
            progress(source.name, done, total)
    return OfferedFile(source.name, done, digest.hexdigest())


def _folder_name(source: Path) -> str:
    """The folder's name, brought to letters that every library can open."""
    name = source.resolve().name
    kept = "".join(c if _is_plain(c) else "-" for c in name)
    return kept.strip("-.") or "imported"


def _checked_name(name: str) -> str:
    if name == DEMO or name != name.strip("-.") or not all(map(_is_plain, name)):
        raise UserError(
            f"A speech model cannot be called {name!r}.",
            "Use letters a to z, digits, hyphens and dots: `--name my-model`.",
        )
    return name


def _is_plain(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter in "-._")


def _changed(manifest: Manifest, file: OfferedFile) -> UserError:
    return UserError(
        f"The speech model {manifest.name} is damaged: {file.name} is not what was"
        " installed.",
        f"Fetch (`sidelight models fetch {manifest.name}`) or import it again.",
    )
