"""Notes as plain text, to be read anywhere."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import printable

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document

_WIDTH: Final = 76
UNBROKEN: Final = 1 << 20


def render(document: Document) -> bytes:
    """The whole file, UTF-8."""
    return text(document).encode()


def text(document: Document, width: int = _WIDTH) -> str:
    """The whole text.

    Args:
        document: What is to be read.
        width: Characters of a line; ``UNBROKEN`` where it is broken when shown.
    """
    blocks = (printable(_block(block, width)) for block in document)
    return "\n\n".join(blocks) + "\n"


def _block(block: Block, width: int) -> str:
    match block:
        case Heading(level=1, text=text):
            return f"{text}\n{'=' * len(text)}"
        case Heading(level=2, text=text):
            return f"{text}\n{'-' * len(text)}"
        case Heading(text=text):
            return text
        case Paragraph(text=text):
            return textwrap.fill(text, width)
        case Quote(text=text, time=time, speaker=speaker):
            said = ", ".join(x for x in (speaker, time) if x)
            return _indented(width, f"“{text}”" + (f" ({said})" if said else ""))
        case Item(label=label, text=text, quote=quote):
            parts = [label, text, f"“{quote}”" if quote else ""]
            return _indented(width, ", ".join(p for p in parts if p))
        case _:
            assert_never(block)


def _indented(width: int, text: str) -> str:
    return textwrap.fill(text, width, initial_indent="  ", subsequent_indent="  ")
