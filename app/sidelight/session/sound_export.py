"""A stretch of a session's sound as a file: opened in memory, piece after piece.

What went off the record is silence in the spool already; what is hidden and not yet
destroyed, and what cannot be read any more, becomes silence here. All of it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    GapCause,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.session.outputs import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sidelight.domain.session import Session
    from sidelight.domain.story import Story
    from sidelight.export.package import SoundExporter
    from sidelight.record.erasure import Asked
    from sidelight.session.sound import KeptSound

_PIECE: Final = Samples(SAMPLE_RATE)
_LOUDEST: Final = 32_768.0
_OFF_RECORD: Final = "off the record"
_UNREADABLE: Final = "its sound cannot be read any more"
_PAUSED: Final = "paused"
_LOST: Final = "not recorded"


class SoundFiles(Protocol):
    """What of a session's store is exported: ``record.events.SessionStore``."""

    @property
    def session(self) -> Session:
        """Its fixed facts."""
        ...

    @property
    def has_sound(self) -> bool:
        """Whether there is a file of its sound."""
        ...

    def read_spool(self) -> KeptSound:
        """Open its sound."""
        ...

    def hidden(self) -> tuple[Asked, ...]:
        """What goes off the record in a moment."""
        ...


@dataclass(frozen=True, slots=True)
class Silenced:
    """A stretch that is silent in the file although the session went on.

    Attributes:
        span: Which, on the session's clock.
        reason: Why, in words.
    """

    span: Span
    reason: str

    def __str__(self) -> str:
        """A sentence for a person."""
        start, end = clock(self.span.start), clock(self.span.end)
        return f"From {start} to {end} it is silent: {self.reason}."


def write_sound(
    files: SoundFiles,
    story: Story,
    exporter: SoundExporter,
    span: Span | None,
    path: Path,
) -> tuple[Silenced, ...]:
    """Write a stretch of the session's sound.

    Args:
        files: The session's.
        story: What happened in it.
        exporter: The format.
        span: Which stretch; ``None``: all of it.
        path: Replaced where it exists.

    Returns:
        What is silent in it, in order.

    Raises:
        UserError: No sound was kept, the stretch lies behind its end, or the place
            cannot be written.
    """
    if not files.has_sound:
        raise UserError(
            "The sound of this session was not kept.",
            "Its words can be exported: --what transcript.",
        )
    sound = files.read_spool()
    try:
        wanted = _within(sound, span)
        hidden = tuple(asked.span for asked in files.hidden())
        reading = _Reading(sound, wanted, hidden)
        channels = len(files.session.layout.speakers)
        with whole_file(path) as out:
            exporter.encode(reading.blocks(), channels, out)
    finally:
        sound.close()
    told = [Silenced(_cut(s, wanted), _OFF_RECORD) for s in story.off_record]
    told += [Silenced(_cut(s, wanted), _OFF_RECORD) for s in hidden]
    told += [
        Silenced(
            _cut(gap.span, wanted), _PAUSED if gap.cause is GapCause.PAUSED else _LOST
        )
        for gap in story.gaps
    ]
    told += [Silenced(_cut(s, wanted), _UNREADABLE) for s in reading.unreadable]
    seconds = [one for one in told if one.span.length >= _WORTH_TELLING_MS]
    return tuple(sorted(dict.fromkeys(seconds), key=lambda one: one.span))


_WORTH_TELLING_MS: Final = 500
"""Shorter silences stand in every conversation."""


def _within(sound: KeptSound, span: Span | None) -> Span:
    length = to_millis(sound.length)
    whole = Span(Millis(0), length)
    wanted = whole if span is None else _cut(span, whole)
    if not wanted.length:
        raise UserError(
            f"The sound of this session ends at {clock(length)}.",
            "Choose a range before that.",
        )
    return wanted


def _cut(span: Span, to: Span) -> Span:
    start = Millis(min(max(span.start, to.start), to.end))
    return Span(start, Millis(max(start, min(span.end, to.end))))


class _Reading:
    """Goes through the sound once.

    Attributes:
        unreadable: What was silence only because it could not be read.
    """

    def __init__(self, sound: KeptSound, wanted: Span, hidden: Sequence[Span]) -> None:
        self._sound = sound
        self._wanted = wanted
        self._hidden = hidden
        self.unreadable: list[Span] = []

    def blocks(self) -> Iterator[NDArray[np.int16]]:
        """int16, shape (n, channels), in order."""
        channels = self._sound.read(Samples(0), 0).shape[1]
        end = to_samples(self._wanted.end)
        start = to_samples(self._wanted.start)
        while start < end:
            count = min(_PIECE, end - start)
            try:
                block = self._sound.read(start, count).copy()
            except UserError:
                block = np.zeros((count, channels), np.float32)
                self._note(Span(to_millis(start), to_millis(start + count)))
            for span in self._hidden:
                first = max(0, to_samples(span.start) - start)
                block[first : max(first, to_samples(span.end) - start)] = 0.0
            yield np.rint(block * _LOUDEST).astype(np.int16)
            start = Samples(start + count)

    def _note(self, span: Span) -> None:
        if self.unreadable and self.unreadable[-1].end == span.start:
            span = self.unreadable.pop().hull(span)
        self.unreadable.append(span)
