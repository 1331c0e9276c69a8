"""Notes as pages, typeset by Typst inside this process: no file, no network.

The bundled fonts come first, so that the same note gives the same bytes everywhere.
They have Latin, Greek, Cyrillic and (Typst's own) Hebrew; for what they lack, and only
then, this computer's fonts are looked at. A sign that no font here has stays a box.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, Literal, assert_never

import typst

from sidelight import resources
from sidelight.export import look
from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import breakable, is_right_to_left, printable

if TYPE_CHECKING:
    from sidelight.export.document import Block, Document

_BORROWED: Final = re.compile(
    "[^\u0000-\u052f\u0590-\u05f4\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u22ff]"
)
"""Signs for which the bundled fonts are not enough."""

_PREVIEW_PPI: Final = 110.0


def pdf(document: Document) -> bytes:
    """The pages as a tagged PDF without dates or numbers of its own making."""
    (whole,) = _compiled(document, "pdf")
    return whole


def pictures(document: Document) -> tuple[bytes, ...]:
    """Each page as a PNG, to be looked at."""
    return _compiled(document, "png")


def borrows(document: Document) -> bool:
    """Whether signs come from fonts of this computer, or are boxes without them."""
    return _BORROWED.search(_data(document)) is not None


def _compiled(document: Document, format_: Literal["pdf", "png"]) -> tuple[bytes, ...]:
    data = _data(document)
    fonts = typst.Fonts(
        include_system_fonts=_BORROWED.search(data) is not None,
        include_embedded_fonts=True,
        font_paths=[resources.fonts()],
    )
    # What was said must not reach an error's text: Typst quotes its source, which is
    # only our template, and never its inputs.
    template = (resources.documents() / "note.typ").read_bytes()
    made = typst.Compiler(font_paths=fonts).compile(
        template,
        format=format_,
        sys_inputs={"note": data},
        ppi=_PREVIEW_PPI if format_ == "png" else None,
    )
    if made is None:
        raise AssertionError("Typst returns what has no file to go to")
    return tuple(made) if isinstance(made, list) else (made,)


def _data(document: Document) -> str:
    title = next((b.text for b in document if isinstance(b, Heading)), "Note")
    colours = {"ink": look.INK, "ink_soft": look.INK_SOFT, "accent": look.ACCENT}
    blocks = [_block(block) for block in document]
    data = {"title": printable(title), "look": colours, "blocks": blocks}
    return json.dumps(data, ensure_ascii=False)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level=level, text=text):
            told: dict[str, Any] = {"type": "heading", "level": level, "text": text}
        case Paragraph(text=text, quiet=quiet):
            told = {"type": "paragraph", "quiet": quiet, "text": text}
        case Quote(text=text, time=time, speaker=speaker):
            told = {"type": "quote", "text": text, "time": time, "speaker": speaker}
        case Item(label=label, text=text, quote=quote):
            told = {"type": "item", "label": label, "text": text, "quote": quote}
        case _:
            assert_never(block)
    shown = {
        key: breakable(printable(value)) if isinstance(value, str) else value
        for key, value in told.items()
    }
    words = told.get("quote") or told["text"]
    return shown | {"rtl": is_right_to_left(words)}
