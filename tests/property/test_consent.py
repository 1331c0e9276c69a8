"""Whatever was said and withdrawn: nothing is kept without a valid consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelight.bootstrap import engine
from sidelight.bootstrap.plans import EnginePlan, FilePlan, MicrophonePlan, UnheardPlan
from sidelight.domain.consent import NEEDED, Consent, Form, Purpose, held_for
from sidelight.domain.promises import PROMISED
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.consenting import ConsentMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
SAID = st.lists(
    st.builds(
        Consent,
        purpose=st.sampled_from(Purpose),
        given=st.booleans(),
        form=st.sampled_from(Form),
        on=DAYS,
        promise=st.sampled_from((0, 1)),
        program=st.just("0.1.0"),
    ),
    max_size=9,
)
WHOLE = [
    Consent(purpose, True, Form.SPOKEN, date(2026, 1, 1), PROMISED[purpose], "0.1.0")  # noqa: FBT003
    for purpose in Purpose
]


@dataclass
class Stage:
    """A record to begin sessions in."""

    record: Record
    vault: Vault
    folder: Path
    number: Iterator[int]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("record")
    vault = Vault(bytes(range(32)))
    with (
        Record.open(folder, vault) as record,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(engine, "_open_sound", lambda _: (None, None))
        yield Stage(record, vault, folder, count())


def allowed(mode: Mode, said: list[Consent]) -> bool:
    """In other words than the program's: the last word on each purpose is a yes."""
    last = {one.purpose: one for one in said}
    return all(
        purpose in last
        and last[purpose].given
        and last[purpose].promise == PROMISED[purpose]
        for purpose in NEEDED[mode]
    )


@settings(max_examples=60, deadline=None)
@given(
    before=st.sampled_from(([], WHOLE)),
    said=SAID,
    mode=st.sampled_from(Mode),
    named=st.booleans(),
    fresh=st.booleans(),
    sound=st.sampled_from((MicrophonePlan("any"), UnheardPlan())),
)
def test_no_engine_begins_to_keep_without_a_valid_consent(
    stage: Stage,
    before: list[Consent],
    said: list[Consent],
    mode: Mode,
    named: bool,  # noqa: FBT001 - by hypothesis
    fresh: bool,  # noqa: FBT001 - by hypothesis
    sound: MicrophonePlan | UnheardPlan,
) -> None:
    number, everything = next(stage.number), [*before, *said]
    client = stage.record.clients.known_as(f"Client {number}")
    stage.record.consents.note(client.number, everything)
    session = Session(
        id=f"S{number}",
        started_at=datetime(2026, 11, 27, tzinfo=UTC),
        layout=Layout.MONO,
        mode=mode,
        client=client.name.upper() if named else " ",
    )
    plan = EnginePlan(
        session, sound, None, stage.folder, stage.folder, fresh, None, stage.folder
    )
    may = mode is Mode.NO_LISTENING or (named and allowed(mode, everything))
    if may:
        parts = engine.engine_parts(plan, stage.record, stage.vault)
        assert parts.files.session.id == session.id
    else:
        with pytest.raises(ConsentMissing):
            engine.engine_parts(plan, stage.record, stage.vault)
    made = {one.session.id for one in stage.record.sessions.list()}
    assert (session.id in made) == may


def test_the_public_demo_alone_needs_nobody(stage: Stage) -> None:
    demo = Session("demo", datetime(2026, 11, 27, tzinfo=UTC), Layout.STEREO, Mode.KEEP)
    file = FilePlan(stage.folder, Layout.STEREO, None)
    for fresh in (False, True):
        plan = EnginePlan(
            demo, file, None, stage.folder, stage.folder, fresh, None, stage.folder
        )
        if fresh:
            engine.engine_parts(plan, stage.record, stage.vault)
        else:
            with pytest.raises(ConsentMissing):
                engine.engine_parts(plan, stage.record, stage.vault)


@given(day=DAYS, said=SAID)
def test_what_holds_for_a_session_was_said_and_never_withdrawn_since(
    day: date, said: list[Consent]
) -> None:
    held = held_for(day, said, PROMISED)
    assert len({one.purpose for one in held}) == len(held)
    for one in held:
        after = said[next(n for n, x in enumerate(said) if x is one) :]
        assert one.given
        assert all(x.given for x in after if x.purpose is one.purpose)
        if one.purpose in NEEDED[Mode.KEEP]:
            given = [x.on for x in said if x.purpose is one.purpose and x.given]
            assert one.on <= day or min(given) > day
        else:
            assert one.promise == PROMISED[one.purpose]
