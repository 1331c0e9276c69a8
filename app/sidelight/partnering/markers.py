"""Numbers of the ICF's PCC markers for our kinds: dated, and apart from the kinds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Markers:
    """One dated table.

    Attributes:
        as_of: The day these numbers were written down.
        numbers: Marker numbers such as ``"5.3"`` by kind id; kinds without a marker are
            missing.
    """

    as_of: date
    numbers: Mapping[str, tuple[str, ...]]


def newest_markers() -> Markers:
    """The newest table that comes with the program."""
    text = (files("sidelight.partnering") / "data" / "icf-pcc-markers.toml").read_text(
        encoding="utf-8"
    )
    tables = {
        date.fromisoformat(day): table for day, table in tomllib.loads(text).items()
    }
    day = max(tables)
    numbers = {kind: tuple(found) for kind, found in tables[day].items()}
    return Markers(day, MappingProxyType(numbers))
