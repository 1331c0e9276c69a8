"""One export of one session: what the coach wants, what leaves, what to check in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.errors import UserError
from sidelight.domain.shown import shown
from sidelight.domain.timeline import Millis, Span
from sidelight.export import pages
from sidelight.export.client_note import client_note
from sidelight.export.formats import EXPORTERS, SOUND_EXPORTERS, plain_text
from sidelight.export.formats import plain_transcript as plain
from sidelight.export.names import names_found
from sidelight.export.package import Exporter, SoundExporter, What
from sidelight.export.redaction import Names
from sidelight.export.reflection_note import reflection_note
from sidelight.export.said import texts
from sidelight.session.export_messages import (
    ExportRefused,
    ExportSaved,
    Preview,
    PreviewExport,
    PreviewMade,
    SaveExport,
    ToCheck,
)
from sidelight.session.outputs import write_whole
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.sound_export import write_sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.export.document import Document
    from sidelight.export.package import Package
    from sidelight.session.export_messages import ExportNews, ExportRequest, Wish
    from sidelight.session.sound_export import SoundFiles

ALL: Final[tuple[Exporter | SoundExporter, ...]] = (*EXPORTERS, *SOUND_EXPORTERS)
"""Every document in every format."""

_NOTES: Final[dict[What, Callable[[Package], Document]]] = {
    What.CLIENT_NOTE: client_note,
    What.REFLECTION_NOTE: reflection_note,
}
_PAGES: Final = "pdf"
_PACKED: Final = "docx"

SOUND_HAS_NAMES: Final = UserError(
    "Names cannot be taken out of sound, and a voice is known by itself.",
    "Export the transcript without names, or the sound as it is.",
)
SOUND_LATER: Final = UserError(
    "The sound can be exported once this window is closed.",
    "Open the session from home then.",
)
SAME_WORDS: Final = "The Word file has these words, laid out for reading."


def find_exporter(what: str, format_: str) -> Exporter | SoundExporter:
    """The exporter that was asked for by name.

    Raises:
        UserError: There is none, with what there is.
    """
    of_document = [one for one in ALL if one.what.value == what]
    if not of_document:
        documents = ", ".join(dict.fromkeys(one.what.value for one in ALL))
        raise UserError(f"There is no document '{what}'.", f"Choose from: {documents}.")
    for one in of_document:
        if one.format == format_:
            return one
    formats = ", ".join(one.format for one in of_document)
    raise UserError(
        f"The document '{what}' has no format '{format_}'.", f"Choose from: {formats}."
    )


def answer_export(
    request: ExportRequest,
    opened: Callable[[str], AbstractContextManager[tuple[SoundFiles | None, Story]]],
    consent: Callable[[str], str],
) -> ExportNews:
    """Do what an export window asks for; the world's faults are told like the rest.

    Args:
        request: What it asks.
        opened: Opens a session; without its files where only its story is at hand.
        consent: What the record has of the client's consent to hand a session in.
    """
    try:
        with opened(request.session) as (files, story):
            agreed = replace(request.wish, consent=consent(request.session))
            match request:
                case PreviewExport(wish=wish):
                    return PreviewMade(wish, preview(story, agreed))
                case SaveExport(path=path):
                    return ExportSaved(path, write_export(files, story, agreed, path))
                case _:
                    assert_never(request)
    except UserError as fault:
        return ExportRefused(request.wish, fault.message, fault.remedy)


def write_export(
    files: SoundFiles | None, story: Story, wish: Wish, path: Path
) -> ToCheck:
    """Write it, whole or not at all.

    Args:
        files: The session's; only sound needs them.
        story: What happened in it.
        wish: What is wanted.
        path: Replaced where it exists.

    Raises:
        UserError: There is no such export, or the place cannot be written.
    """
    exporter = find_exporter(wish.what.value, wish.format)
    if isinstance(exporter, SoundExporter):
        if wish.names is not Names.FIRST:
            raise SOUND_HAS_NAMES
        if files is None:
            raise SOUND_LATER
        silent = write_sound(files, story, exporter, wish.span, path)
        return ToCheck(remarks=tuple(map(str, silent)))
    made = _package(story, wish)
    write_whole(path, exporter.render(made))
    return _to_check(exporter, made, story, wish)


def preview(story: Story, wish: Wish) -> Preview:
    """What ``write_export`` would write, to be looked at first.

    Raises:
        UserError: There is no such export.
    """
    exporter = find_exporter(wish.what.value, wish.format)
    if isinstance(exporter, SoundExporter):
        if wish.names is not Names.FIRST:
            raise SOUND_HAS_NAMES
        return Preview((), "", ToCheck())
    made = _package(story, wish)
    check = _to_check(exporter, made, story, wish)
    note = _NOTES.get(exporter.what)
    if exporter.format == _PAGES and note is not None:
        document = note(made)
        words = plain_text.on_screen(document)
        return Preview(pages.pictures(document), words, check)
    if exporter.format == _PACKED:
        if note is None:
            words = plain.render(made).decode()
        else:
            words = plain_text.on_screen(note(made))
        remarks = (*check.remarks, SAME_WORDS)
        return Preview((), words, replace(check, remarks=remarks))
    return Preview((), exporter.render(made).decode("utf-8-sig"), check)


def file_name(story: Story, wish: Wish) -> str:
    """What to call the file: what and when, and nobody's name."""
    session = story.session
    day = f" {session.started_at:%Y-%m-%d}" if session else ""
    return f"{_TITLES[wish.what]}{day}.{wish.format}"


def named_as(path: Path, format_: str) -> Path:
    """The path with a name that says what the file is.

    Another format's suffix goes; what is none (as in "Ana 2.1") belongs to the name.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix == format_:
        return path
    name = path.stem if suffix in _SUFFIXES else path.name
    return path.with_name(f"{name}.{format_}")


def refuse_other_name(path: Path, format_: str) -> None:
    """See that a file is not called what it is not; a name may have no suffix.

    Raises:
        UserError: It has another format's.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in _SUFFIXES and suffix != format_:
        raise UserError(
            f"{shown(path.name)} would be called {suffix} and be {format_}.",
            f"Let the name end in .{format_}.",
        )


_SUFFIXES: Final = frozenset(one.format for one in ALL)
"""What each format's files end in."""

_TITLES: Final = {
    What.CLIENT_NOTE: "Session note",
    What.REFLECTION_NOTE: "Reflection note",
    What.TRANSCRIPT: "Transcript",
    What.MOMENTS: "Moments",
    What.SOUND: "Sound",
}


def _package(story: Story, wish: Wish) -> Package:
    choices = PackageChoices(
        names=wish.names,
        others=wish.others,
        span=wish.span,
        accept_drafts=wish.accept_drafts,
        consent=wish.consent,
    )
    return package(story, choices)


def _to_check(exporter: Exporter, made: Package, story: Story, wish: Wish) -> ToCheck:
    as_said = _package(story, replace(wish, others=())) if wish.others else made
    found = names_found(texts(as_said, exporter.what))
    remark = exporter.remark(made)
    return ToCheck(found, (remark,) if remark else ())


def as_span(start: Millis | None, end: Millis | None) -> Span | None:
    """A range that may be open on either side.

    Raises:
        UserError: It ends before it begins.
    """
    if start is None and end is None:
        return None
    first, last = start or Millis(0), _LATEST if end is None else end
    if last <= first:
        raise UserError(
            "The range ends before it begins.", "Give --from before --to, as in 1:30."
        )
    return Span(first, last)


_LATEST: Final = Millis(24 * 60 * 60 * 1000)
"""Later than any session ends."""
