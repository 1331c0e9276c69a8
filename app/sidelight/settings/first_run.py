"""How far the first run has come, so that it goes on where it was left.

The file says which steps are done and nothing of what was said or typed in them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sidelight.settings.store import Remembered, beside
from sidelight.settings.values import YesNo

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


def _steps(names: Any) -> frozenset[Step]:  # noqa: ANN401 - from a file
    return frozenset(map(Step, names))


def _names(steps: frozenset[Step]) -> list[str]:
    return sorted(steps)


@dataclass(frozen=True, slots=True)
class FirstRun(Remembered):
    """How far it is.

    Attributes:
        done: Steps that were gone through.
        over: It ended, or was left for good: it does not come by itself any more.
    """

    FILE: ClassVar[str] = FILE_NAME

    done: frozenset[Step] = beside(frozenset(), _steps, _names)
    over: bool = beside(False, YesNo().load, bool)  # noqa: FBT003 - a default

    def with_done(self, step: Step) -> FirstRun:
        """The same after this step; after the last of them it is over."""
        done = self.done | {step}
        return replace(self, done=done, over=self.over or done == frozenset(Step))

    @classmethod
    def waits(cls, folder: Path, *, new: bool) -> bool:
        """Whether it should come by itself.

        Args:
            folder: ``Paths.data``.
            new: There is no record yet. With one and no file somebody was set up
                before there was a first run, or by the command line.
        """
        known = cls.recall(folder)  # which puts a damaged file aside
        return not known.over if (folder / cls.FILE).exists() else new
