"""What an export is made from, and what an exporter is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.domain.notes import ClientNote, ReflectionNote
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import UtteranceId


class What(StrEnum):
    """The documents that can leave."""

    CLIENT_NOTE = "client-note"
    REFLECTION_NOTE = "reflection-note"
    TRANSCRIPT = "transcript"
    MOMENTS = "moments"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Package:
    """One session, ready to be exported: range cut, names replaced.

    Attributes:
        story: Utterances, moments, gaps and marks.
        client_note: The coach's checked lines (and unchecked ones, which stay here).
        reflection: For the coach's eyes only.
        kind_titles: On-screen title of each kind id.
        speaker_names: What each speaker id is called.
        span: What it was cut to; ``None``: it is all there.
        consent: What the record has of the client's consent, for people; or ``""``.
        edited: Utterances of ``story`` that the coach changed. What was heard instead
            does not leave: a name may have been taken out.
    """

    story: Story
    client_note: ClientNote
    reflection: ReflectionNote
    kind_titles: dict[str, str]
    speaker_names: dict[str, str]
    span: Span | None = None
    consent: str = ""
    edited: frozenset[UtteranceId] = frozenset()

    @property
    def stretch(self) -> str:
        """What it was cut to, in words; ``""``: it is all there."""
        if self.span is None:
            return ""
        end = min(self.span.end, self.story.position)
        return f"from {clock(self.span.start)} to {clock(end)} of the session"

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
        render: Same package, same bytes (on one computer; see ``export.pages``).
        remark: What the coach should know of the file, or ``""``.
    """

    what: What
    format: str
    render: Callable[[Package], bytes]
    remark: Callable[[Package], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class SoundExporter:
    """The session's sound in one format.

    Attributes:
        format: As typed after ``--format``; also the file's suffix.
        encode: Takes blocks of int16, shape (n, channels), at 16 kHz, how many channels
            they have, and a file to write and seek in. Same sound, same bytes.
    """

    format: str
    encode: Callable[[Iterable[NDArray[np.int16]], int, BinaryIO], None]

    @property
    def what(self) -> What:
        """Sound."""
        return What.SOUND
