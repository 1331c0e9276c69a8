"""Home, the door and the start card: real widgets, and a keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sidelight.audio.quiet import TOO_QUIET_DBFS
from sidelight.domain.consent import Occasion
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import ConsentSeen
from sidelight.session.firstrun.messages import (
    Asked,
    EndTrial,
    PlayDemo,
    TrialBegan,
    TrialFailed,
)
from sidelight.session.home.messages import (
    Begun,
    CardSeen,
    ClientRecalled,
    DevicesFound,
    DiscardInterrupted,
    HomeSeen,
    KeepInterrupted,
    LevelHeard,
    ListDevices,
    ListenTo,
    Lock,
    LookAround,
    MeterFailed,
    OpenCard,
    OpenSession,
    RecallClient,
    Refused,
    Request,
    SetUp,
    Start,
    StartChoices,
    StopListening,
    Unlock,
    Working,
)
from sidelight.settings.room import RoomView
from sidelight.ui import specimen_first_run as first_run
from sidelight.ui import specimen_home as seen
from sidelight.ui.home.door import DIFFER
from sidelight.ui.home.form import LATER
from sidelight.ui.home.hearing import NO_MICROPHONE, PLAYED
from sidelight.ui.home.notes import SURE
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.home.wording import GET_WORDS, MODES, NOT_ENGLISH
from sidelight.ui.theme.theme import Theme
from sidelight.ui.timewords import when
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.level_meter import GOOD, LOUD, OFF, QUIET, WAITING, LevelMeter
from sidelight.ui.widgets.text import Text

STOPS = 40
"""More stops than any page has."""


class Shown:
    """The window on screen, and what it asked for."""

    def __init__(self, window: HomeWindow) -> None:
        self.window = window
        self.asked: list[Request | Asked] = []
        window.asked.connect(self.asked.append)

    def take(self, *news: object) -> None:
        for one in news:
            self.window.take(one)  # type: ignore[arg-type]

    def open_card(self, card: CardSeen = seen.CARD) -> None:
        self.take(seen.SEEN, card, seen.DEVICES)
        self.asked.clear()

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def last(self) -> Request | Asked:
        return self.asked[-1]

    def page(self) -> QWidget:
        return self.window.page

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.focus(), key)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)

    def name(self, name: str) -> None:
        """Type a client's name, and leave the names that are offered alone."""
        self.type(name)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.keyClick(popup, Qt.Key.Key_Escape)

    def agreed(self, name: str) -> None:
        """A client is named who agreed to everything long ago."""
        self.name(name)
        self.press(Qt.Key.Key_Tab)
        self.take(ConsentSeen(name, seen.AGREED))
        self.asked.clear()

    def tab_to(self, wanted: QWidget) -> None:
        for _ in range(STOPS):
            if self.focus() is wanted:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(wanted)

    def texts(self) -> str:
        found = self.window.page.findChildren(Text)
        return "\n".join(one.text() for one in found if one.isVisible())


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Iterator[Shown]:
    window = HomeWindow(theme)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Shown(window)
    window.close()


def test_home_lists_sessions_and_opens_one_by_keyboard(shown: Shown) -> None:
    shown.window.begin()
    assert shown.asked == [LookAround()]
    assert not shown.window.home.start.isEnabled(), "nothing is known yet"
    shown.take(seen.SEEN)
    assert shown.focus() is shown.window.home.start
    shown.tab_to(shown.window.home.sessions)
    shown.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert shown.asked[1:] == [OpenSession(seen.SESSIONS[1].id)]


def test_an_empty_library_is_no_stop_for_the_keyboard(shown: Shown) -> None:
    shown.take(seen.FIRST)
    shown.press(Qt.Key.Key_Tab)
    assert shown.focus() is not shown.window.home.sessions


def test_an_empty_home_plays_a_demonstration_and_stops_it_when_it_is_left(
    shown: Shown,
) -> None:
    shown.take(seen.FIRST)
    home = shown.window.home
    shown.tab_to(home.library.watch)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == PlayDemo()
    demo = shown.window.demo
    assert shown.page() is demo
    assert "Nothing of it is kept." in shown.texts()
    shown.take(TrialBegan(demo=True), first_run.ASKED, seen.FIRST)
    assert shown.page() is demo, "news of home do not end it"
    assert demo.practice.clocks.moments
    demo.card.settle()
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == EndTrial()
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == PlayDemo()
    shown.take(TrialFailed("It cannot be played.", "Try again."))
    assert "It cannot be played. Try again." in shown.texts()
    shown.press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert shown.last() == EndTrial()
    assert shown.page() is home
    assert shown.focus() is home.library.watch
    shown.take(first_run.ASKED)
    assert not demo.practice.clocks.moments, "late news are nothing"


def test_what_needs_attention_is_said_with_a_way_forward(shown: Shown) -> None:
    shown.take(seen.FIRST, seen.NO_DEVICES)
    said = shown.texts()
    assert "no speech model yet" in said
    assert "sidelight models fetch base" in said
    assert "148 MB" in said
    assert "There is no microphone." in said
    shown.take(seen.SEEN, seen.DEVICES)
    assert not shown.window.home.notes.isVisible()


def buttons(shown: Shown) -> list[Button]:
    found = shown.window.home.notes.findChildren(Button)
    return [one for one in found if one.isVisible()]


def test_an_interrupted_session_is_kept_with_one_press(shown: Shown) -> None:
    shown.take(seen.CUT_OFF)
    keep = buttons(shown)[0]
    shown.tab_to(keep)
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [KeepInterrupted("s8")]


def test_destroying_needs_two_presses_and_is_taken_back_by_going_elsewhere(
    shown: Shown,
) -> None:
    shown.take(seen.CUT_OFF)
    discard = buttons(shown)[1]
    shown.tab_to(discard)
    shown.press(Qt.Key.Key_Return)
    assert discard.text() == SURE
    shown.press(Qt.Key.Key_Tab)
    shown.tab_to(discard)
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == []
    shown.press(Qt.Key.Key_Space)
    assert shown.asked == [DiscardInterrupted("s8")]


def test_a_recording_without_words_can_get_them_once_there_is_a_model(
    shown: Shown,
) -> None:
    waits = seen.CUT_OFF.interrupted[1]
    without = HomeSeen(Lock.OPEN, (), (waits,), (), "base", 148)
    shown.take(without)
    assert [one.text() for one in buttons(shown)] == ["Discard…"]
    shown.take(HomeSeen(Lock.OPEN, (), (waits,), seen.MODELS, "base", 148))
    assert buttons(shown)[0].text() == GET_WORDS
    assert "cut off" not in shown.texts()


def test_a_session_is_started_by_keyboard_alone(shown: Shown) -> None:
    shown.take(seen.SEEN)
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [OpenCard()]
    shown.take(seen.CARD, seen.DEVICES)
    form = shown.window.card.form
    assert shown.focus() is form.client
    shown.name("Nadia")
    shown.press(Qt.Key.Key_Tab)
    assert RecallClient("Nadia") in shown.asked
    shown.type("45")
    shown.press(Qt.Key.Key_Tab, Qt.Key.Key_Down)
    assert form.mode is Mode.LIVE_ONLY
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == Start(
        StartChoices(client="Nadia", minutes=45, mode=Mode.LIVE_ONLY)
    )


def test_every_stop_of_the_card_is_reached_in_reading_order(shown: Shown) -> None:
    shown.open_card()
    card = shown.window.card
    wanted = (
        *(card.form.client, card.form.minutes, card.form.modes[Mode.KEEP]),
        *(card.hearing.microphone, card.hearing.call, card.hearing.room),
        *(card.form.model, card.form.language, card.consent.change),
        *(card.consent.answer, card.consent.form),
        *(card.consent.agree, card.consent.refuse),
        *(card.back, card.start),
    )
    found = []
    for _ in wanted:
        found.append(shown.focus())
        shown.press(Qt.Key.Key_Tab)
    assert found == list(wanted)
    for stop in wanted:
        interface = QAccessible.queryAccessibleInterface(stop)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name)


def test_modes_are_radio_buttons_with_their_sentence(shown: Shown) -> None:
    shown.open_card()
    for mode, choice in shown.window.card.form.modes.items():
        interface = QAccessible.queryAccessibleInterface(choice)
        assert interface is not None
        name, sentence = MODES[mode]
        assert interface.text(QAccessible.Text.Name) == name
        assert interface.text(QAccessible.Text.Description) == sentence


@pytest.mark.parametrize("mode", Mode)
def test_the_keyboard_stops_at_the_mode_that_is_chosen(
    shown: Shown, mode: Mode
) -> None:
    shown.open_card(CardSeen((), seen.MODELS, StartChoices(mode=mode)))
    form = shown.window.card.form
    shown.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert shown.focus() is form.modes[mode]
    shown.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert shown.focus() is form.modes[Mode.LIVE_ONLY]
    assert form.mode is Mode.LIVE_ONLY


def test_names_of_earlier_clients_are_offered(shown: Shown) -> None:
    shown.open_card()
    client = shown.window.card.form.client
    shown.press(Qt.Key.Key_Down)
    popup = client.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    names = popup.model()
    assert [names.index(row, 0).data() for row in range(names.rowCount())] == list(
        seen.CARD.clients
    )
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert client.text() in seen.CARD.clients
    assert RecallClient(client.text()) in shown.asked


def test_what_the_client_asked_for_is_shown_for_this_client_only(
    shown: Shown, qtbot: QtBot
) -> None:
    del qtbot
    shown.open_card()
    shown.name("Ren")
    shown.press(Qt.Key.Key_Tab)
    shown.take(ClientRecalled("Ama", "a quiet week", seen.SESSIONS[3].started_at))
    assert "a quiet week" not in shown.texts()
    shown.take(ClientRecalled("Ren", "one sentence", seen.SESSIONS[5].started_at))
    assert "“one sentence”" in shown.texts()
    assert when(seen.SESSIONS[5].started_at)[0] in shown.texts()
    assert "would do" not in shown.texts(), "nothing is known of that"


def test_what_the_client_committed_to_stands_under_it(
    shown: Shown, qtbot: QtBot
) -> None:
    del qtbot
    shown.open_card()
    shown.name("Ren")
    shown.press(Qt.Key.Key_Tab)
    asked_on, committed_on = (seen.SESSIONS[n].started_at for n in (5, 3))
    promised = ("Phone the hall", "Write to Tom")
    shown.take(ClientRecalled("Ren", "", asked_on, promised, committed_on))
    texts = shown.texts()
    assert "• Phone the hall\n• Write to Tom" in texts
    assert when(committed_on)[0] in texts
    assert "would do" in texts


@pytest.mark.parametrize("mode", Mode)
def test_the_script_fits_what_is_kept(shown: Shown, mode: Mode) -> None:
    shown.open_card(CardSeen((), seen.MODELS, StartChoices(mode=mode)))
    assert SCRIPTS[Occasion(mode)] in shown.texts()


def test_the_last_choices_are_there_and_the_client_is_not(shown: Shown) -> None:
    last = StartChoices(
        client="",
        minutes=50,
        mode=Mode.LIVE_ONLY,
        microphone=seen.INSIDE.name,
        call="",
        model="small",
        language="de",
    )
    shown.open_card(CardSeen(("Nadia",), seen.MODELS, last))
    assert shown.window.card.form.client.text() == ""
    shown.agreed("Nadia")
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [Start(replace(last, client="Nadia"))]


def test_a_language_that_is_not_understood_is_said_before_the_session(
    shown: Shown,
) -> None:
    shown.open_card()
    language = shown.window.card.form.language
    assert NOT_ENGLISH not in shown.texts()
    language.setCurrentIndex(language.findData("de"))
    assert NOT_ENGLISH in shown.texts()
    language.setCurrentIndex(language.findData("en"))
    assert NOT_ENGLISH not in shown.texts()


def test_what_a_room_shows_is_asked_where_everybody_is_in_one(shown: Shown) -> None:
    shown.open_card(CardSeen((), seen.MODELS, StartChoices(room=RoomView.DARK)))
    shown.window.take(seen.DEVICES)
    hearing = shown.window.card.hearing
    hearing.call.setCurrentIndex(hearing.call.findData(""))
    on_call = hearing.room.isVisible()
    hearing.call.setCurrentIndex(hearing.call.findData(None))
    assert [on_call, hearing.room.isVisible()] == [False, True]
    assert hearing.room.currentText() == "Screen: dark, review later"
    hearing.room.setCurrentIndex(2)
    shown.agreed("Nadia")
    shown.press(Qt.Key.Key_Return)
    assert Start(StartChoices("Nadia", room=RoomView.SIDEBAR)) in shown.asked


def test_an_english_model_leaves_no_choice_of_language(shown: Shown) -> None:
    shown.open_card()
    form = shown.window.card.form
    assert form.language.count() > 20
    form.model.setCurrentIndex(form.model.findData("base.en"))
    assert [form.language.itemText(0)] == ["English"]
    assert form.language.count() == 1


@pytest.mark.parametrize("typed", ["0", "x5", "1441", "\uff14\uff15"])
def test_a_wrong_length_is_said_in_the_card_and_nothing_is_lost(
    shown: Shown, typed: str
) -> None:
    shown.open_card()
    form = shown.window.card.form
    shown.name("Ren")
    form.minutes.setText(typed)
    shown.press(Qt.Key.Key_Return)
    assert shown.focus() is form.minutes
    assert "number of minutes" in shown.texts()
    assert form.client.text() == "Ren"
    assert not any(isinstance(one, Start) for one in shown.asked)
    shown.type("30")
    assert "number of minutes" not in shown.texts(), "it is about what was"


def test_a_length_may_be_left_open(shown: Shown) -> None:
    shown.open_card()
    shown.agreed("Nadia")
    shown.window.card.form.minutes.clear()
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [Start(StartChoices("Nadia", minutes=None))]


def test_without_a_model_it_records_now(shown: Shown) -> None:
    shown.open_card(seen.CARD_FIRST)
    form = shown.window.card.form
    assert form.model.chosen == LATER
    assert not form.language.isEnabled()
    shown.agreed("Nadia")
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [Start(StartChoices("Nadia", record_only=True))]


def test_live_only_without_a_model_is_refused_in_the_card(shown: Shown) -> None:
    shown.open_card(seen.CARD_FIRST)
    shown.window.card.form.modes[Mode.LIVE_ONLY].setChecked(True)
    shown.press(Qt.Key.Key_Return)
    assert "needs a speech model" in shown.texts()
    assert "Choose Keep" in shown.texts()
    assert not any(isinstance(one, Start) for one in shown.asked)


def test_without_a_microphone_it_says_so_and_looks_again(shown: Shown) -> None:
    shown.take(seen.SEEN, seen.CARD, seen.NO_DEVICES)
    hearing = shown.window.card.hearing
    assert NO_MICROPHONE in shown.texts()
    assert not any(isinstance(one, ListenTo) for one in shown.asked)
    shown.tab_to(hearing.again)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == ListDevices()
    shown.take(seen.DEVICES)
    assert shown.last() == ListenTo(None)
    assert NO_MICROPHONE not in shown.texts()


def test_a_microphone_that_is_gone_is_not_replaced_by_another(shown: Shown) -> None:
    last = StartChoices(microphone="jabra")
    shown.open_card(CardSeen((), seen.MODELS, last))
    hearing = shown.window.card.hearing
    assert hearing.microphone.currentText() == "jabra (not there now)"
    shown.take(MeterFailed("'jabra' is not there.", "Plug it in."))
    assert "'jabra' is not there. Plug it in." in shown.texts()
    shown.take(seen.DEVICES)
    assert hearing.microphone_chosen == "jabra"


def test_the_meter_follows_the_chosen_microphone_and_stops_with_the_card(
    shown: Shown,
) -> None:
    shown.open_card()
    hearing = shown.window.card.hearing
    hearing.microphone.setCurrentIndex(hearing.microphone.findData(seen.INSIDE.name))
    assert shown.asked == [ListenTo(seen.INSIDE.name)]
    shown.take(LevelHeard(None))
    assert hearing.meter.word == WAITING
    shown.take(LevelHeard(-20.0))
    assert hearing.meter.word == GOOD
    shown.press(Qt.Key.Key_Escape)
    assert shown.page() is shown.window.home
    assert shown.last() == StopListening()


def test_not_listening_lets_the_microphone_go_at_once(shown: Shown) -> None:
    shown.open_card()
    card = shown.window.card
    card.form.modes[Mode.NO_LISTENING].setChecked(True)
    assert shown.asked == [StopListening()]
    assert card.hearing.meter.word == OFF
    shown.take(LevelHeard(-20.0))  # was on its way
    assert card.hearing.meter.word == OFF
    assert not card.hearing.microphone.isEnabled()
    card.form.modes[Mode.KEEP].setChecked(True)
    assert shown.last() == ListenTo(None)


def test_a_call_is_offered_only_where_it_can_be_recorded(shown: Shown) -> None:
    shown.open_card()
    call = shown.window.card.hearing.call
    values = [call.itemData(row) for row in range(call.count())]
    assert values == [None, "", seen.SPEAKERS.name]
    guided = DevicesFound((seen.YETI,), (seen.YETI,), "Install BlackHole.")
    shown.window.card.hearing.look_again()
    shown.take(guided)
    values = [call.itemData(row) for row in range(call.count())]
    assert values == [None, seen.YETI.name]
    call.setCurrentIndex(1)
    assert "Install BlackHole." in shown.texts()


def test_choosing_a_call_moves_nothing(shown: Shown) -> None:
    shown.open_card()
    hearing, card = shown.window.card.hearing, shown.window.card

    def places() -> list[QPoint]:
        parts = (hearing.call, hearing.meter, card.form.model, card.start)
        found: list[QPoint] = []
        while found != (now := [x.mapTo(shown.window, QPoint()) for x in parts]):
            found = now
            shown.window.picture()  # laid out
        return found

    before = places()
    hearing.call.setCurrentIndex(hearing.call.findData(""))
    assert hearing.call.currentText() == "On a call"
    assert PLAYED in shown.texts()
    assert places() == before


def test_a_start_that_fails_leaves_everything_as_it_was(shown: Shown) -> None:
    shown.open_card()
    card = shown.window.card
    shown.name("Ama")
    card.form.minutes.setText("40")
    microphone = card.hearing.microphone
    microphone.setCurrentIndex(microphone.findData(seen.INSIDE.name))
    shown.press(Qt.Key.Key_Return)
    assert not card.form.isEnabled()
    shown.take(Working("Trying the speech model small on this computer."))
    assert "Trying the speech model small" in shown.texts()
    shown.take(Refused("The disk is full.", "Free some space."))
    assert "The disk is full. Free some space." in shown.texts()
    assert card.form.client.text() == "Ama"
    assert card.form.minutes.text() == "40"
    assert shown.focus() is card.start
    assert shown.last() == ListenTo(seen.INSIDE.name), "the meter goes on"
    shown.take(seen.DEVICES)  # its process is a new one
    assert card.hearing.microphone_chosen == seen.INSIDE.name
    shown.press(Qt.Key.Key_Return)
    assert isinstance(shown.last(), Start), "it can be tried again"


def test_who_goes_back_and_comes_again_finds_what_was_filled_in(shown: Shown) -> None:
    shown.open_card()
    card = shown.window.card
    shown.name("Ama")
    card.form.minutes.setText("40")
    card.form.modes[Mode.LIVE_ONLY].setChecked(True)
    card.form.model.setCurrentIndex(card.form.model.findData("small"))
    shown.press(Qt.Key.Key_Escape)
    shown.open_card()
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == Start(
        StartChoices(client="Ama", minutes=40, mode=Mode.LIVE_ONLY, model="small")
    )


def test_a_session_that_begins_is_said_once(shown: Shown, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.window.begun):
        shown.take(Begun())


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(shown: Shown) -> None:
    shown.take(HomeSeen(Lock.LOCKED, (), (), (), "base", 148))
    assert shown.page() is shown.window.door
    assert shown.focus() is shown.window.door.passphrase
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [], "nothing was typed"
    shown.type("wrong")
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [Unlock("wrong")]
    shown.take(Refused("The passphrase is wrong.", "Type it again."))
    assert "The passphrase is wrong. Type it again." in shown.texts()
    assert shown.focus() is shown.window.door.passphrase
    shown.type("right")  # it is selected: this replaces it
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == Unlock("right")
    shown.take(seen.SEEN)
    assert shown.page() is shown.window.home
    assert "right" not in repr(shown.last())


def test_what_was_typed_at_the_door_does_not_stay_in_its_field(shown: Shown) -> None:
    shown.take(HomeSeen(Lock.LOCKED, (), (), (), "base", 148))
    shown.type("secret")
    shown.press(Qt.Key.Key_Return)
    shown.take(seen.SEEN)
    assert shown.window.door.passphrase.text() == ""


def test_a_new_passphrase_is_typed_twice(shown: Shown) -> None:
    shown.take(HomeSeen(Lock.NEW_WITHOUT_KEYRING, (), (), (), "base", 148))
    shown.type("one two")
    shown.press(Qt.Key.Key_Tab)
    shown.type("one too")
    shown.press(Qt.Key.Key_Return)
    assert DIFFER in shown.texts()
    assert shown.asked == []
    shown.window.door.repeated.setText("one two")
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [SetUp("one two")]


def test_the_recovery_key_is_shown_until_it_was_seen_and_then_gone(
    shown: Shown,
) -> None:
    shown.take(HomeSeen(Lock.NEW, (), (), (), "base", 148))
    shown.press(Qt.Key.Key_Return)
    assert shown.asked == [SetUp(None)]
    shown.take(seen.KEY)
    shown_key = shown.window.door.key.text().replace("\n", "-")
    assert shown_key == seen.KEY.recovery_key
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == LookAround()
    assert shown.window.door.key.text() == ""


def test_a_fault_is_said_at_home_until_something_else_is_done(shown: Shown) -> None:
    shown.take(seen.SEEN, Refused("The record is damaged.", "Restore it."))
    assert "The record is damaged." in shown.texts()
    shown.tab_to(shown.window.home.sessions)
    shown.press(Qt.Key.Key_Return)
    assert "The record is damaged." not in shown.texts()


def test_a_fault_before_anything_is_known_is_said_at_home(shown: Shown) -> None:
    shown.take(Refused("The keyring is locked.", "Unlock it."))
    assert "The keyring is locked." in shown.texts()


def test_the_bar_shows_what_the_word_says(theme: Theme, qtbot: QtBot) -> None:
    meter = LevelMeter(theme)
    qtbot.addWidget(meter)
    meter.hear(-18.0)
    for _ in range(19):  # a gap between two words
        meter.hear(-70.0)
    assert (meter.level, meter.word) == (-18.0, GOOD)
    while meter.word == GOOD:
        assert meter.level > TOO_QUIET_DBFS
        meter.hear(-70.0)
    assert meter.level <= TOO_QUIET_DBFS


def test_the_meters_words(theme: Theme, qtbot: QtBot) -> None:
    meter = LevelMeter(theme)
    qtbot.addWidget(meter)
    words = []
    for dbfs in (None, -90.0, -30.0, -90.0, 0.0):
        meter.hear(dbfs)
        words.append(meter.word)
    assert words == [WAITING, QUIET, GOOD, GOOD, LOUD]
    for _ in range(60):
        meter.hear(-90.0)
    assert meter.word == QUIET


@pytest.mark.parametrize(("width", "beside"), [(980, True), (640, False)])
def test_what_to_say_stands_beside_the_fields_where_there_is_room(
    shown: Shown, qtbot: QtBot, width: int, *, beside: bool
) -> None:
    shown.window.resize(width, 700)
    shown.open_card()
    card = shown.window.card
    script = card.consent.words

    def placed() -> None:
        who = card.form.who.mapTo(card, card.form.who.rect().bottomRight())
        form = card.form.mapTo(card, card.form.rect().topLeft())
        words = script.mapTo(card, script.rect().topLeft())
        assert (words.x() > who.x()) == beside
        below = form.y() > words.y() > who.y()
        assert below != beside, "directly below whom it is said to"

    qtbot.waitUntil(placed)
