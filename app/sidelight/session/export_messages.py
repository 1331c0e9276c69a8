"""What an export window asks for, and what it is told: small frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sidelight.export.redaction import Instead, Names

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.timeline import Span
    from sidelight.export.names import NameFound
    from sidelight.export.package import What


@dataclass(frozen=True, slots=True)
class Wish:
    """What the coach wants to have.

    Attributes:
        what: Which document.
        format: As in ``Exporter.format``.
        names: How the client appears.
        span: Only what overlaps this stretch, or everything.
        accept_drafts: The demo alone accepts its own drafted lines.
        consent: See ``PackageChoices``.
        others: What stands instead of other people's names.
    """

    what: What
    format: str
    names: Names = Names.FIRST
    span: Span | None = None
    accept_drafts: bool = False
    consent: str = ""
    others: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class ToCheck:
    """What the coach should look at before it goes to anybody.

    Attributes:
        names: What looks like a name in what leaves; before any is replaced by
            other words, so that a choice can be seen and changed.
        remarks: Sentences about the file.
    """

    names: tuple[NameFound, ...] = field(default=(), repr=False)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be written.

    Attributes:
        pages: PNG pictures of its pages; none where it has none.
        text: Its text, that of the pages where it has some; ``""`` of sound.
        to_check: What to look at.
    """

    pages: tuple[bytes, ...] = field(repr=False)
    text: str = field(repr=False)
    to_check: ToCheck


@dataclass(frozen=True, slots=True)
class PreviewExport:
    """Show what would be written. Tells ``PreviewMade`` or ``ExportRefused``."""

    session: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class SaveExport:
    """Write it there. Tells ``ExportSaved`` or ``ExportRefused``."""

    session: str
    wish: Wish
    path: Path


@dataclass(frozen=True, slots=True)
class PreviewMade:
    """What would be written for this wish."""

    wish: Wish
    preview: Preview


@dataclass(frozen=True, slots=True)
class ExportSaved:
    """It is written."""

    path: Path
    to_check: ToCheck


@dataclass(frozen=True, slots=True)
class ExportRefused:
    """It was not made, or not written: the two sentences of a ``UserError``."""

    wish: Wish
    message: str
    remedy: str


ExportRequest = PreviewExport | SaveExport
ExportNews = PreviewMade | ExportSaved | ExportRefused
