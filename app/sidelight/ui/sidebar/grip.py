"""Moving, widening and folding the sidebar with the mouse."""

from __future__ import annotations

from enum import Flag, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt

if TYPE_CHECKING:
    from sidelight.ui.sidebar.standing import Standing
    from sidelight.ui.sidebar.window import SidebarWindow

REACH: Final = 7
"""How near to an edge, in logical pixels, the pointer takes hold of it."""


class Edges(Flag):
    """Which edges the pointer is at."""

    NONE = 0
    LEFT = auto()
    RIGHT = auto()
    BOTTOM = auto()


def edges_at(point: QPoint, size: QSize) -> Edges:
    """Which edges a point is at; the upper one moves the window like its middle."""
    edges = Edges.NONE
    if point.x() < REACH:
        edges |= Edges.LEFT
    elif point.x() >= size.width() - REACH:
        edges |= Edges.RIGHT
    if point.y() >= size.height() - REACH:
        edges |= Edges.BOTTOM
    return edges


_CURSORS: Final = {
    Edges.NONE: Qt.CursorShape.ArrowCursor,
    Edges.LEFT: Qt.CursorShape.SizeHorCursor,
    Edges.RIGHT: Qt.CursorShape.SizeHorCursor,
    Edges.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Edges.LEFT | Edges.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
    Edges.RIGHT | Edges.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
}
_QT_EDGES: Final = {Edges.LEFT: Qt.Edge.LeftEdge, Edges.RIGHT: Qt.Edge.RightEdge}


class MouseGrip:
    """What the coach's hand does to the window, between press and release.

    We move it ourselves: a window manager that does it may take the focus. Only native
    Wayland leaves no other way.

    Args:
        window: The sidebar.
        standing: Moves it.
        can_place: Whether the window system lets us.
    """

    def __init__(
        self, window: SidebarWindow, standing: Standing, *, can_place: bool
    ) -> None:
        self._window = window
        self._standing = standing
        self._can_place = can_place
        self._edges = Edges.NONE
        self._from: QPoint | None = None
        self._moved = False

    def show_cursor(self, point: QPoint) -> None:
        """The pointer is here, in the window: say what it would take hold of."""
        if self._from is None:
            self._window.setCursor(_CURSORS[self._edges_at(point)])

    def press(self, at: QPoint) -> None:
        """Take hold.

        Args:
            at: The pointer on the desktop.
        """
        self._edges = self._edges_at(self._window.mapFromGlobal(at))
        if not self._can_place:
            sideways = _QT_EDGES.get(self._edges & ~Edges.BOTTOM)
            if sideways is None:
                self._window.windowHandle().startSystemMove()
            else:
                self._window.windowHandle().startSystemResize(sideways)
            return
        self._from = at - self._window.corner
        self._width = self._window.width()
        self._right = self._standing.box.right
        self._moved = False

    def drag(self, at: QPoint) -> None:
        """The pointer has moved, on the desktop."""
        if self._from is None:
            return
        self._moved = True
        if self._edges is Edges.NONE:
            corner = at - self._from
            self._standing.move_to(corner.x(), corner.y())
            return
        if self._edges & Edges.BOTTOM:
            self._fold(at.y() - self._window.corner.y())
        slack = self._width - self._from.x()
        if self._edges & Edges.RIGHT:
            width = at.x() - self._window.corner.x() + slack
            self._standing.widen(width, right_stays=False)
        elif self._edges & Edges.LEFT:
            width = self._right - at.x() + self._from.x()
            self._standing.widen(width, right_stays=True)

    def release(self) -> None:
        """Let go: what was changed is remembered."""
        moved, self._from = self._moved and self._from is not None, None
        if moved:
            self._standing.keep()

    def _edges_at(self, point: QPoint) -> Edges:
        if self._window.hiding:
            return Edges.NONE
        return edges_at(point, self._window.size())

    def _fold(self, height: int) -> None:
        """There are two shapes; the pointer chooses the nearer one."""
        strip, panel = self._window.heights
        folded = height < (strip + panel) // 2
        if folded is not self._window.folded:
            self._window.fold(folded=folded)
