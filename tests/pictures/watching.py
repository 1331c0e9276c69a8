"""Waits for what is shown, as a screen reader gets to know it; never for a time."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING

from tests.fakes.screen_reader import ACTIVE, FOCUSED, SHOWING, Node, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = "Sidelight"
PATIENCE_S = 120.0


class NotShownError(Exception):
    """It did not come; the message says what is there instead."""


class Watcher:
    """Looks at every window of the program that is on the screen."""

    def __init__(self) -> None:
        self._reader = Reader()

    def close(self) -> None:
        """Leave the bus."""
        self._reader.close()

    def names(self) -> Iterator[str]:
        """Of everything that is showing, from above to below."""
        for node in self._nodes():
            if name := self._reader.name(node):
                yield name

    def shows(self, pattern: str) -> bool:
        """Whether something with this in its name is showing."""
        return any(re.search(pattern, name) for name in self.names())

    def see(self, *patterns: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until each of these is part of the name of something that is showing."""
        for pattern in patterns:
            self._wait(partial(self.shows, pattern), pattern, patience_s)

    def miss(self, *patterns: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until none of these is showing any more."""
        for pattern in patterns:
            self._wait(partial(self._hides, pattern), f"no {pattern}", patience_s)

    def _hides(self, pattern: str) -> bool:
        return not self.shows(pattern)

    def focused(self) -> str:
        """The name of what has the keyboard; "": nothing, or it has no name."""
        # A window in the background keeps what had the focus in it.
        name = ""
        for node in self._nodes(active=True):
            if self._has_keyboard(node):
                name = self._reader.name(node) or name  # a text's paper has none
                if self._leads_no_further(node):
                    break
        return name

    def see_told(self, name: str, pattern: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until what has this name says this about itself."""

        def told() -> bool:
            return any(
                self._reader.name(node) == name
                and re.search(pattern, self._reader.description(node))
                for node in self._nodes()
            )

        self._wait(told, f"{name}: {pattern}", patience_s)

    def _has_keyboard(self, node: Node) -> bool:
        """A list's current item says so too while the keyboard is elsewhere."""
        if not self._is(node, FOCUSED):
            return False
        if self._reader.role(node) != "list item":
            return True
        return self._is(self._reader.parent(node), FOCUSED)

    def _is(self, node: Node, state: int) -> bool:
        return bool(self._reader.states(node) >> state & 1)

    def _leads_no_further(self, node: Node) -> bool:
        """Not a window or list whose part has the focus as well."""
        children = self._reader.children(node)
        return not any(self._is(child, FOCUSED) for child in children)

    def _nodes(self, *, active: bool = False) -> Iterator[Node]:
        """What is showing; of a program that is just going, what can be had.

        Args:
            active: Only in the window that has the keyboard.
        """
        try:
            for program in self._reader.programs(PROGRAM):
                for window in self._reader.children(program):
                    if not active or self._is(window, ACTIVE):
                        yield from self._below(window)
        except TimeoutError:
            return

    def _below(self, node: Node) -> Iterator[Node]:
        if self._is(node, SHOWING):
            yield node
            for child in self._reader.children(node):
                yield from self._below(child)

    def _wait(
        self, condition: Callable[[], bool], wanted: str, patience_s: float
    ) -> None:
        deadline = time.monotonic() + patience_s
        while not condition():
            if time.monotonic() > deadline:
                there = "\n  ".join(self.names()) or "nothing that answers"
                raise NotShownError(f"waited for: {wanted}\nthere is:\n  {there}")
            time.sleep(0.05)
