"""What the export window says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.export.package import What
from sidelight.export.redaction import Names

if TYPE_CHECKING:
    from sidelight.session.export_messages import ToCheck

TITLE: Final = "Export"
DOCUMENTS: Final = (
    ("Note for the client", What.CLIENT_NOTE),
    ("Reflection note, for you", What.REFLECTION_NOTE),
    ("Transcript", What.TRANSCRIPT),
    ("Moments, as data", What.MOMENTS),
    ("Sound", What.SOUND),
)
FORMATS: Final = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "Web page (HTML)",
    "txt": "Plain text",
    "md": "Markdown",
    "vtt": "Subtitles (WebVTT)",
    "srt": "Subtitles (SubRip)",
    "json": "JSON",
    "csv": "Table (CSV)",
    "flac": "FLAC, as it was kept",
    "opus": "Opus, small",
}
"""What is not here is called by its suffix, in capitals."""

FIRST_CHOICE: Final = {
    What.CLIENT_NOTE: "pdf",
    What.REFLECTION_NOTE: "pdf",
    What.TRANSCRIPT: "docx",
    What.MOMENTS: "csv",
    What.SOUND: "flac",
}
NAMES: Final = (
    ("First name", Names.FIRST),
    ("Initials", Names.INITIALS),
    ("No name", Names.NONE),
)
WAIT: Final = "One moment …"
NO_PICTURE: Final = "Sound has no preview: listen to it in the review."
BAD_TIME: Final = "A time is written like 1:30 or 1:02:30."
BACKWARDS: Final = "The range ends before it begins."
SAVE: Final = "Save …"
CLOSE: Final = "Close"


def format_title(format_: str) -> str:
    """What a format is called."""
    return FORMATS.get(format_, format_.upper())


def names_told(to_check: ToCheck, what: What) -> str:
    """The list of names to check."""
    if what is What.SOUND:
        return "Names and voices stay in the sound."
    if not to_check.names:
        return "Nothing in it looks like a name. Please look yourself too."
    found = ", ".join(
        one.name if one.times == 1 else f"{one.name} ({one.times})"
        for one in to_check.names
    )
    return f"{found}. There may be others: names written small are not found."
