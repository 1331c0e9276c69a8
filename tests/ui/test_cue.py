"""A cue is one quiet line in a place of its own; nothing ever moves for it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import status
from tests.fakes.prompting import started

from sidelight.domain.cues import SHOWN_MS, Cue, Occasion
from sidelight.domain.events import CueShown, StoredEvent
from sidelight.domain.moments import ON_TRACK
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Span
from sidelight.ui.gallery import SIDEBARS
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import (
    CUE_WORDS,
    SidebarTexts,
    cue_words,
    sidebar_texts,
)
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import LIGHT, Motion

WORDS = CUE_WORDS[Occasion.HALF_TIME, ON_TRACK]
CALM = SIDEBARS["running"]
CUED = replace(CALM, cue=WORDS)
AT = Millis(1_810_000)
HALF = Cue(ON_TRACK, Occasion.HALF_TIME, Span(Millis(1_800_000), Millis(1_800_000)))
STORY = tell(
    [
        StoredEvent(1, Millis(0), 0, started()),
        StoredEvent(2, AT, 0, CueShown(AT, HALF)),
    ]
)


def on_screen(theme: Theme, qtbot: QtBot, *, folded: bool = False) -> SidebarWindow:
    window = SidebarWindow(theme, folded=folded)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def boxes(window: QWidget) -> list[tuple[QRect, QPoint]]:
    return [
        (child.geometry(), child.mapToGlobal(QPoint()))
        for child in (window, *window.findChildren(QWidget))
    ]


def test_it_has_at_most_four_words() -> None:
    for words in CUE_WORDS.values():
        assert 1 <= len(words.replace("·", " ").split()) <= 4
    assert {occasion for occasion, _ in CUE_WORDS} == set(Occasion)
    assert cue_words(None) == ""
    assert cue_words(HALF) == WORDS


@pytest.mark.parametrize(
    ("after_ms", "words"),
    [(0, WORDS), (SHOWN_MS - 1, WORDS), (SHOWN_MS, "")],
)
def test_it_stands_for_its_time(after_ms: int, words: str) -> None:
    assert sidebar_texts(STORY, status(AT + after_ms)).cue == words


def test_none_stands_while_paused_or_out_of_reach() -> None:
    assert sidebar_texts(STORY, status(AT, paused=True)).cue == ""
    assert sidebar_texts(STORY, status(AT), connected=False).cue == ""


@pytest.mark.parametrize("folded", [False, True])
def test_it_comes_slowly_and_moves_nothing(
    theme: Theme, qtbot: QtBot, *, folded: bool
) -> None:
    window = on_screen(theme, qtbot, folded=folded)
    window.show_texts(CALM)
    window.settle()
    still, before = window.grab().toImage(), boxes(window)
    window.show_texts(CUED)
    assert boxes(window) == before
    qtbot.wait(Motion.CUE // 2)
    assert boxes(window) == before
    middle = window.grab().toImage()
    window.settle()
    shown = window.grab().toImage()
    assert still not in (middle, shown)
    assert middle != shown
    window.show_texts(CALM)
    window.settle()
    assert window.grab().toImage() == still


def test_its_fade_takes_at_least_600_ms(theme: Theme, qtbot: QtBot) -> None:
    assert Motion.CUE >= 600
    window = on_screen(theme, qtbot, folded=True)
    window.show_texts(CALM)
    window.settle()
    window.show_texts(CUED)
    qtbot.wait(Motion.TICK + 100)
    assert window.strip.headline.fading


def test_reduced_motion_shows_it_at_once(qtbot: QtBot, theme: Theme) -> None:
    del theme
    window = on_screen(Theme(LIGHT, 1.0, reduced_motion=True), qtbot)
    window.show_texts(CALM)
    window.show_texts(CUED)
    shown = window.grab().toImage()
    window.settle()
    assert window.grab().toImage() == shown
    assert window.panel.cue.text() == WORDS


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("words", CUE_WORDS.values())
def test_its_words_fit_at_any_text_size(
    qtbot: QtBot, theme: Theme, scale: float, words: str
) -> None:
    del theme
    window = on_screen(Theme(LIGHT, scale), qtbot)
    label = window.panel.cue
    assert QFontMetrics(label.font()).horizontalAdvance(words) <= label.width()
    window.fold(folded=True)
    assert window.strip.headline.has_room(words)


def test_in_the_strip_what_must_be_known_stands_before_it(
    theme: Theme, qtbot: QtBot
) -> None:
    window = on_screen(theme, qtbot, folded=True)
    window.show_texts(CUED)
    assert window.strip.headline.text() == WORDS
    window.show_texts(replace(SIDEBARS["off-record"], cue=WORDS))
    assert window.strip.headline.text() == "2 min deleted"


def test_a_cue_waits_for_no_reset(theme: Theme, qtbot: QtBot) -> None:
    """The coach's own act is seen at once, whatever stands there."""
    window = on_screen(theme, qtbot)
    window.show_texts(CUED)
    window.settle()
    window.show_texts(replace(SIDEBARS["reset"], cue=WORDS))
    assert window.panel.headline.fading
    assert window.panel.headline.text().startswith("Last partnered · just now")


ANY = st.builds(
    lambda texts, cue: replace(texts, cue=cue),
    st.sampled_from(list(SIDEBARS.values())),
    st.sampled_from(["", *CUE_WORDS.values()]),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ANY, min_size=2, max_size=8), st.booleans())
def test_whatever_is_shown_nothing_moves_or_resizes(
    theme: Theme,
    found: list[SidebarTexts],
    folded: bool,  # noqa: FBT001 - hypothesis gives it by place
) -> None:
    window = SidebarWindow(theme, folded=folded)
    window.show_texts(found[0])
    window.grab()  # lays everything out
    before = boxes(window)
    for texts in found[1:]:
        window.show_texts(texts)
        window.grab()
        assert boxes(window) == before
    window.close()
    window.deleteLater()
