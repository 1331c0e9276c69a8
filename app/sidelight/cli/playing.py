"""Following a session from the terminal: moments as they are noticed, and progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.cli.lines import session_line
from sidelight.cli.output import JsonLines
from sidelight.domain.clock_time import clock
from sidelight.domain.events import MomentNoticed, MomentWithdrawn, StoredEvent
from sidelight.domain.moments import PROCESS_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from sidelight.session.messages import Status

_LATE_MS: Final = 2_000
"""A lag worth a word."""


class Progress:
    """Says how far a run is: one line that moves, or a line each tenth of the way.

    Args:
        stream: Where it is shown; by default stderr, so that results can be piped.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._moving = self._stream.isatty()
        self._shown = ""
        self._tenth = -1

    def show(self, status: Status) -> None:
        """Take in a status."""
        length = status.length_ms
        of = f" of {clock(length)}" if length else ""
        behind = (
            f", {status.lag_ms / 1000:.0f} s behind" if status.lag_ms > _LATE_MS else ""
        )
        line = f"{clock(status.position)}{of}{behind}"
        if self._moving:
            if line != self._shown:
                self._stream.write(f"\r\x1b[K{line}")
                self._stream.flush()
                self._shown = line
            return
        tenth = status.position * 10 // length if length else status.position // 60_000
        if tenth > self._tenth:
            self._tenth = tenth
            self._stream.write(f"… {line}\n")
            self._stream.flush()

    def clear(self) -> None:
        """Make room for another line in the same place."""
        if self._moving and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = ""


class Reporter(Protocol):
    """Writes what happens to stdout, for people or for programs."""

    def event(self, stored: StoredEvent) -> None:
        """Something was stored."""

    def end(self, fields: Mapping[str, object], sentences: tuple[str, ...]) -> None:
        """The run is over: its summary as fields, and as sentences."""


class ForPrograms:
    """JSON lines."""

    def __init__(self) -> None:
        self._lines = JsonLines()

    def event(self, stored: StoredEvent) -> None:
        """A line for each moment that is noticed or withdrawn."""
        line = session_line(stored.event, stored.committed_at)
        if line is not None and isinstance(
            stored.event, MomentNoticed | MomentWithdrawn
        ):
            type_, fields = line
            self._lines.write(type_, fields | {"delay_ms": stored.delay_ms})

    def end(self, fields: Mapping[str, object], sentences: tuple[str, ...]) -> None:
        """The last line."""
        del sentences
        self._lines.write("summary", fields)


class ForPeople:
    """Lines to read.

    Args:
        titles: What each kind is called on screen.
        progress: Shares the terminal.
        stream: Where the lines go; by default stdout.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        progress: Progress,
        stream: TextIO | None = None,
    ) -> None:
        self._titles = titles
        self._progress = progress
        self._stream = stream or sys.stdout

    def event(self, stored: StoredEvent) -> None:
        """A line for each moment; the three kinds with a clock stand out."""
        match stored.event:
            case MomentNoticed(moment=moment) if not moment.hollow:
                sign = "●" if moment.kind in PROCESS_KINDS else "·"
                title = self._titles.get(moment.kind, moment.kind)
                self._say(
                    f"{clock(moment.span.start):>7} {sign} {title:<20}"
                    f" +{stored.delay_ms / 1000:.1f} s  “{moment.quote}”"
                )
            case MomentWithdrawn(at=at):
                self._say(f"{clock(at):>7} ○ taken back, the clock goes on")
            case _:
                pass

    def end(self, fields: Mapping[str, object], sentences: tuple[str, ...]) -> None:
        """The summary, a sentence a line."""
        del fields
        for sentence in sentences:
            self._say(sentence)

    def _say(self, line: str) -> None:
        self._progress.clear()
        self._stream.write(line + "\n")
        self._stream.flush()
