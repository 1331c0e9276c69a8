"""Which of the installed models this computer listens with: tried once, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.bootstrap.plans import worker_threads
from sidelight.cli.output import say
from sidelight.domain.errors import UserError
from sidelight.settings.measured import Measurements
from sidelight.speech.fitness import Way, largest_in_time, largest_that_fits
from sidelight.speech.installing import weights_sum
from sidelight.speech.probe import try_out
from sidelight.speech.recognizer import Device

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sidelight.speech.fitness import Tried
    from sidelight.speech.weights import ModelFolder

TOO_SLOW = UserError(
    "No speech model on this computer is fast enough to listen live.",
    "Record now and transcribe later; a smaller model may do (`sidelight models list`),"
    " and `sidelight doctor` tries again when less else is running.",
)


def choose(
    models: Sequence[ModelFolder], folder: Path, tell: Callable[[str], None] = say
) -> ModelFolder:
    """The largest that this computer can listen with; says so where none can.

    The session begins all the same: it is recorded, and recognised as far as possible.

    Args:
        models: At least one.
        folder: ``Paths.models``, where the results are kept.
        tell: Told what takes time, or is slow.
    """
    model, fits = largest_that_fits(models, lambda one: tried(one, folder, tell=tell))
    if not fits:
        tell(f"{TOO_SLOW.message} {TOO_SLOW.remedy}")
    return model


def choose_to_refine(
    models: Sequence[ModelFolder], folder: Path, look: Callable[[], None]
) -> ModelFolder | None:
    """The largest that refines a session in reasonable time; ``None``: none does.

    Args:
        models: Any number.
        folder: ``Paths.models``, where the results are kept.
        look: Called before a model is tried; what it raises ends the trying.
    """

    def try_next(model: ModelFolder) -> Tried:
        look()
        return tried(model, folder)

    return largest_in_time(models, try_next)


def tried(
    model: ModelFolder,
    folder: Path,
    *,
    again: bool = False,
    tell: Callable[[str], None] = say,
) -> Tried:
    """How a model does on this computer: as it is remembered, or tried now.

    What is too slow while other programs are busy is tried again the next time.

    Args:
        model: May be lost in the attempt; this process is not.
        folder: ``Paths.models``.
        again: Try it even if that is remembered.
        tell: Told that this takes a moment.
    """
    measurements = Measurements.here(folder)
    weights = weights_sum(model.path)
    known = measurements.of(weights).tried
    if known is not None and not again:
        return known
    tell(f"Trying the speech model {model.name} on this computer.")
    found = try_out(model.path, worker_threads())
    if found.lasting:
        measurements.set_tried(weights, found)
    return found


def best_way(model: ModelFolder, folder: Path) -> Way:
    """How to run a model: as it was quickest, or on the processor where nobody knows.

    Args:
        model: Was tried or not.
        folder: ``Paths.models``.
    """
    known = Measurements.here(folder).of(weights_sum(model.path)).tried
    best = None if known is None else known.best
    return best or Way(Device.CPU, worker_threads(), 0.0, 0.0)
