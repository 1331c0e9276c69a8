"""Sound goes on its day and not before it was said; the bytes are gone, words stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.talk_events import said, span, talk

from sidelight.domain.events import (
    NoteWritten,
    SessionEnded,
    SessionStarted,
    WrapUpFinished,
)
from sidelight.domain.keeping import SoundGoes, SoundKept, SoundRule, over, soon
from sidelight.domain.session import Mode
from sidelight.domain.timeline import SAMPLE_RATE, Millis
from sidelight.record.record import SOUND_FOLDER, Record
from sidelight.record.vault import Vault
from sidelight.session.keeping import Keeper, Looked
from sidelight.settings.keeping import FILE_NAME, KeepingChoice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.record.events import SessionStore

FIRST = date(2026, 11, 3)
END = Millis(60_000)


class Stage:
    """A record, a rule and a calendar that only this turns."""

    def __init__(self, folder: Path, record: Record) -> None:
        self.folder, self.record = folder, record
        self.rule, self.today = SoundRule.DAYS_14, FIRST
        self.keeper = Keeper(lambda: KeepingChoice(self.rule), lambda: self.today)

    def session(self, name: str, *, finished: bool = True) -> SessionStore:
        store = self.record.sessions.create(talk(Mode.KEEP, name))
        writer = store.open_spool()
        writer.append(np.full((SAMPLE_RATE, 1), 0.1, np.float32))
        writer.finish()
        store.append(SessionStarted(Millis(0), store.session), END, 0)
        store.append(said(1, span(2, 12), f"words of {name}"), END, 0)
        store.append(SessionEnded(END), END, 0)
        if finished:
            store.put_down(WrapUpFinished(END))
        return store

    def look(self, days: int = 0) -> Looked:
        self.today = FIRST + timedelta(days=days)
        return self.keeper.look(self.record)

    def sounds(self) -> list[str]:
        files = (self.folder / SOUND_FOLDER).iterdir()
        return sorted(path.stem for path in files)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Record.open(tmp_path, Vault(bytes(range(32)))) as record:
        yield Stage(tmp_path, record)


def test_after_its_days_it_is_said_and_then_goes(stage: Stage) -> None:
    stage.session("01A")
    stage.session("01B")
    stage.session("01C", finished=False)
    file = stage.folder / SOUND_FOLDER / "01A.spool"
    sound = file.read_bytes()
    assert stage.look() == Looked()
    assert stage.look(6) == Looked()
    told = SoundGoes(FIRST + timedelta(days=14), ("01A", "01B"))
    assert stage.look(7) == Looked(0, (told,))
    assert stage.look(13) == Looked(0, (told,))
    assert stage.sounds() == ["01A", "01B", "01C"]
    assert stage.look(14) == Looked(2)
    assert stage.sounds() == ["01C"]
    files = [path for path in stage.folder.rglob("*") if path.is_file()]
    assert not any(sound[100:200] in path.read_bytes() for path in files)
    assert [hit.session for hit in stage.record.search.find("words")] == [
        *("01C", "01B", "01A")
    ]
    assert stage.look(300) == Looked(), "without a finished note no day comes"
    assert stage.sounds() == ["01C"]


def test_whoever_was_away_is_told_first(stage: Stage) -> None:
    stage.session("01A")
    stage.look()
    tomorrow = SoundGoes(FIRST + timedelta(days=61), ("01A",))
    assert stage.look(60) == Looked(0, (tomorrow,))
    assert stage.look(60) == Looked(0, (tomorrow,))
    assert stage.look(61).gone == 1


def test_work_on_the_note_begins_the_days_anew(stage: Stage) -> None:
    store = stage.session("01A")
    stage.look()
    stage.look(13)
    store.put_down(NoteWritten(END, "one more thing"))
    assert stage.look(14) == Looked()
    assert stage.look(14 + 7).soon == (SoundGoes(FIRST + timedelta(28), ("01A",)),)


def test_the_coach_may_keep_it_longer(stage: Stage) -> None:
    stage.session("01A")
    stage.look()
    stage.look(10)
    stage.keeper.longer(stage.record, ["01A", "unknown"])
    assert stage.look(14) == Looked()
    assert stage.look(40).soon == (SoundGoes(FIRST + timedelta(44), ("01A",)),)
    assert stage.look(44).gone == 1


def test_a_client_may_have_a_rule_of_their_own(stage: Stage) -> None:
    stage.session("01A")
    client = stage.record.clients.find("Zoë").number
    stage.record.keeping.set_rule(client, SoundRule.OFF)
    assert stage.look().soon == (SoundGoes(FIRST + timedelta(1), ("01A",)),)
    stage.record.keeping.set_rule(client, SoundRule.FOR_EVER)
    assert stage.look(400) == Looked()
    stage.record.keeping.set_rule(client, None)
    assert stage.record.keeping.rule(client) is None
    stage.rule = SoundRule.DAYS_90
    assert stage.look(401).gone == 1, "it had been said on the first day"


def test_once_a_day(stage: Stage) -> None:
    due = [stage.keeper.due]
    stage.look()
    due.append(stage.keeper.due)
    stage.today += timedelta(days=1)
    due.append(stage.keeper.due)
    assert due == [True, False, True]


DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))
RULES = st.sampled_from(SoundRule)
KEPT = st.builds(
    SoundKept,
    session=st.just("01A"),
    rule=st.none() | RULES,
    finished=DAYS,
    longer=st.none() | DAYS,
    said=st.none() | DAYS,
)


@given(KEPT, RULES, DAYS)
def test_nothing_goes_early_or_unsaid(
    one: SoundKept, rule: SoundRule, today: date
) -> None:
    if over([one], rule, today):
        days = (one.rule or rule).days
        assert days is not None
        assert today >= one.finished + timedelta(days=days)
        assert one.longer is None or today >= one.longer
        assert one.said is not None
        assert one.said < today
    for told in soon([replace(one, said=None)], rule, today):
        assert told.on > today


def test_a_choice_that_cannot_be_read_destroys_nothing(tmp_path: Path) -> None:
    assert KeepingChoice.recall(tmp_path) == KeepingChoice(SoundRule.DAYS_14)
    KeepingChoice(SoundRule.OFF).remember(tmp_path)
    assert KeepingChoice.recall(tmp_path) == KeepingChoice(SoundRule.OFF)
    (tmp_path / FILE_NAME).write_text('{"sound": "14 or so"}', encoding="utf-8")
    assert KeepingChoice.recall(tmp_path) == KeepingChoice(SoundRule.FOR_EVER)
