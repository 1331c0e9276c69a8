"""The enrolled voice on the disk: sealed, replaced, forgotten."""

from __future__ import annotations

import os
import secrets
import stat
from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.record import voice
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

CANARY = b"formants of nobody in particular" * 40


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(secrets.token_bytes(32), tmp_path)


def test_it_comes_back_and_is_sealed(tmp_path: Path, vault: Vault) -> None:
    assert voice.load(tmp_path, vault) is None
    voice.store(tmp_path, vault, CANARY)
    assert voice.load(tmp_path, vault) == CANARY
    (file,) = tmp_path.iterdir()
    assert CANARY[:16] not in file.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_next_takes_its_place(tmp_path: Path, vault: Vault) -> None:
    voice.store(tmp_path, vault, CANARY)
    first = (tmp_path / voice.FILE_NAME).read_bytes()
    (tmp_path / f"{voice.FILE_NAME}.new").write_bytes(b"left by a crash")
    voice.store(tmp_path, vault, CANARY)
    assert voice.load(tmp_path, vault) == CANARY
    assert (tmp_path / voice.FILE_NAME).read_bytes() != first
    assert len(list(tmp_path.iterdir())) == 1


def test_another_key_does_not_open_it(tmp_path: Path, vault: Vault) -> None:
    voice.store(tmp_path, vault, CANARY)
    with pytest.raises(UserError, match="does not open"):
        voice.load(tmp_path, Vault(secrets.token_bytes(32), tmp_path))


@pytest.mark.parametrize("place", [0, 20, 40, -1])
def test_damage_is_a_sentence(place: int, tmp_path: Path, vault: Vault) -> None:
    voice.store(tmp_path, vault, CANARY)
    path = tmp_path / voice.FILE_NAME
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        voice.load(tmp_path, vault)
    path.write_bytes(content[:25])
    with pytest.raises(UserError, match="damaged"):
        voice.load(tmp_path, vault)


def test_forgotten_is_gone(tmp_path: Path, vault: Vault) -> None:
    voice.store(tmp_path, vault, CANARY)
    assert voice.forget(tmp_path)
    assert not list(tmp_path.iterdir())
    assert voice.load(tmp_path, vault) is None
    assert not voice.forget(tmp_path)


def test_where_it_cannot_be_written_the_one_before_stays(
    tmp_path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice.store(tmp_path, vault, CANARY)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="cannot be kept"):
        voice.store(tmp_path, vault, b"another")
    assert voice.load(tmp_path, vault) == CANARY
    assert len(list(tmp_path.iterdir())) == 1
