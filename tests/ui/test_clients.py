"""Consent on the start card, and the page of clients: real widgets, keys alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.ui.test_home import Shown, shown

from sidelight.domain.client import Client, Engagement
from sidelight.domain.consent import NEEDED, Form, Occasion, Purpose
from sidelight.domain.keeping import SoundRule
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import (
    AskConsent,
    AskExtent,
    ChangeScript,
    ClientDeleted,
    ClientExported,
    ClientSaved,
    ClientsListed,
    ConsentSeen,
    DeleteClient,
    ExportClient,
    ListClients,
    NoteConsent,
    SaveClient,
    ScriptsSeen,
    SetSoundRule,
    WithdrawConsent,
)
from sidelight.session.home.messages import (
    KeepSoundLonger,
    LookAround,
    Refused,
    SoundSeen,
    Start,
    StartChoices,
)
from sidelight.ui import specimen_home as seen
from sidelight.ui.clients.agreements import SURE
from sidelight.ui.clients.page import SAVED, ClientsPage
from sidelight.ui.clients.wording import (
    ASK_FIRST,
    NAME_FIRST,
    NO_CLIENTS,
    WITHDRAWN_NOTE,
)
from sidelight.ui.widgets.button import Button

__all__ = ["shown"]

NADIA, REN, GROUP, _ = (one.client for one in seen.KNOWN)


def name(shown: Shown, client: str) -> None:
    shown.open_card()
    shown.name(client)
    shown.press(Qt.Key.Key_Tab)
    assert AskConsent(client) in shown.asked
    shown.asked.clear()


def started(shown: Shown) -> bool:
    return any(isinstance(one, Start) for one in shown.asked)


def test_who_has_not_agreed_is_asked_and_one_key_notes_it(shown: Shown) -> None:
    name(shown, "Nadia")
    shown.take(ConsentSeen("Nadia", ()))
    assert "Nadia has not been asked yet." in shown.texts()
    shown.press(Qt.Key.Key_Return)
    assert not started(shown)
    assert ASK_FIRST[0] in shown.texts()
    assert shown.focus() is shown.window.card.consent.agree
    shown.press(Qt.Key.Key_F2)
    noted = NoteConsent(
        "Nadia", NEEDED[Mode.KEEP], Form.SPOKEN, wording=SCRIPTS[Occasion.KEEP]
    )
    assert shown.last() == noted
    shown.take(ConsentSeen("Nadia", seen.AGREED))
    assert "Nadia agreed on 3 November 2026, spoken." in shown.texts()
    assert ASK_FIRST[0] not in shown.texts()
    assert shown.focus() is shown.window.card.start, "it goes on by itself"
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == Start(StartChoices("Nadia"))


def test_their_words_and_a_signature_are_noted_by_enter(shown: Shown) -> None:
    name(shown, "Nadia")
    shown.window.card.form.modes[Mode.LIVE_ONLY].setChecked(True)
    shown.take(ConsentSeen("Nadia", ()))
    consent = shown.window.card.consent
    consent.form.setCurrentIndex(1)
    shown.tab_to(consent.answer)
    shown.type("Sure")
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == NoteConsent(
        "Nadia",
        (Purpose.LISTEN,),
        Form.WRITTEN,
        wording=SCRIPTS[Occasion.LIVE_ONLY],
        answer="Sure",
    )
    assert not started(shown), "Enter in the answer begins nothing"


def filled(shown: Shown) -> list[Button]:
    buttons = shown.page().findChildren(Button)
    return [one for one in buttons if one.isVisible() and one.leads]


def test_one_button_goes_on_and_it_is_the_clients_yes_first(shown: Shown) -> None:
    name(shown, "Nadia")
    card = shown.window.card
    assert not card.start.leads, "it is not known yet"
    shown.take(ConsentSeen("Nadia", ()))
    assert filled(shown) == [card.consent.agree]
    shown.take(ConsentSeen("Nadia", seen.AGREED))
    assert filled(shown) == [card.start]
    shown.take(ConsentSeen("Nadia", (*seen.AGREED, seen.TAKEN_BACK)))
    assert filled(shown) == [card.consent.agree]
    card.form.modes[Mode.NO_LISTENING].setChecked(True)
    assert filled(shown) == [card.start]


def test_who_says_no_is_not_listened_to(shown: Shown) -> None:
    name(shown, "Nadia")
    shown.take(ConsentSeen("Nadia", ()))
    card = shown.window.card
    shown.tab_to(card.consent.refuse)
    shown.press(Qt.Key.Key_Return)
    assert (
        NoteConsent(
            "Nadia",
            NEEDED[Mode.KEEP],
            Form.SPOKEN,
            wording=SCRIPTS[Occasion.KEEP],
            given=False,
        )
        in shown.asked
    )
    assert card.form.mode is Mode.NO_LISTENING
    assert "Nadia said no: nothing listens in this session." in shown.texts()
    assert shown.focus() is card.start
    said = tuple(replace(one, given=False) for one in seen.AGREED)
    shown.take(ConsentSeen("Nadia", said))
    card.form.modes[Mode.LIVE_ONLY].setChecked(True)
    assert "Nadia said no on 3 November 2026." in shown.texts()
    assert filled(shown) == [card.consent.agree], "they may be asked again"
    card.form.modes[Mode.NO_LISTENING].setChecked(True)
    assert "Nadia said no: nothing listens in this session." in shown.texts()


def test_a_no_without_a_name_is_nobodys_and_counts_all_the_same(shown: Shown) -> None:
    shown.open_card()
    shown.window.card.consent.refuse.click()
    assert not any(isinstance(one, NoteConsent) for one in shown.asked)
    assert shown.window.card.form.mode is Mode.NO_LISTENING
    assert "They said no: nothing listens in this session." in shown.texts()


def test_no_listening_asks_nobody_and_needs_no_name(shown: Shown) -> None:
    shown.open_card()
    shown.window.card.form.modes[Mode.NO_LISTENING].setChecked(True)
    assert not shown.window.card.consent.agree.isVisible()
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == Start(StartChoices(mode=Mode.NO_LISTENING))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_without_a_name_nobody_can_have_agreed(shown: Shown, key: Qt.Key) -> None:
    shown.open_card()
    shown.press(key)
    assert shown.asked == []
    assert NAME_FIRST[0] in shown.texts()
    assert shown.focus() is shown.window.card.form.client


def test_who_withdrew_or_was_promised_something_else_is_asked_again(
    shown: Shown,
) -> None:
    name(shown, "Nadia")
    shown.take(ConsentSeen("Nadia", (*seen.AGREED, seen.TAKEN_BACK)))
    assert "Nadia withdrew this on 20 November 2026. Please ask again." in shown.texts()
    shown.press(Qt.Key.Key_F2)
    noted = shown.last()
    assert isinstance(noted, NoteConsent)
    assert noted.purposes == (Purpose.KEEP_SOUND,), "only what is missing"
    shown.take(ConsentSeen("Nadia", seen.OLD_PROMISE))
    assert "What Sidelight does has changed since Nadia agreed" in shown.texts()
    shown.window.card.start.click()
    assert not started(shown)


def test_what_another_client_said_does_not_count(shown: Shown) -> None:
    name(shown, "Ren")
    shown.take(ConsentSeen("Nadia", seen.AGREED))
    assert "agreed" not in shown.window.card.consent.state.text()
    shown.press(Qt.Key.Key_Return)  # not known yet: the desk decides, and refuses
    assert started(shown)
    shown.take(ConsentSeen("Ren", ()), Refused("Ren has not agreed.", "Ask."))
    assert shown.focus() is shown.window.card.consent.agree


def test_the_coachs_own_words_are_written_and_kept(shown: Shown) -> None:
    name(shown, "Nadia")
    consent = shown.window.card.consent
    shown.take(ScriptsSeen(((Occasion.KEEP, "May I?"),)))
    assert "May I?" in shown.texts()
    shown.tab_to(consent.change)
    shown.press(Qt.Key.Key_Return)
    assert shown.focus() is consent.editor
    consent.editor.selectAll()
    shown.type("May it listen?")
    shown.press(Qt.Key.Key_Escape)
    assert shown.page() is shown.window.card, "Escape only ends the writing"
    assert shown.last() == ChangeScript(Occasion.KEEP, "May it listen?")
    assert "May it listen?" in shown.texts()


def open_clients(shown: Shown) -> None:
    shown.take(seen.SEEN)
    shown.tab_to(shown.window.home.clients)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == ListClients()
    shown.take(ClientsListed(seen.KNOWN))
    shown.asked.clear()


def test_a_client_is_chosen_changed_and_saved_by_keys(shown: Shown) -> None:
    open_clients(shown)
    page = shown.window.clients
    assert shown.focus() is page.list
    assert page.form.client() == NADIA
    shown.press(Qt.Key.Key_Down)
    assert page.form.client() == REN
    shown.tab_to(page.form.planned)
    shown.type("6")
    shown.press(Qt.Key.Key_Return)
    saved = replace(REN, planned_sessions=6)
    assert shown.last() == SaveClient(saved)
    shown.take(ClientSaved(saved))
    assert SAVED in shown.texts()


def test_what_was_typed_is_saved_before_anybody_leaves(shown: Shown) -> None:
    open_clients(shown)
    page = shown.window.clients
    page.form.notes.setFocus()
    shown.type("Tired. ")
    shown.press(Qt.Key.Key_Escape)
    asked = shown.last()
    assert isinstance(asked, SaveClient)
    assert asked.client.notes.startswith("Tired. ")
    assert shown.page() is page, "until it is in the record"
    shown.take(Refused("The disk is full.", "Free some space."))
    assert "The disk is full." in shown.texts()
    assert page.form.notes.toPlainText().startswith("Tired. ")
    shown.press(Qt.Key.Key_Escape)
    shown.take(ClientSaved(asked.client))
    assert shown.page() is shown.window.home
    assert shown.last() == LookAround(), "names may be others now"


def test_a_new_client_is_added_and_wrong_days_are_said(shown: Shown) -> None:
    shown.take(seen.SEEN)
    shown.window.home.clients.click()
    shown.take(ClientsListed(()))
    page = shown.window.clients
    assert NO_CLIENTS in shown.texts()
    assert shown.focus() is page.form.name
    shown.type("Bo")
    page.form.engagement.setCurrentIndex(1)
    page.form.since.setText("yesterday")
    shown.press(Qt.Key.Key_Return)
    assert "year, month, day" in shown.texts()
    assert shown.focus() is page.form.since
    page.form.since.clear()
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == SaveClient(Client(0, "Bo", engagement=Engagement.GROUP))


def test_each_purpose_is_agreed_to_and_withdrawn_alone(shown: Shown) -> None:
    open_clients(shown)
    page = shown.window.clients
    rows = page.agreements.rows
    shown.tab_to(rows[Purpose.MENTOR].agree)
    shown.press(Qt.Key.Key_Space)
    assert shown.last() == NoteConsent("Nadia", (Purpose.MENTOR,), Form.SPOKEN)
    withdraw = rows[Purpose.KEEP_SOUND].withdraw
    withdraw.setFocus()
    shown.press(Qt.Key.Key_Space)
    assert withdraw.text() == SURE
    assert isinstance(shown.last(), NoteConsent), "asked twice"
    shown.press(Qt.Key.Key_Space)
    assert WithdrawConsent("Nadia", (Purpose.KEEP_SOUND,)) in shown.asked
    shown.take(ConsentSeen("Nadia", (*NADIA_SAID, seen.TAKEN_BACK)))
    assert WITHDRAWN_NOTE in shown.texts()
    assert "withdrawn on 20 November 2026" in shown.texts()
    assert QApplication.focusWidget() is rows[Purpose.KEEP_SOUND].agree


NADIA_SAID = seen.KNOWN[0].said


def at_the_card(shown: Shown) -> ClientsPage:
    shown.take(seen.SEEN)
    shown.window.home.clients.click()
    shown.take(ClientsListed(seen.KNOWN))
    return shown.window.clients


def test_deleting_says_what_goes_and_keeping_is_the_first_answer(shown: Shown) -> None:
    page = at_the_card(shown)
    farewell = page.farewell
    farewell.delete.click()
    assert shown.last() == AskExtent("Nadia")
    shown.take(seen.EXTENT)
    told = farewell.asking.what.text()
    assert told.startswith("This destroys all that is kept of Nadia.")
    for part in ("2 sessions of 115 minutes", "sound", "search", "Backups", "log of"):
        assert part in told
    assert shown.focus() is farewell.asking.keep
    shown.press(Qt.Key.Key_Return)
    assert not farewell.asking.isVisible()
    assert shown.focus() is farewell.delete
    farewell.delete.click()
    shown.take(seen.EXTENT)
    shown.press(Qt.Key.Key_Escape)
    assert shown.page() is page, "only the question is put away"
    assert DeleteClient("Nadia") not in shown.asked
    shown.press(Qt.Key.Key_Return)
    shown.take(seen.EXTENT)
    shown.tab_to(farewell.asking.sure)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == DeleteClient("Nadia")
    shown.take(ClientDeleted(seen.EXTENT.extent))
    shown.take(ClientsListed(seen.KNOWN[1:]))
    assert page.name == "Ren"
    assert "Destroyed: 2 sessions" in shown.texts()


def test_the_answer_about_somebody_else_is_not_shown(shown: Shown) -> None:
    page = at_the_card(shown)
    page.farewell.delete.click()
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    shown.take(seen.EXTENT)
    assert not page.farewell.asking.isVisible()


def test_withdrawing_what_is_kept_offers_to_delete_it(shown: Shown) -> None:
    page = at_the_card(shown)
    page.agreements.withdrawn.emit(Purpose.CREDENTIAL)
    assert AskExtent("Nadia") not in shown.asked
    page.agreements.withdrawn.emit(Purpose.KEEP_SOUND)
    assert shown.last() == AskExtent("Nadia")


def test_sound_may_be_kept_otherwise_and_everything_may_leave(shown: Shown) -> None:
    page = at_the_card(shown)
    rule = page.farewell.rule
    for place, wanted in ((1, SoundRule.OFF), (0, None)):
        rule.setCurrentIndex(place)
        rule.activated.emit(place)
        assert shown.last() == SetSoundRule("Nadia", wanted)
    page.farewell.everything.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit(["/somewhere/Nadia.zip"])
    dialog.close()
    assert shown.last() == ExportClient("Nadia", Path("/somewhere/Nadia.zip"))
    shown.take(ClientExported(Path("/somewhere/Nadia.zip")))
    assert "not encrypted" in shown.texts()


def test_home_says_which_sound_goes_and_keeps_it_longer(shown: Shown) -> None:
    shown.take(seen.SEEN)
    shown.take(seen.SOUND_GOES)
    assert "Sound of 2 sessions goes on 3 December 2026." in shown.texts()
    assert "Sound of one session goes on 4 December 2026." in shown.texts()
    longer, _ = shown.window.home.notes.stops
    shown.tab_to(longer)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == KeepSoundLonger(("s0", "s1"))
    shown.take(SoundSeen(1, ()))
    assert "Sound of one session is gone, as it was said." in shown.texts()
