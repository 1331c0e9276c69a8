"""A real session on a call, with words from the sound; then one that is led."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.desktop import wait_for
from tests.pictures.library import CUE_MS, HELD_MS

from sidelight.settings.room import RoomChoice, RoomView

if TYPE_CHECKING:
    from tests.pictures.stage import Stage

_AGREED_S, _SECONDS = 56.0, 26.0
"""Of the demo: "How can I be most useful to you while you work on that?"."""

_WIDER = 3
"""Key strokes of 16 px: back again it is as wide as before."""


def begun(stage: Stage) -> None:
    """From the start card; the call is another window."""
    stage.open("call", "tests.pictures.surroundings", "call")
    stage.desktop.window("Call")
    stage.in_front("Sidelight")
    stage.push("^Start$")
    stage.watcher.see("just begun", "^listening$", patience_s=90)


def reset(stage: Stage) -> None:
    stage.say(_AGREED_S, _SECONDS)
    stage.watcher.see("just now", patience_s=90)


def did(stage: Stage) -> None:
    stage.sidebar_key("d")
    stage.watcher.see("Noted|noted")


def drawer(stage: Stage) -> None:
    stage.watcher.miss("[Nn]oted")
    stage.sidebar_key("t")
    stage.desktop.window("Transcript")
    stage.watcher.see("^Transcript: what was said")


def wide(stage: Stage) -> None:
    stage.sidebar_key("t")
    stage.watcher.miss("^Transcript: what was said")
    _hold(stage, *["shift+Right"] * _WIDER)


def strip(stage: Stage) -> None:
    _hold(stage, *["shift+Left"] * _WIDER, "shift+Up")


def dot(stage: Stage) -> None:
    _hold(stage, "shift+Down")
    stage.sidebar_key("h")
    wait_for(lambda: stage.desktop.geometry(stage.sidebar())["WIDTH"] < 100)


def menu(stage: Stage) -> None:
    stage.sidebar_key("h")
    wait_for(lambda: stage.desktop.geometry(stage.sidebar())["WIDTH"] > 100)
    box = stage.desktop.geometry(stage.sidebar())
    stage.desktop.xdotool("mousemove", str(box["X"] + 30), str(box["Y"] + 12))
    before = _windows(stage)
    stage.desktop.xdotool("click", "3")
    wait_for(lambda: _windows(stage) > before)


def off_record(stage: Stage) -> None:
    before = _windows(stage)
    stage.press("Escape")
    wait_for(lambda: _windows(stage) < before)
    stage.rest_pointer()
    stage.sidebar_key("shift+o")
    stage.watcher.see("^Last .* deleted$")


def paused(stage: Stage) -> None:
    stage.sidebar_key("u")
    stage.watcher.miss("^Last .* deleted$")
    stage.sidebar_key("p")
    stage.watcher.see("^Paused · ")


def wrap_up(stage: Stage) -> None:
    stage.sidebar_key("p")
    stage.watcher.miss("^Paused · ")
    stage.run("sidelight", "end")
    stage.watcher.see("One minute to wrap up", patience_s=90)
    stage.end("call")


def home_again(stage: Stage) -> None:
    stage.in_front("Wrap-up")
    stage.press("Escape")
    stage.in_front("Review")
    stage.press("ctrl+w")
    stage.watcher.see("Start a session", "today|Today|Helen")


def held(stage: Stage) -> None:
    """A doorway that the coach has gone through already: nothing is shown.

    Minutes of talk are told at once: nobody waits for them.
    """
    stage.in_front("Sidelight")
    stage.press("ctrl+w")
    stage.await_end("sidelight")
    stage.open("call", "tests.pictures.surroundings", "call")
    stage.desktop.window("Call")
    stage.open("played", "tests.pictures.played")
    stage.watcher.see("^Sidelight: how long")
    _lead(stage, HELD_MS + 1_000)
    stage.watcher.see(r"where next\?", "1 of 15 min")


def later(stage: Stage) -> None:
    _lead(stage, 300_000)
    stage.watcher.see(r"on track\?", "5 of 15 min")


def cue(stage: Stage) -> None:
    _lead(stage, CUE_MS + 1_000)
    stage.watcher.see("half time · on track")


def room_line(stage: Stage) -> None:
    stage.end("played")
    stage.end("call")
    RoomChoice(RoomView.LINE).remember(stage.folder)
    stage.open("played", "tests.pictures.played", "--room")
    _lead(stage, 300_000)
    stage.watcher.see(r"on track\?")


def room_dark(stage: Stage) -> None:
    stage.end("played")
    RoomChoice(RoomView.DARK).remember(stage.folder)
    stage.open("played", "tests.pictures.played", "--room")
    _lead(stage, 300_000)
    stage.watcher.see("Sidelight")


def _hold(stage: Stage, *keys: str) -> None:
    """Move the sidebar with these keys, and let it go there."""
    stage.sidebar_key("m")
    stage.watcher.see("^Arrows")  # it has the keyboard by then
    stage.press(*keys, "Return")
    stage.watcher.miss("^Arrows")


def _lead(stage: Stage, to_ms: int) -> None:
    stage.tell("played", f"until {to_ms}")


def _windows(stage: Stage) -> int:
    """How many windows the sidebar's program shows; a menu is one."""
    desktop = stage.desktop
    process = desktop.xdotool("getwindowpid", stage.sidebar())
    found = desktop.xdotool("search", "--onlyvisible", "--pid", process, "--name", "")
    return len(found.splitlines())
