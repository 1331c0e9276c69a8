"""The room and the coach's buttons as pictures, on a screen that is always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt

from sidelight.settings.keys import Buttons
from sidelight.ui.platform.hotkeys import NoHotkeys
from sidelight.ui.sidebar.buttons import ButtonDesk
from sidelight.ui.sidebar.buttons_dialog import ButtonsDialog
from sidelight.ui.sidebar.intents import BINDINGS
from sidelight.ui.sidebar.room_window import RoomWindow
from sidelight.ui.theme.room import USUAL_PX_PER_MM, RoomScreen

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme

_WHOLE: Final = QRect(0, 0, 1600, 900)
SCREEN: Final = RoomScreen(_WHOLE, _WHOLE.adjusted(0, 0, 0, -40), USUAL_PX_PER_MM)
_BOUND: Final = {"bookmark": "PgDown", "did": "Toggle Media Play/Pause"}


def room_picture(
    texts: SidebarTexts,
    theme: Theme,
    *,
    full: bool = False,
    dark: bool = False,
    told: str = "",
) -> QImage:
    """The room's window in this state.

    Args:
        texts: What there is to say.
        theme: Of the sidebar.
        full: The line on the whole screen.
        dark: Nothing but the sign, on the whole screen.
        told: What is confirmed.
    """
    window = RoomWindow(theme, SCREEN, BINDINGS)
    window.take(full=full or dark, dark=dark)
    window.show_texts(texts, told)
    image = window.picture()
    window.deleteLater()
    return image


def buttons_picture(theme: Theme, *, refused: bool = False) -> QImage:
    """The dialog with two buttons bound, waiting for a third or refusing it."""
    desk = ButtonDesk(Buttons(_BOUND), lambda _: None, NoHotkeys())
    dialog = ButtonsDialog(theme, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    dialog.show()
    if refused:
        sentence = "Another program already uses Page down everywhere."
        desk.refused.emit(sentence, "It still works in Sidelight's own windows.")
    else:
        dialog.catch("undo")
    image = dialog.picture()
    dialog.close()
    dialog.deleteLater()
    return image
