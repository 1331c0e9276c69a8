"""What the window system lets the sidebar do. What cannot be had is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sidelight.ui.words import tr

NATIVE_WAYLAND: Final = tr(
    "On this desktop the sidebar can neither choose its place nor stay on top."
)
"""Measured with sway; XWayland, where it is there, is used instead and can do both."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What can be had here.

    Attributes:
        place: It stands where it is put, and where it stands can be known.
        on_top: It stays above other windows.
        unfocused: A click on it takes no focus from another program.
        see_through: What is behind it can shine through.
        click_through: Clicks can go to what is behind it, with a way back.
        missing: What the coach should know about what is not there, or ``""``.
    """

    place: bool = True
    on_top: bool = True
    unfocused: bool = True
    see_through: bool = True
    click_through: bool = True
    missing: str = ""


def abilities(platform: str, *, composited: bool) -> Abilities:
    """What can be had; pure.

    Click-through needs the pointer's place on the whole desktop, for the way back;
    Wayland tells it to nobody.

    Args:
        platform: Qt's name of the window system.
        composited: Whether windows are blended with what is behind them.
    """
    if platform.startswith("wayland"):
        return Abilities(
            place=False,
            on_top=False,
            unfocused=False,
            click_through=False,
            missing=NATIVE_WAYLAND,
        )
    return Abilities(see_through=composited)
