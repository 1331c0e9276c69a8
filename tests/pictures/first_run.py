"""The first run, from the first start to an empty home."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from tests.fakes.desktop import wait_for

if TYPE_CHECKING:
    from tests.pictures.stage import Stage

_ASK = (76.1, 6.0)
"""Of the demo: "And when I hear one, what would you like me to do?"."""
_UNRECOGNISED = "Nothing was recognised in it"
_STILL = (138.2, 4.8)
"""Of the demo: "You asked him what he needed from you, and then …"."""


def language(stage: Stage) -> None:
    """The program is started for the first time."""
    stage.open("sidelight", "sidelight")
    stage.watcher.see("Which language do you coach in")
    stage.in_front("Sidelight")


def measuring(stage: Stage) -> None:
    stage.press("Return")
    stage.watcher.see("What turns speech into words", "Measuring how fast")


def model(stage: Stage) -> None:
    stage.watcher.miss("Measuring how fast", patience_s=180)


def key(stage: Stage) -> None:
    """With the model that is here, whether this computer is fast enough or not."""
    stage.go_to("^Quickest|^Balanced|^Most exact|^Later$")
    while not (now := stage.watcher.focused()).startswith("Balanced"):
        stage.press("Up" if now.startswith("Most exact") else "Down")
        wait_for(partial(_leaves, stage, now))
    stage.push("^Next$")
    stage.watcher.see("The key to your sessions", "^Make the key$")


def _leaves(stage: Stage, name: str) -> bool:
    return stage.watcher.focused() != name


def key_shown(stage: Stage) -> None:
    stage.push("^Make the key$")
    stage.watcher.see("^I wrote it down$")


def key_check(stage: Stage) -> None:
    """Both groups are typed as they stand on the paper."""
    groups = stage.run("tests.pictures.library", "--key").split("-")
    stage.push("^I wrote it down$")
    stage.watcher.see("^Check$")
    asked = (re.match(r"Group (\d+) of", name) for name in stage.watcher.names())
    for number in sorted({int(one[1]) for one in asked if one}):
        stage.go_to(f"Group {number} of")
        stage.write(groups[number - 1])


def place(stage: Stage) -> None:
    stage.press("Return")
    stage.watcher.see("It is on paper")
    stage.push("^Next$")
    stage.watcher.see("Where it is kept")


def hearing(stage: Stage) -> None:
    stage.push("^Next$")
    stage.watcher.see("^Try it$", "^Start listening$", "Headset")


def noticed(stage: Stage) -> None:
    stage.push("^Start listening$")
    stage.watcher.miss("Getting ready", "^Start listening$")
    stage.say(*_ASK, both=False)
    stage.watcher.see(f"just now|{_UNRECOGNISED}")
    if stage.watcher.shows(_UNRECOGNISED):  # a busy computer cut the sound
        stage.say(*_ASK, both=False)
        stage.watcher.see("just now")


def words(stage: Stage) -> None:
    stage.push("^Next$")
    stage.watcher.see("Three ways of your own")
    stage.go_to("^support")
    stage.write("What would help you most from me right now?")


def done(stage: Stage) -> None:
    stage.press("Return")
    stage.watcher.see("^Start a session$", "Everything stays on this computer")
