"""Recognises what a session that was cut off still has as sound only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap.launching import launcher
from sidelight.bootstrap.plans import EnginePlan, KeptPlan
from sidelight.cli.background import refine_in_background
from sidelight.cli.live import live_model, sole_launcher, worker_plan
from sidelight.cli.opening import open_or_make_vault
from sidelight.cli.output import say
from sidelight.cli.playing import Progress
from sidelight.domain.errors import UserError
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import FaultTold, Follow, Health, Status
from sidelight.session.process import terminates_in_order
from sidelight.settings.paths import Paths
from sidelight.speech.weights import find_model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.domain.session import Session
    from sidelight.session.client import ControlClient
    from sidelight.speech.weights import ModelFolder

_TICK_S: Final = 0.2


def catch_up(session: Session, model: str | None, passphrase_file: Path | None) -> None:
    """Hear the rest of a session and end it; stopped in between, it goes on next time.

    Args:
        session: Was cut off.
        model: Its name; ``None``: the session's own.
        passphrase_file: Opens the record where the keyring does not.

    Raises:
        UserError: The model is not installed, or the record cannot be opened.
    """
    paths = Paths.find().prepare()
    name = model or session.model
    folder = find_model(name, paths.models) if name else live_model(None, paths.models)
    opened = open_or_make_vault(paths.record, passphrase_file)
    progress = Progress()
    try:
        hear_rest(paths, session, folder, opened.passphrase, progress.show)
    finally:
        progress.clear()


def hear_rest(
    paths: Paths,
    session: Session,
    folder: ModelFolder,
    passphrase: str | None,
    show: Callable[[Status], None],
) -> None:
    """The same with a model that was found and a record that was opened before.

    Args:
        paths: Where things lie.
        session: Was cut off.
        folder: The speech model.
        passphrase: Opens the record; ``None``: the keyring does.
        show: Told how far it is: ``position`` of ``length_ms``.

    Raises:
        UserError: The record cannot be opened, or it was stopped.
    """
    plan = EnginePlan(
        session=session,
        sound=KeptPlan(),
        worker=worker_plan(paths, session, folder),
        record=paths.record,
        run=paths.run,
        fresh=False,
        passphrase=passphrase,
        logs=paths.data / "logs",
    )
    with (
        sole_launcher(paths),
        terminates_in_order(),
        launcher(plan, None) as running,
    ):
        try:
            with running.begin() as client:
                _follow(client, show)
        except KeyboardInterrupt:
            raise UserError(
                "Stopped; what was recognised until now is kept.",
                f"Go on with: sidelight recover keep {session.id}",
            ) from None
    refine_in_background(paths, passphrase)


def _follow(client: ControlClient, show: Callable[[Status], None]) -> None:
    client.send(Follow())
    while True:
        try:
            message = client.receive(_TICK_S)
        except ConnectionLost:
            raise UserError(
                "Sidelight's engine stopped working.",
                "Nothing is lost; try again. The log in its data folder says where.",
            ) from None
        match message:
            case Status(health=Health.ENDED):
                return
            case Status(position=whole, heard=heard):
                show(replace(message, position=heard, length_ms=whole))
            case FaultTold(message=sentence, remedy=remedy):
                say(f"{sentence} {remedy}")
            case _:
                pass
