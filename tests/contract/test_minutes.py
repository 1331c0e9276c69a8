"""One session has one length: every place that tells minutes tells the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from tests.fakes.reading_exports import text_of
from tests.fakes.talk_events import said, span, talk

from sidelight.cli.sessions import summary_fields
from sidelight.domain.consent import Consent, Form, Purpose
from sidelight.domain.events import (
    NoteWritten,
    OffRecord,
    OffRecordCause,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
)
from sidelight.domain.promises import PROMISED
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.export.formats import exporter
from sidelight.export.package import What
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.home.library import Library
from sidelight.session.packaging import PackageChoices, package
from sidelight.ui.home.wording import session_facts
from sidelight.ui.review.header import facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLIENT: Final = "Zoë"
END: Final = Millis(3_010_000)
MINUTES: Final = 39
"""Half an hour and 8.5 minutes: other roundings, and the pause, say something else."""

TODAY: Final = date(2026, 11, 27)
HEADED: Final = (
    (What.CLIENT_NOTE, "md"),
    (What.CLIENT_NOTE, "docx"),
    (What.REFLECTION_NOTE, "txt"),
    (What.TRANSCRIPT, "docx"),
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(bytes(range(32)), tmp_path)


@pytest.fixture(autouse=True)
def record(tmp_path: Path, vault: Vault) -> Iterator[Record]:
    """One session with a pause of 700 s, and a stretch off the record."""
    with Record.open(tmp_path, vault) as record:
        store = record.sessions.create(replace(talk(), client=CLIENT))
        for event in (
            SessionStarted(Millis(0), store.session),
            said(1, span(2, 12), "I want a plan"),
            SessionPaused(Millis(1_000_000)),
            SessionResumed(Millis(1_700_000)),
            OffRecord(Millis(2_500_000), span(2000, 2400), OffRecordCause.ASKED),
            SessionEnded(END),
            NoteWritten(END, "Slower."),
        ):
            store.append(event, END, 0)
        number = record.clients.find(CLIENT).number
        yes = Consent(
            Purpose.HOURS_LOG,
            given=True,
            form=Form.SPOKEN,
            on=TODAY,
            promise=PROMISED[Purpose.HOURS_LOG],
            program="0",
        )
        record.consents.note(number, [yes])
        yield record


def test_home_and_the_review_say_the_same(vault: Vault) -> None:
    library = Library(lambda: vault)
    ended, _ = library.sessions()
    of_client = library.client(CLIENT).sessions
    heads = [session_facts(line) for line in (*ended, *of_client)]
    heads.append(facts(library.story("01A")))
    assert len(heads) == 3
    for head in heads:
        assert f" {MINUTES} min" in head


@pytest.mark.parametrize(("what", "format_"), HEADED)
def test_what_leaves_says_so(record: Record, what: What, format_: str) -> None:
    assert f"{MINUTES} minutes" in rendered(record, what, format_)


def test_a_part_of_a_session_says_how_long_all_of_it_was(record: Record) -> None:
    part = PackageChoices(span=span(0, 600))
    told = rendered(record, What.CLIENT_NOTE, "md", part)
    assert f"{MINUTES} minutes" in told


def test_data_says_so(record: Record) -> None:
    timeline = json.loads(rendered(record, What.MOMENTS, "json"))
    assert timeline["minutes"] == MINUTES
    (summary,) = record.sessions.list()
    assert summary_fields(summary)["minutes"] == MINUTES
    assert summary_fields(summary)["length_ms"] == END


def test_what_stays_of_it_says_so(record: Record) -> None:
    assert record.deletions.of_client(CLIENT).minutes == MINUTES
    receipt = record.deletions.session("01A", TODAY)
    assert receipt.extent.minutes == MINUTES
    assert [hour.minutes for hour in record.deletions.hours()] == [MINUTES]


def rendered(
    record: Record,
    what: What,
    format_: str,
    choices: PackageChoices | None = None,
) -> str:
    found = exporter(what, format_)
    assert found is not None
    story = tell(record.sessions.get("01A").events())
    made = found.render(package(story, choices or PackageChoices()))
    return text_of(format_, made)
