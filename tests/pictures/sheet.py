"""One page with every picture of a run."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PAGE = """<!doctype html>
<meta charset="utf-8">
<title>{name}</title>
<style>
body {{ font: 15px/1.4 sans-serif; margin: 24px; background: #888; color: #fff }}
main {{ display: grid; gap: 24px;
        grid-template-columns: repeat(auto-fill, minmax(480px, 1fr)) }}
img {{ width: 100%; display: block }}
</style>
<h1>{name}</h1>
<main>
{figures}
</main>
"""
_FIGURE = (
    '<figure><a href="{file}"><img src="{file}" loading="lazy" alt=""></a>'
    "<figcaption>{file}: {shows}</figcaption></figure>"
)


def write_sheet(folder: Path, name: str, steps: Iterable[tuple[str, str]]) -> None:
    """Write ``index.html`` beside the pictures.

    Args:
        folder: Where the pictures are.
        name: Of the run.
        steps: Name of each step and what it shows, in order.
    """
    figures = []
    for number, (step, shows) in enumerate(steps, start=1):
        file = folder / f"{number:02}-{step}.png"
        if file.exists():
            figures.append(_FIGURE.format(file=file.name, shows=html.escape(shows)))
    page = _PAGE.format(name=html.escape(name), figures="\n".join(figures))
    (folder / "index.html").write_text(page, encoding="utf-8")
