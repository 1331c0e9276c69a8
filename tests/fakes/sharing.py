"""The systems' part in hiding from screen sharing, as far as their manuals tell."""

from dataclasses import dataclass, field

from sidelight.ui.platform.sharing import (
    WDA_EXCLUDE_FROM_CAPTURE,
    WDA_NONE,
    MacShield,
    WindowsShield,
)


@dataclass
class FakeUser32:
    """``SetWindowDisplayAffinity`` and its reading.

    Only for windows that are there, not for layered ones, and 0x11 only from build
    19041 on. A window that is made anew has lost its affinity.

    Attributes:
        build: Of Windows.
        windows: Affinity of each window that is there.
        layered: Those that something shines through.
        liar: Says yes and does nothing.
    """

    build: int = 22631
    windows: dict[int, int] = field(default_factory=dict)
    layered: set[int] = field(default_factory=set)
    liar: bool = False

    def set_affinity(self, window: int, affinity: int) -> int:
        """1, or 0 if refused."""
        known: tuple[int, ...] = (WDA_NONE, 0x01)
        if self.build >= 19041:
            known = (*known, WDA_EXCLUDE_FROM_CAPTURE)
        if window not in self.windows or affinity not in known:
            return 0
        if self.liar:
            return 1
        if window in self.layered and affinity != WDA_NONE:
            return 0
        self.windows[window] = affinity
        return 1

    def get_affinity(self, window: int) -> int:
        """That of a window; -1: there is none."""
        return self.windows.get(window, -1)

    def shield(self) -> WindowsShield:
        """The real shield on top of it."""
        return WindowsShield(self.set_affinity, self.get_affinity)


@dataclass
class FakeAppKit:
    """``NSWindow.sharingType`` through a view, which may be in no window yet."""

    windows: dict[int, int] = field(default_factory=dict)

    def set_sharing(self, view: int, sharing: int) -> bool:
        """False: that view is in no window."""
        if view not in self.windows:
            return False
        self.windows[view] = sharing
        return True

    def shield(self) -> MacShield:
        """The real shield on top of it."""
        return MacShield(self.set_sharing)


class ScriptedShield:
    """Says what it is told to say and keeps what it was asked.

    Attributes:
        answer: What it says.
        asked: Window and wish, in order.
    """

    def __init__(self, *, answer: bool, needs_opaque: bool = False) -> None:
        self.answer = answer
        self.needs_opaque = needs_opaque
        self.asked: list[tuple[int, bool]] = []

    def cover(self, window: int, *, covered: bool) -> bool:
        """As ``Shield`` says."""
        self.asked.append((window, covered))
        return self.answer
