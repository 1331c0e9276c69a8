"""The written talk of ``data/``: one line a turn, labels in braces (GUIDE.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PROCESS: Final = ("support", "direction", "on_track")
FORMS: Final = ("open", "menu_open", "narrow")
LABELS: Final = (
    *PROCESS,
    *("agreement", "observation_invite", "engagement", "closing", "leading"),
    *("unsolicited_advice", "either_or", "stacked", "interprets", "own_words"),
    *("feeling_passed", "took_choice", "took_back", "reflection", "observation"),
    *("acknowledgement", "past_success", "emotion", "inquire_first", "care"),
)

_HEADER = re.compile(r"== (?P<id>[a-z0-9-]+) \| (?P<fields>.+)")
_TURN = re.compile(r"(?P<who>[CP]) (?P<text>.+?)(?: \{(?P<labels>[^{}]*)\})?")


class MalformedError(ValueError):
    """A line is not written as GUIDE.md says; the message names line and reason."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn.

    Attributes:
        coach: Whether the coach speaks.
        text: As said.
        labels: Ids of kinds, in the order written.
        arguable: Those of ``labels`` that could go either way.
        form: With ``direction`` only.
        episode: Number of the hand-over in its session, where written.
    """

    coach: bool
    text: str
    labels: tuple[str, ...] = ()
    arguable: frozenset[str] = frozenset()
    form: str | None = None
    episode: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One session, scene or talk.

    Attributes:
        id: Unique over all files: file name, slash, the header's id.
        fields: The header's, with ``kind``, ``variety`` and ``style``.
        turns: In order, at least one.
    """

    id: str
    fields: dict[str, str]
    turns: tuple[Turn, ...]

    @property
    def kind(self) -> str:
        """``session``, ``scene`` or ``talk``."""
        return self.fields["kind"]


def _turn(match: re.Match[str]) -> Turn:
    labels: list[str] = []
    arguable: set[str] = set()
    form = None
    episode = None
    for word in (match["labels"] or "").replace(",", " ").split():
        name = word.removesuffix("?")
        if name in LABELS:
            if name not in labels:
                labels.append(name)
            if word.endswith("?"):
                arguable.add(name)
        elif name in FORMS:
            form = name
        elif re.fullmatch(r"e\d+", name):
            episode = int(name[1:])
        else:
            raise MalformedError(f"unknown label {word!r}")
    if match["who"] == "P" and labels:
        raise MalformedError("the partner's turns carry no labels")
    if "direction" in labels and form is None:
        raise MalformedError("direction needs a form")
    if form is not None and "direction" not in labels:
        raise MalformedError("a form goes with direction only")
    return Turn(
        match["who"] == "C",
        match["text"],
        tuple(labels),
        frozenset(arguable),
        form,
        episode,
    )


@dataclass(slots=True)
class _Reader:
    """Takes a file's lines one by one."""

    stem: str
    blocks: list[Block] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    header: tuple[str, dict[str, str]] | None = None

    def take(self, line: str) -> None:
        begins = _HEADER.fullmatch(line)
        said = _TURN.fullmatch(line)
        if begins:
            self.close()
            self.header = (begins["id"], self._fields(begins))
        elif said is None:
            raise MalformedError("neither a header nor a turn")
        elif self.header is None:
            raise MalformedError("a turn before the first header")
        else:
            self.turns.append(_turn(said))

    def close(self) -> None:
        if self.header is None:
            return
        identity, fields = self.header
        if not self.turns:
            raise MalformedError(f"block {identity} has no turns")
        self.blocks.append(Block(f"{self.stem}/{identity}", fields, tuple(self.turns)))
        self.turns = []

    def _fields(self, begins: re.Match[str]) -> dict[str, str]:
        if any(block.id == f"{self.stem}/{begins['id']}" for block in self.blocks):
            raise MalformedError(f"id {begins['id']} is there twice")
        pairs = (field.partition("=") for field in begins["fields"].split(";"))
        fields = {key.strip(): value.strip() for key, _, value in pairs}
        if fields.get("kind") not in ("session", "scene", "talk"):
            raise MalformedError("kind must be session, scene or talk")
        if not fields.get("variety") or not fields.get("style"):
            raise MalformedError("the header needs variety and style")
        return fields


def read_file(path: Path) -> list[Block]:
    """The blocks of a file.

    Raises:
        MalformedError: Names the first line that is not as GUIDE.md says.
    """
    reader = _Reader(path.stem)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            reader.take(line.strip())
        except MalformedError as error:
            raise MalformedError(f"line {number}: {error}") from None
    reader.close()
    return reader.blocks
