"""The README's pictures, from a run of ``tests.pictures.flow``.

``python -m tests.pictures.readme RUN-FOLDER`` writes ``docs/images`` anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QImage
from tests.fakes.desktop import ROOT

from sidelight.ui.pictures import save_picture

IMAGES = ROOT / "docs" / "images"
SHOWN = {
    "sidebar": "call-later",
    "start-card": "start-card-filled",
    "review": "review-moment",
    "client": "client",
}
"""Name of the picture, and the step that it is of."""

MOST_BYTES = 200_000


def main() -> int:
    """Write them."""
    run = Path(sys.argv[1])
    for name, step in SHOWN.items():
        (taken,) = run.glob(f"[0-9]*-{step}.png")
        path = IMAGES / f"{name}.png"
        save_picture(QImage(str(taken)), path)
        assert path.stat().st_size <= MOST_BYTES, f"{path} is too large"
    return 0


if __name__ == "__main__":
    sys.exit(main())
