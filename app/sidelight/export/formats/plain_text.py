"""Notes as plain text, to be read anywhere."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import printable

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document

_WIDTH: Final = 76


def render(document: Document) -> bytes:
    """The whole file, UTF-8."""
    blocks = (printable(_block(block)) for block in document)
    return ("\n\n".join(blocks) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(level=1, text=text):
            return f"{text}\n{'=' * len(text)}"
        case Heading(level=2, text=text):
            return f"{text}\n{'-' * len(text)}"
        case Heading(text=text):
            return text
        case Paragraph(text=text):
            return textwrap.fill(text, _WIDTH)
        case Quote(text=text, time=time, speaker=speaker):
            said = ", ".join(x for x in (speaker, time) if x)
            return _indented(f"“{text}”" + (f" ({said})" if said else ""))
        case Item(label=label, text=text, quote=quote):
            parts = [label, text, f"“{quote}”" if quote else ""]
            return _indented(", ".join(p for p in parts if p))
        case _:
            assert_never(block)


def _indented(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
