"""Consent on the start card, and the page of clients: real widgets, keys alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.test_home import Shown, shown

from sidelight.domain.client import Client, Engagement
from sidelight.domain.consent import NEEDED, Form, Purpose
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import (
    AskConsent,
    ChangeScript,
    ClientSaved,
    ClientsListed,
    ConsentSeen,
    ListClients,
    NoteConsent,
    SaveClient,
    ScriptsSeen,
    WithdrawConsent,
)
from sidelight.session.home.messages import LookAround, Refused, Start, StartChoices
from sidelight.ui import specimen_home as seen
from sidelight.ui.clients.agreements import SURE
from sidelight.ui.clients.page import SAVED
from sidelight.ui.clients.wording import (
    ASK_FIRST,
    NAME_FIRST,
    NO_CLIENTS,
    WITHDRAWN_NOTE,
)

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
        "Nadia", NEEDED[Mode.KEEP], Form.SPOKEN, wording=SCRIPTS[Mode.KEEP]
    )
    assert shown.last() == noted
    shown.take(ConsentSeen("Nadia", seen.AGREED))
    assert "Nadia agreed on 3 November 2026, spoken." in shown.texts()
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
        wording=SCRIPTS[Mode.LIVE_ONLY],
        answer="Sure",
    )
    assert not started(shown), "Enter in the answer begins nothing"


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
    shown.take(ScriptsSeen(((Mode.KEEP, "May I?"),)))
    assert "May I?" in shown.texts()
    shown.tab_to(consent.change)
    shown.press(Qt.Key.Key_Return)
    assert shown.focus() is consent.editor
    consent.editor.selectAll()
    shown.type("May it listen?")
    shown.press(Qt.Key.Key_Escape)
    assert shown.page() is shown.window.card, "Escape only ends the writing"
    assert shown.last() == ChangeScript(Mode.KEEP, "May it listen?")
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
    assert shown.last() == WithdrawConsent("Nadia", (Purpose.KEEP_SOUND,))
    shown.take(ConsentSeen("Nadia", (*NADIA_SAID, seen.TAKEN_BACK)))
    assert WITHDRAWN_NOTE in shown.texts()
    assert "withdrawn on 20 November 2026" in shown.texts()
    assert QApplication.focusWidget() is rows[Purpose.KEEP_SOUND].agree


NADIA_SAID = seen.KNOWN[0].said
