"""What makes a window an overlay: on top, on every desk, and never with the focus.

Measured with openbox and xfwm4 on X11: with these flags typing into another window goes
on through showing, raising and clicking; without ``WindowDoesNotAcceptFocus`` a click
takes the focus away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

OVERLAY_FLAGS: Final = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


def make_overlay(window: QWidget, *, see_through: bool) -> None:
    """Apply the flags and attributes; call before the window is first shown.

    Args:
        window: Without a parent.
        see_through: What is behind it can shine through (``Abilities``). Where it
            cannot, what a window leaves unpainted is black.
    """
    window.setWindowFlags(OVERLAY_FLAGS)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, see_through)
    window.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def be_opaque(window: QWidget, *, opaque: bool) -> None:
    """Let nothing shine through a shown window from now on, or let it again.

    The system's own window is made anew for it, so only where it is another choice.

    Args:
        window: With the flags of an overlay.
        opaque: Whether nothing shines through, at its corners neither.
    """
    translucent = Qt.WidgetAttribute.WA_TranslucentBackground
    if window.testAttribute(translucent) is not opaque:
        return
    shown, corner = window.isVisible(), window.pos()
    window.hide()
    window.setAttribute(translucent, not opaque)
    window.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground, not opaque)
    window.destroy()
    window.create()
    window.move(corner)
    if shown:
        window.show()
