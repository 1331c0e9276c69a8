"""Reads exported files back as other programs would, down to the last hidden corner."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

from pypdf import PdfReader

PACKED = frozenset({"docx", "pdf"})
"""Formats that are not plain text."""


def text_of(format_: str, data: bytes) -> str:
    """Everything that can be read in it, metadata too."""
    if format_ == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [
                file.read(name).decode()
                for name in file.namelist()
                if name.endswith((".xml", ".rels"))
            ]
        # Runs of one paragraph belong together.
        return unescape("\n".join(re.sub(r"<[^>]+>", "", part) for part in parts))
    if format_ == "pdf":
        reader = PdfReader(io.BytesIO(data))
        pages = (page.extract_text() for page in reader.pages)
        said = "\n".join(pages).replace("\u200b", "")
        return f"{said}\n{reader.metadata}\n{reader.xmp_metadata}"
    return data.decode("utf-8-sig")
