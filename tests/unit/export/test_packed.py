"""Word and PDF: opened as other programs would, with whatever people say."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from tests.fakes.reading_exports import text_of
from tests.fakes.story import StoryBuilder, span

from sidelight.domain.events import OffRecord, OffRecordCause
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Layout, Speaker
from sidelight.export import look
from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.formats import exporter, html, pdf, word
from sidelight.export.package import What
from sidelight.export.writing import breakable, is_right_to_left
from sidelight.session.packaging import PackageChoices, package
from sidelight.ui.theme.tokens import LIGHT

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

HEBREW = "שלום, אני רוצה משפט אחד."
LONG = "rhabarber" * 40
HOSTILE = '#let x = 1; *bold* _it_ $x$ @ref </text> & "q" \\ \x00\x07'
DOCUMENT = (
    Heading(1, f"Note {HOSTILE}"),
    Heading(2, "What was said"),
    Heading(3, "Here"),
    Quote(HEBREW),
    Quote(f"one {LONG} two", "1:02", "Mira"),
    Paragraph(HOSTILE),
    Paragraph("", quiet=True),
    Item("1:00", HOSTILE, HEBREW),
    Item("2:00"),
)


def test_anything_can_be_said_in_a_pdf() -> None:
    made = pdf.render(DOCUMENT)
    assert made == pdf.render(DOCUMENT)
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 1
    text = text_of("pdf", made)
    assert "#let x = 1; *bold* _it_ $x$ @ref </text>" in text
    assert "rhabarber" in text
    assert reader.metadata is not None
    assert reader.metadata.creation_date is None
    assert "/StructTreeRoot" in reader.root_object, "read aloud, it has headings"


def test_no_word_of_a_pdf_leaves_its_page() -> None:
    edges: list[float] = []

    def see(text: str, _: object, matrix: list[float], *rest: object) -> None:
        del rest
        if text.strip():
            edges.append(matrix[4])

    page = PdfReader(io.BytesIO(pdf.render((Quote(LONG),)))).pages[0]
    page.extract_text(visitor_text=see)
    words = page.extract_text().split("\n")
    assert len(words) > 3, "it goes on in the next line"
    assert max(len(line.replace("\u200b", "")) for line in words) < 110
    assert max(edges) < float(page.mediabox.width)


def test_only_signs_that_the_fonts_lack_are_borrowed_and_it_is_said() -> None:
    assert pdf.remark((Quote("Ça va ? Ελένη, Олег, “so” … €"), Quote(HEBREW))) == ""
    assert "this computer's fonts" in pdf.remark((Quote("very good 😀"),))
    assert pdf.render((Quote("very good 😀"),))


def test_anything_can_be_said_in_a_word_file() -> None:
    made = word.render(DOCUMENT)
    assert made == word.render(DOCUMENT)
    file = docx.Document(io.BytesIO(made))
    clean = HOSTILE.replace("\x00", "").replace("\x07", "")
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert texts[0] == f"Note {clean}"
    assert f"one {LONG} two  Mira, 1:02" in texts
    hebrew = next(p for p in file.paragraphs if p.text == HEBREW)
    assert hebrew._p.pPr is not None
    assert hebrew._p.pPr.find(qn("w:bidi")) is not None
    assert hebrew.runs[0].font.rtl


def test_a_word_file_does_not_say_by_whom_and_when_it_was_made() -> None:
    made = word.render((Heading(1, "Note"),))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()
        assert "thumbnail" not in " ".join(file.namelist())
    assert "python-docx" not in core
    assert "20" not in core.partition("<dc:title>")[2]


@pytest.mark.parametrize("format_", ["md", "html", "txt", "docx", "pdf"])
def test_no_note_has_control_characters(format_: str) -> None:
    found = exporter(What.CLIENT_NOTE, format_)
    assert found is not None
    builder = StoryBuilder(client="Mi\x07ra")
    text = text_of(format_, found.render(package(builder.story(), PackageChoices())))
    assert "Session note for Mira" in text


def test_a_web_page_turns_its_paragraphs_by_what_is_said() -> None:
    page = html.render(DOCUMENT).decode()
    assert f'<blockquote dir="auto">{HEBREW}</blockquote>' in page
    assert "overflow-wrap: anywhere" in page


def test_documents_have_the_windows_colours() -> None:
    theirs = (look.INK, look.INK_SOFT, look.ACCENT, look.HAIRLINE)
    assert theirs == (LIGHT.ink, LIGHT.ink_soft, LIGHT.accent, LIGHT.hairline)


def test_breaks_and_directions() -> None:
    assert breakable(LONG).replace("\u200b", "") == LONG
    assert breakable("so it is") == "so it is"
    assert "\u200b\u0301" not in breakable("e\u0301" * 60), "an accent stays"
    assert is_right_to_left("123 שלום then")
    assert not is_right_to_left("then שלום")
    assert not is_right_to_left("…")


def transcript(builder: StoryBuilder, consent: str = "") -> WordDocument:
    found = exporter(What.TRANSCRIPT, "docx")
    assert found is not None
    choices = PackageChoices(consent=consent)
    made = found.render(package(builder.story(), choices))
    assert made == found.render(package(builder.story(), choices))
    return docx.Document(io.BytesIO(made))


def lines(file: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs]


def test_the_credential_transcript_has_what_a_submission_asks_for() -> None:
    builder = StoryBuilder(client="Mira")
    builder.coach("Um, where would you like to begin?")
    builder.client("Well.", pause=4000)
    builder.client("With the, the roses.")
    builder.say(Speaker.CLIENT, "they gross", doubt=Doubt.UNSURE)
    builder.coach("With the roses.")
    told = lines(transcript(builder, "Mira agreed on 20 November."))
    start = told.index("0:01\tCoach:\tUm, where would you like to begin?")
    assert told[start + 1 : start + 4] == [
        "\t\t[4 seconds of silence]",
        "0:07\tMira:\tWell. With the, the roses. they gross [?]",
        "0:12\tCoach:\tWith the roses.",
    ]
    assert told[told.index("Consent") + 1] == "Mira agreed on 20 November."
    assert told.index("Consent") < told.index("Before you send this")
    assert "0:10  they gross  unsure" in told
    assert "Attach it" in "".join(lines(transcript(builder)))


def test_with_one_microphone_nobody_is_given_the_others_words() -> None:
    builder = StoryBuilder(layout=Layout.MONO)
    builder.say(Speaker.UNKNOWN, "Where shall we begin?")
    builder.say(Speaker.UNKNOWN, "With the roses.")
    told = lines(transcript(builder))
    assert "0:01\tSpeaker:\tWhere shall we begin?" in told
    assert "0:03\tSpeaker:\tWith the roses." in told
    assert any("write the names in" in line for line in told)


def test_what_is_missing_is_said_before_the_first_word_and_after_the_last() -> None:
    builder = StoryBuilder()
    builder.coach("Where shall we begin?", pause=10_000)
    cause = OffRecordCause.ASKED
    builder.events += [
        OffRecord(Millis(20_000), span(1_000, 4_000), cause),
        OffRecord(Millis(30_000), span(20_000, 30_000), cause),
    ]
    told = [line for line in lines(transcript(builder)) if "record" in line]
    assert told == [
        "\t\t[off the record, 3 seconds]",
        "\t\t[off the record, 10 seconds]",
    ]


def test_a_session_without_words_is_a_document_all_the_same() -> None:
    builder = StoryBuilder()
    assert "No words." in lines(transcript(builder))
    for what in (What.CLIENT_NOTE, What.REFLECTION_NOTE):
        found = exporter(what, "pdf")
        assert found is not None
        assert found.render(package(builder.story(), PackageChoices()))
