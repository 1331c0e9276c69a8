"""Refines transcripts in this process: one by hand, or in turn all that wait."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sidelight import logs
from sidelight.bootstrap.refining import open_plain, refiner
from sidelight.cli.background import step_back
from sidelight.cli.fitting import best_way, choose_to_refine
from sidelight.cli.live import real_models
from sidelight.cli.output import say
from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.record.record import Record
from sidelight.session.exclusive import only_one
from sidelight.session.process import terminates_in_order
from sidelight.session.refining.aside import SessionBegan, SessionWatch
from sidelight.session.refining.desk import RecordDesk
from sidelight.session.refining.waiting import heard_with, waiting
from sidelight.session.refining.work import refine
from sidelight.settings.paths import Paths
from sidelight.speech.weights import find_model, need_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.session import Session
    from sidelight.domain.timeline import Millis
    from sidelight.record.sessions import SessionSummary
    from sidelight.record.vault import Vault
    from sidelight.session.refining.work import Refined
    from sidelight.speech.recognizer import PlainRecognizer
    from sidelight.speech.weights import ModelFolder

LOCK: Final = "refiner.lock"
"""In the run folder; held by the process that refines."""

_REFINING: Final = UserError(
    "A transcript is being refined already.", "Wait until it is finished."
)
_TOLD_EVERY: Final = 5
"""Per cent."""

_log = logging.getLogger(__name__)


class Refining:
    """Refines sessions of one record, one at a time.

    Args:
        vault: Of the record.
    """

    def __init__(self, vault: Vault) -> None:
        keep_memory_out_of_dumps()
        self._vault = vault
        self._paths = Paths.find().prepare()
        self._loaded: tuple[ModelFolder, PlainRecognizer] | None = None

    def by_hand(self, summary: SessionSummary, wanted: str | None) -> Refined:
        """Refine one session, with progress on standard error.

        Args:
            summary: Which.
            wanted: Name or folder of the model; ``None``: the largest in time.

        Raises:
            UserError: It cannot be refined, a session runs, or it was stopped.
        """
        session = summary.session
        with only_one(self._paths.run / LOCK, _REFINING), terminates_in_order():
            watch = SessionWatch(self._paths.run)
            watch.look()
            model = self._model(wanted, watch)
            say(f"Hearing the session once more, with {model.name}.")
            progress = Progress(summary.length)

            def look_up(at: Millis) -> None:
                watch.look()
                progress(at)

            try:
                return self._refine(session, model, look_up, watch)
            except KeyboardInterrupt:
                raise UserError(
                    "Stopped; what was heard until now is kept.",
                    f"Go on with: sidelight sessions refine {session.id}"
                    f" --model {model.name}",
                ) from None

    def everything_that_waits(self) -> None:
        """Refine what waits, quietly and behind everything else.

        Leaves when a session begins: the next one that ends starts it again. What the
        world does not let happen is noted in the log, and tried again then.
        """
        step_back()
        logs.set_up(self._paths.data / "logs", "refiner")
        logs.install_borders()
        with only_one(self._paths.run / LOCK, _REFINING), terminates_in_order():
            watch = SessionWatch(self._paths.run)
            try:
                watch.look()
                for session in self._waiting():
                    self._quietly(session, watch)
            except SessionBegan:
                _log.info("a session runs; refining waits")

    def _waiting(self) -> list[Session]:
        folder = self._paths.record
        with Record.open(folder, self._vault, read_only=True) as record:
            return waiting(record, datetime.now().astimezone())

    def _quietly(self, session: Session, watch: SessionWatch) -> None:
        try:
            model = self._best(watch)
            if model is None or self._was_heard_with_larger(session, model):
                _log.info("no model is both better and quick enough")
                return
            self._refine(session, model, lambda _: watch.look(), watch)
        except SessionBegan:
            raise
        except UserError as fault:
            _log.warning("a transcript was not refined: %s", fault.remedy)

    def _was_heard_with_larger(self, session: Session, model: ModelFolder) -> bool:
        folder = self._paths.record
        with Record.open(folder, self._vault, read_only=True) as record:
            events = record.sessions.get(session.id).every_version()
        live = heard_with(session, events)
        return any(
            one.name == live and one.size > model.size
            for one in real_models(self._paths.models)
        )

    def _refine(
        self,
        session: Session,
        model: ModelFolder,
        look_up: Callable[[Millis], None],
        watch: SessionWatch,
    ) -> Refined:
        folder = self._paths.record
        desk = RecordDesk(folder, self._vault, session.id, watch.look)
        made = refiner(session, self._load(model), folder, self._vault)
        return refine(desk.read, desk.write, made, look_up)

    def _load(self, model: ModelFolder) -> PlainRecognizer:
        if self._loaded is None or self._loaded[0] != model:
            recognizer = open_plain(model, best_way(model, self._paths.models))
            self._loaded = (model, recognizer)
        return self._loaded[1]

    def _best(self, watch: SessionWatch) -> ModelFolder | None:
        models = self._paths.models
        return choose_to_refine(real_models(models), models, watch.look)

    def _model(self, wanted: str | None, watch: SessionWatch) -> ModelFolder:
        if wanted is not None:
            return find_model(wanted, self._paths.models).for_people()
        if not real_models(self._paths.models):
            raise need_model()
        model = self._best(watch)
        if model is None:
            raise UserError(
                "No speech model here refines a session within its own length.",
                "Name one to wait for: sidelight sessions refine SESSION --model NAME",
            )
        return model


class Progress:
    """How far it is, on standard error.

    Args:
        length: Of the session.
    """

    def __init__(self, length: Millis) -> None:
        self._length = length
        self._next = 0

    def __call__(self, at: Millis) -> None:
        """Say it, if it is worth a line."""
        if self._length and 100 * at >= self._next * self._length:
            say(f"{clock(at)} of {clock(self._length)}")
            self._next = 100 * at // self._length + _TOLD_EVERY
