"""What the export window says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.export.package import What
from sidelight.export.redaction import Names
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.export_messages import ToCheck

TITLE: Final = tr("Export")
DOCUMENTS: Final = (
    (tr("Note for the client"), What.CLIENT_NOTE),
    (tr("Reflection note, for you"), What.REFLECTION_NOTE),
    (tr("Transcript"), What.TRANSCRIPT),
    (tr("Moments, as data"), What.MOMENTS),
    (tr("Sound"), What.SOUND),
)
FORMATS: Final = {
    "pdf": "PDF",
    "docx": tr("Word"),
    "html": tr("Web page (HTML)"),
    "txt": tr("Plain text"),
    "md": tr("Markdown"),
    "vtt": tr("Subtitles (WebVTT)"),
    "srt": tr("Subtitles (SubRip)"),
    "json": "JSON",
    "csv": tr("Table (CSV)"),
    "flac": tr("FLAC, as it was kept"),
    "opus": tr("Opus, small"),
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
    (tr("First name"), Names.FIRST),
    (tr("Initials"), Names.INITIALS),
    (tr("No name"), Names.NONE),
)
WAIT: Final = tr("One moment …")
NO_PICTURE: Final = tr("Sound has no preview: listen to it in the review.")
BAD_TIME: Final = tr("A time is written like 1:30 or 1:02:30.")
BACKWARDS: Final = tr("The range ends before it begins.")
SAVE: Final = tr("Save…")
PLAIN: Final = tr("What is saved is not encrypted: whoever has the file can read it.")
CLOSE: Final = tr("Close")


def format_title(format_: str) -> str:
    """What a format is called."""
    return FORMATS.get(format_, format_.upper())


def names_told(to_check: ToCheck, what: What) -> str:
    """The list of names to check."""
    if what is What.SOUND:
        return tr("Names and voices stay in the sound.")
    if not to_check.names:
        return tr("Nothing in it looks like a name. Please look yourself too.")
    found = ", ".join(
        one.name if one.times == 1 else f"{one.name} ({one.times})"
        for one in to_check.names
    )
    return tr(
        "{names}. There may be others: names written small are not found.",
        names=found,
    )
