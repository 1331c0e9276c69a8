"""Home's window: the door, home, the start card, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
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

from sidelight.domain.events import WrapUpFinished
from sidelight.session.clients.messages import (
    AskSessionExtent,
    ConsentSeen,
    DeleteSession,
    ScriptsSeen,
    SessionDeleted,
    SessionExtentSeen,
    ToldOfClients,
)
from sidelight.session.export_messages import (
    ExportRefused,
    ExportSaved,
    PreviewMade,
)
from sidelight.session.firstrun.messages import (
    FirstRunSeen,
    LookAtFirstRun,
    OfTrial,
    Told,
)
from sidelight.session.home.messages import (
    Begun,
    BringIn,
    CancelImport,
    CardSeen,
    ClientRecalled,
    ClientSeen,
    DevicesFound,
    DiscardInterrupted,
    HomeSeen,
    ImportsSeen,
    KeepInterrupted,
    KeepSoundLonger,
    KeyMade,
    LevelHeard,
    ListDevices,
    ListenTo,
    Lock,
    LookAround,
    LookAtClient,
    MeterFailed,
    News,
    OpenCard,
    OpenSession,
    RecallClient,
    Refused,
    SearchSessions,
    SessionOpened,
    SetUp,
    SoundSeen,
    Start,
    StopListening,
    Unlock,
    WordsFound,
    Working,
    WrapUpStored,
)
from sidelight.session.playback.messages import NotPlayed, Played, Sounding
from sidelight.settings.keys import SETTINGS_KEY
from sidelight.ui.clients.page import ClientsPage
from sidelight.ui.home.bring_in import BringInPage
from sidelight.ui.home.card import StartCard
from sidelight.ui.home.client_page import ClientPage
from sidelight.ui.home.door import DoorCard
from sidelight.ui.home.frame import Framed
from sidelight.ui.home.page import HomePage
from sidelight.ui.platform.fitting import fitting
from sidelight.ui.theme.tokens import Space
from sidelight.ui.widgets.scrolling import InSight
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from sidelight.domain.timeline import Millis
    from sidelight.session.importing.wanted import Recording
    from sidelight.ui.firstrun.page import FirstRunPage
    from sidelight.ui.home.demo import DemoPage
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 980
HEIGHT: Final = 640
_FIRST_RUN: Final = 640
"""Logical pixels at 100 % text: the window, and how wide setting up is at most."""


OPENING: Final = tr("Opening your sessions.")
PICTURE_RATIO: Final = 1.5


class HomeWindow(QWidget):
    """Takes news in and asks by signal; it knows no launcher.

    Signals:
        asked: A ``Request``.
        opened: The ``Story`` of a session to be reviewed, and the place in it that was
            asked for (``Millis``) or ``None``.
        begun: A session has begun.
        settings_asked: Open the settings.
        closed: The window was closed.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    opened = Signal(object, object)
    begun = Signal()
    settings_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Sidelight")
        self._theme = theme
        self._first_run_due = self._back_to_page = self._back_to_clients = False
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.door = DoorCard(theme)
        self.home = HomePage(theme)
        self.card = StartCard(theme)
        self.clients = ClientsPage(theme)
        self.client = ClientPage(theme)
        self.bring_in = BringInPage(theme)
        self._first_run: FirstRunPage | None = None
        self._demo: DemoPage | None = None
        self._devices: DevicesFound | None = None
        self._pages = QStackedWidget()
        self._holds: dict[QWidget, QWidget] = {}
        for page in (
            *(self.door, self.home, self.card),
            *(self.clients, self.client, self.bring_in),
        ):
            page.setParent(self)
            page.hide()  # until it is turned to
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)
        self._connect()
        self.resize(fitting(self, QSize(theme.px(WIDTH), theme.px(HEIGHT))))
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)
        settings = QShortcut(QKeySequence(SETTINGS_KEY), self)
        settings.activated.connect(self.settings_asked)
        self._turn_to(self.home)
        self.setAcceptDrops(True)
        self.home.start.setEnabled(False)
        self.home.say(OPENING)

    @property
    def page(self) -> QWidget:
        """What is shown: door, home, start card, clients, or one of the others."""
        shown = self._pages.currentWidget()
        return next(page for page, hold in self._holds.items() if hold is shown)

    @property
    def devices(self) -> DevicesFound | None:
        """What can be recorded; ``None``: it is still being listed."""
        return self._devices

    def begin(self) -> None:
        """Ask how things stand."""
        self.asked.emit(LookAround())

    def set_up_again(self) -> None:
        """Go through the first run once more."""
        self._begin_first_run(anew=True)

    # One arm a piece of news.
    def take(self, news: News | Told) -> None:  # noqa: C901, PLR0912
        """Show what was told."""
        if isinstance(news, ToldOfClients):
            self._take_of_clients(news)
            return
        match news:
            case _ if isinstance(news, Told):
                self._take_first_run(news)
            case HomeSeen():
                self._show_seen(news)
            case SoundSeen():
                self.home.show_sound(news)
            case KeyMade():
                self._show_key(news)
            case SessionOpened():
                self._show_session(news)
            case ImportsSeen(lines=lines):
                self.home.show_imports(lines)
            case WordsFound():
                self.home.library.show_found(news)
            case ClientSeen():
                self._show_client(news)
            case CardSeen():
                self._turn_to(self.card)
                self.card.begin(news)
            case ClientRecalled():
                self.card.show_recalled(news)
            case DevicesFound():
                self._devices = news
                self.home.show_devices(news)
                if self._first_run is not None:
                    self._first_run.show_devices(news)
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
                self._note_wrap_up(news)
            case PreviewMade() | ExportSaved() | ExportRefused():
                pass  # it has a window of its own
            case Sounding() | Played() | NotPlayed():
                pass  # for the review
            case Begun():
                self.begun.emit()
            case _:
                assert_never(news)

    def _show_session(self, opened: SessionOpened) -> None:
        self.home.say("")
        self.opened.emit(opened.story, opened.at)

    def _note_wrap_up(self, news: WrapUpStored) -> None:
        if isinstance(news.stored.event, WrapUpFinished):
            for sessions in (self.home.sessions, self.client.sessions):
                sessions.note_wrapped_up(news.session)

    def _show_client(self, seen: ClientSeen) -> None:
        self.home.say("")
        self._turn_to(self.client)
        self.client.show_client(seen)

    def _show_key(self, made: KeyMade) -> None:
        if self.page is self._first_run:
            self.first_run.show_key(made)
        else:
            self._turn_to(self.door)
            self.door.show_key(made)

    def _take_of_clients(self, news: ToldOfClients) -> None:
        if isinstance(news, SessionExtentSeen):
            self.home.library.ask_deletion(news)
        if isinstance(news, SessionDeleted):
            self.home.library.sessions.setFocus()
            self.asked.emit(LookAround())
        if isinstance(news, ConsentSeen):
            for asking in (self.card, self.bring_in):
                asking.consent.show_said(news)
        if isinstance(news, ScriptsSeen):
            for asking in (self.card, self.bring_in):
                asking.consent.show_scripts(news)
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

    @property
    def first_run(self) -> FirstRunPage:
        """The first run; made when it is first wanted: home does not wait for it."""
        if self._first_run is None:
            from sidelight.ui.firstrun.page import FirstRunPage  # noqa: PLC0415

            made = self._first_run = FirstRunPage(self._theme)
            made.setMaximumWidth(self._theme.px(_FIRST_RUN))
            made.asked.connect(self.asked)
            made.left.connect(self._leave_first_run)
            if self._devices is not None:
                made.show_devices(self._devices)
        return self._first_run

    @property
    def demo(self) -> DemoPage:
        """The demonstration; made when it is first wanted."""
        if self._demo is None:
            from sidelight.ui.home.demo import DemoPage  # noqa: PLC0415

            made = self._demo = DemoPage(self._theme)
            made.asked.connect(self.asked)
            made.left.connect(self._leave_demo)
        return self._demo

    def _watch_demo(self) -> None:
        self.home.forget_fault()
        self._turn_to(self.demo)
        self.demo.begin()

    def _leave_demo(self) -> None:
        self._turn_to(self.home)
        self.home.library.watch.setFocus()

    def _take_first_run(self, news: Told) -> None:
        """It comes when the launcher says how far it is."""
        if self.page is self._demo and isinstance(news, OfTrial):
            self.demo.take(news)
            return
        if isinstance(news, FirstRunSeen) and self._first_run_due:
            self._first_run_due = False
            self._turn_to(self.first_run)
            self.first_run.begin(news)
        elif self._first_run is not None:
            self._first_run.take(news)

    def _begin_first_run(self, *, anew: bool) -> None:
        self._first_run_due = True
        self.asked.emit(LookAtFirstRun(anew=anew))

    def _show_seen(self, seen: HomeSeen) -> None:
        if seen.first_run and seen.lock is not Lock.LOCKED:
            if self.page is not self._first_run:
                self._begin_first_run(anew=False)
            return
        if seen.lock is not Lock.OPEN:
            self._turn_to(self.door)
            self.door.ask(seen.lock)
            return
        self.door.forget()
        self.home.show_seen(seen)
        self.home.start.setEnabled(True)
        stays = (self.card, self.client, self.clients, self.bring_in, self._demo)
        if self.page not in stays:
            self._turn_to(self.home)
            self.home.start.setFocus()

    def _show_working(self, text: str) -> None:
        if self.page is self.card:
            self.card.show_working(text)
        else:
            self.home.say(text)

    def _show_fault(self, message: str, remedy: str) -> None:
        page = self.page
        if page is self.client:
            page = self.home
            self._turn_to(page)
        if page is self._first_run:
            self.first_run.show_fault(message, remedy)
        elif page is self._demo:
            self.demo.show_fault(message, remedy)
        elif isinstance(
            page, DoorCard | StartCard | HomePage | ClientsPage | BringInPage
        ):
            page.show_fault(message, remedy)

    def _leave_first_run(self) -> None:
        self._turn_to(self.home)
        self.home.say(OPENING)
        self.begin()

    def _go_home(self) -> None:
        self._turn_to(self.home)
        self.home.start.setFocus()
        self.asked.emit(StopListening())

    def _turn_to(self, page: QWidget) -> None:
        """Show this page; first of all: what then asks for the keyboard can have it."""
        hold = self._holds.get(page)
        if hold is None:  # most of what it takes to open home would be these
            hold = page if isinstance(page, Framed) else self._hold(page)
            self._holds[page] = hold
            self._pages.addWidget(hold)
        self._pages.setCurrentWidget(hold)

    def _ask_from_home(self, request: object, text: str) -> None:
        self.home.forget_fault()
        self.home.say(text)
        self.asked.emit(request)

    def _connect(self) -> None:
        door, home, card = self.door, self.home, self.card
        home.settings_asked.connect(self.settings_asked)
        ask, hearing = self.asked.emit, card.hearing
        door.unlock_asked.connect(lambda typed: ask(Unlock(typed)))
        door.set_up_asked.connect(lambda typed: ask(SetUp(typed)))
        door.done.connect(lambda: ask(LookAround()))
        home.start_asked.connect(lambda: self._ask_from_home(OpenCard(), ""))
        home.library.words_typed.connect(lambda words: ask(SearchSessions(words)))
        home.library.client_chosen.connect(self._open_page_of)
        self.clients.page_asked.connect(self._go_on_to_page_of)
        home.library.place_chosen.connect(
            lambda hit: self._open_session(hit.session, hit.span.start)
        )
        home.library.demo_asked.connect(self._watch_demo)
        home.library.extent_asked.connect(lambda one: ask(AskSessionExtent(one)))
        home.library.delete_meant.connect(
            lambda one: self._ask_from_home(DeleteSession(one), tr("Destroying it."))
        )
        home.files_chosen.connect(self._ask_about_files)
        home.imports.cancelled.connect(lambda number: ask(CancelImport(number)))
        self.bring_in.wanted.connect(self._bring_in)
        self.bring_in.left.connect(self._go_home)
        self.bring_in.asked_of_clients.connect(self.asked)
        self.client.card_asked.connect(self._open_card_of)
        self.client.left.connect(self._leave_client)
        self.client.place_chosen.connect(self._open_session)
        for sessions in (home.library, self.client):
            sessions.session_chosen.connect(self._open_session)
        home.longer_asked.connect(lambda sessions: ask(KeepSoundLonger(sessions)))
        home.keep_asked.connect(
            lambda which: self._ask_from_home(KeepInterrupted(which), tr("Keeping it."))
        )
        home.discard_asked.connect(
            lambda which: self._ask_from_home(
                DiscardInterrupted(which), tr("Destroying it.")
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

    def _open_page_of(self, client: str) -> None:
        self._back_to_clients = False
        self._ask_from_home(LookAtClient(client), tr("Opening the page."))

    def _go_on_to_page_of(self, client: str) -> None:
        if self._back_to_page:  # it is where they came from
            self._leave_clients()
            return
        self._back_to_clients = True
        self.asked.emit(LookAtClient(client))

    def _open_card_of(self, client: str) -> None:
        if self._back_to_clients:
            self._leave_client()
            return
        self._open_clients()
        self.clients.choose(client)
        self._back_to_page = True

    def _leave_clients(self) -> None:
        back, self._back_to_page = self._back_to_page, False
        if back and self.clients.name:
            self.asked.emit(LookAround())  # names may be others now
            self.asked.emit(LookAtClient(self.clients.name))
            return
        self._turn_to(self.home)
        self.home.clients.setFocus()
        self.asked.emit(LookAround())  # names may be others now

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped on home."""
        if self.page in (self.home, self.client) and _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if they had been chosen."""
        files = _files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self._ask_about_files(files)

    def _ask_about_files(self, paths: tuple[Path, ...]) -> None:
        if not self.home.start.isEnabled():
            return  # nothing is known of the record yet
        self.bring_in.ask(paths, self.home.library.known_clients)
        self._turn_to(self.bring_in)
        self.bring_in.client.setFocus()

    def _bring_in(self, recordings: tuple[Recording, ...]) -> None:
        self._go_home()
        self.home.library.field.clear()  # what is brought in is to be seen
        self._ask_from_home(BringIn(recordings), "")

    def _open_session(self, session: str, at: Millis | None = None) -> None:
        self._ask_from_home(OpenSession(session, at), tr("Opening the session."))

    def _leave_client(self) -> None:
        back, self._back_to_clients = self._back_to_clients, False
        if back:
            self._open_clients()
            return
        self._turn_to(self.home)
        self.home.library.field.setFocus()

    def _look_again(self) -> None:
        self.card.hearing.look_again()
        self.asked.emit(ListDevices())

    def _hold(self, page: QWidget) -> QScrollArea:
        """In the middle, never wider than it wants to be; large text scrolls."""
        inner = QWidget()
        grid = QGridLayout(inner)
        # The first run has much to show where the text is large.
        margin = Space.XL if page is self._first_run else self._theme.px(Space.XL)
        grid.setContentsMargins(margin, margin, margin, margin)
        if page is self.door:
            grid.addWidget(page, 0, 1, Qt.AlignmentFlag.AlignCenter)
        else:
            grid.addWidget(page, 0, 1)
            grid.setColumnStretch(1, 1_000)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        page.show()
        hold = QScrollArea()
        hold.setWidgetResizable(True)
        hold.setFrameShape(QFrame.Shape.NoFrame)
        hold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hold.setWidget(inner)
        InSight(hold)
        for ground in (inner, hold.viewport()):
            ground.setAutoFillBackground(False)  # the window's own shows through
        return hold


def _files(dragged: QMimeData) -> tuple[Path, ...]:
    """Files of this computer among what is dragged."""
    return tuple(Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile())
