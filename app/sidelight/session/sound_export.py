"""A stretch of a session's sound as a file: opened in memory, piece after piece.

What went off the record, and what cannot be read any more, is silence in it (see
``session.audible``). All of it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    GapCause,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.session.audible import Audible
from sidelight.session.outputs import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.domain.session import Session
    from sidelight.domain.story import Story
    from sidelight.export.package import SoundExporter
    from sidelight.record.erasure import Asked
    from sidelight.session.sound import KeptSound

_PIECE: Final = Samples(SAMPLE_RATE)
_OFF_RECORD: Final = "off the record"
_UNREADABLE: Final = "its sound cannot be read any more"
_PAUSED: Final = "paused"
_LOST: Final = "not recorded"


class SoundFiles(Protocol):
    """What of a session's store is heard: ``record.events.SessionStore``."""

    @property
    def session(self) -> Session:
        """Its fixed facts."""
        ...

    @property
    def has_sound(self) -> bool:
        """Whether there is a file of its sound."""
        ...

    @property
    def lost_sound(self) -> bool:
        """Whether that file is gone though nobody deleted it here."""
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
    if not (files.has_sound or files.lost_sound):
        if files.session.mode is Mode.NO_LISTENING:
            raise UserError(
                "Nobody listened in this session, so it never had any sound.",
                "Its notes can be exported: --what client-note.",
            )
        raise UserError(
            "The sound of this session was not kept.",
            "Its words can be exported: --what transcript.",
        )
    sound = files.read_spool()
    try:
        wanted = _within(sound, span)
        cut_off = _cut_off(sound, story, span)
        hidden = tuple(asked.span for asked in files.hidden())
        audible = Audible(sound, hidden)
        channels = len(files.session.layout.speakers)
        with whole_file(path) as out:
            exporter.encode(_blocks(audible, wanted), channels, out)
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
    told += [Silenced(_cut(s, wanted), _UNREADABLE) for s in audible.unreadable]
    told += [Silenced(cut_off, _UNREADABLE)]
    seconds = [one for one in told if one.span.length >= _WORTH_TELLING_MS]
    return tuple(sorted(dict.fromkeys(seconds), key=lambda one: one.span))


_WORTH_TELLING_MS: Final = 500
"""Shorter silences stand in every conversation."""


def encode_sound(
    files: SoundFiles,
    encode: Callable[[Iterator[NDArray[np.int16]], int, BinaryIO], None],
    out: BinaryIO,
) -> None:
    """All of a session's sound as it may be heard, into a file that is open.

    Args:
        files: The session's, which has sound.
        encode: See ``SoundExporter.encode``.
        out: To be written and sought in.

    Raises:
        UserError: The sound cannot be read.
    """
    sound = files.read_spool()
    try:
        audible = Audible(sound, tuple(asked.span for asked in files.hidden()))
        channels = len(files.session.layout.speakers)
        encode(_blocks(audible, _within(sound, None)), channels, out)
    finally:
        sound.close()


def _cut_off(sound: KeptSound, story: Story, span: Span | None) -> Span:
    """What of the stretch lies behind the end of the sound, and before the session's.

    A file that lost its end is opened like any other; that it is shorter is said.
    """
    end = story.position if span is None else min(span.end, story.position)
    length = to_millis(sound.length)
    return Span(length, max(length, end))


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


def _blocks(sound: Audible, wanted: Span) -> Iterator[NDArray[np.int16]]:
    """int16, shape (n, channels), in order."""
    start, end = to_samples(wanted.start), to_samples(wanted.end)
    while start < end:
        count = min(_PIECE, end - start)
        yield sound.read(start, count)
        start = Samples(start + count)
