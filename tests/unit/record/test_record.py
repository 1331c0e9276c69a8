from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sidelight.domain.errors import UserError
from sidelight.domain.events import Event, SessionEnded, SessionStarted, UtteranceHeard
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis, Samples, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word
from sidelight.record.record import Record
from sidelight.record.search import Piece
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "The heron counted seventeen lanterns"


def session(name: str = "01A", hour: int = 9) -> Session:
    return Session(
        id=name,
        started_at=datetime(2026, 11, 22, hour, tzinfo=UTC),
        layout=Layout.STEREO,
        mode=Mode.KEEP,
        client="Zoë",
        planned_minutes=60,
    )


def said(text: str, number: int = 1) -> UtteranceHeard:
    span = Span(Millis(1000 * number), Millis(1000 * number + 900))
    words = tuple(Word(word, span, 0.9) for word in text.split())
    heard = Utterance(UtteranceId(1, number), Speaker.CLIENT, span, words, text)
    return UtteranceHeard(Millis(span.end + 700), heard)


def test_events_come_back_as_they_were_stored(record: Record) -> None:
    store = record.sessions.create(session())
    happened: list[Event] = [
        SessionStarted(Millis(0), session()),
        said("Yes."),
        said("No.", 2),
    ]
    stored = [store.append(event, Millis(event.at + 50), 61) for event in happened]
    assert [item.seq for item in stored] == [1, 2, 3]
    assert store.events() == stored
    assert store.events(after=2) == stored[2:]
    assert record.sessions.get("01A").events() == stored


def test_numbers_go_on_after_a_restart(tmp_path: Path, vault: Vault) -> None:
    with Record.open(tmp_path, vault) as record:
        record.sessions.create(session()).append(said("Yes."), Millis(2000), 5)
    with Record.open(tmp_path, vault) as record:
        store = record.sessions.get("01A")
        assert store.append(said("No.", 2), Millis(3000), 5).seq == 2


def test_refused_event_leaves_no_hole(record: Record) -> None:
    store = record.sessions.create(session())
    store.append(said("Yes."), Millis(2000), 5)
    with pytest.raises(Exception, match="UNIQUE"):
        store.append(said("Twice the same number."), Millis(2000), 5)
    assert store.append(said("No.", 2), Millis(3000), 5).seq == 2
    assert len(store.events()) == 2


def test_library_lists_newest_first_with_what_became_of_it(record: Record) -> None:
    early = record.sessions.create(session("01A", 9))
    record.sessions.create(session("01B", 11))
    early.append(SessionStarted(Millis(0), early.session), Millis(0), 0)
    early.append(SessionEnded(Millis(90_000)), Millis(90_000), 0)
    newest, oldest = record.sessions.list()
    assert (newest.session.id, newest.ended, newest.events) == ("01B", False, 0)
    assert (oldest.session, oldest.ended) == (early.session, True)
    assert oldest.length == 90_000


def test_unknown_and_double_sessions(record: Record) -> None:
    record.sessions.create(session())
    with pytest.raises(UserError, match="already"):
        record.sessions.create(session())
    with pytest.raises(UserError, match="no session 01Z"):
        record.sessions.get("01Z")
    with pytest.raises(UserError, match="no session 01Z"):
        record.sessions.delete("01Z")


@pytest.mark.parametrize("name", ["../x", "", "a b", "été"])
def test_session_id_is_fit_for_a_file_name(record: Record, name: str) -> None:
    with pytest.raises(ValueError, match="session id"):
        record.sessions.create(session(name))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("lantern", [1]),
        ("LANTERNS seventeen", [1]),
        ("lanterns nowhere", []),
        ("cafe", [2]),
        ('say "well', [2]),
        ("NEAR OR", []),
        ("  ", []),
        ("?!", []),
        ("don't", [2]),
        ("text:x *", []),
    ],
)
def test_search_takes_words_as_typed(
    record: Record, words: str, numbers: list[int]
) -> None:
    store = record.sessions.create(session())
    store.append(said(CANARY), Millis(2000), 5)
    store.append(said("At the café they say: well, I don't.", 2), Millis(3000), 5)
    hits = record.search.find(words)
    assert [hit.utterance_id.number for hit in hits] == numbers


def test_hit_says_where_it_was_said(record: Record) -> None:
    store = record.sessions.create(session())
    event = said(CANARY)
    store.append(event, Millis(2000), 5)
    (hit,) = record.search.find("heron")
    assert (hit.session, hit.utterance_id) == ("01A", event.utterance.id)
    assert (hit.speaker, hit.span) == (Speaker.CLIENT, event.utterance.span)
    assert hit.text == CANARY


def test_deleted_session_is_gone_and_the_others_stay(
    record: Record, tmp_path: Path
) -> None:
    for name in ("01A", "01B"):
        store = record.sessions.create(session(name))
        store.append(said(f"{CANARY} {name}"), Millis(2000), 5)
        store.open_spool().finish()
    record.sessions.delete("01A")
    assert [row.session.id for row in record.sessions.list()] == ["01B"]
    assert [hit.session for hit in record.search.find("heron")] == ["01B"]
    assert [path.name for path in (tmp_path / "sound").iterdir()] == ["01B.spool"]
    database = record._database
    for table in ("event", "utterance", "spool_key"):
        rows = database.rows(f"SELECT DISTINCT session FROM {table}")  # noqa: S608
        assert rows == [("01B",)]


def test_sound_of_a_session_is_read_back_by_another_process_with_the_vault(
    tmp_path: Path, vault: Vault
) -> None:
    sound = np.linspace(-0.5, 0.5, 16_000 * 12, dtype=np.float32)[:, None]
    sound = np.round(np.hstack([sound, -sound]) * 32768) / np.float32(32768)
    with Record.open(tmp_path, vault) as record:
        writer = record.sessions.create(session()).open_spool()
        writer.append(sound)
        writer.finish()
        with Record.open(tmp_path, vault, read_only=True) as other:
            reader = other.sessions.get("01A").read_spool()
            assert np.array_equal(reader.read(Samples(0), len(sound)), sound)
            reader.close()


def test_sound_needs_no_sql_while_it_is_recorded(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The capture thread finds its keys made: an hour ahead, and again by append."""
    store = record.sessions.create(session())
    writer = store.open_spool()
    store.append(said("Half an hour has passed."), Millis(31 * 60_000), 5)
    with monkeypatch.context() as patch:
        patch.setattr(record._database, "_connection", None)
        for number in range(360 + 180):
            store._keys.make(number)
    writer.close()


def test_folder_with_letters_of_every_alphabet(tmp_path: Path, vault: Vault) -> None:
    folder = tmp_path / "Жанна Müller 測試" / "with spaces"
    folder.mkdir(parents=True)
    with Record.open(folder, vault) as record:
        store = record.sessions.create(session())
        stored = store.append(said("Yes."), Millis(2000), 5)
        store.open_spool().finish()
    with Record.open(folder, vault, read_only=True) as record:
        assert record.sessions.get("01A").events() == [stored]


def test_second_writer_is_told(tmp_path: Path, vault: Vault, record: Record) -> None:
    with pytest.raises(UserError, match="Another Sidelight"):
        Record.open(tmp_path, vault, patience_s=0.1)
    record.close()
    Record.open(tmp_path, vault).close()


def test_failed_start_does_not_keep_the_next_one_out(
    tmp_path: Path, vault: Vault
) -> None:
    Record.open(tmp_path, vault).close()
    with pytest.raises(UserError, match="another key"):
        Record.open(tmp_path, Vault(bytes(32)))
    Record.open(tmp_path, vault).close()


def test_folder_that_cannot_be_written(ordinary_folder: Path, vault: Vault) -> None:
    ordinary_folder.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written"):
        Record.open(ordinary_folder, vault)


def test_folder_that_is_not_there(tmp_path: Path, vault: Vault) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        Record.open(tmp_path / "none", vault)


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_every_file_is_for_its_user_only(record: Record, tmp_path: Path) -> None:
    store = record.sessions.create(session())
    store.append(said("Yes."), Millis(2000), 5)
    store.open_spool().finish()
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert "record.db-wal" in modes
    assert set(modes.values()) == {0o600}, modes


def test_canary_sentence_is_in_no_file(tmp_path: Path, vault: Vault) -> None:
    with Record.open(tmp_path, vault) as record:
        store = record.sessions.create(session())
        store.append(SessionStarted(Millis(0), session()), Millis(0), 0)
        for number in range(60):
            store.append(said(CANARY, number), Millis(2000), 5)
        assert record.search.find("lanterns")
        writer = store.open_spool()
        writer.append(np.zeros((16_000, 2), np.float32))
        writer.finish()
        assert_nowhere(tmp_path)  # the write-ahead log is still there
        record.sessions.delete("01A")
        assert_nowhere(tmp_path)
    assert_nowhere(tmp_path)


def assert_nowhere(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        for word in ("heron", "lanterns", "Zoë", "utterance"):
            assert word.encode() not in content, (path.name, word)
            assert word.encode("utf-16-le") not in content, (path.name, word)


def test_hits_come_by_session_with_what_was_found(record: Record) -> None:
    later = session("01B", hour=10)
    for one in (later, session("01A")):
        store = record.sessions.create(one)
        store.append(said(f"{CANARY} and {CANARY}, {CANARY}"), Millis(2000), 5)
        store.append(said("The heron again.", 2), Millis(3000), 5)
    hits = record.search.find("herons")
    assert hits == []
    hits = record.search.find("her")
    found = [(hit.session, hit.utterance_id.number) for hit in hits]
    assert found == [("01B", 1), ("01B", 2), ("01A", 1), ("01A", 2)]
    assert hits[0].started_at == later.started_at
    assert hits[0].client == later.client
    assert hits[1].snippet == (
        Piece("The ", found=False),
        Piece("heron", found=True),
        Piece(" again.", found=False),
    )
    assert "…" in "".join(piece.text for piece in hits[0].snippet)
    assert [hit.session for hit in record.search.find("heron", 1)] == ["01B"]
    assert record.search.find("he") == []  # two letters are a word
