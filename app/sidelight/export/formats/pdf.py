"""Notes as PDF: pages as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.export import pages

if TYPE_CHECKING:
    from sidelight.export.document import Document

BORROWED = (
    "It has signs that Sidelight's own fonts lack: this computer's fonts were used."
    " Look at the pages before you send them."
)


def render(document: Document) -> bytes:
    """The whole file."""
    return pages.pdf(document)


def remark(document: Document) -> str:
    """What the coach should know of it, or ``""``."""
    return BORROWED if pages.borrows(document) else ""
