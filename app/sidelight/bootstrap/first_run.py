"""The processes of the first run; they keep nothing."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from sidelight.bootstrap.knowing import informed
from sidelight.bootstrap.plans import FilePlan, MicrophonePlan
from sidelight.bootstrap.worker import as_it_is, open_recognition
from sidelight.domain.known import Known
from sidelight.domain.timeline import Samples
from sidelight.session.child import child_border

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.audio.source import Source
    from sidelight.bootstrap.plans import BringingPlan, TrialPlan
    from sidelight.session.pipeline import Hearing
    from sidelight.session.worker import Recognition

_log = logging.getLogger(__name__)


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

        def open_pipeline() -> Recognition:
            around: Callable[[Hearing], Hearing] = Answered if live else as_it_is
            worker = informed(plan.worker) or plan.worker
            pipeline = open_recognition(worker, around).pipeline
            pipeline.resume(Samples(0), Known(language=plan.language))
            return pipeline

        source = partial(_open_trial_sound, plan)
        listen(connection, source, open_pipeline, capture_clock, live=live)


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
