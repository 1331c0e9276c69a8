"""``sidelight`` alone: home, a session from its start card, and home again."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap.bringing_in import importing, run_importer
from sidelight.bootstrap.helpers import run_ears, run_player
from sidelight.bootstrap.plans import ANY_MICROPHONE, EarsPlan, PlayerPlan
from sidelight.cli.background import refine_in_background
from sidelight.cli.first_run import helpers
from sidelight.cli.importing import import_model, import_plan
from sidelight.cli.live import (
    LiveChoices,
    hold_session,
    live_model,
    real_models,
    session_model,
    sole_launcher,
)
from sidelight.cli.output import say
from sidelight.cli.teaching import open_teacher
from sidelight.domain.clock_time import clock
from sidelight.domain.days import local_day
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.record.keystore import SystemKeyring
from sidelight.record.vault import Ways
from sidelight.session.clients.desk import ClientsDesk
from sidelight.session.exclusive import engine_runs
from sidelight.session.firstrun.desk import FirstRunDesk, Helpers
from sidelight.session.firstrun.messages import Asked, Told
from sidelight.session.home.desk import Desk
from sidelight.session.home.door import Door
from sidelight.session.home.ears import Ears
from sidelight.session.home.imports import Imports
from sidelight.session.home.keeping import KeepingDesk
from sidelight.session.home.library import Library
from sidelight.session.home.messages import (
    Begun,
    LookAround,
    News,
    Refused,
    Request,
    StartChoices,
    Working,
)
from sidelight.session.keeping import Keeper
from sidelight.session.launching import Refused as WindowRefused
from sidelight.session.playback.desk import PlaybackDesk
from sidelight.session.playback.messages import HaltSound
from sidelight.session.process import ChildProcess, interrupts_ignored
from sidelight.session.settings.desk import SettingsDesk
from sidelight.session.settings.messages import OfSettings, SettingsNews
from sidelight.settings.keeping import KeepingChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from sidelight.session.importing.wanted import Recording
    from sidelight.session.messages import Status
    from sidelight.settings.paths import Paths

    _Said = Request | Asked | OfSettings

_log = logging.getLogger(__name__)

_WAKE_S: Final = 300.0
"""How often it is looked whether another day has begun."""

_MOST_STARTS: Final = 3
"""A window that dies so often, before anybody closes it, does not come back."""

_TO_LEAVE_S: Final = 5.0
"""From hanging up to the end of the window's process."""

_WORTH_HEARING_MS: Final = 500
"""Less sound than this holds no words."""

_DIED: Final = UserError(
    "The window stopped working several times.",
    "The log in Sidelight's data folder says where.",
)


def home_of(paths: Paths, start_window: Callable[[], ChildProcess]) -> Home:
    """Home over this computer's record and microphone.

    Args:
        paths: Where things lie.
        start_window: Starts the window's process.
    """
    return Home(
        paths,
        Door(paths.record, SystemKeyring(), Ways.find(None)),
        start_window=start_window,
        ears=Ears(
            partial(
                ChildProcess,
                run_ears,
                (EarsPlan(paths.run, paths.data / "logs"),),
                "ears",
            )
        ),
        start_player=partial(
            ChildProcess, run_player, (PlayerPlan(paths.data / "logs"),), "player"
        ),
        helpers=helpers(paths),
    )


class Home:
    """Owns the window and the ears; answers until the window was closed.

    Args:
        paths: Where things lie.
        door: The way into the record.
        start_window: Starts the window's process.
        ears: The microphone's process.
        start_player: Starts what plays recorded sound.
        helpers: The processes of the first run.
    """

    def __init__(
        self,
        paths: Paths,
        door: Door,
        start_window: Callable[[], ChildProcess],
        ears: Ears,
        start_player: Callable[[], ChildProcess],
        helpers: Helpers,
    ) -> None:
        self._paths = paths
        self._door = door
        self._start_window = start_window
        self._ears = ears
        self._window: ChildProcess | None = None
        self._telling = threading.Lock()
        self._fault: UserError | None = None
        self._library = Library(lambda: door.vault, cache(open_teacher))
        self._playback = PlaybackDesk(start_player, self._library.files, self._tell)
        self._imports = Imports(self._start_import, self._tell, self._imported)
        self._desk = Desk(
            paths,
            door,
            self._library,
            ears,
            self._tell,
            keep=self._keep,
            begin=self._begin,
            running=lambda: engine_runs(paths.run) or importing(paths.run),
            playback=self._playback,
            imports=self._imports,
            clients=ClientsDesk(lambda: door.vault, self._tell),
            keeping=KeepingDesk(
                lambda: door.vault,
                Keeper(lambda: KeepingChoice.recall(paths.data), local_day),
            ),
        )
        self._first_run = FirstRunDesk(paths, door, ears, helpers, self._tell)
        self._settings = SettingsDesk(
            paths, door, self._tell, lambda: self._desk.answer(LookAround())
        )

    def run(self) -> None:
        """Until the window was closed by a person.

        Raises:
            UserError: It cannot be shown, or died again and again.
        """
        died = 0
        try:
            while True:
                self._window = self._window or self._start_window()
                if self._fault is not None:  # what ended the session before
                    self._tell(Refused(self._fault.message, self._fault.remedy))
                    self._fault = None
                code = self._serve(self._window)
                if code == 0:
                    return
                died = 0 if code is None else died + 1
                if died >= _MOST_STARTS:
                    raise _DIED
        finally:
            with interrupts_ignored():
                self._ears.close()
                self._playback.close()
                self._imports.pause()
                self._first_run.close()
                self._close_window()

    def _serve(self, window: ChildProcess) -> int | None:
        """Answer until the window is gone.

        Returns:
            Its exit code; ``None``: a session took its place and is over.
        """
        while self._window is window:
            waited: list[Connection | int] = [window.connection, window.sentinel]
            waited += [
                one.connection
                for one in (self._ears, self._imports)
                if one.connection is not None
            ]
            helping = self._first_run.connections
            ready = wait([*waited, *helping], _WAKE_S)
            self._desk.wake()
            if self._imports.connection in ready:
                self._imports.hear()
            if any(one in ready for one in helping):
                self._first_run.hear()
            if self._ears.connection in ready:
                for news in self._ears.hear():
                    self._tell(news)
            if window.connection in ready:
                try:
                    said: _Said | WindowRefused = window.connection.recv()
                except (EOFError, ConnectionResetError):
                    window.join(_TO_LEAVE_S)
                    return self._gone(window)
                if isinstance(said, WindowRefused):
                    raise said.fault
                self._answer(said)
            elif window.sentinel in ready:
                return self._gone(window)
        return None

    def _answer(self, said: _Said) -> None:
        if isinstance(said, Asked):
            self._first_run.answer(said)
            return
        if isinstance(said, OfSettings):
            self._settings.answer(said)
            return
        self._desk.answer(said)
        if isinstance(said, LookAround) and self._imports.busy:
            self._imports.show()  # the window may be a new one

    def _gone(self, window: ChildProcess) -> int:
        code = window.exit_code
        if code != 0:
            _log.warning("the window ended with %s", code)
        self._ears.close()
        self._playback.ask(HaltSound())
        self._first_run.close()
        self._close_window()
        return 1 if code is None else code

    def _tell(self, news: News | Told | SettingsNews) -> None:
        with self._telling:  # what is heard is told from a thread of its own
            if self._window is None:
                return
            # That it is gone is noticed where the next request is waited for.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._window.connection.send(news)

    def _close_window(self) -> None:
        with self._telling:
            window, self._window = self._window, None
        if window is not None:
            window.end()

    def _begin(self, choices: StartChoices) -> None:
        """Hold a session; home has left when it begins, and comes back after it."""
        live = _live(choices)
        self._door.check()  # locked: said before anything starts
        self._tell(Working("Starting."))
        self._imports.pause()  # a session needs the whole computer
        try:
            with sole_launcher(self._paths):
                model = session_model(self._paths, live, self._say)
                if self._window is None or self._window.exit_code is not None:
                    return  # closed meanwhile: nobody wants it any more
                self._tell(Working("Beginning to record."))
                hold_session(
                    self._paths, live, model, self._door.passphrase, self._make_room
                )
        except UserError as fault:
            if self._window is not None:
                raise  # into the card
            self._fault = fault
            say(str(fault))
        finally:
            self._imports.go_on()
        if not live.record_only:
            refine_in_background(self._paths, self._door.passphrase)

    def _start_import(self, recordings: Sequence[Recording]) -> ChildProcess:
        model = import_model(None, self._paths, self._say)
        plan = import_plan(self._paths, recordings, model, self._door.passphrase)
        return ChildProcess(run_importer, (plan,), "importer")

    def _imported(self) -> None:
        self._desk.answer(LookAround())
        refine_in_background(self._paths, self._door.passphrase)

    def _make_room(self) -> None:
        self._tell(Begun())
        self._close_window()

    def _say(self, text: str) -> None:
        self._tell(Working(text))

    def _keep(self, session: str) -> None:
        found = self._library.look_at_interrupted(session)
        models = real_models(self._paths.models)
        if found.unheard < _WORTH_HEARING_MS or not models:
            self._library.keep(session)
            return
        from sidelight.cli.catching_up import hear_rest  # noqa: PLC0415 (slow)

        named = [one for one in models if one.name == found.session.model]
        model = named[0] if named else live_model(None, self._paths.models, self._say)
        hear_rest(
            self._paths, found.session, model, self._door.passphrase, self._show_far
        )

    def _show_far(self, status: Status) -> None:
        of = f" of {clock(status.length_ms)}" if status.length_ms else ""
        self._say(f"Recognising what was not yet: {clock(status.position)}{of}.")


def _live(choices: StartChoices) -> LiveChoices:
    listens = choices.mode is not Mode.NO_LISTENING
    return LiveChoices(
        client=choices.client.strip(),
        minutes=choices.minutes,
        mode=choices.mode,
        model=choices.model,
        microphone=choices.microphone or ANY_MICROPHONE,
        call=choices.call,
        language=choices.language,
        record_only=choices.record_only and listens,
    )
