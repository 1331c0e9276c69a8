"""Recordings made elsewhere become sessions."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap.knowing import (
    knowing_the_coach,
    knowing_the_lessons,
    open_vault,
)
from sidelight.bootstrap.worker import run_worker
from sidelight.domain.errors import UserError
from sidelight.session.child import child_border
from sidelight.session.exclusive import is_taken, only_one
from sidelight.session.process import ChildProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.bootstrap.plans import ImportPlan, WorkerPlan
    from sidelight.domain.session import Session
    from sidelight.record.vault import Vault
    from sidelight.session.importing.batch import Batch
    from sidelight.session.importing.progress import Progress

IMPORTER_LOCK: Final = "importer.lock"
_IMPORTING: Final = UserError(
    "Recordings are being brought in already.", "Wait until that is finished."
)
IMPORT_WAITS: Final = (
    "A session is running; recordings wait.",
    "What is complete is kept. Run the same again when the session has ended.",
)


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

        vault = open_vault(plan.record, plan.passphrase)
        with import_batch(plan, vault, Telling(connection)) as batch:
            serve(connection, batch)


def _knowing(worker: WorkerPlan, folder: Path, vault: Vault) -> WorkerPlan | None:
    """Outside of an engine a worker is told the same."""
    from sidelight.record.record import Record

    with Record.open(folder, vault, read_only=True) as record:
        known = knowing_the_lessons(worker, record)
    return knowing_the_coach(known, folder, vault)
