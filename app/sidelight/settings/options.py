"""Every option of the program, once: from here come the command and the window.

A new option is one ``option(…)`` field in its group; a new group is one line here.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from sidelight.domain.errors import UserError
from sidelight.settings.choices import LastChoices
from sidelight.settings.cues import CueChoice
from sidelight.settings.keys import Buttons, key_options
from sidelight.settings.look import Look
from sidelight.settings.option import Option, Section, options_of
from sidelight.settings.room import RoomChoice
from sidelight.settings.sidebar import SidebarChoice

GROUPS: Final = (
    LastChoices,
    SidebarChoice,
    RoomChoice,
    CueChoice,
    Buttons,
    Look,
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
