"""Makes the demo session's sound and truth from its script: one command, same bytes.

    python assets/demo/make/make_session.py            writes the files
    python assets/demo/make/make_session.py --check    compares them with the script

The README beside the script says what the session is and what the truth file holds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import flite
import numpy as np
import numpy.typing as npt
import soundfile
from script import Mark, Piece, Script, Speaker, Synthesis, Turn, read_script

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).resolve().parents[1]
CHANNELS: Final[dict[Speaker, int]] = {"coach": 0, "client": 1}
PROCESS_KINDS: Final = frozenset({"support", "direction", "on_track"})

# Speech reaches from the first to the last frame of a piece less than this far below
# its loudest frame: flite's own silence is digital, its softest consonants are above.
_FRAME_MS: Final = 10
_SPEECH_RANGE_DB: Final = 35.0
# Kept around the measured speech and faded, so that nothing clicks.
_MARGIN_MS: Final = 30
_LONG_SILENCE_MS: Final = 5_000

Samples: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Voiced:
    """One piece as sound: samples with margins, and where the speech in them is."""

    samples: Samples
    start: int
    end: int
    words: tuple[flite.WordTime, ...]


@dataclass(frozen=True)
class PlacedPiece:
    """A piece on the session's timeline; its speech starts at sample ``at``."""

    piece: Piece
    voiced: Voiced
    at: int

    @property
    def end(self) -> int:
        """The sample where its speech ends."""
        return self.at + self.voiced.end - self.voiced.start


@dataclass(frozen=True)
class PlacedTurn:
    """A turn on the session's timeline."""

    turn: Turn
    pieces: tuple[PlacedPiece, ...]

    @property
    def start(self) -> int:
        """The first sample of its speech."""
        return self.pieces[0].at

    @property
    def end(self) -> int:
        """The sample after its speech."""
        return self.pieces[-1].end


def voice_piece(synthesiser: flite.Flite, voice: str, text: str, rate: int) -> Voiced:
    """Speaks a piece and measures where in it the speech is.

    Raises:
        ValueError: the voice has another sample rate than the session.
    """
    spoken = synthesiser.speak(voice, text)
    if spoken.rate != rate:
        raise ValueError(f"{voice} speaks at {spoken.rate} Hz, not {rate}")
    samples = spoken.samples.astype(np.float64) / 32768
    start, end = _speech_span(samples, rate)
    margin = rate * _MARGIN_MS // 1000
    first, last = max(0, start - margin), min(len(samples), end + margin)
    cut = samples[first:last].copy()
    ramp = np.linspace(0.0, 1.0, margin, endpoint=False)
    cut[:margin] *= ramp
    cut[-margin:] *= ramp[::-1]
    words = tuple(
        flite.WordTime(max(word.start, start) - first, min(word.end, end) - first)
        for word in spoken.words
    )
    return Voiced(cut, start - first, end - first, words)


def _speech_span(samples: Samples, rate: int) -> tuple[int, int]:
    """First and last frame that is not far below the loudest one, in samples."""
    size = rate * _FRAME_MS // 1000
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = np.mean(frames**2, axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-_SPEECH_RANGE_DB / 10))
    return int(loud[0]) * size, (int(loud[-1]) + 1) * size


def place(script: Script, synthesiser: flite.Flite) -> list[PlacedTurn]:
    """Speaks every piece and lays it on the timeline, turns in the script's order."""
    rate = script.synthesis.sample_rate
    placed: dict[str, PlacedTurn] = {}
    latest = 0
    for turn in script.turns:
        if turn.anchor is None:
            at = latest + turn.pause_before_ms * rate // 1000
        else:
            piece = placed[turn.anchor.turn].pieces[turn.anchor.after_piece]
            at = piece.end + turn.anchor.offset_ms * rate // 1000
        pieces: list[PlacedPiece] = []
        for piece_of_turn in turn.pieces:
            at += piece_of_turn.pause_before_ms * rate // 1000
            voice = script.voices[turn.speaker]
            voiced = voice_piece(synthesiser, voice, piece_of_turn.text, rate)
            pieces.append(PlacedPiece(piece_of_turn, voiced, at))
            at = pieces[-1].end
        placed[turn.id] = PlacedTurn(turn, tuple(pieces))
        latest = max(latest, at)
    return list(placed.values())


def mix(turns: list[PlacedTurn], how: Synthesis) -> npt.NDArray[np.int16]:
    """The session's sound.

    Returns:
        int16, shape (n, 2), left coach, right client, in steps of ``effective_bits``.

    Raises:
        ValueError: the sound would clip, alone or when both channels are added.
    """
    last = max(turn.end for turn in turns)
    frames = last + how.tail_ms * how.sample_rate // 1000
    noise = np.random.default_rng(how.noise_seed).standard_normal((frames, 2))
    sound = noise * 10 ** (how.room_noise_dbfs / 20)
    for speaker, channel in CHANNELS.items():
        pieces = [p for t in turns if t.turn.speaker == speaker for p in t.pieces]
        gain = _gain(pieces, how.speech_level_dbfs)
        for placed in pieces:
            first = placed.at - placed.voiced.start
            span = slice(first, first + len(placed.voiced.samples))
            sound[span, channel] += gain * placed.voiced.samples
    if max(np.abs(sound).max(), np.abs(sound.sum(axis=1)).max()) >= 1.0:
        raise ValueError("the sound clips: lower speech_level_dbfs")
    steps = 2 ** (how.effective_bits - 1)
    quantised: Samples = np.rint(sound * steps) * (32768 // steps)
    return quantised.astype(np.int16)


def _gain(pieces: list[PlacedPiece], level_dbfs: float) -> float:
    """One gain a voice: its speech as a whole has the wanted RMS level."""
    speech = [p.voiced.samples[p.voiced.start : p.voiced.end] for p in pieces]
    rms = float(np.sqrt(np.mean(np.concatenate(speech) ** 2)))
    return float(10 ** (level_dbfs / 20)) / rms


class Truth:
    """Writes down what the sound holds; times in whole milliseconds."""

    def __init__(self, script: Script, turns: list[PlacedTurn], frames: int) -> None:
        self._script = script
        self._turns = turns
        self._by_id = {placed.turn.id: placed for placed in turns}
        self._rate = script.synthesis.sample_rate
        self._frames = frames

    def document(self, stereo_digest: str, mono_digest: str) -> dict[str, Any]:
        """The content of ``truth.json``."""
        (request,) = self._marked("request")
        measure = next(self._marked("measure"))
        commitments = [
            {"turn": placed.turn.id, "text": text}
            for placed in self._turns
            for text in placed.turn.marked("commitment")
        ]
        return {
            "v": 1,
            "id": self._script.id,
            "title": self._script.title,
            "client": self._script.client,
            "duration_ms": self._ms(self._frames),
            "sound": {
                "sample_rate": self._rate,
                "made_with": f"flite {flite.VERSION}",
                "session.flac": {
                    "channels": ["coach", "client"],
                    "sha256_of_samples": stereo_digest,
                },
                "session-mono.flac": {
                    "channels": ["both"],
                    "sha256_of_samples": mono_digest,
                },
            },
            "request": request["text"],
            "focus": {
                "turn": request["turn"],
                "text": request["text"],
                "measure": measure,
            },
            "insights": list(self._marked("insight")),
            "commitments": commitments,
            "phases": self._phases(),
            "silences": self._silences(),
            "expected_moments": list(self._moments()),
            "turns": [self._turn(placed) for placed in self._turns],
        }

    def _ms(self, sample: int) -> int:
        return sample * 1000 // self._rate

    def _marked(self, mark: Mark) -> Iterator[dict[str, str]]:
        for placed in self._turns:
            texts = placed.turn.marked(mark)
            if texts:
                yield {"turn": placed.turn.id, "text": " ".join(texts)}

    def _phases(self) -> list[dict[str, Any]]:
        """Phases touch each other and cover the session."""
        names = [name for name, _ in self._script.phases]
        starts = [self._by_id[turn].start for _, turn in self._script.phases]
        bounds = [0, *starts[1:], self._frames]
        return [
            {"phase": name, "start_ms": self._ms(start), "end_ms": self._ms(end)}
            for name, (start, end) in zip(names, pairwise(bounds), strict=True)
        ]

    def _silences(self) -> list[dict[str, Any]]:
        """Long stretches in which nobody speaks, and who ends them."""
        pieces = sorted(
            ((p.at, p.end, t.turn) for t in self._turns for p in t.pieces),
            key=lambda entry: entry[0],
        )
        silences: list[dict[str, Any]] = []
        quiet_from, before = pieces[0][1], pieces[0][2]
        for start, end, turn in pieces[1:]:
            if self._ms(start) - self._ms(quiet_from) >= _LONG_SILENCE_MS:
                client_ends_it = turn.speaker == "client"
                silences.append(
                    {
                        "start_ms": self._ms(quiet_from),
                        "end_ms": self._ms(start),
                        "after_turn": before.id,
                        "before_turn": turn.id,
                        "kind": "silence_honoured" if client_ends_it else None,
                    }
                )
            if end > quiet_from:
                quiet_from, before = end, turn
        return silences

    def _moments(self) -> Iterator[dict[str, Any]]:
        for placed in self._turns:
            turn = placed.turn
            for kind in turn.kinds:
                if kind in PROCESS_KINDS:
                    yield {
                        "kind": kind,
                        "form": turn.form if kind == "direction" else None,
                        "episode": turn.episode,
                        "turn": turn.id,
                        "start_ms": self._ms(placed.start),
                        "end_ms": self._ms(placed.end),
                    }

    def _turn(self, placed: PlacedTurn) -> dict[str, Any]:
        turn = placed.turn
        entry: dict[str, Any] = {
            "id": turn.id,
            "speaker": turn.speaker,
            "start_ms": self._ms(placed.start),
            "end_ms": self._ms(placed.end),
            "text": turn.text,
            "kinds": list(turn.kinds),
            "form": turn.form,
            "episode": turn.episode,
        }
        if turn.note:
            entry["note"] = turn.note
        entry["words"] = [
            {
                "text": text,
                "start_ms": self._ms(piece.at + word.start - piece.voiced.start),
                "end_ms": self._ms(piece.at + word.end - piece.voiced.start),
            }
            for piece in placed.pieces
            for text, word in zip(
                piece.piece.text.split(), piece.voiced.words, strict=True
            )
        ]
        return entry


def to_json(document: dict[str, Any]) -> str:
    """JSON that people can read and compare: one turn, word list or entry a line."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list):
            rows = ",\n".join(
                "  " + json.dumps(row, ensure_ascii=False) for row in value
            )
            lines.append(f" {json.dumps(key)}: [\n{rows}\n ]")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def digest(samples: npt.NDArray[np.int16]) -> str:
    """SHA-256 of the samples as little-endian int16: the FLAC packing may differ."""
    return hashlib.sha256(samples.astype("<i2").tobytes()).hexdigest()


def main() -> int:
    """Makes or checks the files; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    script = read_script(FOLDER / "script.json")
    try:
        synthesiser = flite.Flite(frozenset(script.voices.values()))
    except flite.FliteMissingError as error:
        print(error, file=sys.stderr)
        return 1
    turns = place(script, synthesiser)
    stereo = mix(turns, script.synthesis)
    mono = stereo.sum(axis=1).astype(np.int16)
    document = Truth(script, turns, len(stereo)).document(digest(stereo), digest(mono))
    text = to_json(document)
    truth = FOLDER / "truth.json"
    if check:
        same = truth.read_text(encoding="utf-8") == text
        print("same as made" if same else "the committed files differ from the script")
        return 0 if same else 1
    for name, samples in (("session.flac", stereo), ("session-mono.flac", mono)):
        soundfile.write(
            FOLDER / name, samples, script.synthesis.sample_rate, compression_level=1.0
        )
        print(f"{name}: {(FOLDER / name).stat().st_size / 1e6:.2f} MB")
    truth.write_text(text, encoding="utf-8")
    print(f"{len(turns)} turns, {document['duration_ms'] / 60_000:.2f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
