"""What the launcher and its children say to each other, over the pipe between them.

Apart from ``session.launcher``: a child does not wait for what only its parent needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidelight.domain.errors import UserError


@dataclass(frozen=True, slots=True)
class Show:
    """To a window: be seen, and say that the session is being got ready."""


@dataclass(frozen=True, slots=True)
class Began:
    """The child does its work now; to a window: the engine does, so follow it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The world did not let it begin, or go on."""

    fault: UserError
