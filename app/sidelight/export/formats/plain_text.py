"""Notes as plain text, to be read anywhere."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import printable

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document

_WIDTH: Final = 76
_RULES: Final = {1: "=", 2: "-"}
_UNBROKEN: Final = 1 << 20


def render(document: Document) -> bytes:
    """The whole file, UTF-8."""
    return _text(document, _WIDTH).encode()


def on_screen(document: Document) -> str:
    """The same words where lines are broken when they are shown, and none is ruled."""
    return _text(document, _UNBROKEN)


def _text(document: Document, width: int) -> str:
    blocks = (printable(_block(block, width)) for block in document)
    return "\n\n".join(blocks) + "\n"


def _block(block: Block, width: int) -> str:
    match block:
        case Heading(level=level, text=text):
            rule = _RULES.get(level, "") if width == _WIDTH else ""
            return f"{text}\n{rule * len(text)}" if rule else text
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
