"""Every option of the program, once: from here come the command and the window.

A new option is one ``option(…)`` field in its group; a new group is one line here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.settings.choices import LastChoices
from sidelight.settings.cues import CueChoice
from sidelight.settings.keeping import KeepingChoice
from sidelight.settings.keys import Buttons, key_options
from sidelight.settings.look import Look
from sidelight.settings.option import Option, Section, options_of
from sidelight.settings.room import RoomChoice
from sidelight.settings.sidebar import SidebarChoice

if TYPE_CHECKING:
    from pathlib import Path

GROUPS: Final = (
    LastChoices,
    SidebarChoice,
    RoomChoice,
    CueChoice,
    Buttons,
    Look,
    KeepingChoice,
)
"""Each in a file of its own."""

_SECTIONS: Final = tuple(Section)

OPTIONS: Final[tuple[Option, ...]] = tuple(
    sorted(
        (*key_options(), *chain.from_iterable(map(options_of, GROUPS))),
        key=lambda one: _SECTIONS.index(one.section),
    )
)
"""In the order of the window."""


def find(id_: str) -> Option:
    """The option of this name.

    Raises:
        UserError: There is none.
    """
    for one in OPTIONS:
        if one.id == id_:
            return one
    raise UserError(
        f"There is no setting {id_}.", "`sidelight settings list` shows all of them."
    )


def packed(folder: Path) -> bytes:
    """Whatever was chosen and means the same on another computer, for a backup.

    Args:
        folder: ``Paths.data``.
    """
    chosen = {
        one.id: text
        for one in OPTIONS
        if one.travels and (text := one.text(folder)) != one.values.show(one.default)
    }
    return json.dumps(chosen).encode()


def unpack(folder: Path, settings: bytes) -> None:
    """Set what a backup brought and nobody has chosen here.

    What this version does not know is passed over.

    Args:
        folder: ``Paths.data``.
        settings: As ``packed`` made them; empty: a backup without any.
    """
    chosen = json.loads(settings or b"{}")
    for one in OPTIONS:
        here = one.text(folder) != one.values.show(one.default)
        if one.id in chosen and not here:
            with suppress(UserError):
                one.set(folder, str(chosen[one.id]))
