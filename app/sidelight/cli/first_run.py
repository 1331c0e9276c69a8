"""What the first run's helping processes consist of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sidelight import resources
from sidelight.bootstrap.first_run import run_bringing, run_placing, run_trial
from sidelight.bootstrap.plans import (
    BringingPlan,
    FilePlan,
    MicrophonePlan,
    TrialPlan,
    worker_threads,
)
from sidelight.cli.live import LiveChoices, live_model, new_session, worker_plan
from sidelight.domain.session import Mode
from sidelight.domain.transcript import Layout
from sidelight.session.firstrun.desk import Helpers, Trial
from sidelight.session.firstrun.helper import Helper
from sidelight.session.process import ChildProcess
from sidelight.speech.weights import ModelFolder, demo_model

if TYPE_CHECKING:
    from sidelight.session.firstrun.bringing import Errand
    from sidelight.settings.paths import Paths

DEMO_SPEED: Final = 8.0
"""As ``sidelight demo``: the session takes a little over a minute."""

DEMO_SOUND: Final = "session.flac"


def helpers(paths: Paths) -> Helpers:
    """The processes, none of them started.

    Args:
        paths: Where things lie.
    """
    logs = paths.data / "logs"

    def start_bringing(errand: Errand) -> ChildProcess:
        plan = BringingPlan(errand, paths.data, paths.models, worker_threads(), logs)
        return ChildProcess(run_bringing, (plan,), "bringing")

    def start_trial(trial: Trial) -> ChildProcess:
        return ChildProcess(run_trial, (trial_plan(paths, trial),), "trial")

    def start_placing(_: None) -> ChildProcess:
        return ChildProcess(run_placing, (logs,), "placing")

    return Helpers(Helper(start_bringing), Helper(start_trial), Helper(start_placing))


def trial_plan(
    paths: Paths, trial: Trial, model: ModelFolder | None = None
) -> TrialPlan:
    """What is listened to, and with which model.

    Args:
        paths: Where things lie.
        trial: What is wanted.
        model: Instead of the one that a session would get.

    Raises:
        UserError: There is no model for people's voices yet.
    """
    if trial.demo:
        file = resources.demo_session() / DEMO_SOUND
        sound: FilePlan | MicrophonePlan = FilePlan(file, Layout.STEREO, DEMO_SPEED)
        model = ModelFolder.check(demo_model())
    else:
        sound = MicrophonePlan(trial.microphone)
        # A trial in which a model is tried first would not answer within a minute.
        model = model or live_model(None, paths.models, partial(_say_nothing))
    as_on_a_call = LiveChoices(mode=Mode.LIVE_ONLY, call="")
    worker = worker_plan(paths, new_session(as_on_a_call, model), model)
    return TrialPlan(sound, worker, paths.run, trial.language)


def _say_nothing(_: str) -> None:
    """The page says itself that it is getting ready."""
