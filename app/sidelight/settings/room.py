"""What the screen shows when everybody is in one room, as the coach chose it last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Final

from sidelight.settings.option import Section, option
from sidelight.settings.store import Remembered
from sidelight.settings.values import Name, OneOf, Pool, YesNo, anything

FILE_NAME: Final = "room.json"


class RoomView(StrEnum):
    """What can be seen of a session in a room."""

    LINE = "line"
    """One line that is read at two metres."""

    DARK = "dark"
    """A dark screen; everything is in the review afterwards."""

    SIDEBAR = "sidebar"
    """The sidebar, as on a call."""


VIEWS: Final = {
    RoomView.LINE: "One line for the room",
    RoomView.DARK: "Dark screen, review later",
    RoomView.SIDEBAR: "The sidebar",
}


@dataclass(frozen=True, slots=True)
class RoomChoice(Remembered):
    """What the coach chose last.

    Attributes:
        view: What is seen.
        full: Whether the line has the whole screen, or a low window.
        screen: Name of the screen it stands on; ``""``: where the sidebar is.
    """

    FILE: ClassVar[str] = FILE_NAME

    view: RoomView = option(
        RoomView.LINE,
        OneOf(VIEWS),
        id="room.view",
        section=Section.ROOM,
        title="What the screen shows",
        explained="Where one microphone hears everybody. The review has everything.",
    )
    full: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="room.full",
        section=Section.ROOM,
        title="Whole screen",
        explained="The line has the screen to itself, rather than a low window.",
    )
    screen: str = option(
        "",
        Name(Pool.SCREENS, "sidebar", "Where the sidebar is", anything, "its name"),
        id="room.screen",
        section=Section.ROOM,
        title="Screen",
        explained="On which the line stands.",
        travels=False,
    )

    def seen_as(self, view: RoomView) -> RoomChoice:
        """The same, with another view."""
        return replace(self, view=view)
