"""The record through the command line: library, recovery, backup, and every refusal."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import numpy as np
import pytest
from tests.fakes.keyrings import MissingKeyring, WorkingKeyring
from tests.fakes.plain_pages import everything, holds
from tests.fakes.story import StoryBuilder
from tests.fakes.talk_events import marked, noticed, said, span, talk

from sidelight.cli.main import main
from sidelight.domain.events import OffRecordCause, SessionEnded, SessionStarted
from sidelight.domain.session import Mode
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples
from sidelight.record.database import Database
from sidelight.record.locks import Argon2Cost
from sidelight.record.migrations import MIGRATIONS
from sidelight.record.record import Record
from sidelight.record.vault import Vault, Ways

if TYPE_CHECKING:
    from collections.abc import Callable

Output = pytest.CaptureFixture[str]
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
WORDS = "vier Worte im Wind"


@pytest.fixture(autouse=True)
def phrase(
    tmp_path: Path, sidelight_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """No keyring, no terminal, and a vault with a passphrase in a file."""
    monkeypatch.setattr(keyring, "get_keyring", MissingKeyring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    # Also for passphrases that the commands set; what one costs is test_vault's.
    monkeypatch.setattr(Argon2Cost.__init__, "__defaults__", astuple(CHEAP))
    (sidelight_home / "record").mkdir(parents=True, mode=0o700)
    path = tmp_path / "phrase"
    path.write_text(WORDS + "\n")
    Vault.create(sidelight_home / "record", passphrase=WORDS, cost=CHEAP)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(path))
    return path


@pytest.fixture
def folder(sidelight_home: Path) -> Path:
    return sidelight_home / "record"


@pytest.fixture
def vault(folder: Path, phrase: Path) -> Vault:
    return Vault.open(folder, Ways(passphrase_file=phrase))


def talked(
    record: Record, name: str, mode: Mode = Mode.KEEP, *, ended: bool = True
) -> None:
    session = talk(mode, name)
    store = record.sessions.create(session)
    writer = store.open_spool()
    noise = np.random.default_rng(2).integers(-9000, 9000, (12 * SAMPLE_RATE, 1))
    writer.append((noise / 32768).astype(np.float32))
    if ended:
        writer.finish()
    writer.close()
    store.append(SessionStarted(Millis(0), session), Millis(0), 0)
    store.append(said(1, span(2, 5), f"the xylophonist of {name}"), Millis(6_000), 0)
    store.append(noticed(1, span(2, 5), "xylophonist", (1,)), Millis(6_000), 0)
    store.append(marked(9, "oboenote"), Millis(9_000), 0)
    if ended:
        store.append(SessionEnded(Millis(12_000)), Millis(12_000), 0)
        store.finish()


@pytest.fixture
def library(folder: Path, vault: Vault) -> Path:
    with Record.open(folder, vault) as record:
        talked(record, "01A")
        talked(record, "01B", ended=False)
        talked(record, "01C", Mode.LIVE_ONLY)
    return folder


def lines(capsys: Output) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_show_ends_with_what_the_sound_shows(
    folder: Path, vault: Vault, capsys: Output
) -> None:
    builder = StoryBuilder()
    builder.coach("What would help most from my side?")
    builder.client("Some quiet, please, for a while.", pause=7000)
    events = [one.event for one in builder.stored()]
    with Record.open(folder, vault) as record:
        assert isinstance(events[0], SessionStarted)
        store = record.sessions.create(events[0].session)
        for event in events:
            store.append(event, event.at, 0)
    assert main(["sessions", "show", "s1", "--json"]) == 0
    *_, said, noticed_last = lines(capsys)
    assert said["type"] == "utterance"
    assert noticed_last["kind"] == "silence_honoured"
    assert noticed_last["utterances"] == ["1:1", "1:2"]
    assert main(["sessions", "show", "s1"]) == 0
    assert "silence_honoured: left 7.0 s of silence" in capsys.readouterr().out


@pytest.mark.usefixtures("library")
def test_list_show_search(capsys: Output) -> None:
    assert main(["sessions", "list", "--json"]) == 0
    rows = lines(capsys)
    assert rows[0]["v"] == 1
    assert [(r["id"], r["ended"]) for r in rows] == [
        ("01C", True),
        ("01B", False),
        ("01A", True),
    ]
    assert main(["sessions", "show", "01A", "--json"]) == 0
    rows = lines(capsys)
    assert [r["type"] for r in rows] == ["session", "utterance", "moment"]
    assert rows[1]["text"] == "the xylophonist of 01A"
    assert main(["sessions", "show", "last"]) == 0
    assert "its words were not kept" in capsys.readouterr().out
    assert main(["sessions", "search", "xylophon", "--json"]) == 0
    assert sorted(str(r["session"]) for r in lines(capsys)) == ["01A", "01B"]
    assert main(["sessions", "search", "nothing", "like", "it"]) == 0
    assert "Nobody said that" in capsys.readouterr().err


def test_delete(library: Path, vault: Vault, capsys: Output) -> None:
    assert main(["sessions", "delete", "01A", "--json"]) == 0
    assert lines(capsys)[0]["type"] == "deleted"
    assert main(["sessions", "delete", "01A"]) == 1
    assert "no session 01A" in capsys.readouterr().err
    content = everything(library, vault.database_key())
    assert not holds(content, "xylophonist of 01A")
    assert holds(content, "xylophonist of 01B")


def test_recover_lists_keeps_and_discards(
    library: Path, vault: Vault, capsys: Output
) -> None:
    with Record.open(library, vault) as record:
        talked(record, "01D", ended=False)
    spool = library / "sound" / "01B.spool"
    with spool.open("ab") as file:
        file.write(b"torn by the power cut" * 20)
    assert main(["recover", "list", "--json"]) == 0
    rows = lines(capsys)
    assert [r["id"] for r in rows] == ["01D", "01B"]
    assert (rows[1]["sound_to_ms"], rows[1]["heard_to_ms"]) == (12_000, 5_000)
    assert main(["recover", "list"]) == 0
    assert "sound to 0:12, words to 0:05" in capsys.readouterr().out
    assert main(["recover", "keep", "01B"]) == 1  # there is no model to hear it with
    assert "needs a speech model" in capsys.readouterr().err
    assert main(["recover", "keep", "01B", "--without-words"]) == 0
    assert main(["recover", "discard", "01D"]) == 0
    capsys.readouterr()
    assert main(["recover", "list"]) == 0
    assert "No session was interrupted" in capsys.readouterr().err
    with Record.open(library, vault, read_only=True) as record:
        assert {s.session.id for s in record.sessions.list()} == {"01A", "01B", "01C"}
        store = record.sessions.get("01B")
        end = store.events()[-1].event
        assert end == SessionEnded(Millis(12_000), recovered=True)
        reader = store.read_spool()
        check = reader.check()
        reader.close()
        assert (check.finished, check.torn_bytes) == (True, 0)
    assert not (library / "sound" / "01D.spool").exists()


@pytest.mark.usefixtures("library")
def test_recover_leaves_sessions_alone_that_have_their_end(capsys: Output) -> None:
    for action in ("keep", "discard"):
        assert main(["recover", action, "01A"]) == 1
        assert "was not interrupted" in capsys.readouterr().err
        assert main(["recover", action, "01Z"]) == 1
        assert "no session 01Z" in capsys.readouterr().err


def test_live_session_killed_can_be_closed_without_its_words(
    folder: Path, vault: Vault, capsys: Output
) -> None:
    with Record.open(folder, vault) as record:
        talked(record, "01L", Mode.LIVE_ONLY, ended=False)
    assert main(["recover", "list", "--json"]) == 0
    (row,) = lines(capsys)
    assert (row["mode"], row["sound_to_ms"]) == ("live_only", 0)
    assert main(["recover", "keep", "01L"]) == 0
    assert main(["sessions", "show", "01L", "--json"]) == 0
    assert all(not row.get("text") for row in lines(capsys))


def test_backup_and_restore_give_the_same_record(
    library: Path, tmp_path: Path, vault: Vault, capsys: Output
) -> None:
    file, key = tmp_path / "all.sidelight", tmp_path / "key"
    key.write_text(str(vault.recovery_key()).lower())
    # Also while somebody records: the writer is open, its log not empty.
    with Record.open(library, vault) as record:
        record.sessions.get("01B").append(marked(11, "late"), Millis(11_000), 0)
        assert main(["backup", str(file), "--json"]) == 0
        sessions = record.sessions.list()
        events = record.sessions.get("01B").events()
    (row,) = lines(capsys)
    assert (row["type"], row["sessions"], row["sounds"]) == ("backup", 3, 2)
    assert not holds(file.read_bytes(), "xylophonist")
    assert {path.name for path in library.iterdir()} & {"backup.db"} == set()
    assert main(["backup", str(file)]) == 1
    assert "--replace" in capsys.readouterr().err

    assert main(["restore", str(file), "--recovery-key-file", str(key)]) == 1
    assert "already" in capsys.readouterr().err
    shutil.rmtree(library)
    assert main(["restore", str(file), "--recovery-key-file", str(key), "--json"]) == 0
    (row,) = lines(capsys)
    assert (row["sessions"], row["sounds"], row["moved_aside"]) == (3, 2, None)
    with Record.open(library, vault, read_only=True) as record:
        assert record.sessions.list() == sessions
        assert record.sessions.get("01B").events() == events
        assert {hit.session for hit in record.search.find("xylophonist")} == {
            "01A",
            "01B",
        }
        reader = record.sessions.get("01A").read_spool()
        assert reader.check().damaged == ()
        assert reader.read(Samples(0), 99).any()
        reader.close()


def test_restore_moves_aside_what_was_there(
    library: Path, tmp_path: Path, phrase: Path, capsys: Output
) -> None:
    file = tmp_path / "all.sidelight"
    own = ["--backup-passphrase-file", str(phrase)]
    assert main(["backup", str(file), *own]) == 0
    assert main(["sessions", "delete", "01A"]) == 0
    capsys.readouterr()
    assert main(["restore", str(file), *own, "--replace", "--json"]) == 0
    (row,) = lines(capsys)
    aside = Path(str(row["moved_aside"]))
    assert (aside / "record.db").exists()
    assert main(["sessions", "list", "--json"]) == 0
    assert {r["id"] for r in lines(capsys)} == {"01A", "01B", "01C"}
    assert sorted(path.name for path in library.parent.iterdir()) == [
        "record",
        "record.old-1",
    ]


def test_backup_waits_for_an_erasure(
    library: Path, tmp_path: Path, vault: Vault, capsys: Output
) -> None:
    with Record.open(library, vault) as record:
        store = record.sessions.get("01A")
        store.hide(span(2, 3), OffRecordCause.ASKED)
        assert main(["backup", str(tmp_path / "b")]) == 1
        assert "being erased" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()
    assert not (tmp_path / "b.part").exists()


@pytest.mark.parametrize("damage", ["bit", "cut", "chunk", "other", "empty"])
def test_damaged_backup_changes_nothing(
    library: Path, tmp_path: Path, phrase: Path, capsys: Output, damage: str
) -> None:
    file = tmp_path / "all.sidelight"
    own = ["--backup-passphrase-file", str(phrase)]
    assert main(["backup", str(file), *own]) == 0
    whole = file.read_bytes()
    file.write_bytes(
        {
            "bit": whole[:-5000] + bytes([whole[-5000] ^ 1]) + whole[-4999:],
            "cut": whole[:-70_000],
            "chunk": whole[: len(whole) // 2],
            "other": b"a letter, not a backup" * 9,
            "empty": b"",
        }[damage]
    )
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(["restore", str(file), *own, "--replace"]) == 1
    err = capsys.readouterr().err
    assert "damaged" in err or "no backup" in err
    after = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in library.parent.iterdir()] == ["record"]


@pytest.mark.usefixtures("library")
def test_backup_with_a_wrong_key(
    tmp_path: Path, phrase: Path, vault: Vault, capsys: Output
) -> None:
    file, wrong, key = tmp_path / "b", tmp_path / "wrong", tmp_path / "key"
    wrong.write_text("another phrase")
    assert main(["backup", str(file), "--backup-passphrase-file", str(phrase)]) == 0
    restore = ["restore", str(file), "--replace"]
    assert main([*restore, "--backup-passphrase-file", str(wrong)]) == 1
    assert "does not open" in capsys.readouterr().err
    key.write_text(str(vault.replace_recovery_key()))  # the backup has the one before
    assert main([*restore, "--recovery-key-file", str(key)]) == 1
    assert "does not open" in capsys.readouterr().err
    key.write_text("7KQ2")
    assert main([*restore, "--recovery-key-file", str(key)]) == 1
    assert "36 letters" in capsys.readouterr().err


def test_vault_commands(tmp_path: Path, phrase: Path, capsys: Output) -> None:
    assert main(["vault", "ways"]) == 0
    assert capsys.readouterr().out.split() == ["recovery", "passphrase"]
    assert main(["vault", "recovery-key"]) == 0
    printed = tmp_path / "printed"
    printed.write_text(capsys.readouterr().out)
    assert main(["vault", "test-recovery-key", str(printed)]) == 0
    new = tmp_path / "new"
    new.write_text("andere Worte")
    change = ["vault", "passphrase", "--new-passphrase-file", str(new)]
    assert main([*change, "--recovery-key-file", str(printed)]) == 0
    assert main(["vault", "ways"]) == 1
    assert "passphrase is wrong" in capsys.readouterr().err
    phrase.write_text("andere Worte")
    assert main(["vault", "recovery-key", "--new"]) == 0
    assert main(["vault", "test-recovery-key", str(printed)]) == 1
    assert "does not fit" in capsys.readouterr().err
    assert main(["vault", "create"]) == 1
    assert "already" in capsys.readouterr().err


def test_first_vault_uses_the_keyring_and_prints_its_recovery_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    shutil.rmtree(folder)
    monkeypatch.delenv("SIDELIGHT_PASSPHRASE_FILE")
    assert main(["vault", "create"]) == 1
    assert "no keyring" in capsys.readouterr().err
    working = WorkingKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: working)
    assert main(["vault", "create"]) == 0
    assert len(capsys.readouterr().out.strip().split("-")) == 9
    assert main(["vault", "ways"]) == 0
    assert capsys.readouterr().out.split() == ["recovery", "keyring"]


def _wrong_phrase(_folder: Path, phrase: Path, _: Vault) -> None:
    phrase.write_text("other words")


def _no_phrase(_folder: Path, phrase: Path, _: Vault) -> None:
    phrase.unlink()


def _foreign_database(folder: Path, _phrase: Path, _: Vault) -> None:
    (folder / "record.db").unlink()
    Database(folder / "record.db", bytes(32)).close()


def _no_database(folder: Path, _phrase: Path, _: Vault) -> None:
    (folder / "record.db").write_bytes(b"a letter, not a database" * 400)


def _newer_schema(folder: Path, _phrase: Path, vault: Vault) -> None:
    database = Database(folder / "record.db", vault.database_key())
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()


def _damaged_page(folder: Path, _phrase: Path, _: Vault) -> None:
    path = folder / "record.db"
    data = bytearray(path.read_bytes())
    for at in range(4096 + 500, len(data), 4096):
        data[at] ^= 1
    path.write_bytes(data)


def _damaged_vault(folder: Path, _phrase: Path, _: Vault) -> None:
    for name in ("vault.json", "vault.copy.json"):
        (folder / name).write_text("{")


def _newer_vault(folder: Path, _phrase: Path, _: Vault) -> None:
    (folder / "vault.json").write_text('{"version": 9, "locks": []}')


def _lost_vault(folder: Path, _phrase: Path, _: Vault) -> None:
    for name in ("vault.json", "vault.copy.json"):
        (folder / name).unlink()


@pytest.mark.parametrize(
    ("harm", "sentence", "remedy"),
    [
        (_wrong_phrase, "passphrase is wrong", "Type it again"),
        (_no_phrase, "passphrase file", "--passphrase-file"),
        (_foreign_database, "another key, or is damaged", "restore"),
        (_no_database, "another key, or is damaged", "restore"),
        (_newer_schema, "newer version", "nothing was changed"),
        (_damaged_page, "damaged", "backup"),
        (_damaged_vault, "damaged", "backup"),
        (_newer_vault, "newer version", "nothing was changed"),
        (_lost_vault, "no record", "backup"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ["sessions", "list"],
        ["sessions", "search", "xylophonist"],
        ["recover", "list"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_opened_is_said_with_the_way_forward(
    library: Path,
    phrase: Path,
    vault: Vault,
    capsys: Output,
    harm: Callable[[Path, Path, Vault], None],
    sentence: str,
    remedy: str,
    command: list[str],
) -> None:
    harm(library, phrase, vault)
    assert main(command) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert remedy in err
    assert "xylophonist" not in err
    assert len(err.splitlines()) == 1


def test_locked_by_another_instance(
    library: Path, vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidelight.record.record.PATIENCE_S", 0.1)
    with Record.open(library, vault):
        for command in (
            ["recover", "list"],
            ["recover", "keep", "01B"],
            ["sessions", "delete", "01A"],
        ):
            assert main(command) == 1
            assert "Another Sidelight" in capsys.readouterr().err
        # Looking is free.
        assert main(["sessions", "list"]) == 0


@pytest.mark.usefixtures("library")
def test_without_keyring_file_and_terminal_it_refuses_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.delenv("SIDELIGHT_PASSPHRASE_FILE")
    assert main(["sessions", "list"]) == 1
    err = capsys.readouterr().err
    assert "locked" in err
    assert "SIDELIGHT_PASSPHRASE_FILE" in err
