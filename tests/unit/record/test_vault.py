from __future__ import annotations

import base64
import json
import os
import pickle
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from tests.fakes.keyrings import (
    RefusingKeyring,
    SilentKeyring,
    WorkingKeyring,
    unusable,
)

from sidelight.domain.errors import UserError
from sidelight.record.keystore import KeyStoreUnavailable, SystemKeyring
from sidelight.record.locks import Argon2Cost
from sidelight.record.recovery_key import RecoveryKey
from sidelight.record.vault import FILE_NAME, NewVault, Vault, Ways
from sidelight.record.vault_file import COPY_NAME

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
    content = json.dumps({"version": 3, "locks": []})
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(UserError, match="newer"):
        Vault.open_local(tmp_path)
    assert (tmp_path / FILE_NAME).read_text() == content


def test_folder_that_cannot_be_written(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written"):
        Vault.open_local(ordinary_folder)


def keyring(backend: WorkingKeyring | None = None) -> SystemKeyring:
    found = backend or WorkingKeyring()
    return SystemKeyring(lambda: found, patience_s=0.5)


def made(folder: Path, store: SystemKeyring | None, words: str | None) -> NewVault:
    return Vault.create(folder, keystore=store, passphrase=words, cost=CHEAP)


def passphrase_file(folder: Path, words: str) -> Path:
    path = folder / "passphrase"
    path.write_text(words + "\n", encoding="utf-8")
    return path


def test_keyring_opens_without_a_word(tmp_path: Path) -> None:
    store = keyring()
    new = made(tmp_path, store, None)
    opened = Vault.open(tmp_path, Ways(store))
    assert opened.database_key() == new.vault.database_key()
    assert opened.ways() == ("recovery", "keyring")


@pytest.mark.parametrize(("backend", "word"), unusable())
def test_unusable_keyring_gives_way_to_the_passphrase(
    tmp_path: Path, backend: WorkingKeyring, word: str
) -> None:
    new = made(tmp_path, keyring(backend), "vier Worte")
    assert word in new.notice
    assert "canary" not in new.notice
    ways = Ways(keyring(backend), passphrase_file(tmp_path, "vier Worte"))
    assert Vault.open(tmp_path, ways).spool_key() == new.vault.spool_key()


@pytest.mark.parametrize(("backend", "word"), unusable()[:-1])
def test_keyring_that_fails_later_is_named_with_the_way_forward(
    tmp_path: Path, backend: WorkingKeyring, word: str
) -> None:
    made(tmp_path, keyring(), "vier Worte")
    with pytest.raises(UserError, match=word) as caught:
        Vault.open(tmp_path, Ways(keyring(backend)))
    assert "--passphrase-file" in caught.value.remedy
    assert "canary" not in str(caught.value)


def test_keyring_that_hangs_costs_its_patience_and_no_more(tmp_path: Path) -> None:
    silent = SilentKeyring()
    made(tmp_path, keyring(), "vier Worte")
    with pytest.raises(UserError, match="does not answer"):
        Vault.open(tmp_path, Ways(SystemKeyring(lambda: silent, patience_s=0.05)))
    silent.release.set()


def test_without_any_way_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no way to keep"):
        made(tmp_path, None, None)
    with pytest.raises(UserError, match="keyring is locked"):
        made(tmp_path, keyring(unusable()[2][0]), None)
    assert not list(tmp_path.iterdir())


def test_keyring_entry_of_another_vault_opens_nothing(tmp_path: Path) -> None:
    backend = WorkingKeyring()
    made(tmp_path, keyring(backend), "vier Worte")
    ((place, _),) = backend.kept.items()
    for wrong in (base64.b64encode(bytes(32)).decode(), "AAAA", "no base64 §"):
        backend.kept[place] = wrong
        with pytest.raises(UserError, match=r"another vault|no longer holds"):
            Vault.open(tmp_path, Ways(keyring(backend)))


def test_only_a_keyring_and_it_is_gone(tmp_path: Path) -> None:
    backend = WorkingKeyring()
    new = made(tmp_path, keyring(backend), None)
    backend.kept.clear()
    with pytest.raises(UserError, match="no longer holds") as caught:
        Vault.open(tmp_path, Ways(keyring(backend)))
    assert "recovery" in caught.value.remedy
    opened = Vault.open_recovery(tmp_path, new.recovery_key)
    opened.use_keyring(keyring(backend))
    assert (
        Vault.open(tmp_path, Ways(keyring(backend))).spool_key() == opened.spool_key()
    )


def test_passphrase_is_asked_for_only_where_somebody_answers(tmp_path: Path) -> None:
    new = made(tmp_path, None, "vier Worte")
    opened = Vault.open(tmp_path, Ways(ask=lambda: "vier Worte"))
    assert opened.spool_key() == new.vault.spool_key()
    with pytest.raises(UserError, match="locked"):
        Vault.open(tmp_path, Ways())


def test_passphrase_file_is_named_by_argument_or_variable(tmp_path: Path) -> None:
    named = {"SIDELIGHT_PASSPHRASE_FILE": "/of/the/variable"}
    given = tmp_path / "given"
    assert Ways.find(None, None, environ=named).passphrase_file is not None
    assert Ways.find(None, given, environ=named).passphrase_file == given
    assert Ways.find(None, None, environ={}).passphrase_file is None


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\x00"])
def test_passphrase_file_that_holds_none(tmp_path: Path, content: bytes | None) -> None:
    made(tmp_path, None, "vier Worte")
    path = tmp_path / "phrase"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"cannot be read|empty"):
        Vault.open(tmp_path, Ways(passphrase_file=path))


def test_changed_passphrase_shuts_the_old_one_out(tmp_path: Path) -> None:
    new = made(tmp_path, None, "old words")
    new.vault.set_passphrase("new words", CHEAP)
    opened = Vault.open_passphrase(tmp_path, "new words")
    assert opened.spool_key() == new.vault.spool_key()
    with pytest.raises(UserError, match="wrong"):
        Vault.open_passphrase(tmp_path, "old words")
    # Nor does the copy beside it still open with the old one.
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(UserError, match="wrong"):
        Vault.open_passphrase(tmp_path, "old words")


def test_keyring_can_be_left_once_there_is_a_passphrase(tmp_path: Path) -> None:
    backend = WorkingKeyring()
    vault = made(tmp_path, keyring(backend), None).vault
    with pytest.raises(UserError, match="daily use"):
        vault.leave_keyring(keyring(backend))
    vault.set_passphrase("vier Worte", CHEAP)
    vault.leave_keyring(keyring(backend))
    assert not backend.kept
    assert vault.ways() == ("recovery", "passphrase")


def test_recovery_key_opens_is_shown_again_and_replaced(tmp_path: Path) -> None:
    new = made(tmp_path, None, "vier Worte")
    opened = Vault.open_recovery(tmp_path, RecoveryKey.parse(str(new.recovery_key)))
    assert opened.database_key() == new.vault.database_key()
    assert opened.recovery_key() == new.recovery_key
    replaced = opened.replace_recovery_key()
    assert opened.recovery_key() == replaced != new.recovery_key
    with pytest.raises(UserError, match="does not fit"):
        Vault.open_recovery(tmp_path, new.recovery_key)
    assert Vault.open_recovery(tmp_path, replaced).spool_key() == opened.spool_key()


def test_trying_a_recovery_key_changes_nothing(tmp_path: Path) -> None:
    new = made(tmp_path, None, "vier Worte")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert new.vault.fits(new.recovery_key)
    assert not new.vault.fits(RecoveryKey.make())
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_key_file_shows_neither_key_nor_recovery_key(tmp_path: Path) -> None:
    new = made(tmp_path, keyring(), "vier Worte")
    shown = (tmp_path / FILE_NAME).read_text()
    for secret in (new.vault._master, new.recovery_key.secret):
        assert base64.b64encode(secret).decode() not in shown
        assert secret.hex() not in shown
    assert str(new.recovery_key) not in shown + repr(new) + repr(new.recovery_key)


@pytest.mark.parametrize("damage", ["gone", "cut", "bit", "empty"])
def test_one_damaged_key_file_costs_nothing(tmp_path: Path, damage: str) -> None:
    new = made(tmp_path, None, "vier Worte")
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(whole[:100])
    elif damage == "bit":
        at = whole.index(b'"key": "') + 12
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    else:
        path.write_bytes(b"")
    opened = Vault.open_passphrase(tmp_path, "vier Worte")
    assert opened.spool_key() == new.vault.spool_key()
    assert path.read_bytes() == whole  # healed
    (tmp_path / COPY_NAME).write_bytes(b"")
    assert Vault.open_passphrase(tmp_path, "vier Worte").ways()
    assert (tmp_path / COPY_NAME).read_bytes() == whole


def test_both_damaged_is_said(tmp_path: Path) -> None:
    made(tmp_path, None, "vier Worte")
    for name in (FILE_NAME, COPY_NAME):
        (tmp_path / name).write_bytes(b"{")
    with pytest.raises(UserError, match="damaged"):
        Vault.open_passphrase(tmp_path, "vier Worte")


def test_lost_key_file_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_bytes(b"somebody's sessions")
    with pytest.raises(UserError, match="missing"):
        made(tmp_path, None, "vier Worte")
    with pytest.raises(UserError, match="missing"):
        Vault.open_passphrase(tmp_path, "vier Worte", CHEAP)
    with pytest.raises(UserError, match="missing"):
        Vault.open_local(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["record.db"]


def test_vault_of_the_first_version_still_opens(tmp_path: Path) -> None:
    new = made(tmp_path, None, "vier Worte")
    content = json.loads((tmp_path / FILE_NAME).read_text())
    lock = next(one for one in content["locks"] if one["kind"] == "passphrase")
    old = {"version": 1, "locks": [lock]}
    (tmp_path / COPY_NAME).unlink()
    (tmp_path / FILE_NAME).write_text(json.dumps(old))
    assert (
        Vault.open_passphrase(tmp_path, "vier Worte").spool_key()
        == new.vault.spool_key()
    )


def test_kill_between_file_and_copy_leaves_no_old_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = made(tmp_path, None, "old words")
    old_copy = (tmp_path / COPY_NAME).read_bytes()
    new.vault.set_passphrase("new words", CHEAP)
    (tmp_path / COPY_NAME).write_bytes(old_copy)  # as a kill would leave it
    Vault.open_passphrase(tmp_path, "new words")
    assert (tmp_path / COPY_NAME).read_bytes() == (tmp_path / FILE_NAME).read_bytes()
    # And a write that is refused halfway leaves the file as it was.
    before = (tmp_path / FILE_NAME).read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="cannot be written"):
        new.vault.set_passphrase("third words", CHEAP)
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {FILE_NAME, COPY_NAME}


def test_refusal_is_an_answer_of_the_store() -> None:
    store = keyring(RefusingKeyring(RuntimeError("canary")))
    with pytest.raises(KeyStoreUnavailable, match="refuses"):
        store.get("a")
    with pytest.raises(KeyStoreUnavailable, match="refuses"):
        store.delete("a")


def test_a_guess_at_the_passphrase_is_dear(tmp_path: Path) -> None:
    """As RFC 9106 recommends where memory is short: 3 passes over 64 MiB, 4 lanes."""
    words = "four words are enough"
    made_with = Vault.create(tmp_path, passphrase=words)
    assert made_with.vault.ways() == ("recovery", "passphrase")
    (lock,) = (
        one
        for one in json.loads((tmp_path / FILE_NAME).read_text())["locks"]
        if one["kind"] == "passphrase"
    )
    assert (lock["passes"], lock["memory_kib"], lock["lanes"]) == (3, 65_536, 4)
