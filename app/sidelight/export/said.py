"""Everything in a document that somebody said or wrote, as plain texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sidelight.domain.notes import Section
from sidelight.export.document import Item, Quote
from sidelight.export.package import Package, What
from sidelight.export.reflection_note import reflection_note

if TYPE_CHECKING:
    from collections.abc import Iterator


def texts(package: Package, what: What) -> tuple[str, ...]:
    """What of this leaves with that document; sound has no text."""
    match what:
        case What.CLIENT_NOTE:
            return tuple(_of_client_note(package))
        case What.REFLECTION_NOTE:
            return tuple(_of_reflection(package))
        case What.TRANSCRIPT:
            return (package.name("client"), *(u.text for u in package.story.utterances))
        case What.MOMENTS:
            story = package.story
            quotes = [m.quote for m in (*story.moments, *story.hollow)]
            quotes += [m.quote for m, _ in story.withdrawn]
            request = story.request.quote if story.request else ""
            return (*quotes, *(mark.note for mark in story.marks), request)
        case What.SOUND:
            return ()
        case _:
            assert_never(what)


def _of_client_note(package: Package) -> Iterator[str]:
    note = package.client_note
    yield note.client
    for section in Section:
        yield from (line.quote for line in note.accepted(section))
    yield from (line.text for line in note.own)


def _of_reflection(package: Package) -> Iterator[str]:
    """Its paragraphs are ours, but for what the coach wrote."""
    yield package.reflection.client
    yield package.reflection.own
    for block in reflection_note(package):
        if isinstance(block, Quote):
            yield block.text
        elif isinstance(block, Item):
            yield block.quote
