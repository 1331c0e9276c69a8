from __future__ import annotations

import json
import pickle
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.record.vault import FILE_NAME, Argon2Cost, Vault

if TYPE_CHECKING:
    from pathlib import Path

CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)


def test_local_vault_is_the_same_at_the_next_start(tmp_path: Path) -> None:
    first, second = Vault.open_local(tmp_path), Vault.open_local(tmp_path)
    assert first.database_key() == second.database_key()


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_key_file_is_for_its_user_only(tmp_path: Path) -> None:
    Vault.open_local(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_nothing_but_the_key_file_is_left(tmp_path: Path) -> None:
    Vault.open_local(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_keys_differ_by_purpose_and_by_vault(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = Vault.open_local(tmp_path), Vault.open_local(tmp_path / "other")
    keys = {v.database_key() for v in (one, other)} | {one.spool_key()}
    assert len(keys) == 3


def test_a_vault_shows_and_gives_nothing_away(vault: Vault) -> None:
    assert "0" not in repr(vault)
    with pytest.raises(TypeError):
        pickle.dumps(vault)


def test_passphrase_opens_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    made = Vault.open_passphrase(tmp_path, "vier Wörter im Wind", CHEAP)
    opened = Vault.open_passphrase(tmp_path, "vier Wörter im Wind")
    assert opened.spool_key() == made.spool_key()
    with pytest.raises(UserError, match="wrong"):
        Vault.open_passphrase(tmp_path, "vier worter im wind")


def test_passphrase_vault_does_not_hold_the_bare_key(tmp_path: Path) -> None:
    Vault.open_passphrase(tmp_path, "secret", CHEAP)
    with pytest.raises(UserError, match="cannot be opened this way"):
        Vault.open_local(tmp_path)


def test_empty_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="empty"):
        Vault.open_passphrase(tmp_path, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"version": 1}',
        '{"version": 1, "locks": [{"kind": "local", "key": "%"}]}',
        '{"version": 1, "locks": [{"kind": "local", "key": "QUJD"}]}',
        '{"version": 1, "locks": [{"kind": "local"}]}',
    ],
)
def test_damaged_key_file_is_named_as_such(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(UserError, match="damaged"):
        Vault.open_local(tmp_path)


def test_newer_key_file_is_refused_and_kept(tmp_path: Path) -> None:
    content = json.dumps({"version": 2, "locks": []})
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(UserError, match="newer"):
        Vault.open_local(tmp_path)
    assert (tmp_path / FILE_NAME).read_text() == content


def test_folder_that_cannot_be_written(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written"):
        Vault.open_local(ordinary_folder)
