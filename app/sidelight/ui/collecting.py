"""Python's garbage collector in a window process: in the window's own thread alone.

Python collects in whichever thread happens to need memory, and what it finds may be a
widget: widgets and what listens to them refer to each other. Qt destroys one outside of
its own thread by waiting for that thread, which may be waiting for the other: the
window stands still for ever, or the process dies (``docs/decisions/0031``).
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Slot

_LOADED: Final = 2_000
"""So many new objects at once are a session that was read: they stay until its window
is left, and looking through them again and again would take long."""

_GROWN: Final = 0.25
"""Part of what is kept that must be new before all of it is looked through, as in
Python's own rule: with a session of three hours that takes 0.17 s."""


def collect_here() -> Collector:
    """From now on collect only when the application's loop has nothing else to do.

    Returns:
        The application's only one.

    Raises:
        RuntimeError: There is no application yet.

    Thread: the application's.
    """
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("windows come after the application")
    return application.findChild(Collector) or Collector(application)


class Collector(QObject):
    """Belongs to the application; made by ``collect_here``."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        gc.disable()
        self._kept = len(gc.get_objects())
        self._new = 0
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self.collect)

    @Slot()
    def collect(self) -> None:
        """Collect what is due, as Python itself would, and no more."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] <= thresholds[0]:
            return
        if counts[0] > _LOADED:
            self._kept += counts[0]
            gc.collect(1)
            return
        self._new += counts[0]
        if counts[2] > thresholds[2] and self._new > self._kept * _GROWN:
            self.collect_all()
        else:
            gc.collect(1 if counts[1] > thresholds[1] else 0)

    @Slot()
    def collect_all(self) -> None:
        """Look through all that is kept: for when a large window is gone."""
        gc.collect()
        self._kept = len(gc.get_objects())
        self._new = 0
