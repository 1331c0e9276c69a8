"""Runs a live session from the terminal: microphone, window, record."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap.launching import launcher, window_only
from sidelight.bootstrap.plans import (
    EnginePlan,
    MicrophonePlan,
    UnheardPlan,
    WorkerPlan,
)
from sidelight.cli.background import refine_in_background
from sidelight.cli.fitting import best_way, choose
from sidelight.cli.keeping import sentences
from sidelight.cli.language import check_language
from sidelight.cli.opening import open_or_make_vault
from sidelight.cli.output import say
from sidelight.domain.consent import Occasion
from sidelight.domain.days import local_day
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.record.interrupted import interrupted
from sidelight.record.record import Record
from sidelight.session.client import engine_answers, running_session
from sidelight.session.consenting import note_yes, require
from sidelight.session.continuing import Anchor
from sidelight.session.exclusive import engine_runs, only_one
from sidelight.session.identity import new_session_id
from sidelight.session.keeping import Keeper
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import End, FaultTold, Follow, Health, Status
from sidelight.session.process import terminates_in_order
from sidelight.session.refining.aside import announce_session
from sidelight.settings.cues import CueChoice
from sidelight.settings.keeping import KeepingChoice
from sidelight.settings.paths import Paths
from sidelight.settings.room import RoomChoice
from sidelight.speech.installing import weights_sum
from sidelight.speech.weights import (
    ModelFolder,
    find_model,
    installed_models,
    need_model,
)
from sidelight.windows import opener, window_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.cli.first_window import FirstWindow
    from sidelight.cli.opening import OpenedVault
    from sidelight.domain.consent import Form
    from sidelight.record.vault import Vault
    from sidelight.session.client import ControlClient
    from sidelight.session.launcher import Launcher
    from sidelight.session.process import ChildProcess
    from sidelight.settings.room import RoomView

_TICK_S: Final = 0.2

STANDS_STILL_S: Final = 10.0
"""An engine says how it is four times a second; one that is silent this long, on a
computer however busy, does not record either."""

_REVIVED_S: Final = 15.0
"""For an engine that holds its place to answer; then it does something else."""

_LOCK: Final = "launcher.lock"
_RUNNING: Final = UserError(
    "A session is running already.", "End it first: sidelight end"
)


@dataclass(frozen=True, slots=True)
class LiveChoices:
    """What was asked for; see ``sidelight start --help``.

    ``cues``, ``room``: ``None`` is the coach's last choice. ``consent``: how the client
    agreed just now; ``None``: they did before, or nothing is listened to.
    """

    client: str = ""
    minutes: int | None = None
    mode: Mode = Mode.KEEP
    model: str | None = None
    microphone: str | None = None
    call: str | None = None
    language: str | None = None
    record_only: bool = False
    cues: bool | None = None
    room: RoomView | None = None
    passphrase_file: Path | None = None
    consent: Form | None = None


@contextmanager
def sole_launcher(paths: Paths) -> Iterator[None]:
    """Held by whoever looks after this record's engine; who refines steps aside.

    Raises:
        UserError: Somebody does already.
    """
    with only_one(paths.run / _LOCK, _RUNNING):
        announce_session(paths.run)
        yield


def listen(choices: LiveChoices, first: FirstWindow | None = None) -> int:
    """Listen until somebody ends the session, then until the review is closed.

    Args:
        choices: What was asked for.
        first: A window that is under way already, for a session that begins.

    Returns:
        0 when the session was ended in order.

    Raises:
        UserError: It could not begin or go on. What was heard is in the record.
    """
    paths = Paths.find().prepare()
    keep_memory_out_of_dumps()  # before the passphrase is in it
    try:
        with sole_launcher(paths), terminates_in_order():
            if engine_is_there(paths.run):
                opened = _rejoin(paths, choices)
            else:
                opened = _begin(paths, choices, first)
    except UserError as fault:
        if fault is not _RUNNING or not engine_answers(paths.run):
            raise
        return _open_window_again(paths)
    refine_in_background(paths, opened.passphrase)
    return 0


def engine_is_there(run: Path) -> bool:
    """Whether a session runs; one that is just being revived is waited for."""
    deadline = time.monotonic() + _REVIVED_S
    while engine_runs(run):
        if engine_answers(run):
            return True
        if time.monotonic() > deadline:
            raise _RUNNING
        time.sleep(_TICK_S)
    return False


def _begin(
    paths: Paths, choices: LiveChoices, first: FirstWindow | None
) -> OpenedVault:
    model = session_model(paths, choices)
    opened = open_or_make_vault(paths.record, choices.passphrase_file)
    _tell_of_interrupted(paths, opened.vault)
    _check_consent(paths, choices, opened.vault)
    if first is not None:
        first.show()
    if choices.room is not None:
        room = RoomChoice.recall(paths.data).seen_as(choices.room)
        room.remember(paths.data)
    hold_session(paths, choices, model, opened.passphrase, start_window=first)
    return opened


def session_model(
    paths: Paths, choices: LiveChoices, tell: Callable[[str], None] = say
) -> ModelFolder | None:
    """The speech model that these choices ask for; ``None``: nobody recognises now.

    Args:
        paths: Where models are.
        choices: Are seen to fit each other.
        tell: Told what takes time: a model that is tried for the first time.

    Raises:
        UserError: There is no such model, or the choices do not fit each other.
    """
    _check_record_only(choices)
    if choices.mode is Mode.NO_LISTENING or choices.record_only:
        return None
    model = live_model(choices.model, paths.models, tell)
    check_language(choices.language, model)
    return model


def hold_session(
    paths: Paths,
    choices: LiveChoices,
    model: ModelFolder | None,
    passphrase: str | None,
    begun: Callable[[], None] = lambda: None,
    start_window: Callable[[], ChildProcess] | None = None,
) -> None:
    """From the first sound to the closed review. ``sole_launcher`` is held meanwhile.

    Args:
        paths: Where things lie.
        choices: What was asked for.
        model: See ``session_model``.
        passphrase: Opens the record; ``None``: the keyring does.
        begun: Called once the engine records.
        start_window: Starts the session's window; ``None``: one like any other.

    Raises:
        UserError: It could not begin or go on. What was heard is in the record.
    """
    session = new_session(choices, model)
    engine = _engine_plan(paths, choices, session, model, passphrase)
    start = start_window or opener(window_plan(paths, in_room=session.in_room))
    with launcher(engine, start) as running:
        listening = Listening(running.begin(), running)
        begun()
        listening.say_how_to_end(session)
        listening.until_ended()
        if choices.record_only:
            say("Recorded. To have it transcribed, once a speech model is installed:")
            say(f"sidelight recover keep {session.id} --model NAME")
        else:
            _show_review(running)


def _check_record_only(choices: LiveChoices) -> None:
    if choices.record_only and choices.mode is not Mode.KEEP:
        raise UserError(
            "Only what is kept can be transcribed later.",
            "Choose --mode keep, or leave --record-only out.",
        )


def _rejoin(paths: Paths, choices: LiveChoices) -> OpenedVault:
    """Look after a session whose launcher is gone (its terminal was closed)."""
    opened = open_or_make_vault(paths.record, choices.passphrase_file)
    session = running_session(paths.run)
    model = find_model(session.model, paths.models) if session.model else None
    engine = _engine_plan(paths, choices, session, model, opened.passphrase)
    with launcher(engine, opener(window_plan(paths))) as running:
        listening = Listening(running.join(), running)
        say("A session is running already; here it is again.")
        listening.until_ended()
        _show_review(running)
    return opened


def _open_window_again(paths: Paths) -> int:
    """The session runs and is looked after; its window may have been closed."""
    say("A session is running; here is its window.")
    opens = opener(window_plan(paths))
    with terminates_in_order(), window_only(paths.run, opens) as window:
        window.show()
        while not window.wait_for_window(1.0):
            pass
    return 0


def _show_review(running: Launcher) -> None:
    say("The session is over. The review is open; close it to leave.")
    while not running.wait_for_window(1.0):
        pass


def _tell_of_interrupted(paths: Paths, vault: Vault) -> None:
    """Offer back what a crash left, before anything new begins."""
    with Record.open(paths.record, vault) as record:
        left = interrupted(record)
    if left:
        sessions = "One session was" if len(left) == 1 else f"{len(left)} sessions were"
        say(f"{sessions} cut off; nothing is lost. See: sidelight recover list")


def _let_sound_go(paths: Paths, record: Record) -> None:
    """Whose day has come goes; what goes next is said."""
    keeper = Keeper(lambda: KeepingChoice.recall(paths.data), local_day)
    for line in sentences(keeper.look(record)):
        say(line)


def _check_consent(paths: Paths, choices: LiveChoices, vault: Vault) -> None:
    """Note the consent that was said to be given; see that what is needed is there."""
    client, mode = choices.client, choices.mode
    with Record.open(paths.record, vault) as record:
        if choices.consent is not None:
            note_yes(record, client, Occasion(mode), choices.consent, local_day())
        require(record, client, mode)
        _let_sound_go(paths, record)


def live_model(
    wanted: str | None, models: Path, tell: Callable[[str], None] = say
) -> ModelFolder:
    """The speech model for people's voices.

    Args:
        wanted: Name or folder; ``None``: the largest installed one that this computer
            is fast enough for.
        models: Where models are installed.
        tell: Told what takes time, or is slow.

    Raises:
        UserError: There is none, or it cannot be used for people.
    """
    if wanted is not None:
        return find_model(wanted, models).for_people()
    real = real_models(models)
    if not real:
        raise need_model()
    return choose(real, models, tell)


def real_models(models: Path) -> list[ModelFolder]:
    """Every installed model for people's voices."""
    return [folder for folder in installed_models(models) if not folder.demo]


def new_session(choices: LiveChoices, model: ModelFolder | None) -> Session:
    """The session that these choices ask for, beginning now."""
    now = datetime.now().astimezone()
    on_call = choices.call is not None and choices.mode is not Mode.NO_LISTENING
    return Session(
        id=new_session_id(now),
        started_at=now,
        layout=Layout.STEREO if on_call else Layout.MONO,
        mode=choices.mode,
        client=choices.client,
        planned_minutes=choices.minutes,
        model="" if model is None else model.name,
    )


def _engine_plan(
    paths: Paths,
    choices: LiveChoices,
    session: Session,
    model: ModelFolder | None,
    passphrase: str | None,
) -> EnginePlan:
    logs = paths.data / "logs"
    return EnginePlan(
        session=session,
        sound=(
            UnheardPlan()
            if session.mode is Mode.NO_LISTENING
            else MicrophonePlan(choices.microphone, choices.call)
        ),
        worker=None if model is None else worker_plan(paths, session, model),
        record=paths.record,
        run=paths.run,
        fresh=False,
        passphrase=passphrase,
        logs=logs,
        language=choices.language,
        cues=_cues_wanted(paths, choices, session),
    )


def _cues_wanted(paths: Paths, choices: LiveChoices, session: Session) -> bool:
    choice = CueChoice.recall(paths.data)
    if choices.cues is not None:
        choice = choice.chosen(session.layout, wanted=choices.cues)
        choice.remember(paths.data)
    return choice.wanted(session.layout)


def worker_plan(paths: Paths, session: Session, model: ModelFolder) -> WorkerPlan:
    """A recogniser with this model, and with the lighter ones to fall back to."""
    lighter = [one for one in real_models(paths.models) if one.size < model.size]
    lighter.sort(key=lambda one: one.size, reverse=True)
    way = best_way(model, paths.models)
    return WorkerPlan(
        model=model.path,
        name=model.name,
        layout=session.layout,
        threads=way.threads,
        logs=paths.data / "logs",
        lighter=tuple((one.name, one.path) for one in lighter),
        device=way.device,
        sums=tuple((one.name, weights_sum(one.path)) for one in (model, *lighter)),
        measured=paths.models,
    )


class Listening:
    """Follows a session to its end; keeps engine and window alive meanwhile.

    Args:
        client: Of the engine.
        running: The processes.
    """

    def __init__(self, client: ControlClient, running: Launcher) -> None:
        self._client = client
        self._running = running
        self._anchor: Anchor | None = None
        self._heard_at = time.monotonic()
        self._ending = False
        self._window_open = True

    def say_how_to_end(self, session: Session) -> None:
        """The first line on the terminal."""
        doing = {
            Mode.KEEP: "Listening; sound and words are kept, encrypted.",
            Mode.LIVE_ONLY: "Listening; nothing of it is kept.",
            Mode.NO_LISTENING: "Not listening; only time and your notes are kept.",
        }
        only_recorded = session.mode is Mode.KEEP and not session.model
        what = "Recording; words come later." if only_recorded else doing[session.mode]
        say(f"{what} End with: sidelight end (or Ctrl+C here).")

    def until_ended(self) -> None:
        """Pass Ctrl-C on; the second one does not wait.

        Raises:
            UserError: Engine or window died too often.
        """
        try:
            self._client.send(Follow())
            while not self._step():
                pass
        finally:
            self._client.close()

    def _step(self) -> bool:
        """Whether it is over."""
        message = None
        try:
            if self._running.window_closed and self._window_open:
                self._window_open = False
                say("The window was closed; the session goes on.")
            self._running.look_after_window()
            self._running.look_after_spare()
            message = self._client.receive(_TICK_S)
            alive = time.monotonic() - self._heard_at < STANDS_STILL_S
        except KeyboardInterrupt:
            if self._ending:
                raise
            self._end()
            return False
        except ConnectionLost:
            alive = False
        if not alive:
            self._revive()
            return False
        if isinstance(message, Status):
            self._heard_at = time.monotonic()
            self._note_where(message)
            return message.health is Health.ENDED
        if isinstance(message, FaultTold):
            say(f"{message.message} {message.remedy}")
        return False

    def _note_where(self, status: Status) -> None:
        # One that was started again and has no sound yet tells nothing of the time:
        # were it to die too, the time since the last sound would go unmarked.
        if self._anchor is None or status.clock_s is not None:
            self._anchor = Anchor(status.session, status.position, status.clock_s)

    def _end(self) -> None:
        self._ending = True
        say("Ending; what was said last is being recognised. Ctrl+C again: now.")
        self._client.send(End())

    def _revive(self) -> None:
        if self._anchor is None:
            raise UserError(
                "Sidelight's engine stopped working before the session began.",
                "The log in Sidelight's data folder says where.",
            )
        self._client.close()
        self._client = self._running.revive(self._anchor)
        self._client.send(Follow())
        self._heard_at = time.monotonic()
        say("Sidelight's engine had stopped; the session goes on, with a marked gap.")
        if self._ending:
            self._client.send(End())
