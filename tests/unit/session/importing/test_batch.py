"""Several recordings at once: one that fails, is cancelled or breaks stops no other."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout
from sidelight.session.importing.batch import OUR_FAULT, Batch
from sidelight.session.importing.progress import Doing, Progress, Stands
from sidelight.session.importing.wanted import Recording
from sidelight.session.importing.work import BroughtIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.importing.work import Far

FAULT = UserError("It is damaged.", "Get it again.")


def files(*names: str) -> list[Recording]:
    return [Recording(Path(name)) for name in names]


def bring_in(recording: Recording, look: Callable[[], None], far: Far) -> BroughtIn:
    """As the file's name says."""
    far(Doing.TAKING, Millis(1), Millis(2))
    look()
    name = recording.path.name
    if name == "bad":
        raise FAULT
    if name == "bug":
        raise ValueError
    if name == "waits":
        for _ in iter(lambda: threading.Event().wait(0.001), None):
            look()
    early = FAULT if name == "early" else None
    return BroughtIn(name, Layout.MONO, there=name == "there", fault=early)


def test_each_comes_to_its_own_end(expect_log: Callable[[str], None]) -> None:
    expect_log("ERROR sidelight.session.importing.batch: an import failed")
    told: list[Progress] = []
    wanted = files("one", "bad", "bug", "early", "there")
    batch = Batch(wanted, 2, bring_in, told.append)
    batch.run()
    stands = [(x.stands, x.session, x.message) for x in batch.progress]
    assert stands == [
        (Stands.DONE, "one", ""),
        (Stands.FAILED, "", FAULT.message),
        (Stands.FAILED, "", OUR_FAULT[0]),
        (Stands.FAILED, "early", FAULT.message),
        (Stands.THERE, "there", ""),
    ]
    assert Progress(0, "one", Stands.TAKING, Millis(1), Millis(2)) in told
    assert all(one.stands.over for one in batch.progress)


def test_one_is_cancelled_and_the_others_go_on() -> None:
    batch = Batch(files("waits", "one"), 1, bring_in, lambda _: None)
    timer = threading.Timer(0.05, batch.cancel, (0,))
    timer.start()
    batch.run()
    timer.join()
    assert [x.stands for x in batch.progress] == [Stands.STOPPED, Stands.DONE]


def test_what_is_needed_for_a_session_is_left() -> None:
    def look() -> None:
        raise FAULT

    batch = Batch(files("one", "two"), 2, bring_in, lambda _: None, look=look)
    with pytest.raises(UserError) as raised:
        batch.run()
    assert raised.value is FAULT
    assert {x.stands for x in batch.progress} <= {Stands.STOPPED, Stands.WAITING}
