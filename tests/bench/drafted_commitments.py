"""How many of the drafted commitments the text supports, and whose words they are.

From the root of the repository, in a second::

    PYTHONPATH=app:. python -m tests.bench.drafted_commitments

The whole sessions of ``models/partnering/data`` (``dev`` and ``held``) are read as a
recogniser would write them: without quotation marks and stage directions. Their truth
is written by hand.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fakes.story import STARTED_AT, StoryBuilder

from sidelight import resources
from sidelight.domain.notes import Section
from sidelight.domain.transcript import Speaker
from sidelight.session.drafting import draft_client_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEMO: Final = "demo"
_DATA: Final = Path(__file__).parents[2] / "models" / "partnering" / "data"
_TRUTH: Final = Path(__file__).with_name("commitments.toml")
_STAGE: Final = re.compile(r"\[[^\]]*\]|\{[^{}]*\}|[\"\u201c\u201d]")

Turns = list[tuple[Speaker, str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was drafted of some sessions.

    Attributes:
        supported: Drafted commitments that the truth has.
        unsupported: Session and words of those that it has not.
        wrong_speaker: Session and words of those that nobody but the coach said.
        promised: Commitments of the truth.
        found: Of them, those that were drafted.
    """

    supported: int
    unsupported: tuple[tuple[str, str], ...]
    wrong_speaker: tuple[tuple[str, str], ...]
    promised: int
    found: int

    @property
    def drafted(self) -> int:
        """All drafted commitments."""
        return self.supported + len(self.unsupported)


def sessions() -> Iterator[tuple[str, Turns]]:
    """Every whole session that is labelled, by its name, then the demo."""
    for path in sorted([*_DATA.glob("dev/*.txt"), *_DATA.glob("held/*.txt")]):
        for block in re.split(r"(?m)^== ", path.read_text("utf-8"))[1:]:
            head, *lines = block.strip().splitlines()
            if "kind=session" in head:
                yield f"{path.stem}/{head.split(' ')[0]}", [*map(_turn, lines)]
    script = json.loads((resources.demo_session() / "script.json").read_text("utf-8"))
    yield DEMO, [(Speaker(t["speaker"]), t["text"]) for t in script["turns"]]


def truth() -> Mapping[str, list[str]]:
    """Pieces of what clients promise, by session."""
    return tomllib.loads(_TRUTH.read_text("utf-8"))


def measure() -> Figures:
    """Draft every session, and compare."""
    supported, promised, found = 0, 0, 0
    unsupported: list[tuple[str, str]] = []
    wrong: list[tuple[str, str]] = []
    known = truth()
    for name, turns in sessions():
        lines = drafted(turns)
        theirs = " ".join(text for who, text in turns if who is Speaker.CLIENT)
        for line in lines:
            if any(_in(piece, line) for piece in known[name]):
                supported += 1
            else:
                unsupported.append((name, line))
            if not _in(line, theirs):
                wrong.append((name, line))
        promised += len(known[name])
        found += sum(any(_in(one, line) for line in lines) for one in known[name])
    return Figures(supported, tuple(unsupported), tuple(wrong), promised, found)


def drafted(turns: Turns) -> list[str]:
    """The commitments drafted of a session."""
    builder = StoryBuilder()
    for speaker, text in turns:
        builder.say(speaker, text)
    note = draft_client_note(builder.story(), STARTED_AT)
    return [x.quote for x in note.lines if x.section is Section.COMMITMENTS]


def _turn(line: str) -> tuple[Speaker, str]:
    who = Speaker.COACH if line.startswith("C ") else Speaker.CLIENT
    return who, " ".join(_STAGE.sub("", line[2:]).split()) or "Mm."


def _in(piece: str, text: str) -> bool:
    return _letters(piece) in _letters(text)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def main() -> None:
    """Write the figures to standard output."""
    figures = measure()
    share = figures.supported / max(1, figures.drafted)
    told = (
        f"drafted {figures.drafted}, supported {figures.supported} ({share:.0%}), "
        f"by the wrong speaker {len(figures.wrong_speaker)}; "
        f"of {figures.promised} promised {figures.found} drafted"
    )
    out = [
        told,
        *(f"  unsupported  {name}: {line}" for name, line in figures.unsupported),
    ]
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
