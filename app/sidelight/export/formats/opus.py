"""Sound as Opus: a few megabytes for a session, to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.export import encoding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    import numpy as np
    from numpy.typing import NDArray

_CODING: Final = encoding.Coding("opus", "libopus", bits_per_second=24_000)
"""RFC 7587, 3.1.1, names 16 to 20 kb/s as the sweet spot for wideband speech."""


def encode(blocks: Iterable[NDArray[np.int16]], channels: int, out: BinaryIO) -> None:
    """Write the whole file; see ``encoding.encode``."""
    encoding.encode(_CODING, blocks, channels, out)
