"""The worker: it recognises, and knows nothing of where words go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sidelight import logs
from sidelight.network import guard
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.session.process import ignore_interrupts

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.bootstrap.plans import WorkerPlan
    from sidelight.session.pipeline import Hearing
    from sidelight.session.worker import Opened
    from sidelight.speech.recognizer import Recognizer


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

    serve(connection, partial(open_recognition, plan))


def as_it_is(listener: Hearing) -> Hearing:
    """Nobody else is told what is heard."""
    return listener


def open_recognition(
    plan: WorkerPlan, around: Callable[[Hearing], Hearing] = as_it_is
) -> Opened:
    """Load the models and join what recognises.

    Args:
        plan: Which.
        around: What is told first what is heard.

    Raises:
        UserError: A model cannot be loaded.
    """
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
