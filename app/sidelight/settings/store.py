"""One way to keep choices: a small file for each group of them, never needed.

A group is a frozen dataclass whose fields are made with ``option`` (what a coach may
set) or ``beside`` (what the program remembers beside it). What a file lacks is as it
comes, so an older file is read by a newer program. What in it cannot be read is as it
comes too; then the file is kept aside under another name, and ``tell_damaged`` says so
once, whichever process found it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import field, fields
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.settings.values import Values

T = TypeVar("T")

LOAD: Final = "load"
DUMP: Final = "dump"
ABOUT: Final = "about"
UNREAD: Final = "unread"

_FRESH: Final = ".unread-"
"""In the name of a file that was put aside, before anybody was told."""

_TOLD: Final = ".damaged-"


def beside(default: T, load: Callable[[Any], T], dump: Callable[[T], object]) -> T:
    """A field that is remembered and is no option.

    Args:
        default: Its value without a file.
        load: Reads what stands in the file; raises for what is nothing of the kind.
        dump: Makes of it what stands in the file.
    """
    made: T = field(default=default, metadata={LOAD: load, DUMP: dump})
    return made


def option_field(default: T, values: Values[T], about: object, unread: T) -> T:
    """A field that is an option; see ``settings.option.option``."""
    known = {LOAD: values.load, DUMP: values.dump, ABOUT: about, UNREAD: unread}
    made: T = field(default=default, metadata=known)
    return made


class Remembered:
    """A group of choices in a file of its own.

    Attributes:
        FILE: Its name in ``Paths.data``.
        BEFORE: Where earlier versions kept it, below the same folder; ``""``: nowhere.
    """

    __slots__ = ()
    FILE: ClassVar[str]
    BEFORE: ClassVar[str] = ""

    def keep(self, folder: Path) -> None:
        """Write it.

        Args:
            folder: ``Paths.data``.

        Raises:
            UserError: The disk refuses; what was there before still is.
        """
        data = {
            one.name: one.metadata[DUMP](getattr(self, one.name))
            for one in fields(self)  # type: ignore[arg-type] # every group is one
        }
        try:
            write(folder / self.FILE, data)
        except OSError as error:
            raise UserError(
                f"The setting cannot be written ({error.strerror}).",
                "Free some space, or make Sidelight's data folder writable.",
            ) from error

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget.

        Args:
            folder: ``Paths.data``.
        """
        with suppress(UserError):
            self.keep(folder)

    @classmethod
    def recall(cls, folder: Path) -> Self:
        """What was written last; as it comes where there is nothing.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / cls.FILE
        if cls.BEFORE and not path.exists():
            path = folder / cls.BEFORE
        data, whole = read(path)
        found: dict[str, object] = {}
        unread: dict[str, object] = {}
        if data is None:
            return cls()
        for one in fields(cls):  # type: ignore[arg-type] # as above
            try:
                found[one.name] = one.metadata[LOAD](data[one.name])
            except (ValueError, KeyError, TypeError, AttributeError):
                # What is missing is as it comes: the file may be of an older version.
                whole = whole and one.name not in data
                if UNREAD in one.metadata:
                    unread[one.name] = one.metadata[UNREAD]
        choice = cls(**unread, **found)
        if not whole:
            choice._mend(path, folder)
        return choice

    def _mend(self, path: Path, folder: Path) -> None:
        """Keep a copy of a damaged file until somebody is told; have it whole again.

        Where the disk refuses, it stays as it is, and is read so again.
        """
        kept = _free(folder / path.name, _FRESH)
        try:
            kept.write_bytes(path.read_bytes())
            if self == type(self)():
                path.unlink()
            else:
                self.keep(folder)
        except (OSError, UserError):
            with suppress(OSError):
                kept.unlink(missing_ok=True)


def read(path: Path) -> tuple[dict[str, object] | None, bool]:
    """What stands in a file of ours.

    Returns:
        Its values by name, none where it cannot be read; ``None`` where there is no
        file. And whether there is nothing wrong with it.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None, True
    except (OSError, ValueError):
        return {}, False
    return (data, True) if isinstance(data, dict) else ({}, False)


def write(path: Path, data: dict[str, object]) -> None:
    """Write a file of ours, whole or not at all.

    Raises:
        OSError: The disk refuses.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def tell_damaged(folder: Path) -> tuple[UserError, ...]:
    """What has to be said about damaged files; once, then it is silent about them.

    Args:
        folder: ``Paths.data``.
    """
    told = []
    for found in sorted(folder.glob(f"*.json{_FRESH}*")):
        name = found.name.partition(_FRESH)[0]
        kept = _free(folder / name, _TOLD)
        with suppress(OSError):
            found.rename(kept)
            told.append(
                UserError(
                    f"Not all of the settings in {name} could be read; those are as"
                    " they come.",
                    f"The old file is kept as {kept.name}.",
                )
            )
    return tuple(told)


def _free(path: Path, ending: str) -> Path:
    tries = (path.with_name(f"{path.name}{ending}{number}") for number in count(1))
    return next(one for one in tries if not one.exists())
