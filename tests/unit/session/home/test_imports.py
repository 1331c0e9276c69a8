"""Home's recordings: one process at a time, paused for sessions, gone on with."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout
from sidelight.session.home.imports import Imports
from sidelight.session.importing.batch import Batch
from sidelight.session.importing.progress import Doing, Progress, Stands
from sidelight.session.importing.serving import Telling, serve
from sidelight.session.importing.wanted import Recording
from sidelight.session.importing.work import BroughtIn
from sidelight.session.launching import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from sidelight.session.home.messages import ImportsSeen
    from sidelight.session.importing.work import Far
    from sidelight.session.process import ChildProcess


class FakeChild:
    """The launcher's end of a process, and the other one."""

    def __init__(self) -> None:
        self.connection: Connection
        self.connection, self.theirs = multiprocessing.Pipe()
        self.ended = False

    def end(self) -> None:
        self.connection.close()
        self.theirs.close()
        self.ended = True


class Stage:
    def __init__(self) -> None:
        self.children: list[FakeChild] = []
        self.wanted: list[list[str]] = []
        self.seen: tuple[Progress, ...] = ()
        self.done = 0
        self.fault: UserError | None = None
        self.imports = Imports(self._start, self._tell, self._done)

    def _start(self, recordings: Sequence[Recording]) -> ChildProcess:
        if self.fault is not None:
            raise self.fault
        self.children.append(FakeChild())
        self.wanted.append([one.name for one in recordings])
        return self.children[-1]  # type: ignore[return-value]

    def _tell(self, seen: ImportsSeen) -> None:
        self.seen = seen.lines

    def _done(self) -> None:
        self.done += 1

    def bring_in(self, *names: str) -> None:
        self.imports.bring_in([Recording(Path(name)) for name in names])

    def says(self, *told: object) -> None:
        for one in told:
            self.children[-1].theirs.send(one)
        self.imports.hear()

    def leaves(self) -> None:
        self.children[-1].theirs.close()
        self.imports.hear()

    def stands(self) -> list[Stands]:
        return [line.stands for line in self.seen]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_from_the_first_to_the_last(stage: Stage) -> None:
    stage.bring_in("a", "b")
    assert stage.stands() == [Stands.WAITING, Stands.WAITING]
    stage.says(Progress(0, "a", Stands.DONE, session="01A"))
    stage.bring_in("c")
    assert stage.wanted == [["a", "b"]], "one process at a time"
    stage.imports.cancel(1)
    assert stage.children[0].theirs.recv() == 1
    stage.says(Progress(1, "b", Stands.STOPPED))
    stage.leaves()
    assert stage.wanted[1:] == [["c"]]
    assert stage.done == 0
    stage.says(Progress(0, "c", Stands.HEARING, Millis(5)))
    assert stage.seen[2] == Progress(2, "c", Stands.HEARING, Millis(5))
    stage.imports.cancel(2)
    assert stage.children[1].theirs.recv() == 0
    stage.says(Progress(0, "c", Stands.DONE))
    stage.leaves()
    assert stage.done == 1
    assert stage.imports.connection is None
    assert all(child.ended for child in stage.children)
    assert stage.stands() == [Stands.DONE, Stands.STOPPED, Stands.DONE]


def test_a_session_comes_in_between(stage: Stage) -> None:
    stage.bring_in("a", "b")
    stage.says(Progress(0, "a", Stands.DONE), Progress(1, "b", Stands.HEARING))
    stage.imports.pause()
    assert stage.children[0].ended
    stage.imports.cancel(0)  # over: nothing to cancel
    stage.imports.go_on()
    assert stage.wanted[1:] == [["b"]]
    stage.imports.pause()
    stage.imports.cancel(1)
    assert stage.stands() == [Stands.DONE, Stands.STOPPED]
    stage.imports.go_on()
    assert len(stage.wanted) == 2


def test_without_a_model_nothing_has_begun(stage: Stage) -> None:
    stage.fault = UserError("There is no speech model.", "Fetch one.")
    with pytest.raises(UserError, match="no speech model"):
        stage.bring_in("a")
    stage.fault = None
    stage.bring_in("b")
    assert [line.name for line in stage.seen] == ["b"]
    stage.imports.pause()


@pytest.mark.parametrize("refused", [True, False])
def test_a_process_that_leaves_early_is_said(stage: Stage, *, refused: bool) -> None:
    stage.bring_in("a")
    if refused:
        stage.says(Refused(UserError("The vault is locked.", "Unlock it.")))
    stage.leaves()
    (line,) = stage.seen
    assert line.stands is Stands.FAILED
    assert line.message == (
        "The vault is locked."
        if refused
        else "Bringing this recording in stopped unexpectedly."
    )
    assert stage.done == 1


def test_the_process_tells_and_obeys() -> None:
    ours, theirs = multiprocessing.Pipe()

    def bring_in(recording: Recording, look: Callable[[], None], far: Far) -> BroughtIn:
        far(Doing.HEARING, Millis(1), Millis(2))
        while recording.name == "waits":
            look()
        return BroughtIn("01A", Layout.MONO)

    recordings = [Recording(Path("waits")), Recording(Path("a"))]
    batch = Batch(recordings, 1, bring_in, Telling(theirs))
    ours.send(0)
    serve(theirs, batch)
    told: list[Progress] = []
    while ours.poll():
        told.append(ours.recv())
    assert {one.number: one.stands for one in told} == {
        0: Stands.STOPPED,
        1: Stands.DONE,
    }
    ours.close()
    again = Batch([Recording(Path("waits"))], 1, bring_in, Telling(theirs))
    serve(theirs, again)
    assert again.progress[0].stands is Stands.STOPPED, "nobody is left to be told"
    theirs.close()
