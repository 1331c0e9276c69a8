"""The first run on the real window: by keyboard alone, and the bad paths."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from sidelight.domain.events import MomentWithdrawn, WithdrawalCause
from sidelight.domain.moments import DIRECTION, SUPPORT, MomentId
from sidelight.domain.timeline import Millis
from sidelight.session.firstrun.messages import (
    BringingFailed,
    ChooseLanguage,
    EndTrial,
    FetchModel,
    FinishStep,
    ImportModel,
    KeepPhrases,
    LeaveFirstRun,
    LookAtFirstRun,
    MeasureComputer,
    ModelArrives,
    ModelChoice,
    OwnPhrase,
    PhrasesKept,
    PlayDemo,
    ShowKeyAgain,
    StopBringing,
    TakeBack,
    TrialBegan,
    TrialFailed,
    TrialHeard,
    TrialOver,
    TrialTrouble,
    TryMicrophone,
)
from sidelight.session.firstrun.practice import Stage
from sidelight.session.home.messages import (
    HomeSeen,
    ListDevices,
    Lock,
    LookAround,
    Refused,
    SetUp,
)
from sidelight.settings.first_run import Step
from sidelight.ui import modelwords
from sidelight.ui import specimen_first_run as first
from sidelight.ui import specimen_home as seen
from sidelight.ui.firstrun import wording
from sidelight.ui.firstrun.printing import draw_key
from sidelight.ui.home.door import DIFFER, PAPER
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import LIGHT
from sidelight.ui.widgets.key_groups import KeyGroups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sidelight.ui.firstrun.page import FirstRunPage
    from sidelight.ui.firstrun.step import StepCard

UNDONE = TrialHeard(
    (MomentWithdrawn(Millis(9_000), MomentId(1, 1), WithdrawalCause.UNDONE),),
    Millis(9_000),
)


class Shown:
    """The window on screen, and what it asked for."""

    def __init__(self, window: HomeWindow) -> None:
        self.window = window
        self.asked: list[object] = []
        window.asked.connect(self.asked.append)

    @property
    def page(self) -> FirstRunPage:
        return self.window.first_run

    @property
    def step(self) -> StepCard:
        return self.page.step

    def take(self, *news: object) -> None:
        for one in news:
            self.window.take(one)  # type: ignore[arg-type]

    def at(self, step: Step, *news: object) -> None:
        """As after a restart, with everything before this step done."""
        self.take(seen.NEW, first.seen(step), *news)
        assert self.step.step is step
        self.asked.clear()

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def last(self) -> object:
        return self.asked[-1]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.focus(), key)

    def tab_to(self, wanted: QWidget) -> None:
        for _ in range(20):
            if self.focus() is wanted:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(wanted)


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Iterator[Shown]:
    window = HomeWindow(theme)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Shown(window)
    window.close()


def test_from_a_new_computer_to_home_by_keyboard_alone(shown: Shown) -> None:  # noqa: PLR0915 - one way
    enter = Qt.Key.Key_Return
    shown.take(seen.NEW)
    assert shown.asked == [LookAtFirstRun()]
    new = first.seen(Step.LANGUAGE, first.OFFERED, new=True)
    shown.take(new, seen.DEVICES)
    assert shown.page.isVisible()
    assert shown.last() == MeasureComputer()
    assert shown.focus() is shown.page.language.language
    shown.press(enter)
    assert shown.asked[-2:] == [ChooseLanguage("en"), FinishStep(Step.LANGUAGE)]
    assert shown.page.main.text() == "Fetch it"
    shown.press(enter)
    assert shown.asked[-2:] == [FetchModel("base.en"), FinishStep(Step.MODEL)]
    shown.take(ModelArrives("base.en", 41_000_000, 148_000_000))
    assert shown.page.arriving.text() == "base.en is arriving: 41 of 148 MB."
    shown.press(enter)
    assert shown.last() == SetUp(None)
    shown.take(seen.KEY)
    groups = seen.KEY.recovery_key.split("-")
    assert all(group in shown.page.key.key.text() for group in groups)
    shown.press(enter)
    key = shown.page.key
    assert not key.key.isVisible(), "typed from the paper, not from the screen"
    for field in key.fields:
        number = int(field.accessibleName().split()[1])
        QTest.keyClicks(field, f" {groups[number - 1].lower()} ".replace("0", "o"))
    shown.press(enter)
    assert key.news.text() == wording.CONFIRMED
    assert not any(group in key.key.text() for group in groups), "shown once"
    shown.press(enter)
    assert shown.last() == FinishStep(Step.KEY)
    shown.take(first.seen(Step.PLACE))  # the model has come meanwhile
    assert shown.page.place.folder.text() == first.PLACE.folder
    shown.press(enter)
    assert shown.page.main.text() == wording.LISTEN
    shown.press(enter)
    assert shown.last() == TryMicrophone(None)
    hearing = shown.page.hearing
    shown.take(TrialBegan(demo=False), first.ASKED)
    assert "where next" in hearing.clock.text()
    assert hearing.said.text() == "“Where would you like to start?”"
    shown.take(first.STILL)
    assert hearing.practice.stage is Stage.UNDO
    shown.press(Qt.Key.Key_U)
    assert shown.last() == TakeBack()
    shown.take(UNDONE)
    assert hearing.clock.text() == "just begun"
    assert hearing.prompt.text().startswith("That is all of it")
    shown.tab_to(shown.page.main)
    shown.press(enter)
    assert shown.asked[-2:] == [FinishStep(Step.HEARING), EndTrial()]
    assert hearing.said.text() == "", "what was said is forgotten"
    QTest.keyClicks(shown.focus(), "How do you want  me today?")
    shown.press(enter)
    mine = OwnPhrase(SUPPORT, "How do you want me today?")
    assert shown.last() == KeepPhrases((mine,))
    shown.take(PhrasesKept(1))
    assert shown.asked[-3:] == [FinishStep(Step.WORDS), LeaveFirstRun(), LookAround()]
    shown.take(seen.SEEN)
    assert shown.window.page is shown.window.home
    shown.window.set_up_again()
    assert shown.last() == LookAtFirstRun(anew=True)


def test_it_goes_on_where_it_was_left_can_go_back_and_be_left_for_good(
    shown: Shown,
) -> None:
    shown.at(Step.PLACE)
    shown.press(Qt.Key.Key_Escape)
    assert shown.step is shown.page.key
    assert shown.page.main.text() == "Next"
    shown.press(Qt.Key.Key_Return)
    shown.tab_to(shown.page.leave)
    shown.press(Qt.Key.Key_Space)
    assert shown.asked[-2:] == [LeaveFirstRun(), LookAround()]
    shown.take(HomeSeen(Lock.NEW, (), (), (), "base", 148))
    assert shown.window.page is shown.window.door, "the shorter way in"


def test_a_record_that_is_locked_is_opened_first(shown: Shown) -> None:
    locked = HomeSeen(Lock.LOCKED, (), (), (), "base", 148, first_run=True)
    shown.take(locked)
    assert shown.window.page is shown.window.door
    wrong = Refused("The passphrase is wrong.", "Type it again.")
    shown.take(wrong)
    assert PAPER not in shown.window.door.news.text()
    shown.take(wrong)
    assert shown.window.door.news.text().endswith(PAPER), "after the second"
    shown.take(seen.NEW)
    assert shown.last() == LookAtFirstRun()


def test_models_are_offered_with_what_is_known_and_can_come_from_a_folder(
    shown: Shown,
) -> None:
    shown.at(Step.MODEL)
    model = shown.page.model
    shown.take(first.seen(Step.MODEL, first.OFFERED))
    assert model.chosen == "base.en"
    shown.press(Qt.Key.Key_Down)
    assert model.chosen == "small.en"
    shown.take(first.seen(Step.MODEL, first.UNKNOWN))
    assert model.chosen == "small.en", "chosen by a person"
    shown.press(Qt.Key.Key_Down)
    assert model.chosen == modelwords.LATER
    assert shown.page.main.text() == "Next"
    model.bring_from("/media/stick/base")
    assert shown.asked == [ImportModel("/media/stick/base")]
    shown.take(ModelArrives("base.en", 1_000_000, 148_000_000))
    shown.tab_to(model.stop)
    shown.press(Qt.Key.Key_Space)
    assert shown.last() == StopBringing()
    shown.take(BringingFailed("The server cannot be reached.", "Fetch it later."))
    assert model.news.text() == "The server cannot be reached. Fetch it later."
    assert not model.stop.isVisible()


@pytest.mark.parametrize(
    ("models", "best"),
    [
        (first.OFFERED, "base.en"),
        (first.HERE, "base.en"),
        (first.UNKNOWN, "base.en"),
        ((first.TINY, replace(first.BASE, here=True, live=False)), "tiny.en"),
        ((first.SMALL,), None),
        (first.SLOW, None),
    ],
)
def test_the_best_that_fits_this_computer_is_suggested(
    models: tuple[ModelChoice, ...], best: str | None
) -> None:
    suggested = modelwords.suggested(models)
    assert (suggested and suggested.name) == best


def test_where_no_model_fits_later_is_chosen_and_what_follows_is_said(
    shown: Shown,
) -> None:
    shown.at(Step.MODEL)
    shown.take(first.seen(Step.MODEL, first.OFFERED))
    model = shown.page.model
    assert model.choices["base.en"].accessibleName() == "Balanced, fits this computer"
    assert not model.none_fits.isVisible()
    shown.take(first.seen(Step.MODEL, first.SLOW))
    assert model.chosen == modelwords.LATER
    assert next(iter(model.choices)) == modelwords.LATER, "in sight at 200 %"
    assert model.none_fits.text() == modelwords.NONE_FITS
    assert model.choices["base.en"].accessibleName() == "Balanced"


def test_a_passphrase_is_typed_twice_and_the_key_is_not_believed_unread(
    shown: Shown,
) -> None:
    shown.take(seen.NEW, first.seen(Step.KEY, new=True, typed_key=True))
    key = shown.page.key
    assert shown.focus() is key.passphrase
    QTest.keyClicks(key.passphrase, "vier Worte")
    shown.press(Qt.Key.Key_Return)
    assert key.news.text() == DIFFER
    QTest.keyClicks(key.repeated, "vier Worte")
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == SetUp("vier Worte")
    shown.take(Refused("The folder cannot be written.", "Make it writable."))
    assert key.news.text() == "The folder cannot be written. Make it writable."
    shown.take(seen.KEY)
    shown.page.main.click()
    for field in key.fields:
        field.setText("0000")
    shown.press(Qt.Key.Key_Return)
    assert key.news.text() == wording.NOT_THESE
    shown.tab_to(key.again)
    shown.press(Qt.Key.Key_Space)
    assert "7K2M" in key.key.text()
    shown.page.back.click()
    assert key.key.text() == "", "nothing secret stays behind"
    assert key.passphrase.text() == ""
    shown.page.skip.click()
    shown.take(first.seen(Step.KEY))
    key.again.click()
    assert shown.last() == ShowKeyAgain()


def test_a_key_is_printed_or_it_is_said_that_there_is_no_printer(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.take(seen.NEW, first.seen(Step.KEY, new=True), seen.KEY)
    key = shown.page.key
    monkeypatch.setattr(
        "sidelight.ui.firstrun.printing.QPrinterInfo.availablePrinterNames", list
    )
    key.print.click()
    assert key.news.text() == wording.NO_PRINTER
    printed: list[str] = []

    def printer(_: QWidget, text: str, done: Callable[[], None]) -> bool:
        printed.append(text)
        done()
        return True

    key._printer = printer
    key.print.click()
    assert printed == [seen.KEY.recovery_key]
    assert key.news.text() == wording.PRINTED
    assert key.main == "Next"
    blank, page = tmp_path / "blank.pdf", tmp_path / "key.pdf"
    for path, text in ((blank, ""), (page, seen.KEY.recovery_key)):
        paper = QPdfWriter(str(path))
        paper.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        draw_key(paper, text)
    assert page.stat().st_size > blank.stat().st_size


def test_without_a_model_a_session_plays_instead(shown: Shown) -> None:
    shown.take(seen.NEW, first.seen(Step.HEARING, first.OFFERED), seen.DEVICES)
    hearing = shown.page.hearing
    assert hearing.prompt.text() == wording.NO_MODEL
    assert shown.page.main.text() == "Next"
    shown.tab_to(hearing.play)
    shown.press(Qt.Key.Key_Space)
    assert shown.last() == PlayDemo()
    shown.take(TrialBegan(demo=True), first.ASKED)
    assert "where next" in hearing.clock.text()
    shown.press(Qt.Key.Key_U)
    assert TakeBack() not in shown.asked, "nobody's own question"
    shown.take(TrialOver())
    assert hearing.news.text() == wording.DEMO_OVER
    hearing.play.click()
    hearing.play.click()
    assert shown.asked[-2:] == [PlayDemo(), EndTrial()]


def test_a_microphone_that_is_missing_mute_refused_or_unheard_has_a_sentence(
    shown: Shown, qtbot: QtBot
) -> None:
    shown.at(Step.HEARING, seen.NO_DEVICES)
    hearing = shown.page.hearing
    assert hearing.prompt.text().startswith("There is no microphone.")
    shown.tab_to(hearing.again)
    shown.press(Qt.Key.Key_Space)
    assert shown.last() == ListDevices()
    shown.take(seen.DEVICES)
    shown.page.main.click()
    shown.take(TrialBegan(demo=False))
    hearing._silent.setInterval(0)
    qtbot.waitUntil(lambda: hearing.news.text() == wording.NOT_HEARD)
    shown.take(TrialTrouble("Silence.", "Is it muted?"))
    assert hearing.news.text() == "Silence. Is it muted?"
    shown.take(TrialTrouble("", ""))
    assert hearing.news.text() == ""
    hearing.microphone.setCurrentIndex(2)
    assert shown.last() == TryMicrophone(seen.INSIDE.name)
    shown.take(TrialFailed("It is in use.", "Choose another."))
    assert hearing.news.text() == "It is in use. Choose another."
    assert shown.page.main.text() == wording.LISTEN, "and once more"


def test_a_disk_that_is_nearly_full_is_said(shown: Shown) -> None:
    shown.take(seen.NEW, first.seen(Step.PLACE, place=first.FULL))
    assert shown.page.place.room.text().startswith(first.FULL.warning)


def test_own_words_without_a_record_or_refused_have_a_way_on(shown: Shown) -> None:
    shown.take(seen.NEW, first.seen(Step.WORDS, new=True))
    words = shown.page.words
    assert words.news.text() == wording.NO_RECORD
    assert not any(one.isEnabled() for one in words.fields.values())
    shown.take(first.seen(Step.WORDS))
    words.fields[DIRECTION].setText("Which end?")
    shown.page.main.click()
    assert not shown.page.main.isEnabled()
    shown.take(Refused("A session writes.", "Wait."))
    assert words.news.text() == "A session writes. Wait."
    assert words.fields[DIRECTION].text() == "Which end?"
    assert shown.page.main.isEnabled()


def test_own_words_can_be_kept_as_soon_as_there_is_a_key(shown: Shown) -> None:
    shown.take(seen.NEW, first.seen(Step.KEY, new=True), seen.KEY)
    while shown.step is not shown.page.words:
        shown.page.skip.click()
        shown.page.main.click()
    assert shown.page.words.news.text() == ""
    assert all(one.isEnabled() for one in shown.page.words.fields.values())


def test_what_arrives_is_said_until_it_is_here(shown: Shown) -> None:
    shown.at(Step.MODEL)
    shown.take(ModelArrives("base.en", 10, 148))
    told = shown.page.arriving.text()
    shown.take(replace(first.seen(Step.MODEL), arriving=True))
    assert shown.page.arriving.text() == told != ""
    assert shown.page.model.stop.isVisible()
    shown.take(first.seen(Step.MODEL))
    assert shown.page.arriving.text() == ""
    assert not shown.page.model.stop.isVisible()


@pytest.mark.parametrize("step", Step)
def test_with_large_text_on_a_small_screen_head_and_way_on_are_in_sight(
    qtbot: QtBot, step: Step
) -> None:
    window = HomeWindow(Theme(LIGHT, 2.0))
    qtbot.addWidget(window)
    large = Shown(window)
    window.resize(1366, 748)
    window.show()
    large.at(step)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for part in (large.step.title, large.page.main):
        assert part.visibleRegion().boundingRect() == part.rect()


def test_with_large_text_on_a_small_screen_the_whole_key_is_in_sight(
    qtbot: QtBot,
) -> None:
    window = HomeWindow(Theme(LIGHT, 2.0))
    qtbot.addWidget(window)
    large = Shown(window)
    window.resize(1366, 748)
    window.show()
    large.take(seen.NEW, first.seen(Step.KEY, new=True), seen.KEY)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for part in (large.page.key.key, large.page.key.print):
        assert part.visibleRegion().boundingRect() == part.rect()


def test_the_groups_of_a_key_stand_in_columns_and_are_read_letter_by_letter(
    theme: Theme, qtbot: QtBot
) -> None:
    key = KeyGroups(theme)
    qtbot.addWidget(key)
    key.show_key(seen.KEY.recovery_key)
    groups = seen.KEY.recovery_key.split("-")
    told = key.spoken()
    assert [one.name for one in told] == [
        f"Group {n}: {' '.join(group)}" for n, group in enumerate(groups, 1)
    ]
    assert {one.place.left() for one in told[::3]} == {told[0].place.left()}
    assert {one.place.width() for one in told} == {told[0].place.width()}
    assert all(key.rect().contains(one.place) for one in told)
    key.clear()
    assert not key.spoken()
    assert key.isHidden()


def test_what_is_skipped_is_named_and_skipping_the_key_says_what_it_costs(
    shown: Shown,
) -> None:
    page = shown.page
    shown.take(seen.NEW, first.seen(Step.MODEL, first.OFFERED, new=True))
    assert page.main.text() == "Fetch it"
    assert not page.skip.isVisible(), "Later is the way past it"
    page.main.click()
    assert page.skip.text() == wording.SKIP_KEY
    assert page.key.cost.text() == wording.COST_OF_KEYRING
    shown.take(seen.KEY)
    assert page.skip.text() == wording.SKIP_PAPER
    assert page.key.cost.isVisible()
    page.skip.click()
    assert shown.step is page.place
    assert not page.skip.isVisible()


def test_every_part_that_takes_the_keyboard_has_a_name(shown: Shown) -> None:
    shown.at(Step.HEARING, seen.DEVICES)
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    parts = [one for kind in kinds for one in shown.page.findChildren(kind)]
    assert len(parts) > 15
    for part in parts:
        asked_later = part in shown.page.key.fields
        text = part.text() if isinstance(part, QAbstractButton) else ""
        assert part.accessibleName() or text or asked_later, part
