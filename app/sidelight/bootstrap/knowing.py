"""What a worker is told: of its models, of the coach's voice, of what was taught."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.bootstrap.plans import WorkerPlan
    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.partnering.learned.teaching import Teacher
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault
    from sidelight.speech.short_windows import Compared

_log = logging.getLogger(__name__)


def informed(worker: WorkerPlan | None) -> WorkerPlan | None:
    """With what is known by now of its models in short windows."""
    if worker is None or worker.measured is None:
        return worker
    from sidelight.settings.measured import Measurements

    known = Measurements.here(worker.measured)
    evidence = tuple((name, known.of(sum_).evidence) for name, sum_ in worker.sums)
    return replace(worker, evidence=evidence)


def remember(worker: WorkerPlan | None, compared: Compared) -> None:
    """Keep what a worker found of its model in short windows."""
    from sidelight.settings.measured import Measurements

    sums = {} if worker is None else dict(worker.sums)
    if worker is None or worker.measured is None or compared.model not in sums:
        return
    Measurements.here(worker.measured).add_compared(sums[compared.model], compared)


def knowing_the_coach(
    worker: WorkerPlan | None, folder: Path, vault: Vault
) -> WorkerPlan | None:
    """With one microphone, the coach's enrolled voice tells whose words they are."""
    if worker is None:
        return None
    return replace(worker, coach_voice=coach_voice(worker.layout, folder, vault))


def knowing_the_lessons(worker: WorkerPlan | None, record: Record) -> WorkerPlan | None:
    """Whatever worker a session gets, it has been taught the same."""
    if worker is None:
        return None
    return replace(worker, lessons=lessons_of(record))


def lessons_of(record: Record) -> tuple[Lesson, ...]:
    """What the coach taught the model that detects; nothing where there is none."""
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


def coach_voice(layout: Layout, folder: Path, vault: Vault) -> bytes | None:
    """The coach's enrolled voice, where it is needed: with one microphone."""
    from sidelight.record import voice

    if layout is not Layout.MONO:
        return None
    try:
        return voice.load(folder, vault)
    except UserError as fault:
        _log.warning("the coach's voice cannot be used: %s", fault.remedy)
        return None  # everybody is unknown, then


def open_vault(folder: Path, passphrase: str | None) -> Vault:
    """The coach's, by the system's keyring or this passphrase.

    Raises:
        UserError: Neither opens it.
    """
    from sidelight.record.keystore import SystemKeyring
    from sidelight.record.vault import Vault, Ways

    ask = None if passphrase is None else lambda: passphrase
    return Vault.open(folder, Ways(SystemKeyring(), None, ask))
