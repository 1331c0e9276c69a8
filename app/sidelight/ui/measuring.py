"""A session's window that is watched: how long it kept people waiting, what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from sidelight.ui.app import run_window
from sidelight.ui.application import make_application
from sidelight.ui.turns import TurnMeter

if TYPE_CHECKING:
    from sidelight.session.bench.window_figures import WindowFigures
    from sidelight.ui.application import WindowOptions
    from sidelight.ui.bridge import EngineLink

_SETTLED_MS: Final = 3_000
"""When watching begins: starting is another figure."""


def run_measured(client: EngineLink, options: WindowOptions) -> WindowFigures:
    """As ``run_window``.

    Returns:
        What was measured from the fourth second on.

    Raises:
        UserError: As ``run_window``.

    Thread: the process's main thread.
    """
    application, _ = make_application(options)
    meter = TurnMeter(application)
    QTimer.singleShot(_SETTLED_MS, meter.begin)
    run_window(client, options)
    return meter.figures()
