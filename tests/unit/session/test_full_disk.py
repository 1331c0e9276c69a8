"""The disk fills up in the middle of a session: it ends in order, nothing is torn."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.engines import SESSION, messages_until, running_engine
from tests.fakes.sources import StepSource

from sidelight.domain.events import SessionEnded, UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.record.interrupted import interrupted, keep
from sidelight.record.packets import PACKET_SAMPLES
from sidelight.record.record import Record
from sidelight.record.spool import as_kept
from sidelight.record.vault import Vault
from sidelight.session.messages import (
    EventStored,
    FaultTold,
    Follow,
    Health,
    Message,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from tests.guards.logs import ExpectedLogs

    from sidelight.record.events import SessionStore
    from sidelight.session.client import ControlClient

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no limit to a file's size there"
)


@contextmanager
def files_grow_only_to(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes: the system's own refusal, for real."""
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def until_said(client: ControlClient, text: str) -> list[Message]:
    return messages_until(
        client,
        lambda m: (
            isinstance(m, EventStored)
            and isinstance(m.stored.event, UtteranceHeard)
            and m.stored.event.utterance.text == text
        ),
    )


def until_over(client: ControlClient) -> list[Message]:
    return messages_until(
        client, lambda m: isinstance(m, Status) and m.health is Health.ENDED
    )


def read_all(store: SessionStore) -> NDArray[np.float32]:
    reader = store.read_spool()
    assert reader.check().damaged == ()
    sound = reader.read(Samples(0), reader.length)
    reader.close()
    return sound


def assert_it_is_what_was_said(sound: NDArray[np.float32]) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (1_600, 2)).astype(np.float32)
    repeated = np.tile(as_kept(noise), (len(sound) // 1_600 + 1, 1))
    np.testing.assert_array_equal(sound, repeated[: len(sound)])


def test_no_room_for_sound_ends_the_session_with_one_sentence(
    tmp_path: Path, expect_log: ExpectedLogs
) -> None:
    expect_log("WARNING .*capture: the spool could not be finished")
    source = StepSource()
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(Follow())
        source.go_on_to(20)
        until_said(client, "second 20")
        spool = engine.store.sound_path
        log = tmp_path / "record.db-wal"
        assert spool.stat().st_size > log.stat().st_size + 100_000
        with files_grow_only_to(spool.stat().st_size + 30_000):
            source.go_on_to(40)
            seen = until_over(client)
        said = [m.message for m in seen if isinstance(m, FaultTold)]
        assert said == ["The disk is full: the sound cannot be recorded."]
    with Record.open(tmp_path, Vault.open_local(tmp_path)) as record:
        assert interrupted(record) == []
        store = record.sessions.get(SESSION.id)
        events = [one.event for one in store.events()]
        sound = read_all(store)
    assert isinstance(events[-1], SessionEnded)
    assert 20 * SAMPLE_RATE < len(sound) < 25 * SAMPLE_RATE
    assert events[-1].at * 16 <= len(sound) + PACKET_SAMPLES
    assert_it_is_what_was_said(sound)


def test_no_room_for_anything_leaves_a_session_that_opens_afterwards(
    tmp_path: Path, expect_log: ExpectedLogs
) -> None:
    expect_log("WARNING .*capture: the spool could not be finished")
    source = StepSource()
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(Follow())
        source.go_on_to(5)
        until_said(client, "second 5")
        with files_grow_only_to(1):
            source.go_on_to(40)
            seen = until_over(client)
            engine.quit()
        said = [m.message for m in seen if isinstance(m, FaultTold)]
        assert sorted(said) == [
            "The disk did not let the record be read or written.",  # of a file's limit
            "The disk is full: the sound cannot be recorded.",
        ]
    with Record.open(tmp_path, Vault.open_local(tmp_path)) as record:
        (left,) = interrupted(record)
        assert left.sound_to >= 4800
        assert left.heard_to >= 4900
        keep(record, SESSION.id)
        store = record.sessions.get(SESSION.id)
        texts = [
            one.event.utterance.text
            for one in store.events()
            if isinstance(one.event, UtteranceHeard)
        ]
        assert texts == [f"second {n}" for n in range(1, 6)]
        assert_it_is_what_was_said(read_all(store))
