"""Home's window: the door, home, the start card, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sidelight.session.clients.messages import ConsentSeen, ScriptsSeen, ToldOfClients
from sidelight.session.home.messages import (
    Begun,
    CardSeen,
    ClientRecalled,
    DevicesFound,
    DiscardInterrupted,
    HomeSeen,
    KeepInterrupted,
    KeyMade,
    LevelHeard,
    ListDevices,
    ListenTo,
    Lock,
    LookAround,
    MeterFailed,
    News,
    OpenCard,
    OpenSession,
    RecallClient,
    Refused,
    SessionOpened,
    SetUp,
    Start,
    StopListening,
    Unlock,
    Working,
    WrapUpStored,
)
from sidelight.ui.clients.page import ClientsPage
from sidelight.ui.home.card import StartCard
from sidelight.ui.home.door import DoorCard
from sidelight.ui.home.page import HomePage
from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 980
HEIGHT: Final = 640
_COLUMN: Final = 760
_CARD: Final = 932
"""Logical pixels at 100 % text: the window, and what is never wider than this."""

_FRAME: Final = 40
"""Room for the title bar, whose height is known only once the window stands."""

OPENING: Final = "Opening your sessions."
PICTURE_RATIO: Final = 1.5


class HomeWindow(QWidget):
    """Takes news in and asks by signal; it knows no launcher.

    Signals:
        asked: A ``Request``.
        opened: The ``Story`` of a session to be reviewed.
        begun: A session has begun.
        closed: The window was closed.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    opened = Signal(object)
    begun = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Sidelight")
        self._theme = theme
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.door = DoorCard(theme)
        self.home = HomePage(theme)
        self.card = StartCard(theme)
        self.clients = ClientsPage(theme)
        self._pages = QStackedWidget()
        self._holds = {
            self.door: self._hold(self.door, 0),
            self.home: self._hold(self.home, _COLUMN),
            self.card: self._hold(self.card, _CARD),
            self.clients: self._hold(self.clients, _CARD),
        }
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)
        self._connect()
        self.resize(self._fitting_size())
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)
        self._turn_to(self.home)
        self.home.start.setEnabled(False)
        self.home.say(OPENING)

    @property
    def page(self) -> QWidget:
        """What is shown: door, home, card or clients."""
        shown = self._pages.currentWidget()
        return next(page for page, hold in self._holds.items() if hold is shown)

    def begin(self) -> None:
        """Ask how things stand."""
        self.asked.emit(LookAround())

    # One arm a piece of news.
    def take(self, news: News) -> None:  # noqa: C901, PLR0912
        """Show what was told."""
        if isinstance(news, ToldOfClients):
            self._take_of_clients(news)
            return
        match news:
            case HomeSeen():
                self._show_seen(news)
            case KeyMade():
                self.door.show_key(news)
                self._turn_to(self.door)
            case SessionOpened(story=story):
                self.home.say("")
                self.opened.emit(story)
            case CardSeen():
                self._turn_to(self.card)
                self.card.begin(news)
            case ClientRecalled():
                self.card.show_recalled(news)
            case DevicesFound():
                self.home.show_devices(news)
                if self.page is self.card:
                    self.card.hearing.show_devices(news)
            case LevelHeard(dbfs=dbfs):
                self.card.hearing.show_level(dbfs)
            case MeterFailed(message=message, remedy=remedy):
                self.card.hearing.show_fault(f"{message} {remedy}")
            case Working(text=text):
                self._show_working(text)
            case Refused(message=message, remedy=remedy):
                self._show_fault(message, remedy)
            case WrapUpStored():
                pass  # the wrap-up has a window of its own
            case Begun():
                self.begun.emit()
            case _:
                assert_never(news)

    def _take_of_clients(self, news: ToldOfClients) -> None:
        if isinstance(news, ConsentSeen):
            self.card.consent.show_said(news)
        if isinstance(news, ScriptsSeen):
            self.card.consent.show_scripts(news)
        self.clients.take(news)

    def picture(self) -> QImage:
        """The whole window as it is now."""
        self.ensurePolished()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        image = QImage(self.size() * PICTURE_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_RATIO)
        self.render(image, QPoint())
        return image

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so."""
        super().closeEvent(event)
        self.closed.emit()

    def _show_seen(self, seen: HomeSeen) -> None:
        if seen.lock is not Lock.OPEN:
            self.door.ask(seen.lock)
            self._turn_to(self.door)
            return
        self.door.forget()
        self.home.show_seen(seen)
        self.home.start.setEnabled(True)
        if self.page not in (self.card, self.clients):
            self._turn_to(self.home)
            self.home.start.setFocus()

    def _show_working(self, text: str) -> None:
        if self.page is self.card:
            self.card.show_working(text)
        else:
            self.home.say(text)

    def _show_fault(self, message: str, remedy: str) -> None:
        page = self.page
        if isinstance(page, DoorCard | StartCard | HomePage | ClientsPage):
            page.show_fault(message, remedy)

    def _go_home(self) -> None:
        self._turn_to(self.home)
        self.home.start.setFocus()
        self.asked.emit(StopListening())

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(self._holds[page])

    def _ask_from_home(self, request: object, text: str) -> None:
        self.home.forget_fault()
        self.home.say(text)
        self.asked.emit(request)

    def _connect(self) -> None:
        door, home, card = self.door, self.home, self.card
        ask, hearing = self.asked.emit, card.hearing
        door.unlock_asked.connect(lambda typed: ask(Unlock(typed)))
        door.set_up_asked.connect(lambda typed: ask(SetUp(typed)))
        door.done.connect(lambda: ask(LookAround()))
        home.start_asked.connect(lambda: self._ask_from_home(OpenCard(), ""))
        home.session_chosen.connect(
            lambda which: self._ask_from_home(
                OpenSession(which), "Opening the session."
            )
        )
        home.keep_asked.connect(
            lambda which: self._ask_from_home(KeepInterrupted(which), "Keeping it.")
        )
        home.discard_asked.connect(
            lambda which: self._ask_from_home(
                DiscardInterrupted(which), "Destroying it."
            )
        )
        card.started.connect(lambda choices: ask(Start(choices)))
        card.cancelled.connect(self._go_home)
        card.asked_of_clients.connect(self.asked)
        home.clients_asked.connect(self._open_clients)
        self.clients.asked.connect(self.asked)
        self.clients.left.connect(self._leave_clients)
        card.client_named.connect(lambda client: ask(RecallClient(client)))
        hearing.listen_asked.connect(lambda name: ask(ListenTo(name)))
        hearing.quiet_asked.connect(lambda: ask(StopListening()))
        hearing.again_asked.connect(self._look_again)

    def _open_clients(self) -> None:
        self.home.forget_fault()
        self._turn_to(self.clients)
        self.clients.begin()

    def _leave_clients(self) -> None:
        self._turn_to(self.home)
        self.home.clients.setFocus()
        self.asked.emit(LookAround())  # names may be others now

    def _look_again(self) -> None:
        self.card.hearing.look_again()
        self.asked.emit(ListDevices())

    def _hold(self, page: QWidget, width: int) -> QScrollArea:
        """In the middle, never wider than reads well; large text scrolls.

        Args:
            page: What is held.
            width: At 100 % text; 0: as wide as it is, and in the middle of the height.
        """
        inner = QWidget()
        grid = QGridLayout(inner)
        margin = self._theme.px(Space.XL)
        grid.setContentsMargins(margin, margin, margin, margin)
        if width:
            page.setMaximumWidth(self._theme.px(width))
            grid.addWidget(page, 0, 1)
            grid.setColumnStretch(1, 1_000)
        else:
            grid.addWidget(page, 0, 1, Qt.AlignmentFlag.AlignCenter)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        hold = QScrollArea()
        hold.setWidgetResizable(True)
        hold.setFrameShape(QFrame.Shape.NoFrame)
        hold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hold.setWidget(inner)
        for ground in (inner, hold.viewport()):
            ground.setAutoFillBackground(False)  # the window's own shows through
        self._pages.addWidget(hold)
        return hold

    def _fitting_size(self) -> QSize:
        wanted = QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))
        if QGuiApplication.platformName() == "offscreen":
            return wanted  # that screen is made up; pictures keep their size
        frame = QSize(0, self._theme.px(_FRAME))
        return wanted.boundedTo(self.screen().availableGeometry().size() - frame)
