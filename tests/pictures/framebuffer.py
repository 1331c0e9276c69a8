"""What a virtual screen shows, read from the file that Xvfb keeps it in.

Source: ``XWDFile.h`` of xorgproto (a header of big-endian words, colours, pixels).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from sidelight.ui.pictures import save_picture

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FILE = "Xvfb_screen0"
_HEADER, _WIDTH, _HEIGHT, _LINE, _COLOURS = 0, 4, 5, 12, 19
"""Places of the header's words."""
_COLOUR_BYTES = 12

STILL_S = 0.15
"""What has not changed for so long has been drawn."""
LIVELY_S = 1.5
"""What changes for so long, such as a level meter, is taken as it is."""


class Framebuffer:
    """The whole screen.

    Args:
        folder: What Xvfb was told by ``-fbdir``.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def pixels(self) -> NDArray[np.uint32]:
        """What is shown now, 0x??RRGGBB, shape (height, width)."""
        words = np.memmap(self._path, ">u4", "r", shape=(25,))
        width, height, line = (int(words[at]) for at in (_WIDTH, _HEIGHT, _LINE))
        begin = int(words[_HEADER]) + int(words[_COLOURS]) * _COLOUR_BYTES
        shown = np.memmap(self._path, "<u4", "r", begin, (height, line // 4))
        return np.array(shown[:, :width])

    def still(self) -> NDArray[np.uint32]:
        """What is shown once it is drawn; see ``STILL_S`` and ``LIVELY_S``."""
        latest = time.monotonic() + LIVELY_S
        shown, since = self.pixels(), time.monotonic()
        while time.monotonic() < latest:
            time.sleep(0.03)
            now = self.pixels()
            if not np.array_equal(now, shown):
                shown, since = now, time.monotonic()
            elif time.monotonic() - since > STILL_S:
                break
        return shown

    def save(self, path: Path) -> None:
        """Write what is shown as a PNG."""
        shown = np.ascontiguousarray(self.still() | 0xFF000000)
        height, width = shown.shape
        rgb = QImage.Format.Format_RGB32
        image = QImage(shown.tobytes(), width, height, width * 4, rgb)
        save_picture(image.convertToFormat(QImage.Format.Format_RGB888), path)
