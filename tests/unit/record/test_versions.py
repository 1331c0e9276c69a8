"""Versions of a transcript in the record: stored whole, one is read, all are erased."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.plain_pages import everything, holds
from tests.fakes.talk_events import noticed, said, span, talk

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    OffRecordCause,
    SessionEnded,
    SessionStarted,
    TranscriptChosen,
    TranscriptRefined,
    WithdrawalCause,
)
from sidelight.domain.moments import MomentId
from sidelight.domain.story import tell
from sidelight.domain.timeline import SAMPLE_RATE, Millis
from sidelight.record.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.record.events import SessionStore
    from sidelight.record.vault import Vault

END = Millis(60_000)
ROUGH, REFINED, AFTER = "quorvimzak", "ziggurataim", "jacarandas"


@pytest.fixture
def store(record: Record) -> SessionStore:
    """A minute of silence, with words; a second version has other words."""
    store = record.sessions.create(talk())
    writer = store.open_spool()
    writer.append(np.zeros((60 * SAMPLE_RATE, 1), np.float32))
    writer.finish()
    for event in (
        SessionStarted(Millis(0), talk()),
        said(1, span(20, 24), f"my {ROUGH} hurts"),
        noticed(1, span(20, 24), ROUGH, (1,)),
        said(2, span(40, 45), f"those {AFTER} bloom"),
        SessionEnded(END),
    ):
        store.append(event, END, 0)
    return store


def refine(store: SessionStore) -> None:
    store.append_all(
        [
            said(1, span(20.5, 24.5), f"my {REFINED} hurts", version=2),
            noticed(1, span(20.5, 24.5), REFINED, (1,), version=2),
            said(2, span(40, 45), f"those {AFTER} bloom", version=2),
            TranscriptRefined(END, 2, "large"),
        ],
        END,
    )


def found(record: Record, word: str) -> list[str]:
    return [str(hit.utterance_id) for hit in record.search.find(word)]


def test_one_version_is_read_and_searched(record: Record, store: SessionStore) -> None:
    before = store.events()
    refine(store)
    assert store.events() == before
    assert len(store.every_version()) == len(before) + 4
    assert (found(record, ROUGH), found(record, REFINED)) == (["1:1"], [])
    assert found(record, AFTER) == ["1:2"]
    store.choose(2, END)
    assert [str(u.id) for u in tell(store.events()).utterances] == ["2:1", "2:2"]
    assert (found(record, ROUGH), found(record, REFINED)) == ([], ["2:1"])
    assert found(record, AFTER) == ["2:2"]
    assert [one.transcript for one in record.sessions.list()] == [2]
    store.choose(1, END)
    assert tell(store.events()).utterances == tell(before).utterances
    assert found(record, AFTER) == ["1:2"]
    assert [one.transcript for one in record.sessions.list()] == [1]


def test_events_behind_a_number_are_those_of_the_chosen_version(
    store: SessionStore,
) -> None:
    newest = store.events()[-1].seq
    refine(store)
    assert store.events(after=newest) == []
    store.choose(2, END)
    behind = store.events(after=newest)
    assert behind == [one for one in store.every_version() if one.seq > newest]
    assert isinstance(behind[-1].event, TranscriptChosen)


def test_switching_is_stored_with_what_follows_or_not_at_all(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    undone = MomentWithdrawn(END, MomentId(1, 1), WithdrawalCause.UNDONE)
    store.append(undone, END, 0)
    refine(store)
    before = store.every_version()
    insert = store._insert
    inserted: list[object] = []

    def fail_at_the_second(*arguments: object) -> None:
        if inserted:
            raise UserError("The disk is full.", "Free some space.")
        inserted.append(arguments)
        insert(*arguments)  # type: ignore[arg-type] # whatever it was given

    monkeypatch.setattr(store, "_insert", fail_at_the_second)
    with pytest.raises(UserError, match="full"):
        store.choose(2, END)
    assert store.every_version() == before
    monkeypatch.undo()
    stored = [one.event for one in store.choose(2, END)]
    follow = MomentWithdrawn(END, MomentId(2, 1), WithdrawalCause.UNDONE)
    assert stored == [TranscriptChosen(END, 2), follow]
    assert tell(store.events()).moments == ()


@pytest.mark.parametrize("chosen", [None, 1, 2])
def test_off_the_record_destroys_it_in_all_versions(
    record: Record,
    store: SessionStore,
    tmp_path: Path,
    vault: Vault,
    chosen: int | None,
) -> None:
    refine(store)
    if chosen is not None:
        store.choose(chosen, END)
    for word in (ROUGH, REFINED):
        assert holds(everything(tmp_path, vault.database_key()), word)
    asked = store.hide(span(23.5, 23.6), OffRecordCause.ASKED)
    assert asked.span == span(20, 24.5), "whole utterances of both versions"
    assert (found(record, ROUGH), found(record, REFINED)) == ([], [])
    store.erase(asked, END)
    store.finish()
    left = [one.event for one in store.every_version()]
    assert [e for e in left if isinstance(e, MomentNoticed)] == []
    record.close()
    pages = everything(tmp_path, vault.database_key())
    assert not [w for w in (ROUGH, REFINED) if holds(pages, w)]
    assert holds(pages, AFTER)


def test_what_comes_late_about_an_erased_stretch_is_left_out(
    store: SessionStore,
) -> None:
    store.erase(store.hide(span(20, 24), OffRecordCause.ASKED), END)
    refine(store)
    store.choose(2, END)
    assert [str(u.id) for u in tell(store.events()).utterances] == ["2:2"]
    assert tell(store.events()).moments == ()


def test_deleting_the_session_destroys_all_versions(
    record: Record, store: SessionStore, tmp_path: Path, vault: Vault
) -> None:
    refine(store)
    record.sessions.delete(store.session.id)
    record.close()
    pages = everything(tmp_path, vault.database_key())
    assert not [w for w in (ROUGH, REFINED, AFTER) if holds(pages, w)]


def test_who_comes_while_the_place_is_taken_for_a_moment_waits(
    tmp_path: Path, vault: Vault
) -> None:
    first = Record.open(tmp_path, vault)
    closing = threading.Timer(0.3, first.close)
    closing.start()
    Record.open(tmp_path, vault).close()
    closing.join()
