"""What recordings made elsewhere are brought in with: model, places, plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.bootstrap.plans import ImportPlan, WorkerPlan
from sidelight.cli.fitting import best_way
from sidelight.cli.live import live_model
from sidelight.cli.output import say
from sidelight.cli.spreading import Computer, spread
from sidelight.cli.transcribe import choose_model
from sidelight.domain.transcript import Layout
from sidelight.speech.installing import weights_sum

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.session.importing.wanted import Recording
    from sidelight.settings.paths import Paths
    from sidelight.speech.weights import ModelFolder


def import_model(
    wanted: str | None, paths: Paths, tell: Callable[[str], None] = say
) -> ModelFolder:
    """The speech model to hear recordings with.

    As live, so that they are there in about half of their own length; like every kept
    session they are then heard once more with the best.

    Args:
        wanted: Name or folder; ``None``: the largest that this computer listens with.
        paths: Where models are.
        tell: Told what takes time.

    Raises:
        UserError: There is none.
    """
    if wanted is None:
        return live_model(None, paths.models, tell)
    model = choose_model(wanted, paths.models)
    if model.demo:
        tell("The demo's speech model understands only the demo's synthetic voices.")
    return model


def import_plan(
    paths: Paths,
    recordings: Sequence[Recording],
    model: ModelFolder,
    passphrase: str | None,
    jobs: int | None = None,
) -> ImportPlan:
    """How they are brought in.

    Args:
        paths: Where things lie.
        recordings: Which.
        model: The speech model.
        passphrase: Opens the record; ``None``: the keyring does.
        jobs: How many at once; ``None``: as many as this computer has room for.
    """
    way = best_way(model, paths.models)
    shared = spread(len(recordings), jobs, Computer.here(), model.size)
    worker = WorkerPlan(
        model=model.path,
        name=model.name,
        layout=Layout.MONO,  # each recording has its own
        threads=shared.threads,
        logs=paths.data / "logs",
        device=way.device,
        sums=((model.name, weights_sum(model.path)),),
        measured=paths.models,
    )
    return ImportPlan(
        recordings=tuple(recordings),
        places=shared.places,
        worker=worker,
        record=paths.record,
        run=paths.run,
        logs=paths.data / "logs",
        passphrase=passphrase,
    )
