"""How far the first run has come, so that it goes on where it was left.

The file says which steps are done and nothing of what was said or typed in them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "first-run.json"


class Step(StrEnum):
    """A step, in the order in which they are offered."""

    LANGUAGE = "language"
    MODEL = "model"
    KEY = "key"
    PLACE = "place"
    HEARING = "hearing"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class FirstRun:
    """How far it is.

    Attributes:
        done: Steps that were gone through.
        over: It ended, or was left for good: it does not come by itself any more.
    """

    done: frozenset[Step] = frozenset()
    over: bool = False

    def with_done(self, step: Step) -> FirstRun:
        """The same after this step; after the last of them it is over."""
        done = self.done | {step}
        return replace(self, done=done, over=self.over or done == frozenset(Step))

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us ask again.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        data = {"done": sorted(self.done), "over": self.over}
        try:
            fresh.write_text(json.dumps(data), encoding="utf-8")
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> FirstRun | None:
        """How far it was; ``None``: it never began, or the file cannot be read.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            return cls(frozenset(map(Step, data["done"])), bool(data["over"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @classmethod
    def waits(cls, folder: Path, *, new: bool) -> bool:
        """Whether it should come by itself.

        Args:
            folder: ``Paths.data``.
            new: There is no record yet. With one and no file somebody was set up
                before there was a first run, or by the command line.
        """
        known = cls.recall(folder)
        return new if known is None else not known.over
