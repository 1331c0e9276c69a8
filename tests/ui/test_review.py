"""The review: timeline, transcript and moments are linked, by mouse and by keyboard."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QToolTip
from pytestqt.qtbot import QtBot
from tests.ui.test_models import fill

from sidelight.domain.clock_time import clock
from sidelight.domain.clocks import Clocks
from sidelight.domain.events import SessionStarted, WithdrawalCause
from sidelight.domain.moments import MomentId
from sidelight.domain.session import Mode
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Gap, GapCause, Millis, Span
from sidelight.domain.transcript import UtteranceId
from sidelight.ui.absences import Absence, Look, absences, why_wordless
from sidelight.ui.gallery import review_of
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.kindwords import moment_name, sentence
from sidelight.ui.review.arrangement import TIMELINE, TRANSCRIPT
from sidelight.ui.review.beside import CLIENT_NOTE, MOMENTS, REFLECTION, SHOWN
from sidelight.ui.review.header import facts, title, to_check
from sidelight.ui.review.hover import tip
from sidelight.ui.review.lanes import Lanes
from sidelight.ui.review.marks import mark_center
from sidelight.ui.review.measures import silences, since_curve
from sidelight.ui.review.transcript_list import TranscriptDelegate
from sidelight.ui.review.window import HEIGHT, WIDTH, ReviewWindow
from sidelight.ui.specimen import interrupted_events, specimen_events
from sidelight.ui.theme.theme import Theme, leading
from sidelight.ui.theme.tokens import LIGHT, Role
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.widgets.wrapped import Wrapped

STORY = tell(specimen_events())
ORDER = sorted(
    [*STORY.moments, *(moment for moment, _ in STORY.withdrawn)],
    key=lambda moment: (moment.at, moment.id),
)


@pytest.fixture
def review(theme: Theme, qtbot: QtBot) -> ReviewWindow:
    """The review of the invented session, on screen."""
    transcript, moments = TranscriptModel(), MomentsModel()
    fill(transcript, moments)
    window = ReviewWindow(theme, STORY, transcript, moments)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def shown(review: ReviewWindow) -> tuple[MomentId | None, UtteranceId | None]:
    """What the two lists have selected."""
    moment = review.moments.currentIndex()
    said = review.transcript.currentIndex()
    moments, transcript = review.moments.model(), review.transcript.model()
    assert isinstance(moments, MomentsModel)
    assert isinstance(transcript, TranscriptModel)
    return (
        moments.row(moment.row()).moment.id if moment.isValid() else None,
        transcript.row(said.row()).utterance.id if said.isValid() else None,
    )


def place(review: ReviewWindow, moment_id: MomentId) -> QPointF:
    """Where the timeline draws this moment."""
    view = review.timeline
    moment = next(moment for moment in ORDER if moment.id == moment_id)
    center = mark_center(moment, view.viewport, Lanes.of(STORY, 1.0))
    assert center is not None
    return center + QPointF(view.gutter, 0)


@pytest.mark.parametrize("moment", ORDER, ids=lambda moment: str(moment.id))
def test_a_click_on_a_mark_selects_it_everywhere(
    review: ReviewWindow, moment: object
) -> None:
    wanted = ORDER[ORDER.index(moment)]  # type: ignore[arg-type]
    where = place(review, wanted.id).toPoint()
    QTest.mouseClick(review.timeline, Qt.MouseButton.LeftButton, pos=where)
    assert review.selection.moment == wanted.id
    assert shown(review) == (wanted.id, wanted.utterance_ids[-1])


def test_a_row_of_the_transcript_selects_its_moment_and_the_other_way_round(
    review: ReviewWindow,
) -> None:
    moment = ORDER[3]
    transcript = review.transcript.model()
    assert isinstance(transcript, TranscriptModel)
    row = transcript.row_of(moment.utterance_ids[-1])
    assert row is not None
    review.transcript.setCurrentIndex(transcript.index(row))
    assert shown(review) == (moment.id, moment.utterance_ids[-1])
    review.moments.setCurrentIndex(review.moments.model().index(0, 0))
    assert review.selection.moment != moment.id
    assert shown(review) == (review.selection.moment, review.selection.utterance)


def test_with_large_text_on_a_small_screen_nothing_is_beside_the_window(
    qtbot: QtBot,
) -> None:
    transcript, moments = TranscriptModel(), MomentsModel()
    fill(transcript, moments)
    window = ReviewWindow(Theme(LIGHT, 2.0), STORY, transcript, moments)
    qtbot.addWidget(window)
    window.resize(1366, 748)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for button in (
        window.asking.export,
        window.asking.wrap_up,
        window.corrections.undo,
    ):
        assert button.visibleRegion().boundingRect() == button.rect()
    field = window.timed.finder.field
    assert field.visibleRegion().isEmpty()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field.visibleRegion().boundingRect() == field.rect()


def test_an_utterance_without_a_moment_selects_no_moment(review: ReviewWindow) -> None:
    review.selection.choose_moment(ORDER[0].id)
    review.selection.choose_utterance(STORY.utterances[0].id)
    assert shown(review) == (None, STORY.utterances[0].id)


def test_left_and_right_go_from_moment_to_moment(review: ReviewWindow) -> None:
    seen = []
    for _ in ORDER:
        QTest.keyClick(review.timeline, Qt.Key.Key_Right)
        seen.append(review.selection.moment)
    assert seen == [moment.id for moment in ORDER]
    QTest.keyClick(review.timeline, Qt.Key.Key_Right)
    assert review.selection.moment == ORDER[-1].id
    QTest.keyClick(review.timeline, Qt.Key.Key_Left)
    assert review.selection.moment == ORDER[-2].id


def test_keys_zoom_around_what_is_selected_and_zero_shows_all(
    review: ReviewWindow,
) -> None:
    view = review.timeline
    whole = view.viewport
    review.selection.choose_moment(ORDER[4].id)
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.viewport.scale < whole.scale / 4
    span = ORDER[4].span
    assert view.viewport.start < span.end < view.viewport.end
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.viewport.end == pytest.approx(STORY.position, abs=1)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.viewport.start == 0
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.viewport == whole


def test_selecting_far_away_brings_it_into_view(review: ReviewWindow) -> None:
    view = review.timeline
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Home)
    review.selection.choose_moment(ORDER[-1].id)
    assert view.viewport.start < ORDER[-1].span.start < view.viewport.end


def test_dragging_pans_and_selects_nothing(review: ReviewWindow) -> None:
    view = review.timeline
    view.zoom(8, 0)
    start = view.viewport.start
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(700, 100))
    QTest.mouseMove(view, QPoint(500, 100))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 100))
    assert view.viewport.start == pytest.approx(start + 200 * view.viewport.scale)
    assert review.selection.moment is None


def test_tab_goes_from_view_to_view(review: ReviewWindow) -> None:
    review.activateWindow()
    review.pages.open_page(MOMENTS)
    review.timeline.setFocus()
    reached = []
    for _ in range(12):
        current = review.focusWidget()
        assert current is not None
        assert current.accessibleName() or isinstance(current, QAbstractButton)
        reached.append(current)
        QTest.keyClick(current, Qt.Key.Key_Tab)
    timed, filters, pages = review.timed, review.filters, review.pages
    lists = [timed.finder.field, filters.speakers, review.transcript]
    lists += [pages.tabs, filters.kinds, review.moments]
    above = [review.corrections.keys, review.asking.export, review.asking.wrap_up]
    line = [review.arrangement.more, timed.printing]
    assert reached == [review.timeline, *line, *lists, *above]
    assert review.focusWidget() is review.timeline


def test_rows_say_to_a_screen_reader_what_they_show(review: ReviewWindow) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    model = review.moments.model()
    said = [model.index(n, 0).data(role) for n in range(model.rowCount())]
    for moment, words in zip(ORDER, said, strict=True):
        assert moment.quote in words
        assert moment.reason in words


def test_a_mark_under_the_pointer_tells_its_evidence(
    review: ReviewWindow, qtbot: QtBot
) -> None:
    moment = ORDER[4]
    QTest.mouseMove(review.timeline, place(review, moment.id).toPoint())
    qtbot.waitUntil(QToolTip.isVisible)
    for words in (
        "where next",
        moment.quote[:40],
        moment.reason.replace("'", "’"),
    ):
        assert words in QToolTip.text()
    QTest.mouseMove(review.timeline, QPoint(400, 2))
    QToolTip.hideText()


# -- what is missing ------------------------------------------------------------------

MISSING = tell(interrupted_events())


@pytest.fixture
def interrupted(theme: Theme, qtbot: QtBot) -> ReviewWindow:
    """The review of a session in which not all went well, on screen."""
    window = review_of(theme, interrupted_events())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_what_is_missing_has_its_cause_and_its_times() -> None:
    found = absences(MISSING)
    assert [(one.words, one.look) for one in found] == [
        ("restarted", Look.LOST),
        ("off the record", Look.OFF_RECORD),
        ("no microphone", Look.LOST),
        ("asleep", Look.LOST),
        ("paused", Look.PAUSED),
    ]
    spans = [*(gap.span for gap in MISSING.gaps), *MISSING.off_record]
    assert sorted(one.span for one in found) == sorted([*spans, *MISSING.clocks.pauses])
    assert found[1].told == "Off the record, 1:52 to 2:08 (16 s)."


def test_a_pause_is_drawn_once_and_goes_on_to_the_end() -> None:
    paused = Gap(Span(Millis(5_000), Millis(9_000)), GapCause.PAUSED)
    story = Story(
        position=Millis(300_000),
        gaps=(paused,),
        clocks=Clocks(pauses=(paused.span,), paused_at=Millis(100_000)),
    )
    assert [(one.look, one.span, one.length) for one in absences(story)] == [
        (Look.PAUSED, paused.span, "4 s"),
        (Look.PAUSED, Span(Millis(100_000), Millis(300_000)), "3 min"),
    ]


@pytest.mark.parametrize("number", range(5))
def test_under_the_pointer_the_timeline_says_what_is_missing(
    interrupted: ReviewWindow, qtbot: QtBot, number: int
) -> None:
    view, absence = interrupted.timeline, absences(MISSING)[number]
    middle = (absence.span.start + absence.span.end) / 2
    lane = next(iter(Lanes.of(MISSING, 1.0).speech.values()))
    where = QPoint(round(view.gutter + view.viewport.x(middle)), round(lane.middle))
    QTest.mouseMove(view, where)
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text().startswith(absence.told)
    QTest.mouseMove(view, QPoint(400, 2))
    QToolTip.hideText()


def test_the_transcript_says_it_between_the_rows(interrupted: ReviewWindow) -> None:
    model = interrupted.transcript.model()
    assert isinstance(model, TranscriptModel)
    rows = [model.row(number) for number in range(model.rowCount())]
    said = []
    for before, row in pairwise(rows):
        for absence in row.before:
            said.append(absence)
            assert before.utterance.span.start <= absence.span.start
            assert absence.span.start <= row.utterance.span.start
    assert tuple(said) == absences(MISSING)
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [model.index(n, 0).data(role) for n in range(model.rowCount())]
    for absence in said:
        assert sum(absence.told in words for words in spoken) == 1


def test_what_is_missing_behind_the_last_row_is_said_too(theme: Theme) -> None:
    del theme
    story = tell(specimen_events())
    model = TranscriptModel()
    model.show(story.utterances, story.moments)
    end = story.position
    late = Absence(Span(end, Millis(end + 5_000)), "no microphone", Look.LOST)
    model.show_absences((late,))
    last = model.row(model.rowCount() - 1)
    assert (last.before, last.after) == ((), (late,))
    model.show_absences(())
    assert model.row(model.rowCount() - 1).after == ()


def test_a_hollow_mark_tells_its_evidence_and_resets_nothing(
    interrupted: ReviewWindow, qtbot: QtBot
) -> None:
    (hollow,) = MISSING.hollow
    falls = {m.span.end for m in MISSING.clocks.moments}
    curve = since_curve(MISSING.clocks, MISSING.position)
    assert {b.at for a, b in pairwise(curve) if b.since < a.since} == falls
    assert hollow.span.end not in falls
    view = interrupted.timeline
    center = mark_center(hollow, view.viewport, Lanes.of(MISSING, 1.0))
    assert center is not None
    where = (center + QPointF(view.gutter, 0)).toPoint()
    QTest.mouseMove(view, where)
    qtbot.waitUntil(QToolTip.isVisible)
    assert "who said it is not certain" in QToolTip.text()
    assert hollow.quote[:30] in QToolTip.text()
    QTest.mouseMove(view, QPoint(400, 2))
    QToolTip.hideText()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
    assert interrupted.selection.utterance == hollow.utterance_ids[-1]
    assert interrupted.selection.moment == hollow.id, "it can be settled"


def test_what_was_said_is_never_markup() -> None:
    assert tip(("a <b>bold</b> & brave man",)) == (
        "a &lt;b&gt;bold&lt;/b&gt; &amp; brave man"
    )


def test_the_window_title_carries_nothing_of_the_session(review: ReviewWindow) -> None:
    assert review.windowTitle() == "Review"


def test_the_header_says_who_when_and_how_long() -> None:
    assert title(STORY) == "Session with Nadia"
    assert facts(STORY).endswith("6 min of 10 agreed")
    assert STORY.session is not None
    nobody = replace(STORY, session=replace(STORY.session, client=""))
    assert title(nobody) == "Session"


def test_one_quiet_line_says_what_did_not_follow_to_this_transcript(
    theme: Theme, qtbot: QtBot
) -> None:
    assert to_check(STORY) == ""
    undone = [(moment, WithdrawalCause.UNDONE) for moment in STORY.moments]
    changed = replace(
        STORY, transcript=2, utterances=(), moments=(), withdrawn=tuple(undone)
    )
    first = clock(min(moment.span.start for moment in STORY.moments))
    assert to_check(changed).startswith(f"Please check {first}, ")
    assert f" and {len(undone) - 4} more: you decided" in to_check(changed)
    transcript, moments = TranscriptModel(), MomentsModel()
    moments.show(changed.moments, changed.withdrawn)
    window = ReviewWindow(theme, changed, transcript, moments)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    # Its words are in another version; it can be looked at all the same.
    window.selection.choose_moment(undone[0][0].id)
    assert window.selection.moment == undone[0][0].id
    assert not window.picture().isNull()


@pytest.mark.parametrize("position", [0, 1])
def test_an_empty_session_can_be_reviewed(
    theme: Theme, qtbot: QtBot, position: int
) -> None:
    window = ReviewWindow(
        theme, Story(position=Millis(position)), TranscriptModel(), MomentsModel()
    )
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    QTest.keyClick(window.timeline, Qt.Key.Key_Right)
    assert not window.picture().isNull()


@pytest.mark.parametrize(
    ("mode", "model", "told"),
    [
        (Mode.NO_LISTENING, "", "Nobody listened in this session."),
        (Mode.KEEP, "", "This session was recorded; it has no words yet."),
        (Mode.KEEP, "base", "Nothing was heard in this session."),
    ],
)
def test_without_words_it_says_why_and_claims_no_silence(
    mode: Mode, model: str, told: str
) -> None:
    first = specimen_events()[0].event
    assert isinstance(first, SessionStarted)
    session = replace(first.session, mode=mode, model=model)
    story = Story(session=session, position=Millis(3_600_000), ended=True)
    assert why_wordless(story) == told
    assert silences(story, story.position) == []


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("asks where to go next", "Asks where to go next."),
        ("Who chose?", "Who chose?"),
        ("", ""),
    ],
)
def test_a_reason_reads_as_a_sentence(reason: str, shown: str) -> None:
    assert sentence(reason) == shown


# -- how much room there is ----------------------------------------------------------

SMALL = QSize(1240, 728)
"""What a screen of 1366 by 768 leaves to it."""


def sized(theme: Theme, qtbot: QtBot, size: QSize) -> ReviewWindow:
    """A review of this size, on screen and with the keyboard."""
    window = review_of(theme, specimen_events())
    qtbot.addWidget(window)
    window.resize(size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_on_a_small_screen_nothing_scrolls_and_there_is_room_to_read(
    theme: Theme, qtbot: QtBot
) -> None:
    window = sized(theme, qtbot, SMALL)
    for part in (window.timeline, window.transcript, window.pages, window.asking):
        assert part.visibleRegion().boundingRect() == part.rect()
    assert window.pages.height() >= 300
    below = window.pages.mapTo(window, window.pages.rect().bottomLeft()).y()
    assert SMALL.height() - below > 12, "the card ends above the window's edge"
    window.arrangement.more.click()
    qtbot.waitUntil(lambda: window.pages.height() >= 450)
    window.resize(WIDTH, HEIGHT)
    window.arrangement.more.click()
    qtbot.waitUntil(lambda: window.timeline.height() == window.timeline.maximumHeight())
    assert window.pages.height() >= 300


def test_with_large_text_one_part_is_seen_and_every_key_leads_to_its_own(
    qtbot: QtBot,
) -> None:
    window = sized(Theme(LIGHT, 2.0), qtbot, QSize(1366, 728))
    pages, held = window.pages, Qt.KeyboardModifier.ControlModifier
    assert window.arrangement.apart
    assert pages.page == TIMELINE
    for key, page, part in (
        (Qt.Key.Key_5, TRANSCRIPT, window.transcript),
        (Qt.Key.Key_0, TIMELINE, window.timeline),
        (Qt.Key.Key_0, TRANSCRIPT, window.transcript),
        (Qt.Key.Key_1, SHOWN, pages.tabs),
        (Qt.Key.Key_2, MOMENTS, pages.tabs),
        (Qt.Key.Key_3, CLIENT_NOTE, pages.tabs),
        (Qt.Key.Key_4, REFLECTION, pages.tabs),
        (Qt.Key.Key_F, TRANSCRIPT, window.timed.finder.field),
    ):
        QTest.keyClick(window, key, held)
        assert (pages.page, window.focusWidget()) == (page, part)
        assert not part.visibleRegion().isEmpty()
        seen = (window.timeline, window.transcript, window.moments)
        assert sum(not one.visibleRegion().isEmpty() for one in seen) <= 1
    assert window.transcript.height() > 300


def test_a_place_leads_to_its_words_where_one_part_is_seen(qtbot: QtBot) -> None:
    window = sized(Theme(LIGHT, 2.0), qtbot, QSize(1366, 728))
    window.pages.open_page(SHOWN)
    qtbot.waitUntil(lambda: window.pages.settled)
    shown_page = window.pages.shown
    assert shown_page is not None
    shown_page.findChildren(PlaceLink)[0].click()
    assert window.pages.page == TRANSCRIPT
    assert window.selection.utterance is not None
    QTest.keyClick(window.timeline, Qt.Key.Key_Right)
    assert window.pages.page == TRANSCRIPT, "who goes through one part stays there"


def test_words_edited_from_the_timeline_are_seen_where_one_part_is(
    qtbot: QtBot,
) -> None:
    window = sized(Theme(LIGHT, 2.0), qtbot, QSize(1366, 728))
    QTest.keyClick(window.timeline, Qt.Key.Key_Right)
    assert window.corrections.said.text() == moment_name(ORDER[0])
    QTest.keyClick(window.timeline, Qt.Key.Key_E)
    editor = window.transcript.editor
    assert editor is not None
    assert editor.isVisible()
    assert window.focusWidget() is editor
    window.transcript.close_editor()


def test_a_window_that_grows_puts_its_parts_together_again(qtbot: QtBot) -> None:
    window = sized(Theme(LIGHT, 2.0), qtbot, QSize(1366, 728))
    window.pages.go_to(CLIENT_NOTE)
    window.resize(SMALL * 2)
    assert not window.arrangement.apart
    assert window.pages.page == CLIENT_NOTE
    assert window.focusWidget() is window.pages.tabs
    assert window.timeline.isVisible()
    assert window.transcript.isVisible()
    window.pages.open_page(MOMENTS)
    window.transcript.setFocus()
    window.resize(1366, 728)
    assert (window.pages.page, window.focusWidget()) == (TRANSCRIPT, window.transcript)
    window.resize(SMALL * 2)
    assert window.pages.page == MOMENTS


def test_what_is_missing_is_said_while_there_is_nothing_else_to_say(
    review: ReviewWindow,
) -> None:
    assert review.asking.missing.isVisible()
    review.corrections.tell("agreement 0:40 removed.")
    assert review.corrections.said.isVisible()
    assert not review.asking.missing.isVisible()
    review.corrections.tell("")
    assert review.asking.missing.isVisible()


# -- what is read ----------------------------------------------------------------------


def test_lines_that_are_read_have_air_and_one_alone_has_its_height(
    theme: Theme,
) -> None:
    font = theme.font(Role.BODY)
    words = "as far as it goes " * 12
    heights = [Wrapped(words[:n], font, 200).height for n in (10, 40, 60)]
    assert heights[0] == QFontMetrics(font).height()
    assert heights[1] - heights[0] == leading(font) == 20
    assert Wrapped("one\ntwo", font, 200).height == heights[1]
    long = Wrapped("w" * 200, font, 200)
    assert long.widest <= 201, "a word without end is broken"


def test_the_ground_of_a_word_lies_on_every_line_that_it_is_on(theme: Theme) -> None:
    lines = Wrapped("one two\nthree four", theme.font(Role.BODY), 400)
    first, second = lines.grounds([(4, 13)])
    assert second.top() - first.top() == 20
    assert second.left() == 0 < first.left()


def test_edited_words_stand_where_they_stood(review: ReviewWindow) -> None:
    long = max(STORY.utterances, key=lambda said: len(said.text))
    number = STORY.utterances.index(long)
    view = review.transcript
    view.lay_out_now()
    editor = view.edit_words(number)
    row = view.model().index(number, 0)
    delegate = view.itemDelegate()
    assert isinstance(delegate, TranscriptDelegate)
    box = delegate.words_box(view.visualRect(row), delegate.row(row))
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    last = editor.viewport().mapTo(view.viewport(), editor.cursorRect().topLeft())
    lines = (box.height() - QFontMetrics(editor.font()).height()) / 20
    assert lines >= 2
    assert last.y() == pytest.approx(box.top() + lines * 20, abs=1)
    assert editor.toPlainText() == long.text
    editor.undo()
    assert editor.toPlainText() == long.text, "how it is set is no step to undo"
    view.close_editor()
