"""A note as headings, paragraphs and quotes, before any file format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text of ours; ``quiet`` for small print."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and when they were said (``""``: the reader need not know)."""

    text: str
    time: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a label, then text of ours, then perhaps somebody's words."""

    label: str
    text: str = ""
    quote: str = ""


Block = Heading | Paragraph | Quote | Item
Document = tuple[Block, ...]
