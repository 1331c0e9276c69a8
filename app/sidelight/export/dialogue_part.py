"""How the two talked with each other: a part of the reflection note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.transcript import Speaker
from sidelight.export.document import Heading, Item, Paragraph
from sidelight.export.writing import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.dialogue import Dialogue, Doorway
    from sidelight.export.document import Block
    from sidelight.export.package import Package

_SIDES: Final = (Speaker.COACH, Speaker.CLIENT)


def dialogue_blocks(package: Package) -> Iterator[Block]:
    """Who chose the way, who spoke how long; nothing with one microphone for both."""
    dialogue = package.reflection.dialogue
    if dialogue is None:
        return
    yield from _ways(package, dialogue)
    yield Heading(2, "How you talked with each other")
    yield Item("Speaking time", _talk(package, dialogue))
    late = [
        f"{_name(package, one)} {latency / 1000:.1f} s"
        for one in _SIDES
        if (latency := dialogue.latency(one)) is not None
    ]
    if late:
        yield Item("Time before a reply", f"{', '.join(late)} (half were shorter)")
    if dialogue.questions:
        opened = sum(one.open for one in dialogue.questions)
        closed = len(dialogue.questions) - opened
        yield Item("Your questions", f"{opened} open, {closed} closed")
    if dialogue.interruptions:
        begun = [
            f"{_name(package, one)} {len(dialogue.interrupted_by(one))}"
            for one in _SIDES
        ]
        yield Item("Began while the other was in mid-flow", ", ".join(begun))


def _talk(package: Package, dialogue: Dialogue) -> str:
    talk = dialogue.talk
    parts = [
        (_name(package, Speaker.COACH), talk.coach),
        (_name(package, Speaker.CLIENT), talk.client),
        ("both at once", talk.both),
        ("nobody", talk.silence),
    ]
    return ", ".join(f"{who} {clock(ms)}" for who, ms in parts)


def _name(package: Package, speaker: Speaker) -> str:
    name = package.name(speaker)
    return embedded(name[:1].upper() + name[1:])


def _ways(package: Package, dialogue: Dialogue) -> Iterator[Block]:
    if dialogue.doorway is None and not dialogue.forks:
        return
    yield Heading(2, "Who chose the way")
    if dialogue.doorway is not None:
        yield Paragraph(_through(package, dialogue.doorway))
    for fork in dialogue.forks:
        yield Item(clock(fork.span.start), fork.reason, fork.quote)


def _through(package: Package, door: Doorway) -> str:
    at = clock(door.span.start)
    if door.move is not None:
        title, asked = package.title(door.move.kind), clock(door.move.span.start)
        return (
            f"Between the agreement ({at}) and exploring you partnered on the process:"
            f" {title}, {asked}."
        )
    return (
        f"After the agreement ({at}) exploring began with your next question. How else"
        " could it have begun?"
    )
