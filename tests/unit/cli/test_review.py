"""``sidelight review FILE…`` as typed: a batch, its sentences, its exit code."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING

import keyring
import pytest
from tests.fakes.keyrings import WorkingKeyring
from tests.fakes.recordings import ear, recording

from sidelight.bootstrap import bringing_in
from sidelight.cli.main import main
from sidelight.cli.spreading import Computer, Spread, spread
from sidelight.domain.errors import UserError
from sidelight.session.exclusive import only_one
from sidelight.session.importing.batch import Batch
from sidelight.session.refining.aside import announce_session
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.audio.block import AudioBlock
    from sidelight.session.importing.progress import Progress

Output = pytest.CaptureFixture[str]
GIB = 1 << 30


@pytest.fixture(autouse=True)
def ears(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring, nobody at the terminal, workers in threads."""
    ring = WorkingKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr(bringing_in, "ChildProcess", lambda *_: ear())


def review(*arguments: object) -> int:
    agreed = ("--client", "Maya", "--consent", "spoken")
    return main(["review", *agreed, *map(str, arguments), "--model", "demo"])


def sessions(capsys: Output) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["sessions", "list", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_batch_with_one_bad_file(tmp_path: Path, capsys: Output) -> None:
    good = [recording(tmp_path / f"{n} 🎧.wav", 2, seed=n) for n in (1, 2)]
    bad = tmp_path / "Жанна.wav"
    bad.write_bytes(b"")
    odd = tmp_path / os.fsdecode(b"\xff\xfe.wav")
    recording(tmp_path / "c.wav", 2, seed=3).rename(odd)
    code = review(
        *(good[0], bad, good[1], odd, tmp_path / "gone.wav", good[0]),
        *("--client", "Maya", "--date", "2026-11-03T14:30", "--json", "--jobs", 1),
    )
    assert code == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0]["v"] == 1
    assert set(told[0]) == {"v", "type", "recovery_key", "notice"}
    assert told[-1] == {"type": "summary", "complete": 4, "failed": 2}
    ends = {x["file"]: x for x in told if x.get("stands") in {"done", "failed"}}
    assert ends[str(good[0])]["stands"] == "done"
    assert "is empty" in ends[str(bad)]["message"]
    assert "There is no file" in ends[str(tmp_path / "gone.wav")]["message"]
    assert "�" in next(name for name in ends if name.endswith(".wav") and "�" in name)
    rows = sessions(capsys)
    assert len(rows) == 3
    assert {x["client"] for x in rows} == {"Maya"}
    assert all(str(x["started_at"]).startswith("2026-11-03T14:30") for x in rows)
    assert all(x["ended"] and x["mode"] == "keep" for x in rows)


def test_once_more_is_nothing_to_do(tmp_path: Path, capsys: Output) -> None:
    path = recording(tmp_path / "a.wav", 2)
    assert review(path) == 0
    assert "a.wav: complete, heard as a room, as session" in capsys.readouterr().err
    assert review(path) == 0
    assert "is session" in capsys.readouterr().err
    assert main(["sessions", "search", "second", "2"]) == 0


def test_ctrl_c_keeps_what_is_complete(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = recording(tmp_path / "a.wav", 2, seed=1)
    second = recording(tmp_path / "b.wav", 4, seed=2)
    join = Batch.run

    def interrupted(self: Batch) -> None:
        told = self._tell

        def tell(progress: Progress) -> None:
            told(progress)
            if progress.number == 1:
                self.stop()

        self._tell = tell
        join(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(Batch, "run", interrupted)
    assert review(first, second, "--jobs", 1) == 1
    told = capsys.readouterr().err
    assert "Stopped; 1 of 2 complete. The same command goes on" in told
    monkeypatch.setattr(Batch, "run", join)
    assert review(first, second) == 0
    assert [x["ended"] for x in sessions(capsys)] == [True, True]


def test_a_session_comes_first(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = Paths.find().prepare()
    path = recording(tmp_path / "a.wav", 3)

    def begins(block: AudioBlock) -> None:
        if block.end > 2 * 16_000:
            announce_session(paths.run)

    monkeypatch.setattr(bringing_in, "ChildProcess", lambda *_: ear(begins))
    assert review(path) == 1
    assert "A session is running; recordings wait." in capsys.readouterr().err
    monkeypatch.setattr(bringing_in, "ChildProcess", lambda *_: ear())
    assert review(path) == 0


def test_nobody_recovers_what_is_being_brought_in(capsys: Output) -> None:
    paths = Paths.find().prepare()
    lock = paths.run / bringing_in.IMPORTER_LOCK
    with only_one(lock, UserError("", "")):
        assert main(["recover", "keep", "01A"]) == 1
        assert "being brought in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "wanted", "cores", "memory", "model", "expected"),
    [
        (9, None, 8, 64 * GIB, GIB, Spread(8, 1)),
        (3, None, 8, 64 * GIB, GIB, Spread(3, 2)),
        (9, None, 8, 8 * GIB, 3 * GIB, Spread(1, 8)),
        (9, None, 8, None, 3 * GIB, Spread(8, 1)),
        (9, 2, 8, 8 * GIB, 3 * GIB, Spread(2, 4)),
        (1, 5, 1, GIB, GIB, Spread(1, 1)),
    ],
)
def test_as_many_at_once_as_fit(
    files: int,
    wanted: int | None,
    cores: int,
    memory: int | None,
    model: int,
    expected: Spread,
) -> None:
    assert spread(files, wanted, Computer(cores, memory), model) == expected


def test_a_date_is_a_date() -> None:
    with pytest.raises(SystemExit) as raised:
        main(["review", "a.wav", "--date", "yesterday"])
    assert raised.value.code == 2
