"""Answers what home asks about record, models and devices, one question at a time.

It stands in the launcher, which has no Qt and nobody to keep waiting: the window goes
on drawing whatever takes time here.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, assert_never

from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import (
    AskedOfClients,
    DeleteClient,
    SetSoundRule,
)
from sidelight.session.export_messages import PreviewExport, SaveExport
from sidelight.session.home.messages import (
    BringIn,
    CancelImport,
    CardSeen,
    DiscardInterrupted,
    HomeSeen,
    KeepInterrupted,
    KeepSoundLonger,
    ListDevices,
    ListenTo,
    Lock,
    LookAround,
    LookAtClient,
    ModelLine,
    News,
    OpenCard,
    OpenSession,
    RecallClient,
    Refused,
    Request,
    SearchSessions,
    SessionOpened,
    SetUp,
    SoundSeen,
    Start,
    StartChoices,
    StopListening,
    Unlock,
    WrapUpSession,
    WrapUpStored,
)
from sidelight.session.playback.messages import HaltSound, PlaySound
from sidelight.settings.choices import LastChoices
from sidelight.settings.first_run import FirstRun
from sidelight.settings.room import RoomChoice
from sidelight.settings.store import tell_damaged
from sidelight.speech.catalogue import Catalogue
from sidelight.speech.weights import installed_models

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.domain.timeline import Millis
    from sidelight.session.clients.desk import ClientsDesk
    from sidelight.session.home.door import Door
    from sidelight.session.home.ears import Ears
    from sidelight.session.home.imports import Imports
    from sidelight.session.home.keeping import KeepingDesk
    from sidelight.session.home.library import Library
    from sidelight.session.importing.wanted import Recording
    from sidelight.session.playback.desk import PlaybackDesk
    from sidelight.settings.paths import Paths

_SUGGESTED = "base"
"""The model to fetch first: ``speech.weights.need_model`` names the same."""


class Desk:
    """Owns nothing; what it needs is given to it.

    Args:
        paths: Where things lie.
        door: The way into the record.
        library: What it holds.
        ears: The microphone's process.
        tell: Tells home.
        keep: Puts an interrupted session with the others, words included.
        begin: Begins a session.
        running: Whether a session runs now, or recordings are brought in, which then
            are not sessions that were cut off.
        playback: Plays what was recorded.
        imports: The recordings that are brought in.
        keeping: Knows which sound goes when.
        clients: Answers what is asked about clients.
    """

    def __init__(
        self,
        paths: Paths,
        door: Door,
        library: Library,
        ears: Ears,
        tell: Callable[[News], None],
        keep: Callable[[str], None],
        begin: Callable[[StartChoices], None],
        running: Callable[[], bool],
        clients: ClientsDesk,
        playback: PlaybackDesk,
        imports: Imports,
        keeping: KeepingDesk,
    ) -> None:
        self._paths = paths
        self._door = door
        self._library = library
        self._ears = ears
        self._tell = tell
        self._keep = keep
        self._begin = begin
        self._running = running
        self._clients = clients
        self._playback = playback
        self._imports = imports
        self._keeping = keeping
        self._up_to_date = False

    def answer(self, request: Request) -> None:
        """Do what is asked and tell what came of it, the world's faults too."""
        try:
            self._answer(request)
        except UserError as fault:
            self._tell(Refused(fault.message, fault.remedy))

    def wake(self) -> None:
        """Every few minutes: in the morning, sound goes whose day has come."""
        if self._up_to_date and self._keeping.due:
            try:
                self.look_at_sound()
            except UserError as fault:
                self._tell(Refused(fault.message, fault.remedy))

    def look_at_sound(self) -> None:
        """Let go what has to go, and tell what goes next.

        Raises:
            UserError: The record cannot be written.
        """
        looked = self._keeping.look()
        self._tell(SoundSeen(looked.gone, looked.soon))

    def _keep_longer(self, sessions: Sequence[str]) -> None:
        self._keeping.longer(sessions)
        self.look_at_sound()

    def _of_clients(self, request: AskedOfClients) -> None:
        if isinstance(request, DeleteClient):
            self._playback.ask(HaltSound())
        self._clients.answer(request)
        if isinstance(request, DeleteClient | SetSoundRule):
            self._keeping.look_again()

    # One arm a request.
    def _answer(self, request: Request) -> None:  # noqa: C901, PLR0912
        if isinstance(request, AskedOfClients):
            self._of_clients(request)
            return
        match request:
            case LookAround():
                self._look_around()
            case Unlock(passphrase=passphrase):
                self._door.unlock(passphrase)
                self._look_around()
            case SetUp(passphrase=passphrase):
                self._tell(self._door.make(passphrase))
            case OpenSession(session=session, at=at):
                self._tell(self._opened(session, at))
            case PlaySound() | HaltSound():
                self._playback.ask(request)
            case SearchSessions(words=words):
                self._tell(self._library.search(words))
            case LookAtClient(client=client):
                self._tell(self._library.client(client))
            case WrapUpSession(session=session, act=act):
                stored = self._library.wrap_up(session, act)
                self._tell(WrapUpStored(session, stored))
            case PreviewExport() | SaveExport():
                # Home does not wait for what documents are made with.
                from sidelight.session.exporting import (  # noqa: PLC0415
                    answer_export,
                )

                self._tell(
                    answer_export(request, self._library.opened, self._clients.consent)
                )
            case BringIn(recordings=recordings):
                self._bring_in(recordings)
            case CancelImport(number=number):
                self._imports.cancel(number)
            case KeepInterrupted(session=session):
                self._keep(session)
                self._look_around()
            case DiscardInterrupted(session=session):
                self._library.discard(session)
                self._look_around()
            case OpenCard():
                self._clients.tell_scripts()
                self._tell(self._card())
                self._ears.restart()
            case KeepSoundLonger(sessions=sessions):
                self._keep_longer(sessions)
            case ListDevices():
                self._ears.restart()
            case RecallClient(client=client):
                self._tell(self._library.recall(client))
            case ListenTo() | StopListening():
                self._ears.ask(request)
            case Start(choices=choices):
                self._start(choices)
            case _:
                assert_never(request)

    def _start(self, choices: StartChoices) -> None:
        self._door.check()  # locked: said before anything else
        self._clients.check(choices.client, choices.mode)
        # The engine opens the microphone itself.
        self._ears.close()
        self._playback.ask(HaltSound())
        self._remember(choices)
        self._begin(choices)

    def _bring_in(self, recordings: Sequence[Recording]) -> None:
        self._door.check()
        for client in dict.fromkeys(one.client for one in recordings):
            self._clients.check(client, Mode.KEEP, made=True)
        self._imports.bring_in(recordings)

    def _opened(self, session: str, at: Millis | None) -> SessionOpened:
        story = self._library.story(session)
        with self._library.files(session) as files:
            # Where the file is gone, it is said when it is to be heard.
            kept = files.has_sound or files.lost_sound
            return SessionOpened(story, at, has_sound=kept)

    def _look_around(self) -> None:
        lock = self._door.look()
        if lock is Lock.OPEN and not self._up_to_date:
            self._library.bring_up_to_date()
            self._up_to_date = True
        ended, cut_off = self._library.sessions() if lock is Lock.OPEN else ((), ())
        if lock is Lock.OPEN:
            self.look_at_sound()
        offered = Catalogue.load().get(_SUGGESTED)
        self._tell(
            HomeSeen(
                lock=lock,
                sessions=ended,
                interrupted=() if self._running() else cut_off,
                models=self._models(),
                model_offered=offered.name,
                model_megabytes=offered.megabytes,
                first_run=FirstRun.waits(
                    self._paths.data,
                    new=lock in {Lock.NEW, Lock.NEW_WITHOUT_KEYRING},
                ),
            )
        )
        damaged = tell_damaged(self._paths.data)
        if damaged:
            self._tell(Refused(" ".join(map(str, damaged)), ""))
        if self._ears.connection is None:
            self._ears.restart()  # a process more: not before home has its answer

    def _card(self) -> CardSeen:
        last = LastChoices.recall(self._paths.data)
        models = self._models()
        known = {model.name for model in models}
        room = RoomChoice.recall(self._paths.data).view
        choices = StartChoices(**asdict(last), room=room)
        if choices.model not in known:
            choices = replace(choices, model=None)
        return CardSeen(self._library.clients(), models, choices)

    def _models(self) -> tuple[ModelLine, ...]:
        real = [one for one in installed_models(self._paths.models) if not one.demo]
        return tuple(ModelLine(one.name, one.multilingual) for one in real)

    def _remember(self, choices: StartChoices) -> None:
        """Without the client, who is nobody's business.

        Where there is no model, recording only was no choice.
        """
        kept = asdict(choices)
        del kept["client"], kept["room"]
        kept["record_only"] = choices.record_only and bool(self._models())
        LastChoices(**kept).remember(self._paths.data)
        room = RoomChoice.recall(self._paths.data)
        room.seen_as(choices.room).remember(self._paths.data)
