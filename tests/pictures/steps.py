"""Every step of the flow, in order. A new one is a function and a line in ``STEPS``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.pictures import afterwards, at_home, first_run, in_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pictures.stage import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One picture.

    Attributes:
        name: Of its file, behind the number.
        shows: In words, for the sheet.
        act: Leads from the step before to what is shown.
    """

    name: str
    shows: str
    act: Callable[[Stage], None]


STEPS = (
    Step("first-run-language", "First run: language", first_run.language),
    Step("first-run-measuring", "First run: computer measured", first_run.measuring),
    Step("first-run-model", "First run: speech model", first_run.model),
    Step("first-run-key", "First run: key to be made", first_run.key),
    Step("first-run-key-shown", "First run: recovery key", first_run.key_shown),
    Step("first-run-key-check", "First run: key typed from paper", first_run.key_check),
    Step("first-run-place", "First run: where everything lies", first_run.place),
    Step("first-run-try", "First run: trying it", first_run.hearing),
    Step("first-run-noticed", "First run: it noticed", first_run.noticed),
    Step("first-run-words", "First run: own wordings", first_run.words),
    Step("home-empty", "Home without sessions", first_run.done),
    Step("home-sessions", "Home with sessions", at_home.sessions),
    Step("start-card", "Start card", at_home.card),
    Step("start-card-filled", "Start card: a known client", at_home.card_filled),
    Step("start-card-agreed", "Start card: the client agrees", at_home.agreed),
    Step("call-begun", "On a call: just begun", in_session.begun),
    Step("call-reset", "On a call: after a reset", in_session.reset),
    Step("call-did", "On a call: I did that", in_session.did),
    Step("call-drawer", "On a call: transcript", in_session.drawer),
    Step("call-wide", "On a call: wide panel", in_session.wide),
    Step("call-strip", "On a call: strip of 44 px", in_session.strip),
    Step("call-dot", "On a call: all but the dot hidden", in_session.dot),
    Step("call-menu", "On a call: menu", in_session.menu),
    Step("call-off-record", "On a call: off the record", in_session.off_record),
    Step("call-paused", "On a call: paused", in_session.paused),
    Step("call-wrap-up", "Wrap-up after the call", in_session.wrap_up),
    Step("call-home", "Home after the call", in_session.home_again),
    Step("call-held", "On a call: a cue held back", in_session.held),
    Step("call-later", "On a call: minutes later", in_session.later),
    Step("call-cue", "On a call: a cue", in_session.cue),
    Step("room-line", "In a room: the line", in_session.room_line),
    Step("room-dark", "In a room: dark screen", in_session.room_dark),
    Step("review", "Review", afterwards.review),
    Step("review-moment", "Review: a moment chosen", afterwards.moment),
    Step("review-kinds", "Review: it is something else", afterwards.kinds),
    Step("review-corrected", "Review: no such moment", afterwards.corrected),
    Step("review-words", "Review: words put right", afterwards.words),
    Step("review-note", "Review: note for the client", afterwards.client_note),
    Step("review-reflection", "Review: reflection", afterwards.reflection),
    Step("review-more-room", "Review: more room for a page", afterwards.more_room),
    Step("review-playing", "Review: the sound plays", afterwards.playing),
    Step("review-found", "Review: words found", afterwards.found),
    Step("wrap-up", "Wrap-up: note", afterwards.wrap_up),
    Step("wrap-up-committed", "Wrap-up: commitment", afterwards.committed),
    Step("export", "Export: preview", afterwards.export),
    Step("home-again", "Home after the review", afterwards.home),
    Step("settings", "Settings", at_home.settings),
    Step("settings-found", "Settings: one is searched for", at_home.setting_found),
    Step("search", "Library: search", at_home.search),
    Step("client", "A client's page", at_home.client),
    Step("client-card", "A client's card and consent", at_home.client_card),
    Step("bring-in", "Recordings to be brought in", at_home.bring_in),
    Step("bring-in-agreed", "Recordings of a client", at_home.bring_in_agreed),
    Step("importing", "Recordings being heard", at_home.importing),
    Step("imported", "Recordings brought in", at_home.imported),
)
