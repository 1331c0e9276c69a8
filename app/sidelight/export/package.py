"""What an export is made from, and what an exporter is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.notes import ClientNote, ReflectionNote
    from sidelight.domain.story import Story


class What(StrEnum):
    """The documents that can leave."""

    CLIENT_NOTE = "client-note"
    REFLECTION_NOTE = "reflection-note"
    TRANSCRIPT = "transcript"
    MOMENTS = "moments"


@dataclass(frozen=True, slots=True)
class Package:
    """One session, ready to be exported: range cut, names replaced.

    Attributes:
        story: Utterances, moments, gaps and marks.
        client_note: The coach's checked lines (and unchecked ones, which stay here).
        reflection: For the coach's eyes only.
        kind_titles: On-screen title of each kind id.
        speaker_names: What each speaker id is called.
    """

    story: Story
    client_note: ClientNote
    reflection: ReflectionNote
    kind_titles: dict[str, str]
    speaker_names: dict[str, str]

    def title(self, kind: str) -> str:
        """The kind's title on screen."""
        return self.kind_titles.get(kind, kind.replace("_", " "))

    def name(self, speaker: str) -> str:
        """What this speaker is called in the document."""
        return self.speaker_names.get(speaker, speaker)


@dataclass(frozen=True, slots=True)
class Exporter:
    """One document in one format.

    Attributes:
        what: Which document.
        format: Its format, as typed after ``--format``; also the file's suffix.
        render: Same package, same bytes.
    """

    what: What
    format: str
    render: Callable[[Package], bytes]
