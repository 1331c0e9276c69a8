"""The client note as a document. Only accepted lines; nothing about the coaching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.notes import Section
from sidelight.export.dates import long_date
from sidelight.export.document import Heading, Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.export.document import Block, Document
    from sidelight.export.package import Package

_TITLES: Final = {
    Section.FOCUS: "What you wanted from this session",
    Section.OUTCOME: "Where you arrived",
    Section.INSIGHTS: "What you saw",
    Section.COMMITMENTS: "What you said you will do",
}


def client_note(package: Package) -> Document:
    """The note in the client's own words; a section without lines is left out."""
    return tuple(_blocks(package))


def _blocks(package: Package) -> Iterator[Block]:
    note = package.client_note
    name = package.name("client")
    yield Heading(1, f"Session note for {name}" if note.client else "Session note")
    minutes = "1 minute" if note.minutes == 1 else f"{note.minutes} minutes"
    yield Paragraph(f"{long_date(note.started_at)}, {minutes}")
    empty = True
    for section in Section:
        lines = note.accepted(section)
        if not lines:
            continue
        empty = False
        yield Heading(2, _TITLES[section])
        for line in lines:
            yield Quote(line.quote)
    if empty:
        yield Paragraph("No lines have been accepted for this note yet.")
    else:
        yield Paragraph("Every line is quoted from the session.", quiet=True)
    if note.accepted_by_demo:
        yield Paragraph(
            "This is the demo: its lines were accepted automatically. In a real "
            "session nothing leaves before the coach has accepted it.",
            quiet=True,
        )
