"""Clients and consents in the record: kept, followed, never in plain text."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.fakes.talk_events import talk

from sidelight.domain.client import Client, Engagement
from sidelight.domain.consent import Consent, Form, Occasion, Purpose
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.record.database import Database
from sidelight.record.record import DATABASE_NAME, Record
from sidelight.record.vault import Vault

STORED = Path(__file__).parents[2] / "data" / "databases"
KEY = bytes(range(32))
WHOLE = Client(
    number=0,
    name="Zoë",
    contact="a number in my phone",
    language="de",
    engagement=Engagement.GROUP,
    since=date(2026, 11, 3),
    planned_sessions=8,
    asked_for="to speak up at the table",
    notes="comes by bicycle",
)
SAID = Consent(
    Purpose.MENTOR,
    given=True,
    form=Form.WRITTEN,
    on=date(2026, 11, 4),
    promise=1,
    program="0.1.0",
    wording="May my mentor hear this?",
    answer="As long as it is you",
)


def test_a_client_comes_back_as_they_were_saved(record: Record) -> None:
    saved = record.clients.save(WHOLE)
    assert saved == replace(WHOLE, number=1)
    assert record.clients.list() == (saved,)
    assert record.clients.named(" ZOË ") == saved
    changed = record.clients.save(replace(saved, name="Zoe", since=None, notes=""))
    assert record.clients.list() == (changed,)
    with pytest.raises(UserError, match="no client 'Zoë'"):
        record.clients.find("Zoë")


@pytest.mark.parametrize(
    ("client", "sentence"),
    [
        (Client(0, "  "), "needs a name"),
        (Client(0, "x" * 81), "at most 80"),
        (Client(0, "a\x07b"), "visible"),
        (Client(0, "Bo", planned_sessions=0), "from 1 to 999"),
        (Client(0, "Bo", language="english"), "two or three letters"),
        (Client(0, "Bo", contact="x" * 301), "contact"),
        (Client(0, "Bo", notes="x" * 20_001), "20000"),
        (Client(0, "zoË"), "There is a client Zoë already"),
        (Client(7, "Bo"), "not in the record any more"),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(
    record: Record, client: Client, sentence: str
) -> None:
    known = record.clients.save(WHOLE)
    with pytest.raises(UserError, match=sentence):
        record.clients.save(client)
    assert record.clients.list() == (known,)


def test_sessions_belong_to_one_client_however_the_name_was_typed(
    record: Record,
) -> None:
    for number, name in enumerate(("Ana", " ana ", "", "Tom", "ANA")):
        record.sessions.create(replace(talk(Mode.KEEP, f"S{number}"), client=name))
    ana, tom = record.clients.list()
    assert record.clients.sessions() == {ana.number: 3, tom.number: 1}
    record.consents.note(ana.number, [SAID])
    assert record.consents.of_session("S4") == (SAID,)
    assert record.consents.of_session("S2") == record.consents.of_session("S3") == ()
    record.clients.save(replace(ana, name="Anna"))
    names = {one.session.id: one.session.client for one in record.sessions.list()}
    assert names == {"S0": "Anna", "S1": "Anna", "S2": "", "S3": "Tom", "S4": "Anna"}


def test_a_name_alone_goes_with_its_last_session(record: Record) -> None:
    for number, name in enumerate(("Ana", "Ana", "Tom", "Zoë")):
        record.sessions.create(replace(talk(Mode.KEEP, f"S{number}"), client=name))
    tom, zoe = record.clients.find("Tom"), record.clients.find("Zoë")
    record.consents.note(tom.number, [SAID])
    record.clients.save(replace(zoe, notes="comes by bicycle"))
    record.clients.save(Client(0, "Bo"))  # by hand, and nobody's session goes
    record.sessions.delete("S0")
    assert [one.name for one in record.clients.list()] == ["Ana", "Bo", "Tom", "Zoë"]
    for session in ("S1", "S2", "S3"):
        record.sessions.delete(session)
    assert [one.name for one in record.clients.list()] == ["Bo", "Tom", "Zoë"]
    assert record.consents.of(tom.number) == (SAID,)


def test_what_was_said_is_followed_and_never_changed(record: Record) -> None:
    number = record.clients.save(WHOLE).number
    withdrawn = replace(SAID, given=False, on=date(2026, 12, 1))
    record.consents.note(number, [SAID])
    record.consents.note(number, [withdrawn, replace(SAID, purpose=Purpose.LISTEN)])
    assert record.consents.of(number) == (
        SAID,
        withdrawn,
        replace(SAID, purpose=Purpose.LISTEN),
    )
    with pytest.raises(Exception, match="FOREIGN KEY"):
        record.consents.note(99, [SAID])


def test_no_name_note_or_answer_lies_on_the_disk_in_plain(
    tmp_path: Path, vault: Vault
) -> None:
    with Record.open(tmp_path, vault) as record:
        number = record.clients.save(WHOLE).number
        record.consents.note(number, [SAID])
        record.consents.write_words(Occasion.KEEP, "May it hear us both?")
        written = b"".join(one.read_bytes() for one in tmp_path.glob("*.*"))
    written += (tmp_path / DATABASE_NAME).read_bytes()
    secrets = (WHOLE.name, WHOLE.contact, WHOLE.notes, WHOLE.asked_for, "hear us both")
    assert len(written) > 2 * 4096
    for words in (*secrets, SAID.wording, SAID.answer):
        assert words.encode() not in written


@pytest.mark.parametrize("schema", [1, 4])
def test_sessions_of_an_older_record_get_their_clients(
    tmp_path: Path, schema: int
) -> None:
    class KeyOfTheTests(Vault):
        def database_key(self) -> bytes:
            return KEY

    path = tmp_path / DATABASE_NAME
    shutil.copy(STORED / f"schema-{schema}.db", path)
    with Record.open(tmp_path, KeyOfTheTests(KEY)) as record:
        (ada,) = record.clients.list()
        assert ada == Client(1, "Ada")
        assert record.clients.sessions() == {1: 1}


def test_the_newest_session_says_how_a_name_is_spelt(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    shutil.copy(STORED / "schema-4.db", path)
    _at_schema(
        path,
        "INSERT INTO session"
        " (id, started_at, layout, mode, client, planned_minutes, model)"
        " VALUES (?, ?, 'mono', 'keep', ?, NULL, '')",
        [
            (f"S{day}", f"2026-11-0{day}T10:00:00+00:00", name)
            for day, name in ((1, "bo"), (3, "Bo "), (2, "BO"), (4, ""))
        ],
    )

    class KeyOfTheTests(Vault):
        def database_key(self) -> bytes:
            return KEY

    with Record.open(tmp_path, KeyOfTheTests(KEY)) as record:
        assert [one.name for one in record.clients.list()] == ["Ada", "Bo"]
        assert sorted(record.clients.sessions().values()) == [1, 3]


def _at_schema(path: Path, sql: str, rows: list[tuple[str, ...]]) -> None:
    """Change a stored database without bringing it up to date."""

    class Unmigrated(Database):
        def _migrate(self, *, read_only: bool) -> None:
            """Leave it as it is."""

    database = Unmigrated(path, KEY)
    database.execute_many(sql, rows)
    database.close()
