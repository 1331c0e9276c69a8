"""Where sound comes from: the one protocol that microphones, files and fakes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.audio.block import AudioBlock
    from sidelight.audio.watch import SoundCondition
    from sidelight.domain.timeline import Gap
    from sidelight.domain.transcript import Layout


class Source(Protocol):
    """Aligned sound from position 0 on, in order, without holes.

    Attributes:
        name: For people: a device's or file's name.
        layout: The channels every block has.
        opened_at: Seconds on the capture clock at position 0, known from the first
            block on; ``None`` before, and for sound that has no such time (a file).
    """

    name: str
    layout: Layout
    opened_at: float | None = None

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """The sound, once.

        Each block begins where the one before ended. A ``Gap`` says that the silence in
        the blocks over its span stands for lost sound. Ends at the end of the sound, or
        soon after ``stop``.

        Raises:
            UserError: The device or file failed; what came before is valid.
        """
        ...

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """What is wrong with the devices, the worst first. Thread: any.

        Args:
            now: Seconds on the capture clock.
        """
        del now
        return ()  # what has no device inherits this

    def stop(self) -> None:
        """Make ``blocks`` end. Thread: any; more than once is fine."""
        ...
