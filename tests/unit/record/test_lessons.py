"""What was taught is kept with its session, goes with it, and never comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.plain_pages import everything, holds, plain_database
from tests.fakes.talk_events import noticed, said, span, talk

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    DecisionTakenBack,
    MomentConfirmed,
    MomentRemoved,
    OffRecordCause,
    SessionEnded,
    SessionStarted,
)
from sidelight.domain.moments import MomentId
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.partnering.learned.lessons import Lesson, Taught

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span
    from sidelight.record.events import SessionStore
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault

END = Millis(60_000)
CANARY = "quorvimzak"
MODEL = "words-1"


def place(seed: int) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).standard_normal(384).astype(np.float32)
    return found / np.float32(np.linalg.norm(found))


def taught(over: Span, words: str, seed: int = 1, *, positive: bool = True) -> Taught:
    return Taught(over, words, MODEL, Lesson("support", place(seed), positive))


def kept(record: Record, name: str = "01A", mode: Mode = Mode.KEEP) -> SessionStore:
    store = record.sessions.create(talk(mode, name))
    for event in (
        SessionStarted(Millis(0), talk(mode, name)),
        said(1, span(10, 12), "how shall I listen", Speaker.COACH),
        noticed(1, span(10, 12), "how shall I listen", (1,)),
        said(2, span(20, 22), "are you warm", Speaker.COACH),
        SessionEnded(END),
    ):
        store.append(event, END, 0)
    return store


def confirm(store: SessionStore, *lessons: Taught) -> None:
    number = store.next_decision()
    store.decide(MomentConfirmed(END, number, MomentId(1, 1)), lessons)


def test_lessons_are_found_again_for_their_own_model_alone(record: Record) -> None:
    store = kept(record)
    against = taught(span(20, 22), "b", 2, positive=False)
    confirm(store, taught(span(10, 12), "a"), against)
    first, second = record.lessons.lessons(MODEL)
    assert (first.kind, first.positive, second.positive) == ("support", True, False)
    assert float(first.place @ place(1)) == pytest.approx(1.0, abs=1e-4)
    assert float(np.linalg.norm(second.place)) == pytest.approx(1.0, abs=1e-5)
    assert record.lessons.lessons("another") == ()
    assert record.lessons.outdated(MODEL) == ()
    assert record.lessons.outdated("another") == ("01A",)


def test_decisions_are_numbered_even_where_they_are_hidden(record: Record) -> None:
    store = kept(record)
    assert store.next_decision() == 1
    confirm(store)
    asked = store.hide(span(10, 12), OffRecordCause.ASKED)
    assert store.next_decision() == 2
    store.show_again(asked)
    assert store.next_decision() == 2


def test_what_is_taken_back_teaches_nothing_and_is_nowhere(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    store = kept(record)
    confirm(store, taught(span(10, 12), CANARY))
    pages = everything(tmp_path, vault.database_key())
    assert holds(pages, CANARY)
    store.decide(DecisionTakenBack(END, 1), [])
    assert record.lessons.lessons(MODEL) == ()
    assert not holds(everything(tmp_path, vault.database_key()), CANARY)


@pytest.mark.parametrize(
    "erased",
    [span(11, 11.5), span(21, 21.5), span(0, 3600)],
    ids=["its turn", "a turn before it", "all of it: the consent is withdrawn"],
)
def test_a_lesson_goes_with_whatever_it_rests_on(
    record: Record, tmp_path: Path, vault: Vault, erased: Span
) -> None:
    """Its words and its place are in no page of the file or of its log."""
    store = kept(record)
    confirm(store, taught(span(10, 22), CANARY, 5))
    where = everything(tmp_path, vault.database_key())
    assert holds(where, CANARY)
    asked = store.hide(erased, OffRecordCause.WITHDRAWN)
    assert record.lessons.lessons(MODEL) == (), "hidden, it teaches nothing"
    store.show_again(asked)
    assert len(record.lessons.lessons(MODEL)) == 1
    store.erase(store.hide(erased, OffRecordCause.WITHDRAWN), END)
    assert record.lessons.lessons(MODEL) == ()
    after = everything(tmp_path, vault.database_key())
    assert not holds(after, CANARY)
    store.finish()
    record.close()
    assert not holds(everything(tmp_path, vault.database_key()), CANARY)


def test_the_place_itself_is_gone_too(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    store = kept(record)
    confirm(store, taught(span(10, 12), "a", 5))
    packed = place(5).astype("<f2").tobytes()[:40]

    def pages() -> bytes:
        return plain_database(tmp_path / "record.db", vault.database_key())

    assert packed in pages()
    store.erase(store.hide(span(10, 12), OffRecordCause.ASKED), END)
    assert packed not in pages()


def test_lessons_elsewhere_stay(record: Record) -> None:
    store, other = kept(record), kept(record, "01B")
    confirm(store, taught(span(10, 12), "a", 1), taught(span(20, 22), "b", 2))
    confirm(other, taught(span(10, 12), "c", 3))
    store.erase(store.hide(span(10, 12), OffRecordCause.ASKED), END)
    left = record.lessons.lessons(MODEL)
    assert [
        float(one.place @ place(n)) > 0.99 for one, n in zip(left, (2, 3), strict=True)
    ] == [True, True]


def test_a_deleted_session_takes_its_lessons_along(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    confirm(kept(record), taught(span(10, 12), CANARY))
    record.sessions.delete("01A")
    assert record.lessons.lessons(MODEL) == ()
    assert not holds(everything(tmp_path, vault.database_key()), CANARY)


@pytest.mark.parametrize("mode", [Mode.LIVE_ONLY])
def test_a_session_that_is_not_kept_teaches_nothing(
    record: Record, tmp_path: Path, vault: Vault, mode: Mode
) -> None:
    store = kept(record, mode=mode)
    confirm(store, taught(span(10, 12), CANARY))
    store.teach([taught(span(10, 12), CANARY)])
    assert record.lessons.lessons(MODEL) == ()
    assert record.lessons.outdated(MODEL) == ()
    store.finish()
    assert not holds(everything(tmp_path, vault.database_key()), CANARY)
    again = record.sessions.get("01A").events()
    assert any(isinstance(one.event, MomentConfirmed) for one in again), "it is kept"


def test_decision_and_lessons_are_stored_together_or_not_at_all(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = kept(record)
    before = store.events()

    def full(_: object) -> None:
        raise UserError("The disk is full.", "Free some space.")

    with monkeypatch.context() as broken:
        broken.setattr(store._lessons, "replace", full)
        with pytest.raises(UserError, match="full"):
            confirm(store, taught(span(10, 12), "a"))
    assert store.events() == before
    confirm(store, taught(span(10, 12), "a"))
    assert store.events()[-1].seq == before[-1].seq + 1


def test_no_model_leaves_the_lessons_of_before(record: Record) -> None:
    store = kept(record)
    confirm(store, taught(span(10, 12), "a"))
    store.decide(MomentRemoved(END, 2, MomentId(1, 1)), None)
    assert len(record.lessons.lessons(MODEL)) == 1


def test_phrases_are_written_down_placed_and_struck_out(
    record: Record, tmp_path: Path, vault: Vault
) -> None:
    phrases = record.phrases
    phrases.add("support", CANARY, "", None)
    second = phrases.add("direction", "where to", MODEL, place(2))
    assert [(p.number, p.kind) for p in phrases.list()] == [
        (1, "support"),
        (2, "direction"),
    ]
    assert [one.kind for one in record.lessons.lessons(MODEL)] == ["direction"]
    assert [p.number for p in phrases.without_place(MODEL)] == [1]
    phrases.place(1, MODEL, place(1))
    assert len(record.lessons.lessons(MODEL)) == 2
    phrases.forget(1)
    assert phrases.list() == (second,)
    assert not holds(everything(tmp_path, vault.database_key()), CANARY)
    with pytest.raises(UserError, match="no phrase 1"):
        phrases.forget(1)
