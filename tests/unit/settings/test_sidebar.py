"""The sidebar's choices come back as they were, and a broken file costs only them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sidelight.settings.sidebar import (
    FILE_NAME,
    MOST_SCREENS,
    Place,
    SidebarChoice,
)

CHOICE = SidebarChoice(
    breadth=1.25,
    folded=True,
    opacity=85,
    unshared=True,
    places=(Place("desk", 0.75, 0.01), Place("laptop", 0.5, 0.0)),
)


def test_what_was_chosen_is_recalled(tmp_path: Path) -> None:
    assert SidebarChoice.recall(tmp_path) == SidebarChoice()
    CHOICE.remember(tmp_path)
    assert SidebarChoice.recall(tmp_path) == CHOICE
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    "broken",
    [
        {"breadth": "wide"},
        {"breadth": float("nan")},
        {"breadth": -1},
        {"places": [{"screen": "desk", "across": 1.5, "down": 0}]},
        {"places": [{"screen": "desk", "across": float("nan"), "down": 0}]},
        {"places": [{"screen": "desk"}]},
        {"places": 4},
        {"opacity": None},
    ],
)
def test_what_cannot_be_read_is_forgotten(
    tmp_path: Path, broken: dict[str, object]
) -> None:
    CHOICE.remember(tmp_path)
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | broken))
    (name,) = broken
    default = getattr(SidebarChoice(), name)
    assert SidebarChoice.recall(tmp_path) == replace(CHOICE, **{name: default})


def test_an_opacity_nobody_offers_is_solid(tmp_path: Path) -> None:
    replace(CHOICE, opacity=3).remember(tmp_path)
    assert SidebarChoice.recall(tmp_path) == replace(CHOICE, opacity=100)


def test_the_newest_place_of_a_screen_counts_and_comes_first() -> None:
    moved = CHOICE.standing(Place("laptop", 0.1, 0.2))
    assert moved.places == (Place("laptop", 0.1, 0.2), Place("desk", 0.75, 0.01))
    assert moved.place_on("desk") == Place("desk", 0.75, 0.01)
    assert moved.place_on("beamer") is None
    for number in range(MOST_SCREENS + 3):
        moved = moved.standing(Place(f"screen {number}", 0, 0))
    assert len(moved.places) == MOST_SCREENS
    assert moved.place_on("desk") is None
