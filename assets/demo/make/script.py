"""The script of the demo session as values: who says what, after which pause."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Speaker: TypeAlias = Literal["coach", "client"]
Mark: TypeAlias = Literal["request", "measure", "insight", "commitment"]


@dataclass(frozen=True)
class Piece:
    """Words spoken in one breath, after a pause inside the turn."""

    text: str
    pause_before_ms: int
    mark: Mark | None


@dataclass(frozen=True)
class Anchor:
    """A turn that overlaps another: it starts this long after one of its pieces."""

    turn: str
    after_piece: int
    offset_ms: int


@dataclass(frozen=True)
class Turn:
    """One speaker's turn; a negative pause starts it while the last one goes on."""

    id: str
    speaker: Speaker
    pieces: tuple[Piece, ...]
    pause_before_ms: int
    anchor: Anchor | None
    kinds: tuple[str, ...]
    form: str | None
    episode: int | None
    note: str | None

    @property
    def text(self) -> str:
        """All that is said in the turn."""
        return " ".join(piece.text for piece in self.pieces)

    def marked(self, mark: Mark) -> list[str]:
        """The texts of the pieces that carry the mark."""
        return [piece.text for piece in self.pieces if piece.mark == mark]


@dataclass(frozen=True)
class Synthesis:
    """How the sound is made; levels in dB of full scale (RMS).

    Attributes:
        effective_bits: the sound is stored in steps of this width: the steps' noise
            stays under the room's, and the FLAC file takes half the room.
    """

    sample_rate: int
    speech_level_dbfs: float
    room_noise_dbfs: float
    noise_seed: int
    effective_bits: int
    tail_ms: int


@dataclass(frozen=True)
class Script:
    """The whole session before it is spoken."""

    id: str
    title: str
    client: str
    voices: dict[Speaker, str]
    synthesis: Synthesis
    phases: tuple[tuple[str, str], ...]
    turns: tuple[Turn, ...]


def read_script(path: Path) -> Script:
    """Reads ``script.json``.

    Raises:
        ValueError: a turn's ``text`` is not its pieces joined.
    """
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Script(
        id=raw["id"],
        title=raw["title"],
        client=raw["client"],
        voices=raw["voices"],
        synthesis=Synthesis(**raw["synthesis"]),
        phases=tuple((p["phase"], p["first_turn"]) for p in raw["phases"]),
        turns=tuple(_turn(turn) for turn in raw["turns"]),
    )


def _turn(raw: dict[str, Any]) -> Turn:
    anchor = raw.get("anchor")
    turn = Turn(
        id=raw["id"],
        speaker=raw["speaker"],
        pieces=tuple(
            Piece(piece["text"], piece["pause_before_ms"], piece.get("mark"))
            for piece in raw["pieces"]
        ),
        pause_before_ms=raw["pause_before_ms"],
        anchor=Anchor(**anchor) if anchor else None,
        kinds=tuple(raw["kinds"]),
        form=raw["form"],
        episode=raw["episode"],
        note=raw.get("note"),
    )
    if turn.text != raw["text"]:
        raise ValueError(f"{turn.id}: text and pieces differ")
    return turn
