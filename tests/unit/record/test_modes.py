"""Live only: afterwards there is nothing to find, not even with every key there is."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.keyrings import WorkingKeyring
from tests.fakes.plain_pages import everything, holds
from tests.fakes.talk_events import marked, noticed, requested, said, span, talk

from sidelight.domain.errors import UserError
from sidelight.domain.events import OffRecordCause, SessionEnded, SessionStarted
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples
from sidelight.record.keystore import SystemKeyring
from sidelight.record.locks import Argon2Cost
from sidelight.record.record import Record
from sidelight.record.vault import Vault, Ways

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.record.events import SessionStore

CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
WORDS = ("quorvimzak", "wombatquote", "ziggurataim")
NOTE = "oboenote"


def live(record: Record, mode: Mode = Mode.LIVE_ONLY) -> SessionStore:
    store = record.sessions.create(talk(mode))
    writer = store.open_spool()
    noise = np.random.default_rng(2).integers(-9000, 9000, (15 * SAMPLE_RATE, 1))
    writer.append((noise / 32768).astype(np.float32))
    writer.finish()
    for event in (
        SessionStarted(Millis(0), talk(mode)),
        said(1, span(2, 5), f"my {WORDS[0]} hurts"),
        noticed(1, span(2, 5), WORDS[1], (1,)),
        requested(span(3, 4), WORDS[2], (1,)),
        marked(9, NOTE),
    ):
        store.append(event, Millis(15_000), 0)
    return store


def assert_only_facts_are_left(store: SessionStore) -> None:
    story = tell(store.events())
    (utterance,) = story.utterances
    assert (utterance.text, utterance.words) == ("", ())
    assert utterance.span == span(2, 5)
    (moment,) = story.moments
    assert (moment.kind, moment.quote, moment.span) == ("support", "", span(2, 5))
    assert story.request is not None
    assert story.request.quote == ""
    assert [mark.note for mark in story.marks] == [NOTE]
    assert story.session is not None
    assert story.session.client == "Zoë"
    if not store.has_sound:
        return
    reader = store.read_spool()
    with pytest.raises(UserError, match="never kept"):
        reader.read(Samples(0), 1)
    reader.close()


def rows(record: Record, table: str) -> int:
    query = f"SELECT count(*) FROM {table}"  # noqa: S608 - constants
    return int(record._database.rows(query)[0][0])


def found(folder: Path, vault: Vault) -> list[str]:
    content = everything(folder, vault.database_key())
    assert holds(content, NOTE)  # the control: reading finds what is kept
    return [word for word in WORDS if holds(content, word)]


def test_while_it_lasts_it_is_as_any_other(record: Record) -> None:
    kept, unkept = tell([]), tell(live(record).events())
    assert kept.utterances == ()
    (utterance,) = unkept.utterances
    assert WORDS[0] in utterance.text
    assert unkept.request is not None
    assert unkept.request.quote == WORDS[2]


def test_a_kept_session_is_found_in_the_same_place(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    """The control of all that follows: the same path, kept, is found by its words."""
    live(record, Mode.KEEP)
    assert WORDS[0] in found(tmp_path, vault)
    assert record.search.find(WORDS[0])


def test_no_word_is_on_the_disk_even_while_it_lasts(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    live(record)
    assert found(tmp_path, vault) == []
    assert record.search.find(WORDS[0]) == []


def test_after_the_end_words_and_sound_are_gone(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    store = live(record)
    store.append(SessionEnded(Millis(15_000)), Millis(15_000), 0)
    store.finish()
    assert_only_facts_are_left(store)
    assert_only_facts_are_left(record.sessions.get("01A"))
    assert found(tmp_path, vault) == []
    assert list((tmp_path / "sound").iterdir()) == []
    assert rows(record, "event WHERE sealed NOT NULL") == 0
    for table in ("spool_key", "words_key", "utterance", "utterance_text"):
        assert rows(record, table) == 0, table


def test_finish_is_harmless_when_repeated(record: Record) -> None:
    store = live(record)
    store.finish()
    store.finish()
    assert_only_facts_are_left(store)


def test_hidden_stretch_goes_at_the_end_too(record: Record) -> None:
    store = live(record)
    store.hide(span(2, 3), OffRecordCause.ASKED)
    store.finish()
    story = tell(store.events())
    assert (story.utterances, story.moments) == ((), ())
    assert story.off_record == (span(2, 5),)


def test_off_the_record_while_it_lasts(record: Record) -> None:
    store = live(record)
    store.erase(store.hide(span(2, 3), OffRecordCause.ASKED), Millis(15_000))
    reader = store.read_spool()
    sound = reader.read(Samples(0), 15 * SAMPLE_RATE)
    reader.close()
    assert not sound[2 * SAMPLE_RATE : 5 * SAMPLE_RATE].any()
    assert sound[6 * SAMPLE_RATE :].any()


def test_session_without_listening_takes_neither_words_nor_sound(
    record: Record,
) -> None:
    store = record.sessions.create(talk(Mode.NO_LISTENING))
    store.append(SessionStarted(Millis(0), store.session), Millis(0), 0)
    store.append(marked(9, NOTE), Millis(9_000), 0)
    with pytest.raises(ValueError, match="no words"):
        store.append(said(1, span(1, 2), "anything"), Millis(9_000), 0)
    with pytest.raises(ValueError, match="no sound"):
        store.open_spool()
    store.finish()
    assert [mark.note for mark in tell(store.events()).marks] == [NOTE]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.unit.record.test_modes import live
from sidelight.record.record import Record
from sidelight.record.vault import Vault
folder = Path(sys.argv[1])
record = Record.open(folder, Vault.open_passphrase(folder, "vier Worte"))
store = live(record)
print(store.events()[1].event.utterance.text, flush=True)
sys.stdin.read()  # until killed
"""


def test_after_a_kill_nothing_is_left_for_who_has_folder_and_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    backend = WorkingKeyring()
    new = Vault.create(
        folder,
        keystore=SystemKeyring(lambda: backend),
        passphrase="vier Worte",  # noqa: S106
        cost=CHEAP,
    )
    monkeypatch.setenv("PYTHONPATH", ":".join(path for path in sys.path if path))
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert WORDS[0] in process.stdout.readline()  # it had them
        process.kill()
    # What the thief has: the whole folder, the keyring, passphrase, recovery key.
    vault = Vault.open(folder, Ways(SystemKeyring(lambda: backend)))
    assert vault.fits(new.recovery_key)
    assert found(folder, vault) == []
    spool = folder / "sound" / "01A.spool"
    assert spool.stat().st_size > 10_000  # ciphertext under keys that were in memory
    with Record.open(folder, vault, read_only=True) as record:
        assert_only_facts_are_left(record.sessions.get("01A"))
        for table in ("spool_key", "words_key", "utterance"):
            assert rows(record, table) == 0, table
    # The next start clears the ciphertext away.
    with Record.open(folder, vault) as record:
        assert not spool.exists()
        assert rows(record, "event WHERE sealed NOT NULL") == 0
        assert_only_facts_are_left(record.sessions.get("01A"))
    assert found(folder, vault) == []
