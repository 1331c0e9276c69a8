"""One process that helps the first run, and its owner: as ``session.home.ears``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from sidelight.session.launching import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from sidelight.domain.errors import UserError
    from sidelight.session.process import ChildProcess


Plan = TypeVar("Plan")


class Helper(Generic[Plan]):
    """Owns it: one at a time, ended with it.

    Args:
        start: Starts it with a plan.
    """

    def __init__(self, start: Callable[[Plan], ChildProcess]) -> None:
        self._start = start
        self._child: ChildProcess | None = None

    @property
    def connection(self) -> Connection | None:
        """To wait on; ``None``: there is no process."""
        return None if self._child is None else self._child.connection

    def begin(self, plan: Plan) -> None:
        """End the one before and start another."""
        self.close()
        self._child = self._start(plan)

    def ask(self, request: object) -> None:
        """Pass a request on; one that is gone need not be told."""
        try:
            if self._child is not None:
                self._child.connection.send(request)
        except (BrokenPipeError, ConnectionResetError):
            self.close()

    def hear(self) -> tuple[list[object], UserError | None, bool]:
        """What it told since the last call.

        Returns:
            The news; a fault that kept it from beginning; whether it has ended.
        """
        news: list[object] = []
        child = self._child
        fault: UserError | None = None
        try:
            while child is not None and child.connection.poll():
                one = child.connection.recv()
                if isinstance(one, Refused):
                    fault = one.fault
                else:
                    news.append(one)
        except (EOFError, ConnectionResetError):
            self.close()
            return news, fault, True
        return news, fault, False

    def close(self) -> None:
        """End it. Harmless where there is none."""
        child, self._child = self._child, None
        if child is not None:
            child.end()
