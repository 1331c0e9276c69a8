from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.record.database import Database
from sidelight.record.migrations import MIGRATIONS
from sidelight.record.record import Record
from sidelight.record.vault import Vault

KEY = bytes(range(32))
STORED = Path(__file__).parents[2] / "data" / "databases"


def schema(database: Database) -> list[tuple[object, ...]]:
    return database.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name")


def opened(path: Path, key: bytes = KEY, *, read_only: bool = False) -> Database:
    return Database(path, key, read_only=read_only)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def database(path: Path) -> Database:
    database = opened(path)
    database.execute("CREATE TABLE t (x TEXT) STRICT")
    with database.transaction():
        database.execute_many("INSERT INTO t VALUES (?)", [("x" * 99,)] * 2000)
    database.checkpoint()
    return database


def test_every_released_schema_is_in_the_tests() -> None:
    numbers = {int(path.stem.removeprefix("schema-")) for path in STORED.glob("*.db")}
    assert numbers == set(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("stored", sorted(STORED.glob("*.db")), ids=lambda p: p.stem)
def test_old_database_plus_migrations_equals_new_schema(
    stored: Path, tmp_path: Path
) -> None:
    shutil.copy(stored, tmp_path / "record.db")
    old, new = opened(tmp_path / "record.db"), opened(tmp_path / "new.db")
    assert schema(old) == schema(new)
    assert old.rows("PRAGMA integrity_check") == [("ok",)]
    old.close()
    new.close()


@pytest.mark.parametrize("stored", sorted(STORED.glob("*.db")), ids=lambda p: p.stem)
def test_old_session_can_still_be_read(stored: Path, tmp_path: Path) -> None:
    class KeyOfTheTests(Vault):
        def database_key(self) -> bytes:
            return KEY

    shutil.copy(stored, tmp_path / "record.db")
    with Record.open(tmp_path, KeyOfTheTests(KEY)) as record:
        (summary,) = record.sessions.list()
        events = record.sessions.get(summary.session.id).events()
        assert [stored.seq for stored in events] == [1, 2, 3]
        assert summary.ended
        (hit,) = record.search.find("half an hour")
        assert hit.session == summary.session.id


def test_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    database = opened(path)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    with pytest.raises(UserError, match="newer version"):
        opened(path)
    with pytest.raises(UserError, match="newer version"):
        opened(path, read_only=True)


def test_wrong_key(path: Path, database: Database) -> None:
    database.close()
    with pytest.raises(UserError, match="another key"):
        opened(path, bytes(32))


def test_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"a letter, not a database" * 400)
    with pytest.raises(UserError, match="another key, or is damaged"):
        opened(path)


def test_damaged_page(path: Path, database: Database) -> None:
    database.close()
    data = bytearray(path.read_bytes())
    data[-6000] ^= 1
    path.write_bytes(data)
    damaged = opened(path)
    with pytest.raises(UserError, match="damaged"):
        damaged.rows("SELECT * FROM t")
    damaged.close()


def test_locked_by_another_program(path: Path, database: Database) -> None:
    database.execute("PRAGMA busy_timeout = 10")
    other = opened(path)
    with (
        other.transaction(),
        pytest.raises(UserError, match="locked"),
        database.transaction(),
    ):
        pass  # pragma: no cover
    other.close()
    database.close()


def test_full_disk_stores_nothing_by_halves(database: Database) -> None:
    (pages,) = database.rows("PRAGMA page_count")[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    rows = [("first",), *[("x" * 4000,)] * 9]
    with pytest.raises(UserError, match="disk is full"), database.transaction():
        database.execute_many("INSERT INTO t VALUES (?)", rows)
    assert database.rows("SELECT count(*) FROM t WHERE x = 'first'") == [(0,)]
    database.close()


def test_folder_that_cannot_be_written(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o500)
    with pytest.raises(UserError, match=r"cannot be opened"):
        opened(ordinary_folder / "record.db")


def test_file_that_cannot_be_written(ordinary_folder: Path) -> None:
    path = ordinary_folder / "record.db"
    opened(path).close()
    path.chmod(0o400)
    ordinary_folder.chmod(0o500)
    with pytest.raises(UserError, match="read-only"):
        opened(path)


def test_reader_changes_nothing(path: Path, database: Database) -> None:
    reader = opened(path, read_only=True)
    assert reader.rows("SELECT count(*) FROM t") == [(2000,)]
    with pytest.raises(UserError, match="read-only"):
        reader.execute("DELETE FROM t")
    reader.close()
    database.close()


def test_reader_of_nothing(path: Path) -> None:
    with pytest.raises(UserError, match="no record"):
        opened(path, read_only=True)
    assert not path.exists()


def test_our_own_mistake_is_no_user_error(database: Database) -> None:
    with pytest.raises(Exception, match="nonsense") as caught:
        database.execute("SELECT nonsense")
    assert not isinstance(caught.value, UserError)
    database.close()
