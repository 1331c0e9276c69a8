"""A file, or a folder, that is filled completely or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_PROBE: Final = bytes(64 * 1024)
_OTHER: Final = "Choose another folder with --out."


def write_whole(path: Path, content: bytes) -> None:
    """Write one file, or leave what is there as it is.

    Args:
        path: Replaced where it exists; its folder exists.
        content: Everything that is in it afterwards.

    Raises:
        UserError: The place cannot be written, or the disk is full.
    """
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its place when the block has ended well.

    Args:
        path: Replaced where it exists; its folder exists.

    Yields:
        A file of nobody's name beside it, gone if anything fails.

    Raises:
        UserError: The place cannot be written, or the disk is full.
    """
    draft: Path | None = None
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder.", "Give the name of a file.")
        if path.exists() and not path.is_file():
            # A device, a pipe: what takes its place would break it for everybody.
            raise UserError(f"{path} is no file.", "Give the name of a file.")
        with tempfile.NamedTemporaryFile(
            prefix=".sidelight-", dir=path.parent, delete=False
        ) as file:
            draft = Path(file.name)
            yield cast("BinaryIO", file)
        draft.replace(path)
    except OSError as error:
        raise _fault(path, error, "Choose another place for the file.") from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


class OutputFolder:
    """Collects files out of sight and moves them in at the end, all together.

    Use it in a ``with`` block: what was not committed is gone afterwards, and so is the
    folder if it was made for it.

    Attributes:
        path: The folder that people look into.
        draft: Write here.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.draft = path
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        """Make the folder and try to write.

        Raises:
            UserError: It is no folder, cannot be written, or the disk is full.
        """
        try:
            self._make()
            # Inside, so that the move at the end never leaves the disk it is on.
            self.draft = Path(tempfile.mkdtemp(prefix=".sidelight-", dir=self.path))
            probe = self.draft / "probe"
            probe.write_bytes(_PROBE)
            probe.unlink()
        except OSError as error:
            self._clear()
            raise self.fault(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Remove what was not committed."""
        self._clear()

    def commit(self) -> tuple[Path, ...]:
        """Move everything in.

        Returns:
            Where the files are now, by name.

        Raises:
            UserError: The disk refuses.
        """
        try:
            done = []
            for file in sorted(self.draft.iterdir()):
                done.append(self.path / file.name)
                file.replace(done[-1])
        except OSError as error:
            raise self.fault(error) from error
        self._made.clear()
        return tuple(done)

    def write(self, name: str, content: bytes) -> None:
        """Put a file into the draft.

        Raises:
            UserError: The disk refuses.
        """
        try:
            (self.draft / name).write_bytes(content)
        except OSError as error:
            raise self.fault(error) from error

    def fault(self, error: OSError) -> UserError:
        """The sentence for what the disk said."""
        if isinstance(error, (FileExistsError, NotADirectoryError)):
            return UserError(f"{self.path} is not a folder.", _OTHER)
        return _fault(self.path, error, _OTHER)

    def _make(self) -> None:
        missing = []
        folder = self.path
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        self.path.mkdir(parents=True, exist_ok=True)
        self._made = missing

    def _clear(self) -> None:
        if self.draft != self.path:
            shutil.rmtree(self.draft, ignore_errors=True)
            self.draft = self.path
        for folder in self._made:
            try:
                folder.rmdir()
            except OSError:
                break  # somebody else has put something there
        self._made.clear()


def _fault(path: Path, error: OSError, remedy: str) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"The disk is full: nothing can be written to {path}.",
            f"Free some space. {remedy}",
        )
    reason = os.strerror(error.errno) if error.errno else "no reason given"
    return UserError(f"{path} cannot be written ({reason}).", remedy)
