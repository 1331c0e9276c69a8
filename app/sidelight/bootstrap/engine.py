"""The engine: it records, and outlives everything else."""

from __future__ import annotations

import logging
import shutil
import time
from dataclasses import replace
from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap.helpers import run_player
from sidelight.bootstrap.knowing import (
    informed,
    knowing_the_coach,
    knowing_the_lessons,
    open_teacher,
    open_vault,
    remember,
)
from sidelight.bootstrap.plans import (
    ANY_MICROPHONE,
    FilePlan,
    KeptPlan,
    MicrophonePlan,
    PlayerPlan,
    UnheardPlan,
)
from sidelight.bootstrap.worker import run_worker
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.session.child import child_border, launcher_is_gone
from sidelight.session.exclusive import ENGINE_LOCK, only_one
from sidelight.session.process import ChildProcess
from sidelight.settings.paths import prepare_folder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from sidelight.audio.devices import DeviceName
    from sidelight.audio.source import Source
    from sidelight.bootstrap.plans import EnginePlan, WorkerPlan
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault
    from sidelight.session.continuing import Anchor
    from sidelight.session.engine import EngineParts

_TO_BE_GONE_S: Final = 5.0
"""For the engine that was killed to be gone, before another takes its place."""

_RUNNING: Final = UserError(
    "Sidelight is running this already.",
    "Wait until it is finished, or end it: one at a time.",
)

_log = logging.getLogger(__name__)


def run_engine(connection: Connection, plan: EnginePlan) -> None:
    """Entry of the engine process.

    Args:
        connection: To the launcher; told once whether the session could begin.
        plan: What to build.
    """
    with child_border(connection, plan.logs, "engine"):
        prepare_folder(plan.run)
        patience_s = 0.0 if plan.anchor is None else _TO_BE_GONE_S
        with only_one(plan.run / ENGINE_LOCK, _RUNNING, patience_s=patience_s):
            if plan.fresh and plan.anchor is None:
                shutil.rmtree(plan.record, ignore_errors=True)
            prepare_folder(plan.record)
            _run_engine(connection, plan, _vault(plan))


def run_spare_engine(connection: Connection, plan: EnginePlan) -> None:
    """Entry of an engine that waits to take a dead one's place.

    What takes time is done before: imports, and the vault.

    Args:
        connection: To the launcher, which sends an ``Anchor`` or hangs up.
        plan: As for ``run_engine``.
    """
    with child_border(connection, plan.logs, "engine"):
        import sidelight.audio.live
        import sidelight.audio.system
        import sidelight.record.record
        import sidelight.session.engine  # noqa: F401 - so that it is there

        vault = _vault(plan)
        try:
            anchor: Anchor = connection.recv()
        except EOFError:
            return
        with only_one(plan.run / ENGINE_LOCK, _RUNNING, patience_s=_TO_BE_GONE_S):
            _run_engine(connection, replace(plan, anchor=anchor), vault)


def _run_engine(connection: Connection, plan: EnginePlan, vault: Vault) -> None:
    from sidelight.record.record import Record
    from sidelight.session.engine import Engine

    with Record.open(plan.record, vault) as record:
        engine = Engine(engine_parts(plan, record, vault))
        engine.run(ready=lambda: _say_begun(connection))


def engine_parts(plan: EnginePlan, record: Record, vault: Vault) -> EngineParts:
    """What an engine is made of. Nothing begins to be kept without consent.

    Args:
        plan: What is wanted.
        record: Where it is kept.
        vault: Opens it.

    Raises:
        UserError: The client did not agree to it, the disk is full, or the sound cannot
            be had.
    """
    from sidelight.audio.clock import capture_clock
    from sidelight.record.room import Room
    from sidelight.session.consenting import consent_to_hand_in, require
    from sidelight.session.engine import EngineParts
    from sidelight.session.supervisor import WorkerLimits

    channels = len(plan.session.layout.speakers)
    if plan.session.mode is not Mode.NO_LISTENING and plan.anchor is None:
        Room.of(plan.record, channels).require()
    exists = plan.anchor is not None or isinstance(plan.sound, KeptPlan)
    public = plan.fresh and isinstance(plan.sound, FilePlan)  # the demo's voices
    if not exists and not public:
        require(record, plan.session.client, plan.session.mode)
    source, length_ms = _open_sound(plan)
    worker = knowing_the_coach(plan.worker, plan.record, vault)
    worker = knowing_the_lessons(worker, record)
    sessions = record.sessions
    return EngineParts(
        source=source,
        length_ms=length_ms,
        sound_waits=isinstance(plan.sound, FilePlan),
        files=(
            sessions.go_on(plan.session.id) if exists else sessions.create(plan.session)
        ),
        anchor=plan.anchor,
        recognises=plan.worker is not None,
        outlives=isinstance(plan.sound, MicrophonePlan | UnheardPlan),
        run_folder=plan.run,
        start_worker=lambda: ChildProcess(run_worker, (informed(worker),), "worker"),
        limits=WorkerLimits(lighter=_lighter(plan.worker)),
        now=time.monotonic,
        clock=capture_clock,
        room=lambda: Room.of(plan.record, channels).warning,
        abandoned=launcher_is_gone,
        start_player=lambda: ChildProcess(
            run_player, (PlayerPlan(plan.logs),), "player"
        ),
        compared=partial(remember, worker),
        language=plan.language,
        cues=plan.cues,
        teaching=cache(open_teacher),
        consent=partial(consent_to_hand_in, record, plan.session.id),
    )


def _lighter(worker: WorkerPlan | None) -> tuple[str, ...]:
    return () if worker is None else tuple(name for name, _ in worker.lighter)


def _say_begun(connection: Connection) -> None:
    from sidelight.session.launching import Began

    try:
        connection.send(Began())
    except (BrokenPipeError, ConnectionResetError):
        _log.info("the launcher is gone; the session goes on")


def _vault(plan: EnginePlan) -> Vault:
    from sidelight.record.vault import Vault

    if plan.fresh:
        return Vault.open_local(plan.record)
    return open_vault(plan.record, plan.passphrase)


def _open_sound(engine: EnginePlan) -> tuple[Source | None, int | None]:
    """The source, and how long its sound is, if that is known."""
    plan = engine.sound
    if isinstance(plan, KeptPlan):
        return None, None
    if isinstance(plan, UnheardPlan):
        from sidelight.audio.clock import capture_clock
        from sidelight.session.unheard import PassingTime

        return PassingTime(capture_clock), None
    if isinstance(plan, MicrophonePlan):
        return _open_live(plan, engine), None
    from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock

    file = SoundFile.open(plan.path, plan.layout)
    return FileSource(file, Pace(plan.speed, SystemClock())), file.announced


def _open_live(plan: MicrophonePlan, engine: EnginePlan) -> Source:
    """The devices that are meant; those that may come back are waited for."""
    from sidelight.audio.clock import capture_clock
    from sidelight.audio.live import LiveSource
    from sidelight.audio.system import SoundSystem
    from sidelight.session.late import LateSource
    from sidelight.settings.devices import UsedDevices

    system = SoundSystem.start(engine.run)
    used = UsedDevices.recall(engine.run)
    if used is not None and engine.anchor is not None:
        before = used

        tries = count()

        def find() -> Source:
            if next(tries):
                system.refresh()  # the first list is new
            coach = system.microphone(before.coach)
            client = None if before.client is None else before.client
            return LiveSource(
                system, coach, None if client is None else system.client_side(client)
            )

        return LateSource(find, engine.session.layout, capture_clock)
    wanted: str | DeviceName | None = plan.name
    if plan.name is None and used is not None and used.chosen:
        wanted = used.coach
    if plan.name == ANY_MICROPHONE:
        wanted = None
    coach = system.microphone(wanted)
    client = None if plan.call is None else system.client_side(plan.call or None)
    UsedDevices(
        session=engine.session.id,
        coach=coach.name,
        client=None if client is None else client.name,
        chosen=wanted is not None,
    ).remember(engine.run)
    return LiveSource(system, coach, client)
