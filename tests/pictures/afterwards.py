"""What comes after a session: the review with its corrections, wrap-up, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pictures.stage import Stage


def review(stage: Stage) -> None:
    """Helen's long session, from home's list."""
    stage.end("played")
    stage.open("sidelight", "sidelight")
    stage.watcher.see("Start a session", "Helen")
    stage.in_front("Sidelight")
    stage.press("ctrl+f")
    stage.press("Down", "Down", "Down", "Return")
    stage.in_front("Review")
    stage.watcher.see("Timeline of the session")


def moment(stage: Stage) -> None:
    stage.press("Right", "Right", "Right")


def kinds(stage: Stage) -> None:
    stage.press("c")
    stage.watcher.see("summar|support|reflection")


def corrected(stage: Stage) -> None:
    stage.press("Escape")
    stage.press("n")
    stage.watcher.see("Removed|removed|taken")


def words(stage: Stage) -> None:
    """What was heard is put right."""
    stage.press("e")
    stage.watcher.see("split at the cursor")


def client_note(stage: Stage) -> None:
    stage.press("Escape", "ctrl+3")
    stage.watcher.see("^Change parts$")


def reflection(stage: Stage) -> None:
    stage.press("ctrl+4")
    stage.watcher.see("^For you alone")


def more_room(stage: Stage) -> None:
    """Where there is little, Ctrl+0 leads to the timeline, which is a page itself."""
    stage.press("ctrl+3", "ctrl+0")
    stage.watcher.see("^Less room|^Timeline of the session")


def playing(stage: Stage) -> None:
    stage.press("ctrl+0", "ctrl+2", "ctrl+space")
    stage.watcher.see("^Pause$")


def found(stage: Stage) -> None:
    stage.press("ctrl+space")
    stage.watcher.see("^Play$")
    stage.press("ctrl+f")
    stage.write("saturday")
    stage.watcher.see("^1 of ")


def wrap_up(stage: Stage) -> None:
    stage.push("^Wrap up$")
    stage.in_front("Wrap-up")
    stage.watcher.see("One minute to wrap up")
    stage.write("Stay longer with what she says about being needed.")


def committed(stage: Stage) -> None:
    stage.press("Tab")
    stage.press("space")


def export(stage: Stage) -> None:
    stage.press("ctrl+Return")
    stage.in_front("Review")
    stage.press("ctrl+e")
    stage.in_front("Export")
    stage.watcher.see("^Preview$")
    stage.watcher.miss("One moment")


def home(stage: Stage) -> None:
    stage.press("Escape")
    stage.in_front("Review")
    stage.press("ctrl+w")
    stage.in_front("Sidelight")
