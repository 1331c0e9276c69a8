"""The output folder: everything or nothing, and one sentence when it cannot be."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.session.outputs import OutputFolder, write_whole


def test_files_appear_together_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "a" / "Größe und mehr"
    with OutputFolder(out) as folder:
        folder.write("note.md", b"one")
        folder.write("times.json", b"two")
        assert [p.name for p in out.iterdir() if not p.name.startswith(".")] == []
        assert folder.commit() == (out / "note.md", out / "times.json")
    assert sorted(p.name for p in out.iterdir()) == ["note.md", "times.json"]


def test_a_later_run_replaces_its_own_files_and_leaves_others(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for content in (b"first", b"second"):
        with OutputFolder(tmp_path) as folder:
            folder.write("note.md", content)
            folder.commit()
    assert (tmp_path / "note.md").read_bytes() == b"second"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.txt", "note.md"]


def _interrupted(out: Path) -> None:
    with OutputFolder(out) as folder:
        folder.write("note.md", b"half")
        raise KeyboardInterrupt


def test_without_commit_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    for out in (tmp_path / "new" / "deeper", tmp_path / "kept"):
        with pytest.raises(KeyboardInterrupt):
            _interrupted(out)
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_file_in_its_place_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder")
    for path in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(UserError, match="is not a folder"), OutputFolder(path):
            pass
    assert (tmp_path / "out").read_text() == "not a folder"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_a_folder_that_refuses_is_one_sentence() -> None:
    refusing = Path("/proc/sidelight-demo")
    with pytest.raises(UserError, match="cannot be written"), OutputFolder(refusing):
        pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 96 kB; needs root, as CI has it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)]
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux to make a small disk")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _write_too_much(out: Path) -> None:
    with OutputFolder(out) as folder:
        folder.write("note.md", b"fits")
        folder.write("picture.png", bytes(200_000))


def test_one_file_is_written_whole_or_left_alone(small_disk: Path) -> None:
    path = small_disk / "note.md"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    with pytest.raises(UserError, match="disk is full"):
        write_whole(path, bytes(200_000))
    assert path.read_bytes() == b"second"
    assert [p.name for p in small_disk.iterdir()] == ["note.md"]


def test_a_file_needs_a_folder_and_a_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write_whole(tmp_path, b"x")
    with pytest.raises(UserError, match="cannot be written"):
        write_whole(tmp_path / "missing" / "note.md", b"x")


def test_what_cannot_be_a_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_whole(tmp_path / ("n" * 300 + ".md"), b"x")
    pipe = tmp_path / "pipe"
    if sys.platform != "win32":
        os.mkfifo(pipe)
        with pytest.raises(UserError, match="is no file"):
            write_whole(pipe, b"x")
        assert pipe.is_fifo(), "it is still there for whoever made it"


def test_a_full_disk_is_one_sentence_and_nothing_is_left(small_disk: Path) -> None:
    out = small_disk / "out"
    with pytest.raises(UserError, match="disk is full"):
        _write_too_much(out)
    assert list(small_disk.iterdir()) == []

    (small_disk / "big").write_bytes(bytes(80_000))
    with pytest.raises(UserError, match="disk is full"), OutputFolder(out):
        pass
    assert [p.name for p in small_disk.iterdir()] == ["big"]
