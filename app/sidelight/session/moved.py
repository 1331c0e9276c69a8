"""Sound that begins later in the session than at its source."""

from __future__ import annotations

from sidelight.audio.block import AudioBlock
from sidelight.domain.timeline import Gap, Millis, Samples, Span, to_millis


def moved(item: AudioBlock | Gap, by: Samples) -> AudioBlock | Gap:
    """The same, later.

    Args:
        item: From a source.
        by: A whole number of milliseconds, in samples.
    """
    if isinstance(item, AudioBlock):
        return AudioBlock(Samples(item.start + by), item.samples)
    later = to_millis(by)
    span = Span(Millis(item.span.start + later), Millis(item.span.end + later))
    return Gap(span, item.cause)
