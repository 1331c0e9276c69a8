"""The process that brings a speech model and tries it, while the first run goes on.

A download takes minutes, a trial may lose its process: neither may keep the launcher.
Ending this process is how a download is stopped; what has arrived is kept.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.errors import UserError
from sidelight.session.bench.shapes import SHAPES, write_random_model
from sidelight.session.firstrun.estimate import SMALLEST, YARDSTICK, measured_name
from sidelight.session.firstrun.messages import (
    BringingDone,
    BringingFailed,
    ModelArrives,
)
from sidelight.settings.measured import Measurements
from sidelight.speech.catalogue import Catalogue
from sidelight.speech.installing import import_model, weights_sum
from sidelight.speech.probe import try_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.firstrun.messages import OfBringing
    from sidelight.speech.catalogue import OfferedModel
    from sidelight.speech.fitness import Tried
    from sidelight.speech.installing import Progress
    from sidelight.speech.weights import ModelFolder

_TELL_EVERY: Final = 1_000_000
"""Bytes between two notices."""

_ASIDE: Final = "measuring."


@dataclass(frozen=True, slots=True)
class Fetching:
    """Bring a model of the catalogue by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Importing:
    """Bring a model from a folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Measuring:
    """Time a stand-in; brings nothing."""


Errand = Fetching | Importing | Measuring


@dataclass(frozen=True, slots=True)
class Means:
    """How it is done; tests give others.

    Attributes:
        fetch: Fetches a model into the models folder.
        time: Times a model folder.
    """

    fetch: Callable[[OfferedModel, Path, Progress], ModelFolder]
    time: Callable[[Path], Tried]


def real_means(data: Path, threads: int) -> Means:
    """The hub, and this computer.

    Args:
        data: ``Paths.data``: the ledger of connections lies there.
        threads: Most CPU threads of a pass.
    """

    def fetch(model: OfferedModel, models: Path, progress: Progress) -> ModelFolder:
        from sidelight.network.ledger import Ledger  # noqa: PLC0415 - as the next
        from sidelight.speech.fetching import Fetcher  # noqa: PLC0415 - 0.4 s

        return Fetcher(Ledger(data)).fetch(model, models, progress)

    return Means(fetch, lambda folder: try_out(folder, threads))


def bring(
    errand: Errand, models: Path, tell: Callable[[OfBringing], None], means: Means
) -> None:
    """Do an errand and tell how far it is; the world's faults are told, too.

    Args:
        errand: What is wanted.
        models: ``Paths.models``; it exists.
        tell: Told on the way.
        means: How it is done.
    """
    try:
        _bring(errand, models, tell, means)
    except UserError as fault:
        tell(BringingFailed(fault.message, fault.remedy))
    else:
        tell(BringingDone())


def _bring(
    errand: Errand, models: Path, tell: Callable[[OfBringing], None], means: Means
) -> None:
    match errand:
        case Measuring():
            _measure(models, tell, means)
            return
        case Fetching(name=name):
            offered = Catalogue.load().get(name)
            told = _Notices(name, offered.size, tell)
            model = means.fetch(offered, models, told)
        case Importing(folder=folder):
            told = _Notices(folder.name, 0, tell)
            model = import_model(folder, models, None, told)
        case _:
            assert_never(errand)
    tell(ModelArrives(model.name))
    tried = means.time(model.path)
    if tried.lasting:
        Measurements.here(models).set_tried(weights_sum(model.path), tried)


def _measure(models: Path, tell: Callable[[OfBringing], None], means: Means) -> None:
    """Once; of a busy computer it is told with that reservation, and timed again.

    The smallest is timed only where the yardstick is too slow.
    """
    kept = Measurements.here(models)
    for left in models.glob(f"{_ASIDE}*"):  # by one that was stopped
        shutil.rmtree(left, ignore_errors=True)
    for size in (YARDSTICK, SMALLEST):
        tried = kept.of(measured_name(size)).tried
        if tried is None or not tried.lasting:
            tell(ModelArrives(""))
            tried = _time_stand_in(size, models, means)
            kept.set_tried(measured_name(size), tried)
        if tried.fits:
            return


def _time_stand_in(size: str, models: Path, means: Means) -> Tried:
    with tempfile.TemporaryDirectory(dir=models, prefix=_ASIDE) as folder:
        stand_in = Path(folder) / size
        write_random_model(SHAPES[size], stand_in)
        return means.time(stand_in)


class _Notices:
    """Adds the files of a model up; tells each megabyte, not each piece."""

    def __init__(
        self, name: str, total: int, tell: Callable[[OfBringing], None]
    ) -> None:
        self._name = name
        self._total = total
        self._tell = tell
        self._files: dict[str, tuple[int, int]] = {}
        self._told = -_TELL_EVERY

    def __call__(self, what: str, done: int, total: int) -> None:
        """See ``Progress``."""
        self._files[what] = done, total
        here = sum(one for one, _ in self._files.values())
        if here - self._told >= _TELL_EVERY:
            self._told = here
            whole = self._total or sum(one for _, one in self._files.values())
            self._tell(ModelArrives(self._name, here, max(whole, here, 1)))
