"""The client note as a document. Only accepted lines; nothing about the coaching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.notes import Section
from sidelight.export.dates import long_date
from sidelight.export.document import Heading, Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.notes import ClientNote, NotePart
    from sidelight.domain.timeline import Span
    from sidelight.export.document import Block, Document
    from sidelight.export.package import Package


def client_note(package: Package) -> Document:
    """The note in the client's own words; a section without lines is left out."""
    return tuple(_blocks(package))


def _blocks(package: Package) -> Iterator[Block]:
    note = package.client_note
    name = package.name("client")
    yield Heading(1, f"Session note for {name}" if note.client else "Session note")
    minutes = "1 minute" if note.minutes == 1 else f"{note.minutes} minutes"
    yield Paragraph(f"{long_date(note.started_at)}, {minutes}")
    for part in note.parts:
        lines = _lines(note, part)
        if lines:
            yield Heading(2, part.title)
            yield from lines
    yield Paragraph(*_provenance(note, package.stretch))
    if note.accepted_by_demo:
        yield Paragraph(
            "This is the demo: its lines were accepted automatically. In a real "
            "session nothing leaves before the coach has accepted it.",
            quiet=True,
        )


def _lines(note: ClientNote, part: NotePart) -> list[Block]:
    """In order of time; what has no place in the session comes last."""
    quoted = [(one.span, Quote(one.quote)) for one in note.accepted(part.section)]
    own = [(one.span, Paragraph(one.text)) for one in note.own if one.in_part(part)]
    placed: list[tuple[Span, Block]] = [
        *quoted,
        *((span, line) for span, line in own if span is not None),
    ]
    placed.sort(key=lambda one: one[0])
    rest = [line for span, line in own if span is None]
    return [*(line for _, line in placed), *rest]


def _provenance(note: ClientNote, stretch: str) -> tuple[str, bool]:
    """Whose words these are, and whether that is small print."""
    quoted = any(note.accepted(section) for section in Section)
    if quoted and note.own:
        return "The quotations are from the session; your coach wrote the rest.", True
    if quoted:
        return "Every line is quoted from the session.", True
    if note.own:
        return "Written by your coach after the session.", True
    if stretch:
        return f"No accepted line is {stretch}.", False
    return "No lines have been accepted for this note yet.", False
