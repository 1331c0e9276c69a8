"""Puts ``tr`` around plain literals that went past it; the rest is left to people."""

import ast
import re
from pathlib import Path

from translating.sources import bypassing_literals

_IMPORT = "from sidelight.ui.words import tr"
_IMPORTS = re.compile(
    r"^(?:from [^\n]+? import (?:\([^)]*\)|[^\n(]+)|import .+)$", re.MULTILINE
)


def wrap(path: Path) -> int:
    """Rewrite a file; ``ruff check --fix`` and ``ruff format`` belong after it.

    Args:
        path: A Python file.

    Returns:
        How many literals passed through ``tr`` from then on.
    """
    source = path.read_text(encoding="utf-8")
    found = bypassing_literals(ast.parse(source))
    if not found:
        return 0
    raw = source.encode()
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset))[::-1]:
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        raw = raw[:begin] + b"tr(" + raw[begin:end] + b")" + raw[end:]
    path.write_text(_importing(raw.decode()), encoding="utf-8")
    return len(found)


def _importing(source: str) -> str:
    if _IMPORT in source:
        return source
    head = source.partition("if TYPE_CHECKING:\n")[0]
    at = [match.end() for match in _IMPORTS.finditer(head)][-1]
    return f"{source[:at]}\n{_IMPORT}{source[at:]}"
