"""Runs a live session from the terminal: microphone, window, record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap import (
    EnginePlan,
    MicrophonePlan,
    WindowPlan,
    WorkerPlan,
    launcher,
    worker_threads,
)
from sidelight.cli.output import say
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.session.control import ConnectionLost
from sidelight.session.identity import new_session_id
from sidelight.session.messages import End, FaultTold, Follow, Health, Status
from sidelight.session.process import terminates_in_order
from sidelight.settings.passphrase import ask_passphrase
from sidelight.settings.paths import Paths
from sidelight.speech.weights import (
    ModelFolder,
    find_model,
    installed_models,
    need_model,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.session.control import ControlClient
    from sidelight.session.launcher import Launcher

_TICK_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class LiveChoices:
    """What was asked for on the command line; see ``sidelight start --help``."""

    client: str
    minutes: int | None
    mode: Mode
    model: str | None
    microphone: str | None
    passphrase_file: Path | None


def listen(choices: LiveChoices) -> int:
    """Listen until somebody ends the session, then until the review is closed.

    Returns:
        0 when the session was ended in order.

    Raises:
        UserError: It could not begin or go on. What was heard is in the record.
    """
    paths = Paths.find().prepare()
    model = live_model(choices.model, paths.models)
    _check_mode(choices.mode)
    new = not any(paths.record.iterdir())
    passphrase = ask_passphrase(choices.passphrase_file, new=new)
    engine = _engine_plan(paths, choices, model, passphrase)
    window = WindowPlan(
        run=engine.run,
        headless=False,
        snapshots=(),
        timeline=None,
        closes=False,
        logs=engine.logs,
    )
    with terminates_in_order(), launcher(engine, window) as running:
        with running.begin() as client:
            say("Listening. End with: sidelight end (or Ctrl+C here).")
            _until_ended(client, running)
        say("The session is in your record. The review is open; close it to leave.")
        while not running.wait_for_window(1.0):
            pass
    return 0


def live_model(wanted: str | None, models: Path) -> ModelFolder:
    """The speech model for people's voices.

    Args:
        wanted: Name or folder; ``None``: the largest that is installed.
        models: Where models are installed.

    Raises:
        UserError: There is none, or it cannot be used for people.
    """
    if wanted is not None:
        return find_model(wanted, models).for_people()
    real = [folder for folder in installed_models(models) if not folder.demo]
    if not real:
        raise need_model()
    return max(real, key=lambda folder: folder.size)


def _check_mode(mode: Mode) -> None:
    if mode is not Mode.KEEP:
        raise UserError(
            "Only sessions that are kept can be recorded.",
            "Choose --mode keep, or go without Sidelight for this session.",
        )


def _engine_plan(
    paths: Paths, choices: LiveChoices, model: ModelFolder, passphrase: str
) -> EnginePlan:
    now = datetime.now().astimezone()
    logs = paths.data / "logs"
    return EnginePlan(
        session=Session(
            id=new_session_id(now),
            started_at=now,
            layout=Layout.MONO,
            mode=choices.mode,
            client=choices.client,
            planned_minutes=choices.minutes,
            model=model.name,
        ),
        sound=MicrophonePlan(choices.microphone),
        worker=WorkerPlan(model.path, model.name, Layout.MONO, worker_threads(), logs),
        record=paths.record,
        run=paths.run,
        fresh=False,
        passphrase=passphrase,
        logs=logs,
    )


def _until_ended(client: ControlClient, running: Launcher) -> None:
    """Keep the window alive and pass Ctrl-C on; the second one does not wait."""
    client.send(Follow())
    asked = False
    closed = False
    while True:
        try:
            if running.window_closed and not closed:
                closed = True
                say("The window was closed; the session goes on.")
            running.look_after_window()
            message = client.receive(_TICK_S)
        except KeyboardInterrupt:
            if asked:
                raise
            asked = True
            say("Ending; what was said last is being recognised. Ctrl+C again: now.")
            client.send(End())
            continue
        except ConnectionLost:
            raise UserError(
                "Sidelight's engine stopped working.",
                "What was heard until then is in the record; start again.",
            ) from None
        match message:
            case Status(health=Health.ENDED):
                return
            case FaultTold(message=sentence, remedy=remedy):
                say(f"{sentence} {remedy}")
            case _:
                pass
