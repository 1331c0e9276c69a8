"""Word files in our look, and the same bytes for the same content.

python-docx starts from a template of its own; what that says of its maker, its dates
and its looks is replaced here.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from sidelight.export import look
from sidelight.export.writing import is_right_to_left, printable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as WordParagraph

_FONT: Final = "Calibri"
"""Word has it on every system; others set Carlito, which is as wide."""

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""A zip file has to say when; this says that nobody knows."""

SMALL_PRINT: Final = "Small Print"
QUOTED: Final = "Quoted"
TURN: Final = "Turn"
LISTED: Final = "Listed"


def new_file(title: str) -> WordDocument:
    """An empty A4 document with our styles, English, and nobody's name on it."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = printable(title)
    properties.author = properties.comments = properties.last_modified_by = ""
    for when in ("created", "modified"):
        found = properties._element.find(qn(f"dcterms:{when}"))  # noqa: SLF001
        properties._element.remove(found)  # noqa: SLF001 - it cannot be emptied
    relations = document.part.package.rels
    for key in [k for k, r in relations.items() if r.reltype == _THUMBNAIL]:
        del relations[key]  # a picture of python-docx's own template
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.top_margin = section.bottom_margin = Mm(28)
    _style(document)
    return document


def number_pages(document: WordDocument) -> None:
    """The page's number at the foot of each page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[SMALL_PRINT]
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def add(document: WordDocument, style: str, text: str = "") -> WordParagraph:
    """A paragraph in one of the styles, in the direction of its text."""
    paragraph = document.add_paragraph(style=style)
    if text:
        write(paragraph, text)
    return paragraph


def write(
    paragraph: WordParagraph,
    text: str,
    *,
    bold: bool = False,
    soft: bool = False,
    turns: bool = True,
) -> None:
    """Words at the end of a paragraph.

    Args:
        paragraph: Where.
        text: Control characters are left out.
        bold: Read first.
        soft: Read second.
        turns: Whether they turn the paragraph round where they go from right to left.
    """
    run = paragraph.add_run(printable(text))
    run.bold = bold or None
    if soft:
        run.font.color.rgb = _colour(look.INK_SOFT)
    if is_right_to_left(text):
        run.font.rtl = True
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no way but this
        if turns and properties.find(qn("w:bidi")) is None:
            properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
            if paragraph.style is not None and paragraph.style.name == QUOTED:
                _edge(properties, "right")


def saved(document: WordDocument) -> bytes:
    """The whole file; its parts carry no date of when it was made."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with (
        zipfile.ZipFile(raw) as made,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for part in made.infolist():
            entry = zipfile.ZipInfo(part.filename, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # what packed it is nobody's business either
            kept.writestr(entry, made.read(part))
    return fixed.getvalue()


_THUMBNAIL: Final = RELATIONSHIP_TYPE.THUMBNAIL

_AFTER_BIDI: Final = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:rPr"),
    *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId"),
    *("w:cnfStyle", "w:sectPr", "w:pPrChange"),
)
"""What stands behind ``w:bidi`` in a paragraph's properties (ECMA-376, 17.3.1.26)."""


def _style(document: WordDocument) -> None:
    styles = document.styles
    normal = _paragraph_style(document, "Normal", 11, after=6)
    normal.paragraph_format.line_spacing = 1.15
    _paragraph_style(document, "Title", 24, after=2)
    _unlined(styles["Title"].element)
    _paragraph_style(document, "Heading 2", 12, before=20, after=6, ink=look.ACCENT)
    _paragraph_style(document, "Heading 3", 11, before=12, after=4)
    for name in ("Heading 2", "Heading 3"):
        styles[name].font.bold = True
    _paragraph_style(document, SMALL_PRINT, 9, before=10, after=10, ink=look.INK_SOFT)
    quoted = _paragraph_style(document, QUOTED, 11, after=8)
    quoted.paragraph_format.left_indent = Mm(4)
    quoted.paragraph_format.right_indent = Mm(4)
    _edge(quoted.element.get_or_add_pPr(), "left")
    listed = _paragraph_style(document, LISTED, 11, after=5)
    listed.paragraph_format.left_indent = Mm(6)
    listed.paragraph_format.first_line_indent = -Mm(6)
    turn = _paragraph_style(document, TURN, 11, after=7)
    turn.paragraph_format.left_indent = Mm(38)
    turn.paragraph_format.first_line_indent = -Mm(38)
    for stop in (16, 38):
        turn.paragraph_format.tab_stops.add_tab_stop(Mm(stop))


def _paragraph_style(
    document: WordDocument,
    name: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    ink: str = look.INK,
) -> ParagraphStyle:
    """A style of ours, or one of the template's made ours; sizes in points."""
    styles = document.styles
    if name not in styles:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style: ParagraphStyle = styles[name]
    style.font.size = Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = _colour(ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]  # themes win over names otherwise
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    return style


def _unlined(style: BaseOxmlElement) -> None:
    """The template underlines its title."""
    properties = style.find(qn("w:pPr"))
    line = None if properties is None else properties.find(qn("w:pBdr"))
    if properties is not None and line is not None:
        properties.remove(line)


def _edge(properties: BaseOxmlElement, side: str) -> None:
    """A line where a quote begins, and none on the other side.

    Args:
        properties: ``w:pPr`` of a style or a paragraph.
        side: ``left`` or ``right``.
    """
    borders = OxmlElement("w:pBdr")
    for each in ("left", "right"):
        line = OxmlElement(f"w:{each}")
        drawn = (("val", "single"), ("sz", "12"), ("space", "8"))
        for key, value in drawn if each == side else (("val", "nil"),):
            line.set(qn(f"w:{key}"), value)
        if each == side:
            line.set(qn("w:color"), look.ACCENT.removeprefix("#"))
        borders.append(line)
    properties.insert_element_before(borders, "w:shd", "w:tabs", *_FROM_SPACING)


_FROM_SPACING: Final = ("w:suppressAutoHyphens", "w:kinsoku", "w:bidi", *_AFTER_BIDI)


def _colour(written: str) -> RGBColor:
    return RGBColor.from_string(written.removeprefix("#").upper())
