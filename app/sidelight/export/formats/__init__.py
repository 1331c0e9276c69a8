"""Every document in every format it can have: one file and one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.export.client_note import client_note
from sidelight.export.formats import (
    csv_moments,
    html,
    json_documents,
    markdown,
    plain_text,
    plain_transcript,
    subrip,
    webvtt,
)
from sidelight.export.package import Exporter, Package, What
from sidelight.export.reflection_note import reflection_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.export.document import Document


def _note(
    compose: Callable[[Package], Document], render: Callable[[Document], bytes]
) -> Callable[[Package], bytes]:
    return lambda package: render(compose(package))


EXPORTERS: tuple[Exporter, ...] = (
    Exporter(What.CLIENT_NOTE, "md", _note(client_note, markdown.render)),
    Exporter(What.CLIENT_NOTE, "html", _note(client_note, html.render)),
    Exporter(What.CLIENT_NOTE, "txt", _note(client_note, plain_text.render)),
    Exporter(What.REFLECTION_NOTE, "md", _note(reflection_note, markdown.render)),
    Exporter(What.REFLECTION_NOTE, "html", _note(reflection_note, html.render)),
    Exporter(What.REFLECTION_NOTE, "txt", _note(reflection_note, plain_text.render)),
    Exporter(What.TRANSCRIPT, "txt", plain_transcript.render),
    Exporter(What.TRANSCRIPT, "vtt", webvtt.render),
    Exporter(What.TRANSCRIPT, "srt", subrip.render),
    Exporter(What.TRANSCRIPT, "json", json_documents.render_transcript),
    Exporter(What.MOMENTS, "json", json_documents.render_moments),
    Exporter(What.MOMENTS, "csv", csv_moments.render),
)


def exporter(what: What, format_: str) -> Exporter | None:
    """The exporter of this document in this format, if there is one."""
    found = (e for e in EXPORTERS if e.what is what and e.format == format_)
    return next(found, None)
