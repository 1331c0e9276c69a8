"""Notes as one self-contained HTML page: no script, no link, no font from elsewhere."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.export import look
from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import printable

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document

_STYLE: Final = f"""
body {{ font: 17px/1.6 Inter, "Segoe UI", system-ui, "Helvetica Neue", sans-serif;
       color: {look.INK}; background: #fff; max-width: 36em; margin: 4em auto;
       padding: 0 1.5em; overflow-wrap: anywhere; }}
h1 {{ font-size: 2em; font-weight: 500; line-height: 1.2; margin: 0; }}
h1 + p {{ margin-top: .3em; }}
h2 {{ font-size: 1em; font-weight: 600; color: {look.ACCENT}; margin: 2.4em 0 .8em; }}
h3 {{ font-size: 1em; font-weight: 600; margin: 1.6em 0 .5em; }}
blockquote {{ margin: .7em 0; padding-inline-start: .9em;
       border-inline-start: 2px solid {look.ACCENT}; }}
ul {{ list-style: none; padding: 0; }}
li {{ margin: .7em 0; }}
strong {{ font-weight: 600; }}
.quiet {{ color: {look.INK_SOFT}; font-size: .85em; }}
@media print {{ body {{ margin: 0 auto; font-size: 11pt; }} }}
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
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_shown(title)}</title>",
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
            return f'<h{level} dir="auto">{_shown(text)}</h{level}>'
        case Paragraph(text=text, quiet=quiet):
            kind = ' class="quiet"' if quiet else ""
            return f'<p{kind} dir="auto">{_shown(text)}</p>'
        case Quote(text=text, time=time, speaker=speaker):
            said = ", ".join(x for x in (speaker, time) if x)
            tail = f' <span class="quiet">{_shown(said)}</span>' if said else ""
            return f'<blockquote dir="auto">{_shown(text)}{tail}</blockquote>'
        case Item(label=label, text=text, quote=quote):
            parts = [f"<strong>{_shown(label)}</strong>"]
            parts += [_shown(text)] if text else []
            parts += [f"“<bdi>{_shown(quote)}</bdi>”"] if quote else []
            return f"<li>{', '.join(parts)}</li>"
        case _:
            assert_never(block)


def _shown(text: str) -> str:
    return escape(printable(text))
