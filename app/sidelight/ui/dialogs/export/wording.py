"""What the export window says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.export.package import What
from sidelight.export.redaction import Names
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.export.names import NameFound

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
PAGES_TOO_SMALL: Final = tr("The text of its pages, in your size")
BAD_TIME: Final = tr("A time is written like 1:30 or 1:02:30.")
BACKWARDS: Final = tr("The range ends before it begins.")
SAVE: Final = tr("Save…")
PLAIN: Final = tr("What is saved is not encrypted: whoever has the file can read it.")
CLOSE: Final = tr("Close")
INSTEAD: Final = tr("What you write stands instead of the name, in this export only.")
STAYS: Final = tr("stays as it is")
OTHERS_TOO: Final = tr(
    "There may be others: names without a capital letter are not found."
)
LOOK_TOO: Final = tr("No other names were found. Please look yourself too.")
IN_SOUND: Final = tr("Names and voices stay in the sound.")


def format_title(format_: str) -> str:
    """What a format is called."""
    return FORMATS.get(format_, format_.upper())


def name_told(found: NameFound) -> str:
    """A name, and how often where that is more than once."""
    return found.name if found.times == 1 else f"{found.name} ({found.times})"


def more_names(count: int) -> str:
    """Shows names that have no field yet."""
    if count == 1:
        return tr("Show 1 more name")
    return tr("Show {n} more names", n=count)
