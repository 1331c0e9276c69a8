"""The composition root: what each process consists of. Builds, joins, nothing else.

Each ``run_…`` is the entry of one process. Its plan is small and frozen, and all that
the process is given; heavy imports happen inside, so that no process loads another's.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING, Final

from sidelight import logs
from sidelight.domain.errors import UserError
from sidelight.domain.known import Known
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Samples
from sidelight.domain.transcript import Layout
from sidelight.network import guard
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.session.child import child_border, launcher_is_gone
from sidelight.session.exclusive import ENGINE_LOCK, is_taken, only_one
from sidelight.session.process import ChildProcess, ignore_interrupts
from sidelight.settings.paths import prepare_folder
from sidelight.speech.recognizer import Device

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.audio.devices import DeviceName
    from sidelight.audio.source import Source
    from sidelight.domain.session import Session
    from sidelight.domain.story import Story
    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.partnering.learned.teaching import Teacher
    from sidelight.record.events import SessionStore
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault
    from sidelight.session.continuing import Anchor
    from sidelight.session.engine import EngineParts
    from sidelight.session.firstrun.bringing import Errand
    from sidelight.session.importing.batch import Batch
    from sidelight.session.importing.progress import Progress
    from sidelight.session.importing.wanted import Recording
    from sidelight.session.launcher import Launcher
    from sidelight.session.pipeline import Hearing
    from sidelight.session.refining.refiner import Refiner
    from sidelight.session.worker import Opened, Recognition
    from sidelight.settings.paths import Paths
    from sidelight.speech.fitness import Way
    from sidelight.speech.recognizer import PlainRecognizer, Recognizer
    from sidelight.speech.short_windows import Compared, Evidence
    from sidelight.speech.weights import ModelFolder

_MOST_THREADS: Final = 4
ANY_MICROPHONE: Final = "default"
DEMO_SESSION: Final = "demo"
"""The demo's only session: as a session's id, and on the command line."""

IMPORTER_LOCK: Final = "importer.lock"
_IMPORTING: Final = UserError(
    "Recordings are being brought in already.", "Wait until that is finished."
)
IMPORT_WAITS: Final = (
    "A session is running; recordings wait.",
    "What is complete is kept. Run the same again when the session has ended.",
)
_TO_BE_GONE_S: Final = 5.0
"""For the engine that was killed to be gone, before another takes its place."""

_RUNNING: Final = UserError(
    "Sidelight is running this already.",
    "Wait until it is finished, or end it: one at a time.",
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FilePlan:
    """Sound that plays from a file.

    Attributes:
        path: The file.
        layout: As which it plays.
        speed: 1.0 as recorded; ``None`` as fast as it is read.
    """

    path: Path
    layout: Layout
    speed: float | None


@dataclass(frozen=True, slots=True)
class MicrophonePlan:
    """Sound of a microphone.

    Attributes:
        name: Its name; ``None``: the one that was chosen the last time;
            ``ANY_MICROPHONE``: the one the system would choose.
        call: The output that plays the client's side of a call; ``""``: the system's;
            ``None``: there is none, everybody is in the room.
    """

    name: str | None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class UnheardPlan:
    """No sound at all: a session without listening."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """No new sound: a session that was cut off is recognised to its end."""


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """A recogniser process.

    Attributes:
        model: Its folder.
        name: What to call it.
        layout: Channels of the sound.
        threads: CPU threads for one pass.
        logs: Folder for its log.
        lighter: Names and folders of models that cost less, the best first.
        coach_voice: The coach's enrolled voice, for a session with one microphone.
        device: Where it computes.
        sums: Names of models and the sums of their weights, for what is measured.
        measured: Folder of what was measured of them; ``None``: nothing is kept.
        evidence: Of short windows, by the models' names.
        lessons: What the coach taught; the same from a session's start to its end.
        waited_for: Whether somebody waits for its words; else there are none before
            they are final, and no pass that may be thrown away.
    """

    model: Path
    name: str
    layout: Layout
    threads: int
    logs: Path
    lighter: tuple[tuple[str, Path], ...] = ()
    coach_voice: bytes | None = field(default=None, repr=False)
    device: Device = Device.CPU
    sums: tuple[tuple[str, str], ...] = ()
    measured: Path | None = None
    evidence: tuple[tuple[str, Evidence], ...] = ()
    # Places cannot be compared as values, and nobody is to see them.
    lessons: tuple[Lesson, ...] = field(default=(), repr=False, compare=False)
    waited_for: bool = True


@dataclass(frozen=True, slots=True)
class EnginePlan:
    """An engine process.

    Attributes:
        session: What is known at the start.
        sound: Where it comes from.
        worker: Who recognises it; ``None``: nobody, now.
        record: Folder of vault, database and sound.
        run: Folder of the control socket.
        fresh: Begin with an empty record: the demo, whose content is public.
        passphrase: Opens the vault where the keyring does not.
        logs: Folder for its log.
        anchor: Go on with the session from here; ``None``: it is new.
        language: What is spoken, ISO 639; ``None``: decided from what is heard.
        cues: Whether the coach is to see cues.
    """

    session: Session
    sound: FilePlan | MicrophonePlan | UnheardPlan | KeptPlan
    worker: WorkerPlan | None
    record: Path
    run: Path
    fresh: bool
    passphrase: str | None = field(repr=False)
    logs: Path
    anchor: Anchor | None = None
    language: str | None = None
    cues: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Recordings made elsewhere, brought in as sessions.

    Attributes:
        recordings: Which.
        places: How many at once.
        worker: Who recognises each, whatever its layout.
        record: Folder of vault, database and sound.
        run: Where a session says that it begins.
        logs: Folder for its log.
        passphrase: Opens the vault where the keyring does not.
    """

    recordings: tuple[Recording, ...]
    places: int
    worker: WorkerPlan
    record: Path
    run: Path
    logs: Path
    passphrase: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class EarsPlan:
    """The process that holds the microphone for the start card's meter.

    Attributes:
        run: Where the sound system keeps its list of devices.
        logs: Folder for its log.
    """

    run: Path
    logs: Path


@dataclass(frozen=True, slots=True)
class PlayerPlan:
    """The process that plays recorded sound.

    Attributes:
        logs: Folder for its log.
    """

    logs: Path


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """The process that listens in the first run; see ``session.firstrun.listening``.

    Attributes:
        sound: A microphone, or the demo's file.
        worker: Recognises it, with two channels.
        run: Where the sound system keeps its list of devices.
        language: What is spoken, ISO 639; ``None``: decided from what is heard.
    """

    sound: FilePlan | MicrophonePlan
    worker: WorkerPlan
    run: Path
    language: str | None = None


@dataclass(frozen=True, slots=True)
class BringingPlan:
    """The process that brings a speech model, or measures this computer.

    Attributes:
        errand: What is wanted.
        data: Where everything lies.
        models: Where models are installed.
        threads: Most CPU threads of a pass.
        logs: Folder for its log.
    """

    errand: Errand
    data: Path
    models: Path
    threads: int
    logs: Path


def worker_threads() -> int:
    """CPU threads for recognition: one core stays for everything else."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min(_MOST_THREADS, cores - 1))


def launcher(
    engine: EnginePlan, start_window: Callable[[], ChildProcess] | None
) -> Launcher:
    """What the command line holds: the processes, not started yet.

    Args:
        engine: What to record.
        start_window: Starts a window (``windows.opener``); ``None``: there is none.
    """
    from sidelight.session.launcher import Launcher

    return Launcher(
        start_engine=lambda anchor: ChildProcess(
            run_engine, (replace(engine, anchor=anchor),), "engine"
        ),
        start_window=start_window,
        run_folder=engine.run,
        start_spare=partial(ChildProcess, run_spare_engine, (engine,), "engine"),
    )


def window_only(run: Path, start_window: Callable[[], ChildProcess]) -> Launcher:
    """A window to an engine that somebody else looks after.

    Args:
        run: Where it listens.
        start_window: See ``launcher``.
    """
    from sidelight.session.launcher import Launcher

    def no_engine(_: object) -> ChildProcess:
        msg = "this launcher starts no engine"
        raise ValueError(msg)

    return Launcher(
        start_engine=no_engine,
        start_window=start_window,
        run_folder=run,
    )


def demo_record(paths: Paths) -> Path:
    """Where the demo keeps its vault, database and sound."""
    return paths.demo / "record"


def demo_was_played(paths: Paths) -> bool:
    """Whether a demo that ran through is on this computer and can be read."""
    from sidelight.record.record import DATABASE_NAME

    if not (demo_record(paths) / DATABASE_NAME).exists():
        return False
    try:
        with _demo_to_read(paths) as record:
            return any(summary.ended for summary in record.sessions.list())
    except UserError:
        return False  # of another version, or damaged: playing it again replaces it


def read_demo(paths: Paths) -> Story:
    """The demo as it is stored.

    Raises:
        UserError: It was never played, or cannot be read.
    """
    from sidelight.domain.story import tell

    with open_demo(paths) as store:
        return tell(store.events())


@contextmanager
def open_demo(paths: Paths) -> Iterator[SessionStore]:
    """The demo, to be read, as long as it is needed.

    Raises:
        UserError: It was never played, or cannot be read.
    """
    with _demo_to_read(paths) as record:
        yield record.sessions.get(DEMO_SESSION)


@contextmanager
def open_session(
    paths: Paths,
    wanted: str | None,
    passphrase: Path | None,
    ask: Callable[[], str] | None,
) -> Iterator[tuple[SessionStore, str]]:
    """A session of the coach's record, to be read, and the consent to hand it in.

    Args:
        paths: Where it lies.
        wanted: Its id; ``None``: the newest.
        passphrase: A file that holds the passphrase.
        ask: Asks a person for it; ``None``: nobody is there.

    Raises:
        UserError: There is no such session, or the record cannot be opened.
    """
    from sidelight.record.keystore import SystemKeyring
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault, Ways
    from sidelight.session.consenting import consent_to_hand_in

    if not paths.record.is_dir() or not any(paths.record.iterdir()):
        raise UserError("There is no session yet.", "Record one: sidelight start")
    vault = Vault.open(paths.record, Ways.find(SystemKeyring(), passphrase, ask))
    with Record.open(paths.record, vault, read_only=True) as record:
        sessions = record.sessions.list()
        if wanted is None and not sessions:
            raise UserError("There is no session yet.", "Record one: sidelight start")
        chosen = wanted or sessions[0].session.id
        yield record.sessions.get(chosen), consent_to_hand_in(record, chosen)


def _demo_to_read(paths: Paths) -> Record:
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault

    vault = Vault.open_local(demo_record(paths))
    return Record.open(demo_record(paths), vault, read_only=True)


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
        engine = Engine(_engine_parts(plan, record, vault))
        engine.run(ready=lambda: _say_begun(connection))


def _engine_parts(plan: EnginePlan, record: Record, vault: Vault) -> EngineParts:
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
    worker = _knowing_the_coach(plan.worker, plan.record, vault)
    worker = _knowing_the_lessons(worker, record)
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
        start_worker=lambda: ChildProcess(run_worker, (_informed(worker),), "worker"),
        limits=WorkerLimits(lighter=_lighter(plan.worker)),
        now=time.monotonic,
        clock=capture_clock,
        room=lambda: Room.of(plan.record, channels).warning,
        abandoned=launcher_is_gone,
        start_player=lambda: ChildProcess(
            run_player, (PlayerPlan(plan.logs),), "player"
        ),
        compared=partial(_remember, worker),
        language=plan.language,
        cues=plan.cues,
        teaching=cache(open_teacher),
        consent=partial(consent_to_hand_in, record, plan.session.id),
    )


def _informed(worker: WorkerPlan | None) -> WorkerPlan | None:
    """With what is known by now of its models in short windows."""
    if worker is None or worker.measured is None:
        return worker
    from sidelight.settings.measured import Measurements

    known = Measurements.here(worker.measured)
    evidence = tuple((name, known.of(sum_).evidence) for name, sum_ in worker.sums)
    return replace(worker, evidence=evidence)


def _remember(worker: WorkerPlan | None, compared: Compared) -> None:
    from sidelight.settings.measured import Measurements

    sums = {} if worker is None else dict(worker.sums)
    if worker is None or worker.measured is None or compared.model not in sums:
        return
    Measurements.here(worker.measured).add_compared(sums[compared.model], compared)


def _knowing_the_coach(
    worker: WorkerPlan | None, folder: Path, vault: Vault
) -> WorkerPlan | None:
    """With one microphone, the coach's enrolled voice tells whose words they are."""
    if worker is None:
        return None
    return replace(worker, coach_voice=_coach_voice(worker.layout, folder, vault))


def _knowing_the_lessons(
    worker: WorkerPlan | None, record: Record
) -> WorkerPlan | None:
    """Whatever worker a session gets, it has been taught the same."""
    if worker is None:
        return None
    return replace(worker, lessons=_lessons(record))


def _lessons(record: Record) -> tuple[Lesson, ...]:
    from sidelight import resources
    from sidelight.partnering.detector import model_version

    version = model_version(resources.partnering_model())
    return () if version is None else record.lessons.lessons(version)


def open_teacher() -> Teacher | None:
    """What makes lessons; ``None``: there is no model that could be taught.

    Raises:
        UserError: The model is damaged.
    """
    from sidelight import resources
    from sidelight.partnering.detector import learned_teacher, model_version

    folder = resources.partnering_model()
    return None if model_version(folder) is None else learned_teacher(folder)


def _coach_voice(layout: Layout, folder: Path, vault: Vault) -> bytes | None:
    from sidelight.record import voice

    if layout is not Layout.MONO:
        return None
    try:
        return voice.load(folder, vault)
    except UserError as fault:
        _log.warning("the coach's voice cannot be used: %s", fault.remedy)
        return None  # everybody is unknown, then


def _lighter(worker: WorkerPlan | None) -> tuple[str, ...]:
    return () if worker is None else tuple(name for name, _ in worker.lighter)


def _say_begun(connection: Connection) -> None:
    from sidelight.session.launching import Began

    try:
        connection.send(Began())
    except (BrokenPipeError, ConnectionResetError):
        _log.info("the launcher is gone; the session goes on")


def importing(run: Path) -> bool:
    """Whether recordings are being brought in: their sessions are not cut off."""
    return is_taken(run / IMPORTER_LOCK)


@contextmanager
def import_batch(
    plan: ImportPlan, vault: Vault, tell: Callable[[Progress], None]
) -> Iterator[Batch]:
    """What brings recordings in, in this process. A session that begins stops it.

    Args:
        plan: What, and with what.
        vault: Opens the record.
        tell: Told each change.

    Raises:
        UserError: Others are being brought in, or a session runs.
    """
    from sidelight.session.importing.batch import Batch
    from sidelight.session.importing.work import Importer
    from sidelight.session.refining.aside import SessionWatch

    def start(session: Session) -> ChildProcess:
        worker = replace(plan.worker, layout=session.layout, waited_for=False)
        return ChildProcess(
            run_worker, (_knowing(worker, plan.record, vault),), "worker"
        )

    with only_one(plan.run / IMPORTER_LOCK, _IMPORTING, patience_s=1.0):
        watch = SessionWatch(plan.run, because=IMPORT_WAITS)
        watch.look()
        importer = Importer(plan.record, vault, plan.worker.name, start)
        yield Batch(
            plan.recordings, plan.places, importer.bring_in, tell, look=watch.look
        )


def run_importer(connection: Connection, plan: ImportPlan) -> None:
    """Entry of the process that brings recordings in for home.

    Args:
        connection: To the launcher.
        plan: What, and with what.
    """
    with child_border(connection, plan.logs, "importer"):
        from sidelight.session.importing.serving import Telling, serve

        vault = _opened(plan.record, plan.passphrase)
        with import_batch(plan, vault, Telling(connection)) as batch:
            serve(connection, batch)


def _knowing(worker: WorkerPlan, folder: Path, vault: Vault) -> WorkerPlan | None:
    """Outside of an engine a worker is told the same."""
    from sidelight.record.record import Record

    with Record.open(folder, vault, read_only=True) as record:
        known = _knowing_the_lessons(worker, record)
    return _knowing_the_coach(known, folder, vault)


def run_worker(connection: Connection, plan: WorkerPlan) -> None:
    """Entry of the worker process.

    Args:
        connection: To the supervisor.
        plan: What to build.
    """
    guard.install()
    keep_memory_out_of_dumps()
    ignore_interrupts()
    logs.silence_streams()
    logs.set_up(plan.logs, "worker")
    logs.install_borders()
    from sidelight.session.worker import serve
    from sidelight.speech.process import prepare_process

    prepare_process()  # before anything imports numpy and ctranslate2

    serve(connection, partial(_open_recognition, plan))


def run_ears(connection: Connection, plan: EarsPlan) -> None:
    """Entry of the process that holds the microphone for the start card's meter.

    Args:
        connection: To the launcher.
        plan: Where its files lie.
    """
    with child_border(connection, plan.logs, "ears"):
        from sidelight.audio.system import SoundSystem
        from sidelight.session.home.ears import listen

        listen(connection, partial(SoundSystem.start, plan.run))


def run_player(connection: Connection, plan: PlayerPlan) -> None:
    """Entry of the process that plays recorded sound.

    Args:
        connection: To whoever has the keys.
        plan: Where its log lies.
    """
    with child_border(connection, plan.logs, "player"):
        from sidelight.audio.output import Output
        from sidelight.session.playback.player import play

        play(connection, Output)


def run_trial(connection: Connection, plan: TrialPlan) -> None:
    """Entry of the process that recognises in the first run, and keeps nothing.

    Args:
        connection: To the launcher.
        plan: What to listen to.
    """
    with child_border(connection, plan.worker.logs, "trial"):
        from sidelight.speech.process import prepare_process

        prepare_process()  # before anything imports numpy and ctranslate2
        from sidelight.audio.clock import capture_clock
        from sidelight.session.firstrun.answered import Answered
        from sidelight.session.firstrun.listening import listen

        live = isinstance(plan.sound, MicrophonePlan)

        def open_recognition() -> Recognition:
            around: Callable[[Hearing], Hearing] = Answered if live else _as_it_is
            worker = _informed(plan.worker) or plan.worker
            pipeline = _open_recognition(worker, around).pipeline
            pipeline.resume(Samples(0), Known(language=plan.language))
            return pipeline

        source = partial(_open_trial_sound, plan)
        listen(connection, source, open_recognition, capture_clock, live=live)


def _open_trial_sound(plan: TrialPlan) -> Source:
    if isinstance(plan.sound, FilePlan):
        from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock

        file = SoundFile.open(plan.sound.path, plan.sound.layout)
        return FileSource(file, Pace(plan.sound.speed, SystemClock()))
    from sidelight.audio.live import LiveSource
    from sidelight.audio.system import SoundSystem
    from sidelight.session.firstrun.listening import Alone

    system = SoundSystem.start(plan.run)
    return Alone(LiveSource(system, system.microphone(plan.sound.name)))


def run_bringing(connection: Connection, plan: BringingPlan) -> None:
    """Entry of the process that brings a speech model.

    Args:
        connection: To the launcher.
        plan: What to bring.
    """
    with child_border(connection, plan.logs, "bringing"):
        from sidelight.session.firstrun.bringing import bring, real_means

        try:
            means = real_means(plan.data, plan.threads)
            bring(plan.errand, plan.models, connection.send, means)
        except (BrokenPipeError, ConnectionResetError):
            _log.info("nobody waits for the model any more")


def run_placing(connection: Connection, log_folder: Path) -> None:
    """Entry of the process that finds where the coach's own wordings lie.

    Args:
        connection: To the launcher.
        log_folder: For its log.
    """
    with child_border(connection, log_folder, "placing"):
        from sidelight.speech.process import prepare_process

        prepare_process()  # before anything imports numpy and ctranslate2
        from sidelight import resources
        from sidelight.partnering.detector import learned_teacher, model_version
        from sidelight.session.firstrun.placing import place

        folder = resources.partnering_model()
        known = model_version(folder) is not None
        place(connection, lambda: learned_teacher(folder) if known else None)


def open_plain(model: ModelFolder, way: Way) -> PlainRecognizer:
    """Load a model to hear whole sessions with, in this process.

    Raises:
        UserError: It cannot be loaded.
    """
    from sidelight.speech.backends import FASTER_WHISPER
    from sidelight.speech.recognizer import PlainRecognizer

    found = FASTER_WHISPER.open(
        model.path, way.threads, name=model.name, device=way.device
    )
    if not isinstance(found, PlainRecognizer):
        msg = f"{FASTER_WHISPER.id} hears no long sound"
        raise TypeError(msg)
    return found


def refiner(
    session: Session, recognizer: PlainRecognizer, folder: Path, vault: Vault
) -> Refiner:
    """What makes a refined version of this session's transcript.

    Args:
        session: Has ended.
        recognizer: The model.
        folder: Of the record.
        vault: Opens it.
    """
    from sidelight.partnering.detector import default_detector
    from sidelight.partnering.listener import Listener
    from sidelight.record.record import Record
    from sidelight.session.refining.refiner import Refiner
    from sidelight.speech.speakers import CoachVoice
    from sidelight.speech.vad import SileroModel

    known = _coach_voice(session.layout, folder, vault)
    with Record.open(folder, vault, read_only=True) as record:
        lessons = _lessons(record)
    return Refiner(
        session.layout,
        recognizer,
        SileroModel().detector,
        lambda transcript: Listener(default_detector(lessons), transcript),
        coach_voice=None if known is None else CoachVoice.from_bytes(known),
    )


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


def _vault(plan: EnginePlan) -> Vault:
    from sidelight.record.vault import Vault

    if plan.fresh:
        return Vault.open_local(plan.record)
    return _opened(plan.record, plan.passphrase)


def _opened(folder: Path, passphrase: str | None) -> Vault:
    from sidelight.record.keystore import SystemKeyring
    from sidelight.record.vault import Vault, Ways

    ask = None if passphrase is None else lambda: passphrase
    return Vault.open(folder, Ways(SystemKeyring(), None, ask))


def _as_it_is(listener: Hearing) -> Hearing:
    return listener


def _open_recognition(
    plan: WorkerPlan, around: Callable[[Hearing], Hearing] = _as_it_is
) -> Opened:
    from sidelight.partnering.detector import default_detector
    from sidelight.partnering.listener import Listener
    from sidelight.session.pipeline import Pipeline, PipelinePolicy, resume_position
    from sidelight.session.worker import Opened
    from sidelight.speech.backends import FASTER_WHISPER, NOTHING_KNOWN
    from sidelight.speech.speakers import CoachVoice
    from sidelight.speech.vad import SileroModel

    lighter = dict(plan.lighter)
    known = plan.coach_voice
    voice = None if known is None else CoachVoice.from_bytes(known)
    evidence = dict(plan.evidence)

    unhurried = PipelinePolicy(partials=False, early=frozenset())
    policy = None if plan.waited_for else unhurried

    def open_model(name: str, folder: Path) -> Recognizer:
        return FASTER_WHISPER.open(
            folder,
            plan.threads,
            name=name,
            evidence=evidence.get(name, NOTHING_KNOWN),
            device=plan.device,
        )

    pipeline = Pipeline(
        plan.layout,
        open_model(plan.name, plan.model),
        SileroModel().detector,
        around(Listener(default_detector(plan.lessons))),
        open_model=lambda name: open_model(name, lighter[name]),
        coach_voice=voice,
        policy=policy,
    )
    where = partial(resume_position, layout=plan.layout)
    return Opened(plan.name, pipeline, where, spare=pipeline.compare)
