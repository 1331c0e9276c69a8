from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.settings.paths import Paths, prepare_folder


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    paths = Paths.find({"SIDELIGHT_HOME": str(tmp_path / "elsewhere")})
    folders = (paths.data, paths.record, paths.models, paths.run, paths.demo)
    assert all(folder.is_relative_to(tmp_path / "elsewhere") for folder in folders)
    assert len(set(folders)) == 5


def test_without_it_the_system_says_where() -> None:
    assert Paths.find({}).data.name == "sidelight"
    assert Paths.find({"SIDELIGHT_HOME": ""}) == Paths.find({})


def test_asking_creates_nothing(tmp_path: Path) -> None:
    Paths.find({"SIDELIGHT_HOME": str(tmp_path / "x")})
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["plain", "Жанна Müller 測試", "with spaces"])
def test_folders_are_made_and_private(tmp_path: Path, name: str) -> None:
    paths = Paths(tmp_path / name / "data").prepare()
    for folder in (paths.data, paths.record, paths.models, paths.run, paths.demo):
        assert folder.is_dir()
        if sys.platform != "win32":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert not [path for path in folder.iterdir() if path.is_file()]
    assert paths.prepare() == paths


def test_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(UserError, match="in the way"):
        Paths(tmp_path / "data").prepare()
    with pytest.raises(UserError, match="in the way"):
        Paths(tmp_path / "data" / "below").prepare()


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit there")
def test_full_disk(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(UserError, match="disk is full"):
            prepare_folder(tmp_path / "data")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody writes")
def test_read_only_folder() -> None:
    with pytest.raises(UserError, match="cannot be written") as caught:
        Paths(Path("/proc") / f"sidelight-{os.getpid()}").prepare()
    assert "SIDELIGHT_HOME" in caught.value.remedy
