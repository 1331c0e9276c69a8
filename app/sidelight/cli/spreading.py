"""How many recordings are heard at once, and how much of the computer each gets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

_TIMES_MODEL: Final = 2
"""Memory of one recogniser, in sizes of its model's file: weights and what they work
on."""

_BESIDE: Final = 512 << 20
"""Bytes of one recogniser that do not depend on the model: Python, libraries, sound."""

_SHARE: Final = 0.6
"""Of the computer's memory; the rest is other programs'."""


@dataclass(frozen=True, slots=True)
class Computer:
    """What there is to share.

    Attributes:
        cores: That this process may use.
        memory: Bytes; ``None``: not known.
    """

    cores: int
    memory: int | None

    @classmethod
    def here(cls) -> Computer:
        """This one."""
        if hasattr(os, "sched_getaffinity"):
            cores = len(os.sched_getaffinity(0))
        else:
            cores = os.cpu_count() or 1
        return cls(cores, _memory())


@dataclass(frozen=True, slots=True)
class Spread:
    """Attributes: ``places``: how many at once; ``threads``: of each."""

    places: int
    threads: int


def spread(files: int, wanted: int | None, computer: Computer, model: int) -> Spread:
    """As many at once as cores and memory allow: one thread each is the most done.

    Args:
        files: How many recordings there are.
        wanted: How many at once somebody asked for; ``None``: as many as fit.
        computer: What there is.
        model: Size of the speech model in bytes.
    """
    fit = computer.cores
    if computer.memory is not None:
        each = _TIMES_MODEL * model + _BESIDE
        fit = min(fit, int(_SHARE * computer.memory / each))
    places = max(1, min(files, fit if wanted is None else wanted))
    return Spread(places, max(1, computer.cores // places))


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
