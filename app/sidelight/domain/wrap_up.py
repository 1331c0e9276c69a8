"""What the coach wrote and accepted after a session: a fold of its events.

A note for themselves, lines of the client note that may leave, and whether they are
done. What the coach did not accept is nowhere here: a draft is computed, never stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sidelight.domain.events import (
    Event,
    LineAccepted,
    LineWithdrawn,
    LineWritten,
    NoteShaped,
    NoteWritten,
    WrapUpFinished,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from sidelight.domain.notes import NotePart
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import UtteranceId


@dataclass(frozen=True, slots=True)
class WrapUp:
    """How far the coach is with it.

    Attributes:
        note: Private; ``""``: none.
        accepted: Drafted lines that may leave, in the order of accepting.
        written: Lines in the coach's own words, by their numbers: in the order in which
            they were first written.
        parts: What the client note consists of; ``()``: of the standard parts.
        finished: The coach is done; nothing is missing, whatever is empty.
    """

    note: str = ""
    accepted: tuple[LineAccepted, ...] = ()
    written: tuple[LineWritten, ...] = ()
    parts: tuple[NotePart, ...] = ()
    finished: bool = False

    @property
    def lines(self) -> frozenset[int]:
        """Numbers of the lines that may leave."""
        accepted = (one.line for one in self.accepted)
        return frozenset((*accepted, *(one.line for one in self.written)))

    # One arm an event of the wrap-up.
    def after(self, event: Event) -> WrapUp:  # noqa: PLR0911
        """The wrap-up once this event has happened."""
        match event:
            case NoteWritten(text=text):
                return replace(self, note=text)
            case LineAccepted():
                return replace(self, accepted=(*self.accepted, event))
            case LineWritten():
                left = tuple(one for one in self.accepted if one.line != event.line)
                written = _with(self.written, event)
                return replace(self, accepted=left, written=written)
            case NoteShaped(parts=parts):
                return replace(self, parts=parts)
            case LineWithdrawn(line=gone):
                return replace(
                    self,
                    accepted=tuple(x for x in self.accepted if x.line != gone),
                    written=tuple(x for x in self.written if x.line != gone),
                )
            case WrapUpFinished():
                return replace(self, finished=True)
            case _:
                return self

    def without(self, span: Span, utterances: Collection[UtteranceId]) -> WrapUp:
        """The wrap-up once a stretch went off the record.

        Args:
            span: The stretch.
            utterances: Those that went with it.
        """
        left = tuple(
            one
            for one in self.accepted
            if not one.span.overlaps(span)
            and not any(said in utterances for said in one.utterance_ids)
        )
        written = tuple(
            one
            for one in self.written
            if (one.span is None or not one.span.overlaps(span))
            and not any(said in utterances for said in one.utterance_ids)
        )
        return replace(self, accepted=left, written=written)

    def wordless(self) -> WrapUp:
        """Without a word that was said; what the coach wrote stays."""
        own = tuple(one for one in self.written if one.span is None)
        return replace(self, accepted=(), written=own)

    def within(self, span: Span) -> WrapUp:
        """What has a place in this stretch of the session, and nothing else."""
        inside = tuple(one for one in self.accepted if one.span.overlaps(span))
        written = tuple(
            one
            for one in self.written
            if one.span is not None and one.span.overlaps(span)
        )
        return replace(self, note="", accepted=inside, written=written)


def _with(
    written: tuple[LineWritten, ...], line: LineWritten
) -> tuple[LineWritten, ...]:
    """With this line, which takes the place of one with its number.

    By number, not by event: the record keeps only the newest event of a line, and the
    lines must not change their order when a session is opened again.
    """
    others = (one for one in written if one.line != line.line)
    return tuple(sorted((*others, line), key=lambda one: one.line))
