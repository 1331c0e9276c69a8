"""The sidebar's words: state, never command; never 0:00; coarse above ten minutes."""

from dataclasses import replace

import pytest
from tests.fakes.engine_player import status

from sidelight.domain.clocks import Clocks
from sidelight.domain.events import RequestHeard
from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT, Moment, MomentId
from sidelight.domain.session import Mode
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.session.messages import Health, Notice, Status
from sidelight.ui.kindwords import QUESTIONS
from sidelight.ui.sidebar.wording import (
    NOT_ENGLISH,
    Dot,
    Way,
    clock_words,
    headline,
    kind_line,
    sidebar_texts,
    since_words,
    wish,
)
from sidelight.ui.specimen import specimen_events

SECOND, MINUTE = 1000, 60_000
ASKED = ((DIRECTION, 2 * MINUTE),)


def moment(number: int, kind: str, end: int) -> Moment:
    span = Span(Millis(max(0, end - 4000)), Millis(end))
    return Moment(
        MomentId(1, number), kind, None, number, span, 1, (), "…", 0.9, "…", "test"
    )


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [
        (0, "just now"),
        (59_999, "just now"),
        (1 * MINUTE, "1 min ago"),
        (6 * MINUTE + 30 * SECOND, "6 min ago"),
        (9 * MINUTE + 59 * SECOND, "9 min ago"),
        (10 * MINUTE, "10 min ago"),
        (14 * MINUTE + 59 * SECOND, "10 min ago"),
        (15 * MINUTE, "15 min ago"),
        (29 * MINUTE, "25 min ago"),
        (61 * MINUTE, "60 min ago"),
    ],
)
def test_how_long_since(elapsed: int, words: str) -> None:
    assert since_words(elapsed) == words


@pytest.mark.parametrize(
    ("moments", "now", "line"),
    [
        ((), 4 * MINUTE, "just begun"),
        ((), 8 * MINUTE, "Last partnered · not yet"),
        (
            ((DIRECTION, 2 * MINUTE),),
            2 * MINUTE,
            "Last partnered · just now · where next?",
        ),
        (
            ((DIRECTION, 2 * MINUTE),),
            8 * MINUTE,
            "Last partnered · 6 min ago · where next?",
        ),
        (
            ((SUPPORT, 2 * MINUTE), (ON_TRACK, 20 * MINUTE)),
            48 * MINUTE,
            "Last partnered · 25 min ago · on track?",
        ),
    ],
)
def test_headline(moments: tuple[tuple[str, int], ...], now: int, line: str) -> None:
    found = tuple(moment(n, kind, end) for n, (kind, end) in enumerate(moments))
    assert headline(Clocks(found), Millis(now)).line == line


@pytest.mark.parametrize(
    ("kind", "asked", "now", "state"),
    [
        (SUPPORT, None, 9, "not yet"),
        (SUPPORT, 1, 1, "just now"),
        (SUPPORT, 1, 5, "4 min ago"),
        (SUPPORT, 1, 6, "asked at start"),
        (SUPPORT, 1, 55, "asked at start"),
        (SUPPORT, 12, 18, "6 min ago"),
        (DIRECTION, 1, 18, "15 min ago"),
        (ON_TRACK, 1, 8, "7 min ago"),
    ],
)
def test_quiet_words(kind: str, asked: int | None, now: int, state: str) -> None:
    found = () if asked is None else (moment(1, kind, asked * MINUTE),)
    assert kind_line(kind, Clocks(found), Millis(now * MINUTE)).state == state


@pytest.mark.parametrize(
    ("elapsed", "planned", "words"),
    [
        (20 * SECOND, 60, "just begun, 60 min"),
        (20 * SECOND, None, "just begun"),
        (24 * MINUTE + 50 * SECOND, 60, "24 of 60 min"),
        (24 * MINUTE, None, "24 min"),
        (63 * MINUTE, 60, "63 of 60 min"),
    ],
)
def test_session_clock(elapsed: int, planned: int | None, words: str) -> None:
    assert clock_words(elapsed, planned) == words


@pytest.mark.parametrize(
    ("health", "dot", "words"),
    [
        (Health.GOOD, Dot.FULL, ""),
        (Health.BEHIND, Dot.HALF, "catching up"),
        (Health.LATER, Dot.CORE, "words later"),
        (Health.NO_RECOGNITION, Dot.RING, "recording only"),
        (Health.NO_SOUND, Dot.STRUCK, "no sound"),
        (Health.ENDED, Dot.HOLLOW, "ended"),
    ],
)
def test_health_has_a_shape_and_words_for_every_state(
    health: Health, dot: Dot, words: str
) -> None:
    line = sidebar_texts(Story(), status(0, health)).health
    assert (line.dot, line.words) == (dot, words)
    assert line.spoken


def test_a_lost_engine_is_said_and_the_state_stays() -> None:
    story = tell(specimen_events()[:30])
    connected = sidebar_texts(story, status(story.position))
    lost = sidebar_texts(story, status(story.position), connected=False)
    assert lost.health.words == "not connected"
    assert replace(lost, health=connected.health) == connected


WARNED = Notice("The disk is nearly full.", "Free some space.")
GOOD = Notice("The microphone is back.", "", good=True)
MIDDLE = tell(specimen_events()[:30])


@pytest.mark.parametrize(
    ("now", "looking", "dot", "words"),
    [
        (status(0, paused=True), False, Dot.HOLLOW, "paused"),
        (status(0, paused=True, undoable=True), False, Dot.HOLLOW, "paused"),
        (status(0, notices=(WARNED,)), False, Dot.DIAMOND, ""),
        (status(0, notices=(GOOD,)), False, Dot.FULL, ""),
        (status(0, Health.BEHIND, notices=(WARNED,)), False, Dot.HALF, "catching up"),
        (status(0), True, Dot.DASHED, "reconnecting"),
    ],
)
def test_what_is_not_as_usual_has_a_shape_of_its_own(
    now: Status, dot: Dot, words: str, *, looking: bool
) -> None:
    texts = sidebar_texts(MIDDLE, now, connected=not looking, looking=looking)
    assert (texts.health.dot, texts.health.words) == (dot, words)
    assert texts.health.spoken


def test_every_health_has_another_shape() -> None:
    shapes = [sidebar_texts(Story(), status(0, one)).health.dot for one in Health]
    assert len(set(shapes)) == len(Health)


def test_without_listening_it_does_not_say_that_it_listens() -> None:
    assert MIDDLE.session is not None
    deaf = replace(MIDDLE, session=replace(MIDDLE.session, mode=Mode.NO_LISTENING))
    assert sidebar_texts(deaf, status(0)).health.words == "not listening"


def test_a_pause_stops_the_clocks_and_is_all_that_is_said() -> None:
    usual = sidebar_texts(MIDDLE, status(MIDDLE.position))
    since = usual.headline.since
    paused = replace(MIDDLE, clocks=replace(MIDDLE.clocks, paused_at=MIDDLE.position))
    now, later = (
        sidebar_texts(paused, status(MIDDLE.position + n * MINUTE, paused=True))
        for n in (0, 7)
    )
    assert now == later
    assert now.note is not None
    assert (now.note.brief, now.note.way) == ("Paused", Way.RESUME)
    assert now.headline.since == "Paused", "the largest words say what is so"
    assert now.headline.label == f"Last partnered · {since}", "the time is still there"
    assert now.headline.moment == usual.headline.moment, "it is no reset"


@pytest.mark.parametrize(
    ("taken_ms", "text", "brief"),
    [
        (400, "Last 1 s deleted", "1 s deleted"),
        (14_300, "Last 14 s deleted", "14 s deleted"),
        (75_000, "Last 75 s deleted", "75 s deleted"),
        (126_500, "Last 2 min deleted", "2 min deleted"),
    ],
)
def test_off_the_record_says_what_went_and_that_listening_goes_on(
    taken_ms: int, text: str, brief: str
) -> None:
    gone = replace(status(0, undoable=True), taken_ms=taken_ms)
    texts = sidebar_texts(MIDDLE, gone)
    assert texts.note is not None
    assert (texts.note.text, texts.note.brief) == (text, brief)
    assert "Listening goes on" in texts.note.remedy
    assert texts.health.beside == "listening again"
    assert sidebar_texts(MIDDLE, status(0)).health.beside == "listening"


def test_a_session_that_is_over_has_nothing_to_say_or_undo() -> None:
    over = tell(specimen_events())
    now = status(over.position, Health.ENDED, undoable=True, notices=(WARNED,))
    assert sidebar_texts(over, now).note is None


def test_the_newest_request_is_shown_in_the_clients_words() -> None:
    story = tell(specimen_events())
    quotes = [
        stored.event.quote
        for stored in specimen_events()
        if isinstance(stored.event, RequestHeard)
    ]
    assert sidebar_texts(story, None).request == quotes[-1]


def test_no_position_of_a_session_ever_reads_zero_or_commands() -> None:
    story = Story()
    for stored in specimen_events():
        story = story.after(stored)
        texts = sidebar_texts(story, status(story.position))
        shown = " ".join(
            (texts.headline.line, texts.clock, *(line.line for line in texts.kinds))
        )
        assert "0:00" not in shown
        assert " 0 min" not in shown
        for name in QUESTIONS.values():  # what a kind is called asks for nothing
            shown = shown.replace(name, "")
        assert "?" not in shown
        assert "!" not in shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("What I want from today is to write one letter.", "… write one letter."),
        ("So, I'd like to leave with a plan.", "… leave with a plan."),
        ("What I'd like from this session is a clear no.", "… a clear no."),
        ("I want to stop.", "I want to stop."),
        ("One sentence for Sunday.", "One sentence for Sunday."),
    ],
)
def test_the_request_is_shown_without_its_lead_in(said: str, shown: str) -> None:
    assert wish(said) == shown


def test_where_nothing_is_understood_the_sidebar_says_so_and_calmly() -> None:
    story = replace(tell(specimen_events()[:20]), language="de")
    texts = sidebar_texts(story, status(60_000))
    assert texts.note == NOT_ENGLISH
    assert not NOT_ENGLISH.passing, "it is true to the end"
    assert NOT_ENGLISH.way is None
    english = sidebar_texts(replace(story, language="en"), status(60_000))
    assert english.note is None
    trouble = Notice("The microphone is gone.", "Plug it in.")
    troubled = sidebar_texts(story, status(60_000, notices=(trouble,)))
    assert troubled.note is not None
    assert troubled.note.text == trouble.message, "what can be mended comes first"


def test_before_there_is_a_session_no_clock_says_that_it_has_begun() -> None:
    texts = sidebar_texts(Story(), None)
    assert texts.health.words == "getting ready"
    assert texts.clock == ""
    assert not texts.running
