"""A session's sound as somebody may hear it: what is off the record is silence.

What went off the record is silence in the spool already; what is hidden and not yet
destroyed, and what cannot be read any more, becomes silence here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Samples, Span, to_millis, to_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sidelight.session.sound import KeptSound

_LOUDEST: Final = 32_768.0


class Audible:
    """Reads a session's sound.

    Attributes:
        unreadable: What was silence only because it could not be read, in order.

    Args:
        sound: Its spool.
        hidden: What goes off the record in a moment.
    """

    def __init__(self, sound: KeptSound, hidden: Sequence[Span]) -> None:
        self._sound = sound
        self._hidden = hidden
        self.unreadable: list[Span] = []

    @property
    def channels(self) -> int:
        """How many there are."""
        channels: int = self._sound.read(Samples(0), 0).shape[1]
        return channels

    def read(self, start: Samples, count: int) -> NDArray[np.int16]:
        """A stretch.

        Args:
            start: First sample.
            count: How many; fewer come where the sound ends.

        Returns:
            int16, shape (n, channels).
        """
        count = max(0, min(count, self._sound.length - start))
        try:
            block = self._sound.read(start, count).copy()
        except UserError:
            block = np.zeros((count, self.channels), np.float32)
            self._note(Span(to_millis(start), to_millis(start + count)))
        for span in self._hidden:
            first = max(0, to_samples(span.start) - start)
            block[first : max(first, to_samples(span.end) - start)] = 0.0
        heard: NDArray[np.int16] = np.rint(block * _LOUDEST).astype(np.int16)
        return heard

    def _note(self, span: Span) -> None:
        if self.unreadable and self.unreadable[-1].end == span.start:
            span = self.unreadable.pop().hull(span)
        self.unreadable.append(span)
