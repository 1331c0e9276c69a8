"""Where commands write: JSON lines on stdout, everything for people on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class JsonLines:
    """One object a line on stdout, UTF-8, each with ``type``, the first with ``v``."""

    def __init__(self) -> None:
        self._first = True
        # A Windows console may use another encoding; the contract is UTF-8.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")

    def write(self, type_: str, fields: Mapping[str, object]) -> None:
        """Write one line and flush it, so that a reader follows live."""
        head: dict[str, object] = {"v": 1} if self._first else {}
        self._first = False
        line = head | {"type": type_} | dict(fields)
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def say(text: str) -> None:
    """A sentence for a person, on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
