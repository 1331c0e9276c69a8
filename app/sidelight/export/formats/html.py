"""Notes as one self-contained HTML page: no script, no link, no font from elsewhere."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.export.document import Heading, Item, Paragraph, Quote

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document

_STYLE: Final = """
body { font: 17px/1.55 Georgia, "Times New Roman", serif; color: #22262b;
       max-width: 38em; margin: 3em auto; padding: 0 1.5em; }
h1 { font-size: 1.7em; margin-bottom: 0; }
h2 { font-size: 1.15em; margin-top: 2em; }
h3 { font-size: 1em; margin-bottom: .2em; }
blockquote { margin: .6em 0; padding-left: 1em; border-left: 3px solid #b9c6cf; }
li { margin: .3em 0; }
.quiet { color: #626a72; font-size: .9em; }
@media print { body { margin: 0 auto; } }
"""


def render(document: Document) -> bytes:
    """The whole file, UTF-8."""
    title = next((b.text for b in document if isinstance(b, Heading)), "Note")
    body: list[str] = []
    for is_item, blocks in groupby(document, key=lambda b: isinstance(b, Item)):
        parts = [_block(b) for b in blocks]
        body += ["<ul>", *parts, "</ul>"] if is_item else parts
    page = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style></head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return ("\n".join(page) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text=text, quiet=quiet):
            kind = ' class="quiet"' if quiet else ""
            return f"<p{kind}>{escape(text)}</p>"
        case Quote(text=text, time=time, speaker=speaker):
            said = ", ".join(x for x in (speaker, time) if x)
            tail = f' <span class="quiet">{escape(said)}</span>' if said else ""
            return f"<blockquote>{escape(text)}{tail}</blockquote>"
        case Item(label=label, text=text, quote=quote):
            parts = [f"<strong>{escape(label)}</strong>"]
            parts += [escape(text)] if text else []
            parts += [f"“{escape(quote)}”"] if quote else []
            return f"<li>{', '.join(parts)}</li>"
        case _:
            assert_never(block)
