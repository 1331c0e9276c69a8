"""Notes as Markdown (CommonMark), with everything that could be markup escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import printable

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document


def render(document: Document) -> bytes:
    """The whole file, UTF-8."""
    lines: list[str] = []
    previous: Block | None = None
    for block in document:
        both_items = isinstance(block, Item) and isinstance(previous, Item)
        if previous is not None and not both_items:
            lines.append("")
        lines.append(_block(block))
        previous = block
    return ("\n".join(lines) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {_escaped(text)}"
        case Paragraph(text=text, quiet=quiet):
            return f"*{_escaped(text)}*" if quiet else _escaped(text)
        case Quote(text=text, time=time, speaker=speaker):
            said = ", ".join(x for x in (speaker, time) if x)
            return f"> {_escaped(text)}" + (f" ({_escaped(said)})" if said else "")
        case Item(label=label, text=text, quote=quote):
            parts = [f"**{_escaped(label)}**"]
            parts += [_escaped(text)] if text else []
            parts += [f"“{_escaped(quote)}”"] if quote else []
            return "- " + ", ".join(parts)
        case _:
            assert_never(block)


def _escaped(text: str) -> str:
    text = " ".join(printable(text).split())
    text = re.sub(r"([\\`*_{}\[\]<>|~])", r"\\\1", text)
    # A line may not begin like a heading, a list or a quote.
    return re.sub(r"^(#{1,6}|[-+>])(?=\s)|^(\d+)([.)])(?=\s)", _broken, text)


def _broken(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\{match[1]}"
    return f"{match[2]}\\{match[3]}"
