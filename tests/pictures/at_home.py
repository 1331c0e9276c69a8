"""Home, the start card, search, a client's page, recordings that are brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import soundfile

from sidelight import resources

if TYPE_CHECKING:
    from tests.pictures.stage import Stage

_SPEAKING_S = 60.0
"""Of the demo, where the coach speaks."""

_RECORDED_S = 150
"""Long enough to be looked at while it is heard."""


def sessions(stage: Stage) -> None:
    """The program is started on another day, with sessions of several clients."""
    stage.press("ctrl+w")
    stage.await_end("sidelight")
    stage.run("tests.pictures.library")
    stage.open("sidelight", "sidelight")
    stage.watcher.see("Start a session", "Helen", "Nadia")
    stage.in_front("Sidelight")


def card(stage: Stage) -> None:
    stage.push("^Start a session$")
    stage.watcher.see("A new session", "Headset")
    stage.say(_SPEAKING_S, 3.0, both=False)  # so that the meter shows something


def card_filled(stage: Stage) -> None:
    """A client who was here before, on a call; nobody asked them yet."""
    stage.go_to("first name")
    stage.write("Helen")
    stage.go_to("^In the room: one microphone$")
    stage.press("Down")
    stage.watcher.see("^On a call$", "asked for last time")
    stage.watcher.see("has not been asked yet")


def agreed(stage: Stage) -> None:
    stage.press("F2")
    stage.watcher.see("Helen agreed on")


def settings(stage: Stage) -> None:
    stage.press("ctrl+comma")
    stage.in_front("Settings")
    stage.watcher.see("^Search the settings$")


def setting_found(stage: Stage) -> None:
    stage.go_to("^Search the settings$")
    stage.write("text")
    stage.watcher.see("[Ss]ize of")


def search(stage: Stage) -> None:
    stage.press("ctrl+w")
    stage.in_front("Sidelight")
    stage.press("ctrl+f")
    stage.write("saturday")
    stage.watcher.see("found|place")


def client(stage: Stage) -> None:
    stage.press("ctrl+a")
    stage.write("helen")
    stage.watcher.see("One client")
    stage.press("Down", "Return")
    stage.watcher.see("asked for")


def client_card(stage: Stage) -> None:
    stage.push("^Card and consent$")
    stage.watcher.see("^New client$", "not asked|agreed on")


def bring_in(stage: Stage) -> None:
    """Two recordings are chosen in the system's dialog, which Qt draws here."""
    stage.push("^Back$")
    stage.watcher.see("Card and consent")
    stage.push("^Back$")
    stage.watcher.see("Start a session")
    folder = stage.folder.parent / "home"
    names = [f"talk {number}.wav" for number in (1, 2)]
    for name, start in zip(names, (40, 300), strict=True):
        sound, rate = soundfile.read(
            resources.demo_session() / "session.flac",
            start=start * 16_000,
            frames=_RECORDED_S * 16_000,
        )
        soundfile.write(folder / name, sound, rate)
    stage.push("Bring in recordings")
    stage.in_front("Bring in recordings…")
    stage.press("ctrl+a")  # what is lost before the field listens is this, no name
    stage.write(str(folder))
    stage.press("Return")
    stage.watcher.see(names[1])
    stage.write(" ".join(f'"{name}"' for name in names))
    stage.press("Return")
    stage.watcher.see("Bring in 2 recordings")
    stage.in_front("Sidelight")


def bring_in_agreed(stage: Stage) -> None:
    stage.write("Nadia")
    stage.press("Tab")
    stage.watcher.see("Nadia agreed on")


def importing(stage: Stage) -> None:
    stage.push("^Bring in$")
    stage.watcher.see("Heard: ")


def imported(stage: Stage) -> None:
    stage.watcher.miss("Heard: ", "Waits for", "Being looked at", patience_s=240)
