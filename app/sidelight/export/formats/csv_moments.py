"""The moments as CSV, safe to open in a spreadsheet.

Source of the defused characters: OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock
from sidelight.domain.doubtful import doubted

if TYPE_CHECKING:
    from sidelight.export.package import Package

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(package: Package) -> bytes:
    """The whole file: UTF-8 with a byte order mark, as spreadsheets expect."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        (
            *("time", "start_ms", "end_ms", "kind", "title", "form", "episode"),
            *("confidence", "quote", "reason", "doubtful"),
        )
    )
    ghosts = doubted(package.story)
    for m in sorted(package.story.moments, key=lambda m: (m.span.start, m.id)):
        writer.writerow(
            [
                clock(m.span.start),
                m.span.start,
                m.span.end,
                m.kind,
                _defused(package.title(m.kind)),
                m.form.value if m.form else "",
                "" if m.episode is None else m.episode,
                f"{m.confidence:.3f}",
                _defused(m.quote),
                _defused(m.reason),
                "yes" if not ghosts.isdisjoint(m.utterance_ids) else "",
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _defused(text: str) -> str:
    """A leading apostrophe keeps a spreadsheet from running the text as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
