"""What the command line holds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sidelight.bootstrap.engine import run_engine, run_spare_engine
from sidelight.session.process import ChildProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.bootstrap.plans import EnginePlan
    from sidelight.session.launcher import Launcher


def launcher(
    engine: EnginePlan, start_window: Callable[[], ChildProcess] | None
) -> Launcher:
    """What the command line holds: the processes, not started yet.

    Args:
        engine: What to record.
        start_window: Starts a window (``windows.opener``); ``None``: there is none.
    """
    from sidelight.session.launcher import Launcher

    return Launcher(
        start_engine=lambda anchor: ChildProcess(
            run_engine, (replace(engine, anchor=anchor),), "engine"
        ),
        start_window=start_window,
        run_folder=engine.run,
        start_spare=partial(ChildProcess, run_spare_engine, (engine,), "engine"),
    )


def window_only(run: Path, start_window: Callable[[], ChildProcess]) -> Launcher:
    """A window to an engine that somebody else looks after.

    Args:
        run: Where it listens.
        start_window: See ``launcher``.
    """
    from sidelight.session.launcher import Launcher

    def no_engine(_: object) -> ChildProcess:
        msg = "this launcher starts no engine"
        raise ValueError(msg)

    return Launcher(
        start_engine=no_engine,
        start_window=start_window,
        run_folder=run,
    )
