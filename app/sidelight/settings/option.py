"""An option: what a coach may set, with its words, its values and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from sidelight.domain.errors import UserError
from sidelight.settings.store import ABOUT, option_field

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.settings.store import Remembered
    from sidelight.settings.values import Values

T = TypeVar("T")


class Section(Enum):
    """Where it stands in the window, in this order; the value is the heading."""

    SESSION = "Session"
    SIDEBAR = "Sidebar"
    ROOM = "In a room"
    CUES = "Cues"
    KEYS = "Keys"
    SOUND = "Sound"
    MODELS = "Speech models"
    SPOKEN = "Spoken language"
    LOOK = "Look"
    KEEPING = "Keeping"
    PRIVACY = "Privacy and connections"
    BACKUP = "Backup and moving"
    RECOVERY = "Recovery key"


@dataclass(frozen=True, slots=True)
class _About:
    """What ``option`` says of a field."""

    id: str
    section: Section
    title: str
    explained: str
    values: Values[Any]
    travels: bool


def option(
    default: T,
    values: Values[T],
    *,
    id: str,  # noqa: A002 - what it is called everywhere
    section: Section,
    title: str,
    explained: str,
    travels: bool = True,
    unread: T | None = None,
) -> T:
    """A field of a group that is an option. This is all that a new one needs.

    Args:
        default: Good for nearly everybody: nobody has to visit the settings.
        values: What is allowed.
        id: As typed, ``group.name``.
        section: Where it stands in the window.
        title: In a few words.
        explained: What it does, in a sentence or two.
        travels: Whether it means the same on another computer.
        unread: Its value where a file is there and does not tell; ``None``: the
            default.
    """
    about = _About(id, section, title, explained, values, travels)
    return option_field(default, values, about, default if unread is None else unread)


@dataclass(frozen=True, slots=True)
class Option:
    """One option and the group that keeps it.

    Attributes:
        id: As typed, ``group.name``.
        section: Where it stands in the window.
        title: In a few words.
        explained: What it does, in a sentence or two.
        values: What is allowed.
        group: Keeps it.
        field: What the group calls it.
        travels: Whether it means the same on another computer.
    """

    id: str
    section: Section
    title: str
    explained: str
    values: Values[Any]
    group: type[Remembered]
    field: str
    travels: bool = True

    @property
    def default(self) -> Any:  # noqa: ANN401 - of its own type
        """Its value where nobody chose."""
        return self.of(self.group())

    def of(self, choice: Remembered) -> Any:  # noqa: ANN401 - of its own type
        """Its value in a group."""
        return getattr(choice, self.field)

    def on(self, choice: Remembered, value: Any) -> Remembered:  # noqa: ANN401
        """The same group with another value."""
        changed: Remembered = replace(choice, **{self.field: value})  # type: ignore[type-var]
        return changed

    def text(self, folder: Path) -> str:
        """Its value now, as it would be typed.

        Args:
            folder: ``Paths.data``.
        """
        return self.values.show(self.of(self.group.recall(folder)))

    def set(self, folder: Path, text: str) -> None:
        """Set it as it was typed.

        Raises:
            UserError: It is not allowed, in one sentence; or the disk refuses.
        """
        try:
            value = self.values.parse(text)
        except ValueError:
            raise UserError(
                f"{self.id} cannot be “{text}”.", f"It is {self.values.told}."
            ) from None
        self.on(self.group.recall(folder), value).keep(folder)

    def reset(self, folder: Path) -> None:
        """Set it as it comes.

        Raises:
            UserError: The disk refuses.
        """
        self.on(self.group.recall(folder), self.default).keep(folder)


def options_of(group: type[Remembered]) -> Iterator[Option]:
    """Those of a group, in the order of its fields."""
    for one in fields(group):  # type: ignore[arg-type] # every group is a dataclass
        about = one.metadata.get(ABOUT)
        if isinstance(about, _About):
            yield Option(
                about.id,
                about.section,
                about.title,
                about.explained,
                about.values,
                group,
                one.name,
                about.travels,
            )
