"""Notes as Word files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.word_file import (
    LISTED,
    QUOTED,
    SMALL_PRINT,
    add,
    new_file,
    saved,
    write,
)
from sidelight.export.writing import embedded

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from sidelight.export.document import Block, Document

_HEADINGS: Final = {1: "Title", 2: "Heading 2", 3: "Heading 3"}


def render(document: Document) -> bytes:
    """The whole file."""
    title = next((b.text for b in document if isinstance(b, Heading)), "Note")
    file = new_file(title)
    for block in document:
        _add(file, block)
    return saved(file)


def _add(file: WordDocument, block: Block) -> None:
    match block:
        case Heading(level=level, text=text):
            add(file, _HEADINGS[level], text)
        case Paragraph(text=text, quiet=quiet):
            add(file, SMALL_PRINT if quiet else "Normal", text)
        case Quote(text=text, time=time, speaker=speaker):
            paragraph = add(file, QUOTED, text)
            said = ", ".join(x for x in (speaker, time) if x)
            if said:
                write(paragraph, f"  {said}", soft=True, turns=False)
        case Item(label=label, text=text, quote=quote):
            paragraph = add(file, LISTED)
            write(paragraph, label, bold=True, turns=False)
            if text:
                write(paragraph, f"  {text}", soft=True, turns=False)
            if quote:
                # Beside the label where nothing else is, below it otherwise.
                gap = "\n" if text else "  "
                write(paragraph, f"{gap}{embedded(f'“{quote}”')}", turns=False)
        case _:
            assert_never(block)
