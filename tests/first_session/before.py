"""Before the session: the client, their consent, the microphone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.first_session.coaching import ABOUT, ANSWER, CAME_FOR, CONTACT, NAME

if TYPE_CHECKING:
    from tests.first_session.coaching import Coaching

_SPEAKING = (60.0, 3.0)
"""Of the demo, where the coach speaks."""

_CREDENTIAL = "Hand in for a credential"
_PURPOSES_BEFORE = 4


def client(coaching: Coaching) -> None:
    """Somebody new, with everything that is noted of them."""
    stage = coaching.stage
    stage.push("^Clients$")
    stage.watcher.see("Nobody is here yet")
    for field, text in (
        ("^First name$", NAME),
        ("^Contact$", CONTACT),
        ("^Planned sessions$", "6"),
        ("^What they came for$", CAME_FOR),
        ("^Your notes$", ABOUT),
    ):
        stage.go_to(field)
        stage.write(text)
    stage.push("^Save$")
    stage.watcher.see("^Saved.$", "0 of 6 sessions")


def handing_in(coaching: Coaching) -> None:
    """They agreed that a session may be handed in for a credential."""
    stage = coaching.stage
    stage.go_to("^Spoken$")
    stage.press(*["Tab"] * (_PURPOSES_BEFORE + 1))
    assert stage.watcher.focused() == "They agreed"
    stage.press("space")
    stage.watcher.see("^agreed on .*, spoken$")
    shown = list(stage.watcher.names())
    assert shown[shown.index(_CREDENTIAL) + 1].startswith("agreed on ")


def card(coaching: Coaching) -> None:
    """The start card knows the client, and that they were not asked yet."""
    stage = coaching.stage
    stage.press("Escape")
    stage.push("^Start a session$")
    stage.watcher.see("A new session", "Headset")
    stage.go_to("first name")
    stage.write(NAME)
    stage.go_to("^In the room: one microphone$")
    stage.press("Down")
    stage.watcher.see("^On a call$", f"{NAME} has not been asked yet")


def refused(coaching: Coaching) -> None:
    """Without an answer nothing begins."""
    stage = coaching.stage
    stage.push("^Start$")
    stage.watcher.see("Ask your client first")
    assert not list((stage.folder / "record").rglob("*.spool"))


def consent(coaching: Coaching) -> None:
    """The sentence was said; the client's own words are noted."""
    stage = coaching.stage
    stage.watcher.see("I’d like to record us and turn it into text")
    stage.go_to("^Their answer$")
    stage.write(ANSWER)
    stage.press("Return")
    stage.watcher.see(f"{NAME} agreed on .*, spoken")
    stage.watcher.miss("Ask your client first")


def microphone(coaching: Coaching) -> None:
    """Its meter says that it hears the coach."""
    stage = coaching.stage
    for name in ("coach", "client"):
        stage.desktop.processes += stage.server.murmur(name)
    stage.say(*_SPEAKING, both=False)
    stage.watcher.see_told("Microphone level", "hears you well")
