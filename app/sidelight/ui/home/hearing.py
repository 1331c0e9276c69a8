"""The start card's part about sound: microphone, level, the client's side of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sidelight.settings.room import RoomView
from sidelight.ui.theme.tokens import Role, Size, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.level_meter import OFF, WAITING, LevelMeter
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.home.messages import DeviceLine, DevicesFound, StartChoices
    from sidelight.ui.theme.theme import Theme

LOOKING: Final = tr("Looking for microphones…")
NONE: Final = tr("No microphone")
IN_ROOM: Final = tr("In the room: one microphone")
ROOM_VIEWS: Final = (
    (tr("Screen: one line to read from afar"), RoomView.LINE),
    (tr("Screen: dark, review later"), RoomView.DARK),
    (tr("Screen: the sidebar"), RoomView.SIDEBAR),
)
ON_CALL: Final = tr("On a call")
PLAYED: Final = tr("Heard as your client: what this computer plays.")
NO_MICROPHONE: Final = tr(
    "There is no microphone. Plug one in, or allow Sidelight to use it in the system's"
    " privacy settings."
)


class Hearing(QWidget):
    """Shows what can be heard. It opens no device: it asks for levels by signal.

    Signals:
        listen_asked: Tell how loud this microphone is: its name, or ``None`` for the
            system's choice.
        quiet_asked: No more levels.
        again_asked: List the devices anew.

    Args:
        theme: Fonts and colours.
    """

    listen_asked = Signal(object)
    quiet_asked = Signal()
    again_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._listening = True
        self._found: DevicesFound | None = None
        self._wanted: tuple[str | None, str | None] = (None, None)
        self.microphone = Picker(theme, tr("Microphone"))
        self.microphone.currentIndexChanged.connect(self._listen)
        self.meter = LevelMeter(theme)
        self.call = Picker(theme, tr("Where your client is"))
        self.call.currentIndexChanged.connect(self._guide)
        self.room = Picker(theme, tr("What the screen shows in the room"))
        self.again = Button(theme, tr("Look again"))
        self.again.clicked.connect(self.again_asked)
        self._fault = Text(theme, Role.SMALL)
        self._guidance = Text(theme, Role.SMALL, soft=True)
        self._lay_out(theme)
        self._say_fault("")
        self._guidance.say("")

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.microphone, self.call, self.room, self.again)

    @property
    def microphone_chosen(self) -> str | None:
        """Its name; ``None``: the system's choice. Before it is known, as wanted."""
        chosen = self.microphone.chosen
        if self._found is None:
            return self._wanted[0]
        return chosen if isinstance(chosen, str) else None

    @property
    def call_chosen(self) -> str | None:
        """What plays the client's voice; ``""``: the system's; ``None``: nothing."""
        if self._found is None:
            return self._wanted[1]
        chosen = self.call.chosen
        return chosen if isinstance(chosen, str) else None

    @property
    def room_chosen(self) -> RoomView:
        """What the screen shows where everybody is in one room."""
        chosen = self.room.chosen  # Qt gives back the text that the value is
        return RoomView(chosen) if isinstance(chosen, str) else RoomView.LINE

    def begin(self, choices: StartChoices) -> None:
        """Devices are being listed; these were chosen the last time."""
        self._wanted = (choices.microphone, choices.call)
        self.room.offer(ROOM_VIEWS, choices.room)
        self.look_again()

    def look_again(self) -> None:
        """Devices are being listed anew; what was chosen stays wanted."""
        self._wanted = (self.microphone_chosen, self.call_chosen)
        self._found = None
        self.microphone.offer([(LOOKING, None)], None)
        self.microphone.setEnabled(False)
        self.call.offer([(IN_ROOM, None)], None)
        self.call.setEnabled(False)
        self.meter.rest(WAITING)
        self._guide()
        self._say_fault("")

    def show_devices(self, found: DevicesFound) -> None:
        """Offer what there is, and listen to what is wanted."""
        microphone, call = self.microphone_chosen, self.call_chosen
        self._found = found
        there = device_items(found.microphones, microphone)
        if found.microphones:
            best = tr("Default: {name}", name=found.microphones[0].title)
            there = [(best, None), *there]
        self.microphone.offer(there or [(NONE, None)], microphone)
        self.call.offer(self._calls(found, call), call)
        self._able()
        if not found.microphones and microphone is None:
            self.show_fault(NO_MICROPHONE)
        else:
            self._listen()
        self._guide()

    def show_level(self, dbfs: float | None) -> None:
        """How loud it is now."""
        if self._listening:
            self._say_fault("")
            self.meter.hear(dbfs)

    def show_fault(self, text: str) -> None:
        """It cannot be heard, and what can be done."""
        if self._listening:
            self.meter.rest(tr("no sound"))
            self._say_fault(text)

    def set_listening(self, listening: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether this session has a microphone at all."""
        if listening == self._listening:
            return
        self._listening = listening
        self._able()
        self._guide()
        if listening and self._found is not None:
            self.meter.rest(WAITING)
            self._listen()
        elif not listening:
            self._say_fault("")
            self.meter.rest(OFF)
            self.quiet_asked.emit()

    def listen_again(self) -> None:
        """The card is to be filled in further, after a start that failed."""
        if self._found is not None and (self._found.microphones or self._wanted[0]):
            self._listen()

    def _calls(
        self, found: DevicesFound, chosen: str | None
    ) -> list[tuple[str, object]]:
        items: list[tuple[str, object]] = [(IN_ROOM, None)]
        if found.played and not found.guidance:
            items.append((ON_CALL, ""))
        named = device_items(found.played, chosen)
        return [
            *items,
            *((tr("On a call: {name}", name=title), name) for title, name in named),
        ]

    def _listen(self) -> None:
        if self._listening and self._found is not None:
            self._say_fault("")
            self.meter.rest(WAITING)
            self.listen_asked.emit(self.microphone_chosen)

    def _able(self) -> None:
        known = self._found is not None and self._listening
        self.microphone.setEnabled(known)
        self.call.setEnabled(known)
        self.room.setEnabled(self._listening)

    def _guide(self) -> None:
        found, line = self._found, ""
        if found is not None and self._listening and self.call.chosen is not None:
            line = found.guidance or (PLAYED if self.call.chosen == "" else "")
        in_room = self.call_chosen is None
        if not in_room:  # one goes before the other comes
            self.room.hide()
        self._guidance.say(line)
        self.room.setVisible(in_room)

    def _say_fault(self, text: str) -> None:
        self._fault.say(text)
        self.again.setVisible(bool(text))

    def _lay_out(self, theme: Theme) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(Space.L))
        grid.setVerticalSpacing(theme.px(Space.XS))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(theme, tr("Your microphone"), self.microphone), 0, 0)
        grid.addWidget(self.microphone, 1, 0)
        grid.addWidget(self.meter, 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(theme, tr("Your client is"), self.call), 0, 1)
        grid.addWidget(self.call, 1, 1)
        below = QWidget()  # as high for a sentence as for a choice: nothing moves
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, theme.px(Space.XS), 0, 0)
        inside.addWidget(self.room)
        inside.addWidget(self._guidance, 0, Qt.AlignmentFlag.AlignTop)
        below.setMinimumHeight(theme.px(Size.CONTROL + Space.XS))
        grid.addWidget(below, 2, 1)
        grid.addWidget(self._fault, 3, 0)
        left = Qt.AlignmentFlag.AlignLeft
        grid.addWidget(self.again, 3, 1, left)


def device_items(
    devices: tuple[DeviceLine, ...], chosen: str | None
) -> list[tuple[str, object]]:
    """The devices by title, and the remembered one even while it is not there."""
    items: list[tuple[str, object]] = [(one.title, one.name) for one in devices]
    known = {one.name for one in devices}
    if chosen and chosen not in known:
        items.append((tr("{name} (not there now)", name=chosen), chosen))
    return items
