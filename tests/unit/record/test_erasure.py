from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.plain_pages import everything, holds
from tests.fakes.talk_events import marked, noticed, requested, said, span, talk

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    MomentWithdrawn,
    OffRecord,
    OffRecordCause,
    SessionEnded,
    SessionStarted,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import MomentId
from sidelight.domain.story import tell
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples
from sidelight.record import erasure
from sidelight.record.erasure import UNDO_S, DelayedErasures
from sidelight.record.events import OffTheRecord
from sidelight.record.packets import KEY_SAMPLES, PACKET_SAMPLES
from sidelight.record.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from sidelight.domain.timeline import Span
    from sidelight.record.events import SessionStore
    from sidelight.record.vault import Vault

BEFORE, SECRET, AFTER = "xylophonist", "quorvimzak", "jacarandas"
QUOTED, ASKED, NOTED = "wombatquote", "ziggurataim", "oboenote"
GONE = (SECRET, QUOTED, ASKED, NOTED)
SECONDS = 60


def loud() -> npt.NDArray[np.float32]:
    sound = np.random.default_rng(4).integers(-9000, 9000, (SECONDS * SAMPLE_RATE, 1))
    return (sound / 32768).astype(np.float32)


def recorded(record: Record) -> SessionStore:
    """A minute of talk; what is between 21.3 s and 33.7 s shall go."""
    store = record.sessions.create(talk())
    writer = store.open_spool()
    writer.append(loud())
    writer.finish()
    for event in (
        SessionStarted(Millis(0), talk()),
        said(1, span(2, 12), f"the {BEFORE} played"),
        said(2, span(20.5, 24), f"my {SECRET} hurts"),
        noticed(1, span(20.5, 24), QUOTED, (2,)),
        requested(span(22, 23), ASKED, (2,)),
        marked(30, NOTED),
        said(3, span(40, 45), f"those {AFTER} bloom"),
        noticed(2, span(40, 45), AFTER, (3,)),
        noticed(3, span(46, 47), QUOTED, (2, 3)),
    ):
        store.append(event, Millis(60_000), 0)
    return store


def erase(store: SessionStore, what: Span) -> OffRecord:
    asked = store.hide(what, OffRecordCause.ASKED)
    event = store.erase(asked, Millis(60_000)).event
    assert isinstance(event, OffRecord)
    return event


@pytest.fixture
def store(record: Record) -> SessionStore:
    return recorded(record)


def test_words_are_nowhere_afterwards_and_were_somewhere_before(
    record: Record, store: SessionStore, tmp_path: Path, vault: Vault
) -> None:
    before = everything(tmp_path, vault.database_key())
    # The control: reading every page finds the words while they are there.
    assert holds(before, SECRET)
    assert holds(before, NOTED)
    erase(store, span(23, 33.7))
    after = everything(tmp_path, vault.database_key())
    assert not [word for word in GONE if holds(after, word)]
    assert holds(after, BEFORE)
    assert holds(after, AFTER)
    assert record.search.find(SECRET) == []
    assert [hit.utterance_id.number for hit in record.search.find(AFTER)] == [3]
    store.append(SessionEnded(Millis(60_000)), Millis(60_000), 0)
    store.finish()
    record.close()
    assert not [w for w in GONE if holds(everything(tmp_path, vault.database_key()), w)]


def test_an_utterance_goes_whole_with_what_rests_on_it(store: SessionStore) -> None:
    off = erase(store, span(23, 33.7))
    assert off.span == span(20.5, 33.7)
    story = tell(store.events())
    assert [u.id.number for u in story.utterances] == [1, 3]
    assert [m.id.number for m in story.moments] == [2]  # 3 rested on what went
    assert story.request is None
    assert story.marks == ()
    assert story.off_record == (off.span,)
    numbers = [one.seq for one in store.events()]
    assert numbers == [1, 2, 7, 8, 10]


def test_a_live_reader_folds_to_the_same(store: SessionStore) -> None:
    seen = store.events()
    asked = store.hide(span(23, 33.7), OffRecordCause.ASKED)
    live = tell([*seen, store.erase(asked, Millis(60_000))])
    read = tell(store.events())
    assert (live.utterances, live.moments, live.marks, live.request) == (
        read.utterances,
        read.moments,
        read.marks,
        read.request,
    )
    assert live.clocks.last() == read.clocks.last()


def test_sound_is_silent_there_and_untouched_elsewhere(store: SessionStore) -> None:
    reader = store.read_spool()
    assert len(reader.read(Samples(0), 10)) == 10
    off = erase(store, span(23, 33.7))
    first = off.span.start * 16 // PACKET_SAMPLES * PACKET_SAMPLES
    last = -(-off.span.end * 16 // PACKET_SAMPLES) * PACKET_SAMPLES
    for one in (reader, store.read_spool()):  # opened before, and after
        sound = one.read(Samples(0), SECONDS * SAMPLE_RATE)
        assert np.array_equal(sound[:first], loud()[:first])
        assert not sound[first:last].any()
        assert np.array_equal(sound[last:], loud()[last:])
        check = one.check()
        assert (check.finished, check.damaged) == (True, ())
        one.close()


def test_no_key_that_ever_was_opens_the_erased_sound(
    store: SessionStore, tmp_path: Path
) -> None:
    """Not even with the old keys and an old file: the packets are other packets."""
    path = tmp_path / "sound" / "01A.spool"
    old_keys = {n: store._keys.find(n)[0] for n in range(6)}
    size = path.stat().st_size
    erase(store, span(23, 33.7))
    assert path.stat().st_size == size  # in place: readers and the writer go on
    for number, key in old_keys.items():
        kept = store._keys.find(number) == (key,)
        assert kept is (number not in {2, 3}), number


def test_finished_session_no_longer_tells_how_loud_it_was(
    record: Record, store: SessionStore, tmp_path: Path
) -> None:
    path = tmp_path / "sound" / "01A.spool"
    erase(store, span(23, 33.7))
    before = path.stat().st_size
    store.finish()
    assert path.stat().st_size < before * 0.9
    reader = record.sessions.get("01A").read_spool()
    assert reader.length == SECONDS * SAMPLE_RATE
    assert np.array_equal(reader.read(Samples(0), 99), loud()[:99])
    assert not reader.read(Samples(25 * SAMPLE_RATE), 99).any()
    reader.close()
    assert {one.name for one in path.parent.iterdir()} == {"01A.spool"}


def test_everything_can_be_withdrawn(
    store: SessionStore, tmp_path: Path, vault: Vault
) -> None:
    asked = store.hide(span(0, 3600), OffRecordCause.WITHDRAWN)
    store.erase(asked, Millis(60_000))
    story = tell(store.events())
    assert (story.utterances, story.moments) == ((), ())
    assert story.session is not None  # the minutes for the log stay
    reader = store.read_spool()
    assert not reader.read(Samples(0), SECONDS * SAMPLE_RATE).any()
    reader.close()
    content = everything(tmp_path, vault.database_key())
    assert not [word for word in (*GONE, BEFORE, AFTER) if holds(content, word)]


@pytest.mark.parametrize(
    "late",
    [
        said(7, span(33, 36), "late"),
        noticed(7, span(23, 24), "late", ()),
        noticed(7, span(50, 51), "late", (2,)),
        requested(span(24, 25), "late", ()),
        marked(22, "late"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_late_event_inside_the_span_is_refused(
    record: Record, store: SessionStore, late: UtteranceHeard
) -> None:
    erase(store, span(23, 33.7))
    before = store.events()
    with pytest.raises(OffTheRecord):
        store.append(late, Millis(61_000), 0)
    assert store.events() == before
    # Numbers go on where they were, and after a restart it is refused all the same.
    again = record.sessions.get("01A")
    if late.at < 50_000:
        with pytest.raises(OffTheRecord):
            again.append(late, Millis(61_000), 0)
    kept = again.append(said(8, span(60, 61), "after"), Millis(62_000), 0)
    assert kept.seq == before[-1].seq + 1


def test_withdrawal_of_an_erased_moment_goes_too(store: SessionStore) -> None:
    gone = MomentWithdrawn(Millis(50_000), MomentId(1, 1), WithdrawalCause.TOOK_BACK)
    stored = store.append(gone, Millis(60_000), 0)
    erase(store, span(23, 24))
    assert stored.seq not in {one.seq for one in store.events()}


def test_hidden_at_once_undone_within_ten_seconds_destroyed_after(
    record: Record, store: SessionStore
) -> None:
    now = 100.0
    delayed = DelayedErasures(store, lambda: now)
    whole = store.events()
    assert delayed.hide(span(23, 33.7)) == span(20.5, 33.7)
    assert delayed.spans == (span(20.5, 33.7),)
    assert len(store.events()) == len(whole) - 5
    assert record.search.find(SECRET) == []
    now += UNDO_S - 0.1
    assert list(delayed.carry_out(Millis(60_000))) == []
    assert delayed.undo() == span(20.5, 33.7)
    assert store.events() == whole
    assert not list(delayed.spans)
    assert record.search.find(SECRET)
    delayed.hide(span(23, 33.7))
    now += UNDO_S
    assert delayed.undo() is None  # too late, even if nothing was destroyed yet
    (stored,) = delayed.carry_out(Millis(60_000))
    assert isinstance(stored.event, OffRecord)
    assert not list(delayed.spans)
    assert store.events()[-1] == stored


def test_two_hidings_are_undone_newest_first(store: SessionStore) -> None:
    delayed = DelayedErasures(store, lambda: 0.0)
    delayed.hide(span(2, 3))
    delayed.hide(span(41, 42))
    assert delayed.undo() == span(40, 45)
    assert delayed.undo() == span(2, 12)
    assert delayed.undo() is None


def test_hidden_then_killed_is_destroyed_at_the_next_start(
    record: Record, store: SessionStore, tmp_path: Path, vault: Vault
) -> None:
    store.hide(span(23, 33.7), OffRecordCause.ASKED)
    record.close()
    with Record.open(tmp_path, vault) as again:
        story = tell(again.sessions.get("01A").events())
        assert story.off_record == (span(20.5, 33.7),)
        assert not holds(everything(tmp_path, vault.database_key()), SECRET)


def test_killed_between_the_database_and_the_file(
    record: Record,
    store: SessionStore,
    tmp_path: Path,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file is half rewritten, one packet torn: the redo log makes it whole."""
    path = tmp_path / "sound" / "01A.spool"
    untouched = path.read_bytes()

    def killed(_handle: int) -> None:
        raise KeyboardInterrupt

    # After the transaction, before the file is known to be written.
    with monkeypatch.context() as dying:
        dying.setattr(erasure, "to_disk", killed)
        with pytest.raises(KeyboardInterrupt):
            erase(store, span(23, 33.7))
    places = [row[0] for row in record._database.rows("SELECT place FROM spool_patch")]
    torn = bytearray(untouched)
    torn[places[3] : places[3] + 40] = bytes(40)
    path.write_bytes(torn)
    record.close()
    with Record.open(tmp_path, vault) as again:
        reader = again.sessions.get("01A").read_spool()
        sound = reader.read(Samples(0), SECONDS * SAMPLE_RATE)
        assert reader.check().damaged == ()
        reader.close()
        assert not sound[21 * SAMPLE_RATE : 33 * SAMPLE_RATE].any()
        assert np.array_equal(sound[: 20 * SAMPLE_RATE], loud()[: 20 * SAMPLE_RATE])
        assert np.array_equal(sound[34 * SAMPLE_RATE :], loud()[34 * SAMPLE_RATE :])
        assert again._database.rows("SELECT count(*) FROM spool_patch") == [(0,)]


def test_failed_erasure_leaves_everything_hidden_and_readable(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = store.hide(span(23, 33.7), OffRecordCause.ASKED)

    def full() -> None:
        raise UserError("The disk is full.", "Free some space.")

    with monkeypatch.context() as broken:
        broken.setattr(store._eraser, "note", full)
        with pytest.raises(UserError, match="full"):
            store.erase(asked, Millis(60_000))
    assert store.hidden() == (asked,)
    reader = store.read_spool()
    sound = reader.read(Samples(0), SECONDS * SAMPLE_RATE)
    assert np.array_equal(sound, loud())
    reader.close()
    assert isinstance(store.erase(asked, Millis(60_000)).event, OffRecord)


def test_disk_that_refuses_the_rewriting_is_tried_again(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second erasure lies in the same ten seconds as the first."""

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(erasure, "to_disk", refuse)
        first = erase(store, span(21, 22))
        assert first.span == span(20.5, 24)
        with pytest.raises(UserError, match="disk is full"):
            erase(store, span(26, 27))
        (asked,) = store.hidden()
    reader = store.read_spool()
    sound = reader.read(Samples(0), SECONDS * SAMPLE_RATE)
    assert np.array_equal(sound[24 * SAMPLE_RATE :], loud()[24 * SAMPLE_RATE :])
    assert not sound[21 * SAMPLE_RATE : 24 * SAMPLE_RATE].any()
    store.erase(asked, Millis(60_000))
    sound = reader.read(Samples(0), SECONDS * SAMPLE_RATE)
    assert reader.check().damaged == ()
    reader.close()
    assert not sound[26 * SAMPLE_RATE : 27 * SAMPLE_RATE].any()
    assert np.array_equal(
        sound[27 * SAMPLE_RATE : 40 * SAMPLE_RATE],
        loud()[27 * SAMPLE_RATE : 40 * SAMPLE_RATE],
    )


def test_erasing_waits_until_the_writer_has_left_its_key(record: Record) -> None:
    store = record.sessions.create(talk())
    writer = store.open_spool()
    writer.append(loud()[: 12 * SAMPLE_RATE])
    asked = store.hide(span(9, 12), OffRecordCause.ASKED)
    assert not store.may_erase(asked)
    writer.append(loud()[12 * SAMPLE_RATE : 2 * KEY_SAMPLES])
    assert store.may_erase(asked)
    store.erase(asked, Millis(20_000))
    writer.append(loud()[2 * KEY_SAMPLES : 25 * SAMPLE_RATE])
    writer.finish()
    reader = store.read_spool()
    sound = reader.read(Samples(0), 25 * SAMPLE_RATE)
    reader.close()
    assert not sound[9 * SAMPLE_RATE : 12 * SAMPLE_RATE].any()
    assert np.array_equal(
        sound[12 * SAMPLE_RATE :], loud()[12 * SAMPLE_RATE :][: 13 * SAMPLE_RATE]
    )


def test_closed_writer_is_waited_for_no_longer(record: Record) -> None:
    store = record.sessions.create(talk())
    writer = store.open_spool()
    writer.append(loud()[: 3 * SAMPLE_RATE + 700])
    asked = store.hide(span(1, 4), OffRecordCause.ASKED)
    assert not store.may_erase(asked)
    writer.finish()
    assert store.may_erase(asked)
    store.erase(asked, Millis(3_043))
    reader = store.read_spool()
    assert reader.length == 3 * SAMPLE_RATE + 700
    assert not reader.read(Samples(SAMPLE_RATE), 3 * SAMPLE_RATE).any()
    reader.close()


def test_span_without_anything_in_it(store: SessionStore) -> None:
    before = store.events()
    assert erase(store, span(14, 15)).span == span(14, 15)
    assert store.events()[:-1] == before
