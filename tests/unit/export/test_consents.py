"""What a transcript is sent with: the consents that hold, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.fakes.talk_events import talk

from sidelight.domain.consent import NEEDED, Form, Purpose
from sidelight.domain.session import Mode
from sidelight.export.consents import consent_text
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.consenting import Answer, consents_for, note, withdraw

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path, Vault(bytes(range(32))))


def test_the_consents_that_hold_for_a_session_stand_in_words(record: Record) -> None:
    session = replace(talk(Mode.KEEP, "S1"), client="Ana")
    day = session.started_at.date()
    before, later = date(day.year - 1, 1, 2), date(day.year + 1, 3, 4)
    spoken = Answer(NEEDED[Mode.KEEP], Form.SPOKEN, before, "“May I?”", "Sure")
    signed = Answer((Purpose.CREDENTIAL,), Form.WRITTEN, later, "The form")
    with record:
        record.sessions.create(session)
        for given in (spoken, signed, replace(signed, purposes=(Purpose.MENTOR,))):
            note(record, "Ana", given, later)
        withdraw(record, "Ana", (Purpose.MENTOR,), later)
        held = consents_for(record, "S1")
        assert [one.purpose for one in held] == [
            *NEEDED[Mode.KEEP],
            Purpose.CREDENTIAL,
        ]
        text = consent_text("Ana", held)
        withdraw(record, "Ana", tuple(Purpose), later)
        assert consents_for(record, "S1") == ()
    first, second = text.split("\n\n")
    purposes = "listen live, keep the sound, keep the words"
    assert first.splitlines()[:3] == [
        f"Ana agreed on {before}, by word of mouth, to: {purposes}.",
        "Asked with: “May I?”",
        "The answer: “Sure”",
    ]
    assert second.startswith(
        f"Ana agreed on {later}, in writing, to: hand in for a credential."
    )
    assert "mentor" not in text
    assert consent_text("Ana", ()) == ""


def test_a_recording_is_kept_by_what_was_agreed_when_it_was_brought_in(
    record: Record,
) -> None:
    session = replace(talk(Mode.KEEP, "S1"), client="Ana")
    day = session.started_at.date()
    later, last = date(day.year + 1, 3, 4), date(day.year + 1, 5, 6)
    with record:
        record.sessions.create(session)
        note(record, "Ana", Answer(NEEDED[Mode.KEEP], Form.WRITTEN, later), last)
        note(record, "Ana", Answer(NEEDED[Mode.KEEP], Form.SPOKEN, last), last)
        held = consents_for(record, "S1")
        assert [one.purpose for one in held] == [*NEEDED[Mode.KEEP]]
        assert {one.on for one in held} == {later}  # the text says that day
        withdraw(record, "Ana", tuple(Purpose), last)
        assert consents_for(record, "S1") == ()


def test_what_was_withdrawn_is_not_held_by_a_later_yes(record: Record) -> None:
    session = replace(talk(Mode.KEEP, "S1"), client="Ana")
    day = session.started_at.date()
    later = date(day.year + 1, 3, 4)
    with record:
        record.sessions.create(session)
        note(record, "Ana", Answer(NEEDED[Mode.KEEP], Form.SPOKEN, day), later)
        withdraw(record, "Ana", NEEDED[Mode.KEEP], later)
        note(record, "Ana", Answer(NEEDED[Mode.KEEP], Form.SPOKEN, later), later)
        assert consents_for(record, "S1") == ()
