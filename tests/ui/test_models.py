"""Item models insert and change rows; they never reset."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Span
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.specimen import specimen_events


def fill(
    transcript: TranscriptModel,
    moments: MomentsModel,
    events: tuple[StoredEvent, ...] = specimen_events(),
) -> None:
    for stored in events:
        match stored.event:
            case UtteranceHeard(utterance=utterance):
                transcript.add(utterance)
            case MomentNoticed(moment=moment):
                moments.add(moment)
                transcript.attach(moment)
            case MomentWithdrawn(moment_id=gone, cause=cause):
                moments.withdraw(gone, cause)
                transcript.detach(gone)
            case _:
                pass


def test_models_keep_qts_contract_while_a_session_is_folded_in(
    qtmodeltester: ModelTester,
) -> None:
    transcript, moments = TranscriptModel(), MomentsModel()
    qtmodeltester.check(transcript)
    qtmodeltester.check(moments)
    fill(transcript, moments)
    qtmodeltester.check(transcript)
    qtmodeltester.check(moments)


def test_no_model_is_ever_reset(qtbot: QtBot) -> None:
    transcript, moments = TranscriptModel(), MomentsModel()
    with (
        qtbot.assertNotEmitted(transcript.modelReset),
        qtbot.assertNotEmitted(moments.modelReset),
    ):
        fill(transcript, moments)
    assert transcript.rowCount() == len(tell(specimen_events()).utterances)


@pytest.mark.parametrize("backwards", [False, True])
def test_rows_stand_in_the_order_of_speech_however_they_were_decided(
    *, backwards: bool
) -> None:
    story = tell(specimen_events())
    transcript = TranscriptModel()
    said = story.utterances[::-1] if backwards else story.utterances
    for utterance in said:
        transcript.add(utterance)
    starts = [transcript.row(n).utterance.span.start for n in range(len(said))]
    assert starts == sorted(starts)
    for number in range(len(said)):
        row = transcript.row(number)
        assert transcript.row_of(row.utterance.id) == number
        before = transcript.row(number - 1).utterance.speaker if number else None
        assert row.same_speaker is (before is row.utterance.speaker)


def test_a_withdrawn_moment_stays_in_the_list_and_leaves_the_transcript() -> None:
    transcript, moments = TranscriptModel(), MomentsModel()
    fill(transcript, moments)
    rows = [moments.row(n) for n in range(moments.rowCount())]
    gone = [row for row in rows if row.withdrawn is not None]
    assert len(gone) == 1
    shown = [
        m.id for n in range(transcript.rowCount()) for m in transcript.row(n).moments
    ]
    assert gone[0].moment.id not in shown
    assert len(shown) == len(rows) - 1


@pytest.mark.parametrize("at", [0, 100_000, 10_000_000])
def test_a_moment_that_moves_keeps_its_place_in_every_hand(
    qtmodeltester: ModelTester, at: int
) -> None:
    story = tell(specimen_events())
    model = MomentsModel()
    qtmodeltester.check(model)
    model.show(story.moments, story.withdrawn)
    for one in story.moments:
        held = QPersistentModelIndex(model.index(model.row_of(one.id) or 0))
        moved = replace(one, span=Span(Millis(at), Millis(at + 1)))
        others = [other for other in story.moments if other.id != one.id]
        model.show([*others, moved], story.withdrawn)
        assert model.row(held.row()).moment == moved
        assert model.row_of(one.id) == held.row()
        rows = [model.row(n).moment for n in range(model.rowCount())]
        assert rows == sorted(rows, key=lambda moment: (moment.at, moment.id))
        model.show(story.moments, story.withdrawn)
