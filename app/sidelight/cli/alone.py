"""``sidelight`` alone: home's window comes first, while the rest is still loading.

The window's process needs as long for Qt as the launcher needs for the record. So it is
started before the launcher's own imports, on which nothing here may rest: what this
module loads, everybody waits for.
"""

from __future__ import annotations

from functools import partial

from sidelight.cli.first_window import FirstWindow
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.session.process import (
    ChildProcess,
    terminates_in_order,
)
from sidelight.settings.paths import Paths
from sidelight.speech.process import one_blas_thread
from sidelight.windows import HomePlan, run_home


def open_home() -> int:
    """Show home until somebody closes it; the sessions begun there run in between.

    A session that runs already is shown instead.

    Returns:
        0, the exit code.

    Raises:
        UserError: There is no display, or the window died again and again.
    """
    paths = Paths.find().prepare()
    keep_memory_out_of_dumps()  # before the passphrase is in it
    start_window = partial(
        ChildProcess, run_home, (HomePlan(paths.data / "logs", paths.data),), "home"
    )
    with terminates_in_order():
        if _host(paths, FirstWindow(start_window)):
            return 0
    from sidelight.cli.live import LiveChoices, listen  # noqa: PLC0415 (slow)

    return listen(LiveChoices())


def _host(paths: Paths, start_window: FirstWindow) -> bool:
    """Whether home was shown; else there is an engine, and the window is gone again."""
    one_blas_thread()  # the launcher computes nothing, and the window needs the core
    with start_window:
        from sidelight.session.exclusive import engine_runs  # noqa: PLC0415 (slow)

        if engine_runs(paths.run):
            return False
        from sidelight.cli.home import home_of  # noqa: PLC0415 (slow)

        home_of(paths, start_window).run()
    return True
