"""What is said of what was deleted, and of what would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.record.deletion import Stuff

if TYPE_CHECKING:
    from sidelight.record.deletion import Extent, Receipt

STAYS: Final = (
    "Backups and files that you exported are not touched: delete them where they are."
)

_NAMES: Final = {
    Stuff.SOUND: "sound",
    Stuff.WORDS: "every word that was said, also in the search",
    Stuff.MOMENTS: "moments",
    Stuff.NOTES: "notes",
    Stuff.LESSONS: "what the program learned from them",
    Stuff.CARD: "their card",
    Stuff.CONSENTS: "what they agreed to",
}


def extent_text(extent: Extent) -> str:
    """How much it is, in one sentence."""
    sessions = "1 session" if extent.sessions == 1 else f"{extent.sessions} sessions"
    stuff = ", ".join(_NAMES[one] for one in extent.stuff)
    return f"{sessions}, {extent.minutes} minutes: {stuff}."


def receipt_fields(receipt: Receipt) -> dict[str, object]:
    """A receipt as JSON fields."""
    return {
        "on": receipt.on.isoformat(),
        "what": receipt.what,
        "sessions": receipt.extent.sessions,
        "minutes": receipt.extent.minutes,
        "stuff": list(receipt.extent.stuff),
    }
