"""Home itself: a start button, what needs attention, and the sessions that were."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.ui.dialogs.files import MUSIC, Choice, FileWish, ask_for
from sidelight.ui.home.frame import Framed
from sidelight.ui.home.imports import ImportsCard
from sidelight.ui.home.library import BRING_IN, LibraryCard
from sidelight.ui.home.notes import Notes
from sidelight.ui.home.wording import Note, attention, sound_notes
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.session.home.messages import DevicesFound, HomeSeen, SoundSeen
    from sidelight.session.importing.progress import Progress
    from sidelight.ui.theme.theme import Theme

START: Final = tr("Start a session")
CLIENTS: Final = tr("Clients")
SETTINGS: Final = tr("Settings…")
FILES: Final = tr(
    "Audio and video (*.wav *.flac *.mp3 *.m4a *.aac *.ogg *.opus *.wma *.aif *.aiff"
    " *.mp4 *.m4v *.mov *.mkv *.webm *.avi);;All files (*)"
)
PROMISE: Final = tr("Everything stays on this computer.")


class HomePage(Framed):
    """Shows how things stand; what is wanted goes out as a signal.

    Signals:
        start_asked: Open the start card.
        clients_asked: Open the page of clients.
        files_chosen: The paths of recordings to bring in, as a tuple.
        settings_asked: Open the settings.
        keep_asked: Keep this interrupted session.
        discard_asked: Destroy this interrupted session.
        longer_asked: Keep the sound of these sessions longer, as a tuple of ids.

    Args:
        theme: Fonts and colours.

    Attributes:
        library: The sessions, which says itself what is wanted of them.
    """

    start_asked = Signal()
    clients_asked = Signal()
    files_chosen = Signal(object)
    settings_asked = Signal()
    keep_asked = Signal(str)
    discard_asked = Signal(str)
    longer_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Sidelight")
        self._seen: HomeSeen | None = None
        self._devices: DevicesFound | None = None
        self._fault: Note | None = None
        self._sound: SoundSeen | None = None
        self.start = Button(theme, START, main=True)
        self.start.clicked.connect(self.start_asked)
        self.bring_in = Button(theme, BRING_IN)
        self.bring_in.clicked.connect(self._choose_files)
        self.imports = ImportsCard(theme)
        self.imports.dismiss.clicked.connect(self.start.setFocus)
        self.settings = Button(theme, SETTINGS)
        self.settings.clicked.connect(self.settings_asked)
        self.clients = Button(theme, CLIENTS)
        self.clients.clicked.connect(self.clients_asked)
        self.notes = Notes(theme)
        self.notes.keep_asked.connect(self.keep_asked)
        self.notes.discard_asked.connect(self.discard_asked)
        self.notes.longer_asked.connect(self.longer_asked)
        self.library = LibraryCard(theme)
        self.library.recordings_asked.connect(self._choose_files)
        self.sessions = self.library.sessions

        self._state = Text(theme, Role.SMALL, PROMISE, soft=True)
        body = self._body = QVBoxLayout()
        body.setSpacing(theme.px(Space.L))
        body.addWidget(self.notes)
        body.addWidget(self.imports)
        body.addWidget(self.library, 1)
        ways = (self.settings, self.bring_in, self.clients, self.start)
        self._frame(self._state, body, ways)

    def show_seen(self, seen: HomeSeen) -> None:
        """How things stand now."""
        self._seen = seen
        self.say("")
        self.library.show_lines(seen.sessions)
        self.bring_in.setVisible(bool(seen.sessions))  # else it stands below
        # With nothing to list it is as high as what it says.
        top = Qt.AlignmentFlag.AlignTop
        self._body.setAlignment(
            self.library, Qt.AlignmentFlag(0) if seen.sessions else top
        )
        self._show_notes()

    def show_devices(self, devices: DevicesFound) -> None:
        """What can be recorded now."""
        self._devices = devices
        self._show_notes()

    def show_sound(self, sound: SoundSeen) -> None:
        """Which sound goes next."""
        self._sound = sound
        self._show_notes()

    def show_imports(self, lines: Sequence[Progress]) -> None:
        """How far the recordings are that are brought in."""
        if self.imports.show_lines(lines):
            self._order()

    def show_fault(self, message: str, remedy: str) -> None:
        """Something could not be done; it is said until the next thing is."""
        self._fault = Note(message, remedy)
        self.say("")
        self._show_notes()

    def forget_fault(self) -> None:
        """Something else is done now."""
        self._fault = None
        self._show_notes()

    def say(self, text: str) -> None:
        """What takes time now; ``""``: nothing does."""
        self._state.setText(text or PROMISE)

    def _show_notes(self) -> None:
        notes = () if self._seen is None else attention(self._seen, self._devices)
        fault = () if self._fault is None else (self._fault,)
        self.notes.show_notes((*fault, *notes, *sound_notes(self._sound)))
        self._order()

    def _order(self) -> None:
        """The keyboard goes from above to below."""
        top = (self.start, self.clients, self.bring_in, self.settings)
        below = (*self.notes.stops, *self.imports.stops)
        for before, after in pairwise((*top, *below, *self.library.stops)):
            QWidget.setTabOrder(before, after)

    def _choose_files(self) -> None:
        wish = FileWish(BRING_IN, Choice.FILES, MUSIC, FILES)
        ask_for(self, wish, self.files_chosen.emit)
