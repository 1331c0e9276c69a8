"""``sidelight`` alone: home's window comes first, while the rest is still loading.

The window's process needs as long for Qt as the launcher needs for the record. So it is
started before the launcher's own imports, on which nothing here may rest: what this
module loads, everybody waits for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sidelight.bootstrap import HomePlan, engine_runs, run_home
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.session.process import (
    ChildProcess,
    interrupts_ignored,
    terminates_in_order,
)
from sidelight.settings.paths import Paths
from sidelight.speech.process import one_blas_thread

if TYPE_CHECKING:
    from collections.abc import Callable


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
    if engine_runs(paths.run):
        from sidelight.cli.live import LiveChoices, listen  # noqa: PLC0415 (slow)

        return listen(LiveChoices())
    start_window = partial(
        ChildProcess, run_home, (HomePlan(paths.data / "logs", paths.data),), "home"
    )
    with terminates_in_order():
        _host(paths, start_window)
    return 0


def _host(paths: Paths, start_window: Callable[[], ChildProcess]) -> None:
    window = start_window()
    one_blas_thread()  # the launcher computes nothing, and the window needs the core
    try:
        from sidelight.cli.home import home_of  # noqa: PLC0415 (slow)

        home = home_of(paths, start_window)
    except BaseException:  # whatever it was: no window without a launcher
        with interrupts_ignored():
            window.end()
        raise
    home.run(window)
