"""Python's garbage collector in a window process: in the window's own thread alone.

Python collects in whichever thread happens to need memory, and what it finds may be a
widget: widgets and what listens to them refer to each other. Qt destroys one outside of
its own thread by waiting for that thread, which may be waiting for the other: the
window stands still for ever, or the process dies (``docs/decisions/0031``).
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def collect_here(application: QApplication) -> None:
    """From now on collect only when this application's loop has nothing else to do.

    Once for each application; again does nothing. Thread: the application's.
    """
    if application.findChild(_Collector) is None:
        _Collector(application)


def collect_due() -> None:
    """Collect what Python itself would have collected by now, and no more.

    For whoever makes windows without an event loop. Thread: the application's.
    """
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return


class _Collector(QObject):
    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        gc.disable()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._collect)

    @Slot()
    def _collect(self) -> None:
        collect_due()
