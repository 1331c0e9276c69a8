"""The bridge folds what the engine says without a stall, and calms the restless."""

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import EnginePlayer, Timed, recording

from sidelight.domain.events import (
    Event,
    MomentCorrected,
    MomentRemoved,
    OffRecord,
    OffRecordCause,
    StoredEvent,
    WithdrawalCause,
)
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Partial, Speaker
from sidelight.partnering.dialogue.moments import SOUND_KINDS
from sidelight.session.looking_back import look_back
from sidelight.session.messages import Follow, PartialHeard
from sidelight.ui.bridge import PARTIAL_MS, Bridge
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import sidebar_texts
from sidelight.ui.specimen import specimen_events
from sidelight.ui.theme.theme import Theme

EVENTS = specimen_events()


@pytest.fixture
def bridges(qtbot: QtBot) -> Iterator[list[Bridge]]:
    """Bridges that a test starts; stopped afterwards."""
    del qtbot
    started: list[Bridge] = []
    yield started
    for bridge in started:
        bridge.stop()


def started(player: EnginePlayer, bridges: list[Bridge]) -> Bridge:
    bridge = Bridge(player)
    bridges.append(bridge)
    bridge.start()
    return bridge


def test_the_fold_is_the_story_of_the_stored_events(
    qtbot: QtBot, bridges: list[Bridge]
) -> None:
    player = EnginePlayer(recording(EVENTS))
    bridge = started(player, bridges)
    qtbot.waitUntil(lambda: bridge.story.ended)
    assert bridge.story == look_back(tell(EVENTS))
    assert bridge.transcript.rowCount() == len(bridge.story.utterances)
    assert player.requests == [Follow(0, quiet=True)]


def test_what_the_sound_shows_is_in_the_models_at_the_end_and_not_before(
    qtbot: QtBot, bridges: list[Bridge]
) -> None:
    running = started(EnginePlayer(recording(EVENTS[:-1])), bridges)
    qtbot.waitUntil(lambda: running.story.last_seq == EVENTS[-2].seq)
    assert not kinds(running) & set(SOUND_KINDS)

    ended = started(EnginePlayer(recording(EVENTS)), bridges)
    with qtbot.waitSignal(ended.ended):
        pass
    assert kinds(ended) & set(SOUND_KINDS)
    assert ended.moments.rowCount() == len(ended.story.moments) + len(
        ended.story.withdrawn
    )


def kinds(bridge: Bridge) -> set[str]:
    rows = map(bridge.moments.row, range(bridge.moments.rowCount()))
    return {row.moment.kind for row in rows}


def test_what_goes_off_the_record_leaves_every_model(
    qtbot: QtBot, bridges: list[Bridge], qtmodeltester: ModelTester
) -> None:
    before = EVENTS[:-1]
    said = tell(before).utterances
    gone = Span(said[1].span.start, said[4].span.end)
    at = before[-1].event.at
    off = StoredEvent(
        before[-1].seq + 1, at, 0, OffRecord(at, gone, OffRecordCause.ASKED)
    )
    bridge = started(EnginePlayer(recording((*before, off))), bridges)
    qtbot.waitUntil(lambda: bridge.story.last_seq == off.seq)
    story = bridge.story
    assert 0 < len(story.utterances) <= len(said) - 4
    rows = [bridge.transcript.row(n) for n in range(bridge.transcript.rowCount())]
    assert {row.utterance.id for row in rows} == {u.id for u in story.utterances}
    shown = {m.id for m in story.moments}
    assert {m.id for row in rows for m in row.moments} <= shown
    withdrawn = {moment.id for moment, _ in story.withdrawn}
    moments = [bridge.moments.row(n) for n in range(bridge.moments.rowCount())]
    assert {row.moment.id for row in moments} == shown | withdrawn
    qtmodeltester.check(bridge.transcript)
    qtmodeltester.check(bridge.moments)


def test_what_the_coach_decides_is_in_every_model_and_what_sound_shows_stays(
    qtbot: QtBot, bridges: list[Bridge], qtmodeltester: ModelTester
) -> None:
    story = look_back(tell(EVENTS))
    first, second = [m for m in story.moments if m.kind not in SOUND_KINDS][:2]
    newest = EVENTS[-1]
    decided: list[Event] = [
        MomentRemoved(newest.event.at, 1, first.id),
        MomentCorrected(newest.event.at, 2, second.id, "closing", None, None),
    ]
    more = [
        StoredEvent(newest.seq + n, newest.event.at, 0, event)
        for n, event in enumerate(decided, start=1)
    ]
    bridge = started(EnginePlayer(recording((*EVENTS, *more))), bridges)
    qtbot.waitUntil(lambda: bridge.story.last_seq == more[-1].seq)
    rows = {
        row.moment.id: row
        for row in map(bridge.moments.row, range(bridge.moments.rowCount()))
    }
    assert rows[first.id].withdrawn is WithdrawalCause.REMOVED
    assert rows[second.id].moment.kind == "closing"
    assert kinds(bridge) & set(SOUND_KINDS)
    said = [bridge.transcript.row(n) for n in range(bridge.transcript.rowCount())]
    attached = {m.id: m.kind for row in said for m in row.moments}
    assert first.id not in attached
    assert attached[second.id] == "closing"
    qtmodeltester.check(bridge.moments)
    qtmodeltester.check(bridge.transcript)


def test_an_engine_that_goes_away_leaves_the_state(
    qtbot: QtBot, bridges: list[Bridge]
) -> None:
    player = EnginePlayer(recording(EVENTS)[:300], then_gone=True)
    bridge = Bridge(player)
    bridges.append(bridge)
    with qtbot.waitSignal(bridge.lost):
        bridge.start()
    assert not bridge.connected
    assert bridge.story.utterances
    assert not bridge.story.ended


def test_partials_reach_views_at_most_ten_times_a_second_and_only_the_newest(
    qtbot: QtBot, bridges: list[Bridge]
) -> None:
    words = EVENTS[2].event.utterance.words  # type: ignore[union-attr]
    burst = [
        Timed(
            Millis(0),
            PartialHeard(Partial(Speaker.COACH, Millis(0), words[:n], n, Millis(0))),
        )
        for n in range(1, len(words) + 1)
    ]
    bridge = Bridge(EnginePlayer(burst))
    bridges.append(bridge)
    shown: list[Partial] = []
    bridge.partialed.connect(shown.append)
    with qtbot.waitSignal(bridge.partialed):
        bridge.start()
    with qtbot.assertNotEmitted(bridge.partialed, wait=PARTIAL_MS * 2):
        pass
    assert [len(partial.words) for partial in shown] == [len(words)]


def test_playing_a_whole_session_at_once_never_stalls_the_window(
    qtbot: QtBot, bridges: list[Bridge], theme: Theme
) -> None:
    """Measured in the thread's own time: this machine may be busy with other things."""
    sidebar = SidebarWindow(theme)
    qtbot.addWidget(sidebar)
    bridge = Bridge(EnginePlayer(recording(EVENTS)))
    bridges.append(bridge)
    bridge.changed.connect(
        lambda: sidebar.show_texts(sidebar_texts(bridge.story, bridge.status))
    )
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    beats: list[float] = []
    heart = QTimer(interval=5)
    heart.timeout.connect(lambda: beats.append(time.thread_time()))
    heart.start()
    bridge.start()
    # A quick machine folds it all between two beats: then there is nothing to compare.
    qtbot.waitUntil(lambda: bridge.story.ended and len(beats) > 5)
    heart.stop()
    assert max(after - before for before, after in pairwise(beats)) < 0.1
