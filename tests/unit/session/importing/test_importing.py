"""From a recording's file to a session: begun, gone on with, refused, never lost."""

from __future__ import annotations

import errno
import math
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from tests.fakes.agreeing import agree
from tests.fakes.recognition import ThreadWorker, WorkerKilled
from tests.fakes.recordings import deaf_ear, ear, recording

from sidelight.domain.errors import UserError
from sidelight.domain.events import RecognitionInterrupted, SessionEnded, UtteranceHeard
from sidelight.domain.session import Mode
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples
from sidelight.domain.transcript import Layout
from sidelight.record.packets import PACKET_SAMPLES
from sidelight.record.record import Record
from sidelight.record.room import Room
from sidelight.record.spool import SpoolWriter
from sidelight.record.vault import Vault
from sidelight.session.consenting import ConsentMissing
from sidelight.session.importing import hearing, taking
from sidelight.session.importing.progress import Doing
from sidelight.session.importing.wanted import Recording
from sidelight.session.importing.work import BroughtIn, Importer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.audio.block import AudioBlock
    from sidelight.domain.session import Session


class Enough(Exception):  # noqa: N818 - it is news
    """Whoever looks wants it to stop."""


@dataclass
class Stage:
    """A record of its own, and what brings recordings into it."""

    folder: Path
    vault: Vault
    ear: Callable[[], ThreadWorker] = ear
    stop_at: tuple[Doing, int] | None = None
    seen: list[tuple[Doing, Millis]] = field(default_factory=list)

    def bring_in(self, wanted: Recording) -> BroughtIn:
        stopping: list[bool] = []

        def look() -> None:
            if stopping:
                raise Enough

        def far(doing: Doing, at: Millis, of: Millis | None) -> None:
            del of
            self.seen.append((doing, at))
            if self.stop_at is not None:
                where, least = self.stop_at
                stopping.extend([True] * (doing is where and at >= least))

        if not wanted.client:
            wanted = replace(wanted, client="Maya")
        importer = Importer(self.folder, self.vault, "m", lambda _: self.ear())
        return importer.bring_in(wanted, look, far)

    def stored(self) -> list[tuple[Session, list[object]]]:
        with Record.open(self.folder, self.vault) as record:
            ids = [one.session.id for one in record.sessions.list()]
            stores = [record.sessions.get(one) for one in ids]
            return [(s.session, [e.event for e in s.events()]) for s in stores]

    def sound(self, session: str) -> np.ndarray:
        with Record.open(self.folder, self.vault, read_only=True) as record:
            reader = record.sessions.get(session).read_spool()
            try:
                assert reader.finished
                return reader.read(Samples(0), reader.length)
            finally:
                reader.close()


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Pieces of a second, and words that are stored every two."""
    monkeypatch.setattr(taking, "PIECE", Samples(5 * PACKET_SAMPLES))
    monkeypatch.setattr(hearing, "_STORED_EVERY", Samples(2 * SAMPLE_RATE))
    folder = tmp_path / "record"
    folder.mkdir()
    vault = Vault.open_local(folder)
    agree(folder, vault, "Maya", Mode.KEEP)
    return Stage(folder, vault)


def test_nothing_is_brought_in_unasked(stage: Stage, tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", 2)
    with pytest.raises(ConsentMissing, match="Tomasz has not agreed to Keep yet"):
        stage.bring_in(Recording(path, client="Tomasz"))
    assert stage.stored() == []
    assert not list(stage.folder.glob("sound/*"))


def said(events: list[object]) -> list[str]:
    return [one.utterance.text for one in events if isinstance(one, UtteranceHeard)]


@pytest.mark.parametrize("seconds", [4.0, 4.5])
def test_sound_words_and_facts_are_there(
    stage: Stage, tmp_path: Path, seconds: float
) -> None:
    path = recording(tmp_path / "mit Жанна 🎧.wav", seconds, channels=2)
    when = datetime(2026, 11, 3, 9, tzinfo=UTC)
    wanted = Recording(path, client="Maya", started_at=when, coach="right")
    done = stage.bring_in(replace(wanted, language="en"))
    ((session, events),) = stage.stored()
    assert done == BroughtIn(session.id, Layout.STEREO)
    assert (session.client, session.started_at, session.model) == ("Maya", when, "m")
    assert said(events) == [f"second {n + 1}" for n in range(math.ceil(seconds))]
    assert isinstance(events[-1], SessionEnded)
    assert events[-1].at == Millis(round(seconds * 1000))
    original, _ = soundfile.read(path, dtype="float32")
    assert np.array_equal(stage.sound(session.id), original[:, ::-1])
    assert stage.seen[-1] == (Doing.HEARING, Millis(round(seconds * 1000)))
    again = stage.bring_in(Recording(path))
    assert again == BroughtIn(session.id, Layout.STEREO, there=True)
    assert len(stage.stored()) == 1


def test_stopped_while_hearing_goes_on(stage: Stage, tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", 9)
    stage.stop_at = (Doing.HEARING, 5_000)
    with pytest.raises(Enough):
        stage.bring_in(Recording(path, client="Maya"))
    ((session, events),) = stage.stored()
    assert said(events) == ["second 1", "second 2", "second 3", "second 4"]
    stage = replace(stage, stop_at=None)
    # Whatever is said the second time: what was agreed the first time holds.
    done = stage.bring_in(Recording(path, client="Tomasz"))
    ((same, events),) = stage.stored()
    assert (done.session, same) == (session.id, session)
    assert said(events) == [f"second {n}" for n in range(1, 10)]


def test_stopped_while_taking_leaves_nothing(stage: Stage, tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", 4)
    stage.stop_at = (Doing.TAKING, 2_000)
    with pytest.raises(Enough):
        stage.bring_in(Recording(path))
    assert stage.stored() == []
    assert list((stage.folder / "sound").iterdir()) == []


def test_killed_while_taking_begins_anew(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = recording(tmp_path / "a.wav", 4)
    stage.stop_at = (Doing.TAKING, 2_000)
    with monkeypatch.context() as patch:
        patch.setattr(Importer, "_discard", lambda *_: None)
        with pytest.raises(Enough):
            stage.bring_in(Recording(path))
    assert len(stage.stored()) == 1
    stage = replace(stage, stop_at=None)
    done = stage.bring_in(Recording(path))
    assert len(stage.sound(done.session)) == 4 * SAMPLE_RATE


def test_a_file_that_ends_early_is_kept_so_far(stage: Stage, tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", 4)
    path.write_bytes(path.read_bytes()[: 2 * 2 * SAMPLE_RATE])
    done = stage.bring_in(Recording(path))
    assert done.fault is not None
    assert "ends early: 2.0 of 4.0 s" in done.fault.message
    ((_, events),) = stage.stored()
    assert said(events) == ["second 1", "second 2"]


def test_nobody_speaks(stage: Stage, tmp_path: Path) -> None:
    stage.ear = deaf_ear
    done = stage.bring_in(Recording(recording(tmp_path / "a.wav", 2)))
    assert done.fault is not None
    assert "Nobody is heard to speak in a.wav" in done.fault.message
    assert done.session in done.fault.remedy
    assert len(stage.sound(done.session)) == 2 * SAMPLE_RATE


def test_a_lost_worker_is_replaced(stage: Stage, tmp_path: Path) -> None:
    lives = [True, False]

    def dies_once(block: AudioBlock) -> None:
        if block.end >= 5 * SAMPLE_RATE and lives.pop(0):
            raise WorkerKilled

    stage.ear = lambda: ear(dies_once if lives else lambda _: None)
    lives = [True]
    stage.bring_in(Recording(recording(tmp_path / "a.wav", 8)))
    ((_, events),) = stage.stored()
    assert said(events) == [f"second {n}" for n in range(1, 9)]
    assert sum(isinstance(one, RecognitionInterrupted) for one in events) == 1


def test_a_model_that_always_dies_is_given_up(stage: Stage, tmp_path: Path) -> None:
    def dies(_: AudioBlock) -> None:
        raise WorkerKilled

    stage.ear = lambda: ear(dies)
    path = recording(tmp_path / "a.wav", 3)
    with pytest.raises(UserError, match=f"stopped working {hearing.ATTEMPTS} times"):
        stage.bring_in(Recording(path))
    stage.ear = ear
    stage.bring_in(Recording(path))
    ((_, events),) = stage.stored()
    assert said(events) == ["second 1", "second 2", "second 3"]


def test_a_full_disk_is_said_before_and_in_between(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = recording(tmp_path / "a.wav", 4)
    with monkeypatch.context() as patch:
        patch.setattr(Room, "of", lambda *_: Room(10_000_000, 20_000))
        with pytest.raises(UserError, match=r"no room for a\.wav"):
            stage.bring_in(Recording(path))
    assert stage.stored() == []
    written: list[int] = []

    def full(self: SpoolWriter, at: int, data: bytes) -> None:
        del self, at, data
        written.append(1)
        if len(written) > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(SpoolWriter, "_write_whole", full)
        with pytest.raises(UserError, match="disk is full"):
            stage.bring_in(Recording(path))
    assert stage.stored() == []
    assert stage.bring_in(Recording(path)).fault is None


def test_a_room_on_both_channels_is_a_room(stage: Stage, tmp_path: Path) -> None:
    one, _ = soundfile.read(recording(tmp_path / "a.wav", 2), dtype="float32")
    other = np.random.default_rng(3).normal(0, 0.02, one.shape).astype(np.float32)
    both = tmp_path / "both.wav"
    soundfile.write(both, np.stack([one, 0.8 * one + other], 1), SAMPLE_RATE)
    assert stage.bring_in(Recording(both)).layout is Layout.MONO
    # Two people, one of whom is faintly in the other's microphone.
    apart = tmp_path / "apart.wav"
    soundfile.write(apart, np.stack([one, 0.3 * one + 5 * other], 1), SAMPLE_RATE)
    assert stage.bring_in(Recording(apart)).layout is Layout.STEREO
    told = Recording(recording(tmp_path / "c.wav", 1, 2), layout=Layout.MONO)
    assert stage.bring_in(told).layout is Layout.MONO


def test_when_it_was_is_read_from_the_file(stage: Stage, tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", 2)
    os.utime(path, (1_760_000_002, 1_760_000_002))
    stage.bring_in(Recording(path))
    ((session, _),) = stage.stored()
    assert session.started_at == datetime.fromtimestamp(1_760_000_000, UTC)
