"""``sidelight detect``: kinds of partnering in lines of text."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sidelight.cli.command import Command
from sidelight.cli.output import JsonLines
from sidelight.cli.teaching import taught, taught_arguments
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from sidelight.partnering.context import Conversation
    from sidelight.partnering.detector import Detector

_REMEDY = (
    'Each line must be a JSON object with "id" and "text", and where known "session", '
    '"speaker" (coach or client), "start" and "end" in seconds; or an utterance line '
    "of `sidelight transcribe --json`."
)

_WORD_MS = 350
"""Assumed length of a word where a line has no times."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input.

    Attributes:
        id: As given; given back.
        session: Lines of different sessions know nothing of each other.
        speaker: ``UNKNOWN`` where missing.
        text: What was said; may be empty.
        start: Milliseconds, or ``None`` where missing.
        end: Milliseconds, or ``None`` where missing.
    """

    id: str | int
    session: str | int | None
    speaker: Speaker
    text: str
    start: int | None
    end: int | None


def parse_line(number: int, data: bytes) -> Line | None:
    """Read one line; ``None`` for a blank one and for other lines of ``transcribe``.

    Args:
        number: From 1, for the sentence that says what is wrong.
        data: UTF-8.

    Raises:
        UserError: The line is not what ``detect`` reads. The sentence never holds any
            of its text.
    """
    if not data.strip():
        return None
    try:
        found = json.loads(data)
    except ValueError:
        raise UserError(f"Line {number} is not JSON.", _REMEDY) from None
    if not isinstance(found, dict):
        raise UserError(f"Line {number} is not a JSON object.", _REMEDY)
    if found.get("type", "utterance") != "utterance":
        return None
    try:
        return _line(found)
    except _WrongFieldError as error:
        raise UserError(f"Line {number}: {error}.", _REMEDY) from None


class _WrongFieldError(Exception):
    """A field is missing or of another kind; says which, never what it holds."""


def _line(found: dict[str, Any]) -> Line:
    text = found.get("text")
    if not isinstance(text, str):
        raise _WrongFieldError('"text" is missing or not a string')
    for name in ("id", "session"):
        value = found.get(name)
        fits = isinstance(value, str | int) and not isinstance(value, bool)
        if not fits and (name == "id" or value is not None):
            raise _WrongFieldError(f'"{name}" is missing or not a string')
    speaker = found.get("speaker") or "unknown"
    if speaker not in tuple(Speaker):
        raise _WrongFieldError('"speaker" is not coach, client or unknown')
    start = _millis(found, "start")
    end = _millis(found, "end")
    if start is not None and end is not None and end < start:
        raise _WrongFieldError('"end" is before "start"')
    return Line(found["id"], found.get("session"), Speaker(speaker), text, start, end)


def _millis(found: dict[str, Any], name: str) -> int | None:
    """A time in milliseconds, from ``start`` (seconds) or ``start_ms``."""
    for key, per_unit in ((name, 1000), (f"{name}_ms", 1)):
        value = found.get(key)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _WrongFieldError(f'"{key}" is not a number')
        if not 0 <= value < 1e9:  # noqa: PLR2004 (thirty years; also keeps NaN out)
            raise _WrongFieldError(f'"{key}" is not a time of a session')
        return round(value * per_unit)
    return None


@dataclass(slots=True)
class _Session:
    """One session's conversation, and where in it we are."""

    conversation: Conversation
    lines: int = 0
    end: int = 0

    def utterance(self, line: Line) -> Utterance:
        """The line as an utterance; missing times follow on from the line before."""
        self.lines += 1
        start = self.end if line.start is None else line.start
        end = (
            start + _WORD_MS * len(line.text.split()) if line.end is None else line.end
        )
        span = Span(Millis(start), Millis(max(start, end)))
        self.end = span.end
        number = UtteranceId(1, self.lines)
        return Utterance(number, line.speaker, span, (), line.text)


@dataclass(slots=True)
class LineDetector:
    """Judges lines of any number of sessions, each in its own context."""

    detector: Detector
    scores: bool = False
    _sessions: dict[str | int | None, _Session] = field(default_factory=dict)

    def detect(self, line: Line) -> dict[str, object]:
        """What this line shows: the fields of a ``detected`` line."""
        from sidelight.partnering.context import Conversation  # noqa: PLC0415 (slow)

        session = self._sessions.setdefault(line.session, _Session(Conversation()))
        turn, context = session.conversation.hear(session.utterance(line))
        judgement = self.detector.judge(turn, context)
        session.conversation.note(turn, frozenset(judgement.labels))
        # A turn of several lines: only what this line is part of.
        _, start, _ = turn.pieces()[-1]
        here = [found for found in judgement.findings if found.quote[1] > start]
        labels = [found.kind for found in here]
        fields: dict[str, object] = {
            "id": line.id,
            "labels": labels,
            "form": judgement.form if "direction" in labels else None,
            "confidence": {found.kind: found.confidence for found in here},
            "reason": {found.kind: found.reason for found in here},
        }
        if self.scores:
            fields["scores"] = dict(judgement.scores)
        return fields


@contextmanager
def _input(file: str | None) -> Iterator[BinaryIO]:
    if file is None or file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise UserError(
            f"The file cannot be read: {error.strerror}.",
            "Give the path of a file of JSON lines, or pipe the lines in.",
        ) from None
    with stream:
        yield stream


def _lines(stream: Iterable[bytes]) -> Iterator[Line]:
    for number, data in enumerate(stream, start=1):
        line = parse_line(number, data.removeprefix(b"\xef\xbb\xbf"))
        if line is not None:
            yield line


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="JSON lines; standard input without it"
    )
    parser.add_argument(
        "--scores", action="store_true", help="add the confidence of every kind"
    )
    taught_arguments(parser)


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.partnering.detector import default_detector  # noqa: PLC0415 (slow)

    output = JsonLines()
    detector = default_detector(taught(arguments))
    lines = LineDetector(detector, scores=arguments.scores)
    with _input(arguments.file) as stream:
        for line in _lines(stream):
            output.write("detected", lines.detect(line))
    return 0


DETECT = Command(
    "detect", "find partnering in lines of text", arguments=_arguments, run=_run
)
