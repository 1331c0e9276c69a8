"""The composition root of the window processes; see ``bootstrap`` for the others.

Apart, because somebody waits for a window: its process loads nothing that only engines
and recognisers are made of.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.session.child import child_border, launcher_is_gone
from sidelight.session.process import ChildProcess
from sidelight.settings.look import LANGUAGE_VARIABLE, Look

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.domain.timeline import Millis
    from sidelight.settings.paths import Paths

_NO_WINDOW: Final = (
    "The window cannot be shown: a system library for it is missing.",
    "python3 packaging/bootstrap.py installs what it needs.",
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A window process.

    Attributes:
        run: Where the engine listens.
        headless: Draw into memory, without a screen.
        snapshots: When to save a picture of the sidebar, and where.
        timeline: Where to save a picture of the timeline, or ``None``.
        closes: End by itself once everything was shown and saved.
        logs: Folder for its log.
        choices: Folder where the coach's choices are remembered; ``None``: nothing is.
        in_room: Whether everybody is in one room, where that is known already.
    """

    run: Path
    headless: bool
    snapshots: tuple[tuple[Millis, Path], ...]
    timeline: Path | None
    closes: bool
    logs: Path
    choices: Path | None = None
    in_room: bool | None = None


@dataclass(frozen=True, slots=True)
class HomePlan:
    """A window process without a session: home, the start card, a review.

    Attributes:
        logs: Folder for its log.
        choices: Folder where the coach's choices are remembered; ``None``: nothing is.
    """

    logs: Path
    choices: Path | None = None


def window_plan(paths: Paths, *, in_room: bool | None = None) -> WindowPlan:
    """The window of a coach's own session.

    Args:
        paths: Where things lie.
        in_room: See ``WindowPlan``.
    """
    return WindowPlan(
        run=paths.run,
        headless=False,
        snapshots=(),
        timeline=None,
        closes=False,
        logs=paths.data / "logs",
        choices=paths.data,
        in_room=in_room,
    )


def opener(plan: WindowPlan) -> Callable[[], ChildProcess]:
    """Starts the window's process, each time it is called; not seen before ``Show``."""
    return partial(ChildProcess, run_window, (plan,), "window")


def run_window(connection: Connection, plan: WindowPlan) -> None:
    """Entry of the window process; its exit code is the window's.

    Args:
        connection: To the launcher; told when the window cannot be shown. Says when
            the window is to be seen, and when there is an engine to follow.
        plan: What to show.
    """
    code = 1
    with child_border(connection, plan.logs, "window"):
        look = _look(plan.choices)
        try:
            from sidelight.ui.app import run_window as show
            from sidelight.ui.application import Snapshot, WindowOptions
            from sidelight.ui.theme.theme import ThemeName
        except ImportError as error:
            raise UserError(*_NO_WINDOW) from error
        from sidelight.session.awaiting import AwaitedLink

        options = WindowOptions(
            headless=plan.headless,
            snapshots=tuple(Snapshot(at, path) for at, path in plan.snapshots),
            timeline_png=plan.timeline,
            close_after_review=plan.closes,
            theme=ThemeName(look.theme),
            text_scale=look.text / 100,
            reduced_motion=look.reduced_motion,
            choices=plan.choices,
            in_room=plan.in_room,
        )
        _await_word(connection)
        with closing(AwaitedLink(connection, plan.run, launcher_is_gone)) as link:
            code = show(link, options)
    sys.exit(code)


def run_measured_window(
    connection: Connection, plan: WindowPlan, cost_s: float
) -> None:
    """Entry of a window process that is watched, for the benchmark.

    Args:
        connection: Gets the ``WindowFigures`` when the session is over.
        plan: What to show; it closes by itself and opens no review.
        cost_s: How long its cost is measured, before its event loop is.
    """
    with child_border(connection, plan.logs, "window"):
        from sidelight.session.following import PATIENCE_S, FollowingClient
        from sidelight.ui.application import WindowOptions
        from sidelight.ui.measuring import run_measured

        options = WindowOptions(
            headless=plan.headless, review=False, close_after_review=True
        )
        _await_word(connection)
        with FollowingClient.connect(
            plan.run, first_s=PATIENCE_S, hopeless=launcher_is_gone
        ) as client:
            connection.send(run_measured(client, options, cost_s))


def _await_word(connection: Connection) -> None:
    """Until the launcher wants a window; what takes time is loaded before."""
    try:
        connection.recv()
    except (EOFError, ConnectionResetError):
        _log.info("there was nothing to show")
        sys.exit(1)


def run_home(connection: Connection, plan: HomePlan) -> None:
    """Entry of the window process before and after sessions.

    Args:
        connection: To the launcher, which answers what home asks.
        plan: What to show.
    """
    code = 1
    with child_border(connection, plan.logs, "home"):
        look = _look(plan.choices)
        try:
            from sidelight.ui.application import WindowOptions
            from sidelight.ui.home.app import run_home as show
            from sidelight.ui.theme.theme import ThemeName
        except ImportError as error:
            raise UserError(*_NO_WINDOW) from error
        from sidelight.session.home.link import PipeLink

        options = WindowOptions(
            theme=ThemeName(look.theme),
            text_scale=look.text / 100,
            reduced_motion=look.reduced_motion,
            choices=plan.choices,
        )
        code = show(PipeLink(connection), options)
    sys.exit(code)


def _look(choices: Path | None) -> Look:
    """How the coach wants windows to look; their language is settled with it.

    Call before anything of ``ui`` is loaded: its modules speak as they are (``words``).

    Args:
        choices: Folder where the coach's choices are remembered, or ``None``.
    """
    look = Look() if choices is None else Look.recall(choices)
    if look.language:
        os.environ.setdefault(LANGUAGE_VARIABLE, look.language)
    return look
