"""Where the program keeps its files: one folder, readable by this user only.

The folder is the system's own for user data (``platformdirs``), or ``SIDELIGHT_HOME``,
which moves everything.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from platformdirs import user_data_path

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE: Final = "SIDELIGHT_HOME"
_PRIVATE: Final = 0o700
_PROBE: Final = bytes(4096)
"""One block: a full disk refuses it, an empty file would still be made."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Paths:
    """The program's folders. Asking for one creates nothing; ``prepare`` does.

    Attributes:
        data: Everything else lies inside.
    """

    data: Path

    @classmethod
    def find(cls, environ: Mapping[str, str] = os.environ) -> Paths:
        """The folders of this user, or below ``SIDELIGHT_HOME`` where that is set."""
        home = environ.get(HOME_VARIABLE, "")
        if home:
            return cls(Path(home).expanduser().absolute())
        return cls(user_data_path("sidelight", appauthor=False))

    @property
    def record(self) -> Path:
        """The coach's sessions: vault, database, sound."""
        return self.data / "record"

    @property
    def models(self) -> Path:
        """Speech models that were fetched or imported, one folder each, ASCII names."""
        return self.data / "models"

    @property
    def run(self) -> Path:
        """What a running program leaves for its own processes: the control socket."""
        return self.data / "run"

    @property
    def demo(self) -> Path:
        """The demo's own vault and record; never part of the library."""
        return self.data / "demo"

    def prepare(self) -> Paths:
        """Create every folder, private to this user.

        Returns:
            The same paths, so that ``Paths.find().prepare()`` reads well.

        Raises:
            UserError: A folder cannot be made or written, or the disk is full.
        """
        for folder in (self.data, self.record, self.models, self.run, self.demo):
            prepare_folder(folder)
        return self


def prepare_folder(folder: Path) -> None:
    """Make a private folder (0700) and make sure that it can be written.

    Args:
        folder: Created with its parents where missing; an existing one is made private.

    Raises:
        UserError: It is read-only, on a full disk, or something else is in its place.
    """
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) != _PRIVATE:
            folder.chmod(_PRIVATE)
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            probe.write(_PROBE)
    except OSError as error:
        raise folder_fault(folder, error) from error


def folder_fault(folder: Path, error: OSError) -> UserError:
    """The sentence for a folder that cannot be used.

    Args:
        folder: Where it happened.
        error: What the system said.
    """
    if error.errno in _FULL:
        return UserError(
            f"The disk is full: nothing can be written to {folder}.",
            f"Free some space, or set {HOME_VARIABLE} to a folder on another disk.",
        )
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return UserError(
            f"A file is in the way where the folder {folder} should be.",
            f"Move it away, or set {HOME_VARIABLE} to another folder.",
        )
    reason = error.strerror or "no reason given"
    return UserError(
        f"The folder {folder} cannot be written ({reason}).",
        f"Make it writable, or set {HOME_VARIABLE} to a folder of your own.",
    )
