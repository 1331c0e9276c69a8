"""What listening at each of three levels tends to notice: dated, and our own words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Look:
    """One thing such listening notices.

    Attributes:
        text: What it is, as an observation.
        kinds: Ids of the kinds it rests on; empty where it rests on a measure.
        measure: The measure's name, or ``""``.
    """

    text: str
    kinds: tuple[str, ...]
    measure: str


@dataclass(frozen=True, slots=True)
class Listening:
    """One way of listening.

    Attributes:
        level: Its short name.
        about: How it goes.
        as_of: The day these words were written down.
        looks: In order of reading.
    """

    level: str
    about: str
    as_of: date
    looks: tuple[Look, ...]


def newest_listening() -> tuple[Listening, ...]:
    """The newest table that comes with the program, in its own order."""
    path = files("sidelight.partnering") / "data" / "listening.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    day = max(tables, key=date.fromisoformat)
    as_of = date.fromisoformat(day)
    return tuple(
        Listening(level, str(told["about"]), as_of, tuple(map(_look, told["looks"])))
        for level, told in tables[day].items()
    )


def _look(data: dict[str, Any]) -> Look:
    return Look(
        str(data["text"]), tuple(data.get("kinds", ())), str(data.get("measure", ""))
    )
