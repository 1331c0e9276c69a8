"""Every document in every format it can have: one file and one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sidelight.export.client_note import client_note
from sidelight.export.formats import (
    csv_moments,
    flac,
    html,
    json_documents,
    markdown,
    opus,
    pdf,
    plain_text,
    plain_transcript,
    subrip,
    webvtt,
    word,
    word_transcript,
)
from sidelight.export.package import Exporter, Package, SoundExporter, What
from sidelight.export.reflection_note import reflection_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.export.document import Document

_Made = TypeVar("_Made", bytes, str)


def _note(
    compose: Callable[[Package], Document], of_document: Callable[[Document], _Made]
) -> Callable[[Package], _Made]:
    return lambda package: of_document(compose(package))


EXPORTERS: tuple[Exporter, ...] = (
    Exporter(What.CLIENT_NOTE, "md", _note(client_note, markdown.render)),
    Exporter(What.CLIENT_NOTE, "docx", _note(client_note, word.render)),
    Exporter(
        What.CLIENT_NOTE,
        "pdf",
        _note(client_note, pdf.render),
        _note(client_note, pdf.remark),
    ),
    Exporter(What.CLIENT_NOTE, "html", _note(client_note, html.render)),
    Exporter(What.CLIENT_NOTE, "txt", _note(client_note, plain_text.render)),
    Exporter(What.REFLECTION_NOTE, "md", _note(reflection_note, markdown.render)),
    Exporter(What.REFLECTION_NOTE, "docx", _note(reflection_note, word.render)),
    Exporter(
        What.REFLECTION_NOTE,
        "pdf",
        _note(reflection_note, pdf.render),
        _note(reflection_note, pdf.remark),
    ),
    Exporter(What.REFLECTION_NOTE, "html", _note(reflection_note, html.render)),
    Exporter(What.REFLECTION_NOTE, "txt", _note(reflection_note, plain_text.render)),
    Exporter(What.TRANSCRIPT, "docx", word_transcript.render),
    Exporter(What.TRANSCRIPT, "txt", plain_transcript.render),
    Exporter(What.TRANSCRIPT, "vtt", webvtt.render),
    Exporter(What.TRANSCRIPT, "srt", subrip.render),
    Exporter(What.TRANSCRIPT, "json", json_documents.render_transcript),
    Exporter(What.MOMENTS, "json", json_documents.render_moments),
    Exporter(What.MOMENTS, "csv", csv_moments.render),
)

SOUND_EXPORTERS: tuple[SoundExporter, ...] = (
    SoundExporter("flac", flac.encode),
    SoundExporter("opus", opus.encode),
)


def exporter(what: What, format_: str) -> Exporter | None:
    """The exporter of this document in this format, if there is one."""
    found = (e for e in EXPORTERS if e.what is what and e.format == format_)
    return next(found, None)
