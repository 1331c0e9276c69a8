"""Which device is meant: by name and sound system, never by number, never nearly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = re.compile(r"\s*\(hw:\d+,\d+\)|(?<=\()\d+- ")
"""What the same device is given anew when it is plugged in again: ALSA's card number,
and Windows' "2- " before the name of a device that was seen on another socket."""


@dataclass(frozen=True, slots=True, order=True)
class DeviceName:
    """A sound device, known by what stays the same when others come and go.

    Attributes:
        name: As the system calls it.
        host_api: The sound system (ALSA, WASAPI, Core Audio).
    """

    name: str
    host_api: str

    @property
    def lasting(self) -> DeviceName:
        """Without the numbers that change from one plugging in to the next."""
        return DeviceName(_NUMBERS.sub("", self.name), self.host_api)


def find_device(wanted: DeviceName, present: Sequence[DeviceName]) -> int:
    """Where a device stands in the present list; another is never taken for it.

    Args:
        wanted: As it was remembered.
        present: As the system lists them now.

    Returns:
        The index, good until the list changes.

    Raises:
        UserError: It is not there, or several could be it: then a person has to choose.
    """
    exact = [index for index, name in enumerate(present) if name == wanted]
    alike = [i for i, name in enumerate(present) if name.lasting == wanted.lasting]
    found = exact or alike
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(
            f"There are {len(found)} devices called {wanted.name!r}.",
            "Unplug the one you do not mean, or choose another.",
        )
    others = ", ".join(sorted({name.name for name in present}))
    raise UserError(
        f"{wanted.name!r} is not there.",
        f"Plug it in, or choose: {others}." if others else "Plug it in.",
    )
