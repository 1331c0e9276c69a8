"""Sound as FLAC: every sample as it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.export import encoding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    import numpy as np
    from numpy.typing import NDArray

_CODING: Final = encoding.Coding("flac", "flac")


def encode(blocks: Iterable[NDArray[np.int16]], channels: int, out: BinaryIO) -> None:
    """Write the whole file; see ``encoding.encode``."""
    encoding.encode(_CODING, blocks, channels, out)
