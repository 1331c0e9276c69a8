"""A session's window that is watched: how long it kept people waiting, what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from sidelight.ui.app import run_window
from sidelight.ui.application import make_application
from sidelight.ui.loop_meter import LoopMeter

if TYPE_CHECKING:
    from sidelight.session.bench.window_figures import WindowFigures
    from sidelight.ui.application import WindowOptions
    from sidelight.ui.bridge import EngineLink

_SETTLED_MS: Final = 3_000
"""When measuring begins: starting is another figure."""


def run_measured(
    client: EngineLink, options: WindowOptions, cost_s: float
) -> WindowFigures:
    """As ``run_window``.

    Args:
        client: As for ``run_window``.
        options: As for ``run_window``.
        cost_s: How long the cost is measured; then, until the session is over, how
            late the event loop is.

    Returns:
        What was measured from the fourth second on.

    Raises:
        UserError: As ``run_window``.

    Thread: the process's main thread.
    """
    application, _ = make_application(options)
    meter = LoopMeter(application)
    QTimer.singleShot(_SETTLED_MS, meter.begin)
    QTimer.singleShot(_SETTLED_MS + round(cost_s * 1000), meter.beat)
    run_window(client, options)
    return meter.figures()
