"""A whole source through a pipeline in this process: files on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, assert_never

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.errors import UserError
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.passing import Passing
from sidelight.domain.timeline import Gap, Millis, Samples, to_millis
from sidelight.domain.transcript import Layout
from sidelight.partnering.dialogue.floor import Floor
from sidelight.partnering.dialogue.moments import moments_from_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidelight.audio.source import Source
    from sidelight.domain.directives import Directive
    from sidelight.domain.events import Event
    from sidelight.domain.moments import Moment


class Recognition(Protocol):
    """What drives: ``session.pipeline.Pipeline``."""

    @property
    def position(self) -> Samples:
        """End of the sound that was fed."""
        ...

    def feed(self, block: AudioBlock) -> list[Event | Passing]:
        """Hear the next sound."""
        ...

    def direct(self, directive: Directive) -> list[Event | Passing]:
        """Finish."""
        ...


@dataclass(frozen=True, slots=True)
class Committed:
    """An event, and the position of the sound when it was there.

    Attributes:
        event: What happened.
        at: ``event.at`` and the time that computing and queueing took.
    """

    event: Event
    at: Millis


def transcribe(
    source: Source,
    pipeline: Recognition,
    *,
    now: Callable[[], Millis] | None = None,
    progress: Callable[[Millis], None] = lambda _: None,
) -> Iterator[Committed]:
    """Hear a source to its end.

    Args:
        source: Played at its own pace.
        pipeline: Fresh.
        now: Position of the sound that has come in by now; ``None``: as fast as it is
            read, so no event waits.
        progress: Told the position after each block.

    Raises:
        UserError: The source failed; all it gave before was heard, and told.
    """

    def committed(items: list[Event | Passing]) -> Iterator[Committed]:
        for item in items:
            if not isinstance(item, Passing):
                yield Committed(item, Millis(max(item.at, now() if now else 0)))

    fault: UserError | None = None
    blocks = source.blocks()
    while True:
        try:
            block = next(blocks, None)
        except UserError as error:
            fault = error
            break
        match block:
            case None:
                break
            case AudioBlock():
                yield from committed(pipeline.feed(block))
                progress(to_millis(pipeline.position))
            case Gap():
                pass  # its silence is in the blocks
            case _:
                assert_never(block)
    yield from committed(pipeline.direct(Finish(to_millis(pipeline.position))))
    if fault is not None:
        raise fault


def found_in_sound(
    heard: Iterable[Committed], layout: Layout, end: Millis
) -> tuple[Moment, ...]:
    """What the sound of a whole recording shows, beside what was noticed in its words.

    Args:
        heard: All that came of it.
        layout: With one microphone nothing is shown.
        end: Of the sound.
    """
    if layout is not Layout.STEREO:
        return ()
    said = [
        one.event.utterance for one in heard if isinstance(one.event, UtteranceHeard)
    ]
    return moments_from_sound(Floor.heard(said, end))
