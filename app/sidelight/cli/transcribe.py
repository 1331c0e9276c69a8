"""``sidelight transcribe``: a recording to words and moments, heard as if live."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.language import check_language, language_argument
from sidelight.cli.lines import session_line
from sidelight.cli.output import JsonLines, say
from sidelight.cli.teaching import taught, taught_arguments
from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.domain.events import MomentNoticed, MomentWithdrawn, UtteranceHeard
from sidelight.domain.transcript import Layout, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.audio.file import FileSource
    from sidelight.domain.timeline import Millis
    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.session.pipeline import Pipeline
    from sidelight.session.transcribing import Committed
    from sidelight.speech.weights import ModelFolder

_NAMES: Final = {
    Speaker.COACH: "Coach",
    Speaker.CLIENT: "Client",
    Speaker.UNKNOWN: "",
}
_TOLD_EVERY: Final = 10
"""Per cent of the file between two lines of progress."""


def choose_model(wanted: str | None, models: Path) -> ModelFolder:
    """The model to transcribe with.

    Args:
        wanted: Name or folder; ``None``: the largest real one that is installed.
        models: Where models are installed.

    Raises:
        UserError: There is none, it cannot be used, or it is a copy of the demo's.
    """
    from sidelight.speech.weights import DEMO, find_model, installed_models  # noqa: PLC0415 (slow)

    if wanted == DEMO:
        return find_model(wanted, models)
    if wanted is not None:
        return find_model(wanted, models).for_people()
    real = [folder for folder in installed_models(models) if not folder.demo]
    if not real:
        raise UserError(
            "Transcribing needs a speech model, and none is installed.",
            "`sidelight models fetch base.en`, or `sidelight models import FOLDER`;"
            " `--model demo` understands the bundled demo session and nothing else.",
        )
    return max(real, key=lambda folder: folder.size)


@dataclass(slots=True)
class _Readable:
    """For people, on standard output."""

    def tell(self, committed: Committed) -> None:
        from sidelight.partnering.kinds import kind  # noqa: PLC0415 (slow)

        match committed.event:
            case UtteranceHeard(utterance=utterance):
                name = _NAMES[utterance.speaker]
                doubt = utterance.doubt
                note = f"  [{doubt.explained}: listen]" if doubt else ""
                self._print(utterance.span.start, name, utterance.text + note)
            case MomentNoticed(moment=moment):
                form = f", {moment.form}" if moment.form else ""
                title = kind(moment.kind).title
                sign = "> perhaps" if moment.hollow else ">"
                text = f'{sign} {title}{form}: "{moment.quote}"'
                self._print(moment.span.start, "", text)
            case MomentWithdrawn(at=at, moment_id=gone):
                self._print(at, "", f"> {gone} taken back")
            case _:
                pass

    def _print(self, at: Millis, name: str, text: str) -> None:
        sys.stdout.write(f"{clock(at):>8}  {name:<6}  {text}\n")
        sys.stdout.flush()


class _Lines:
    """For programs, on standard output."""

    def __init__(self) -> None:
        self._output = JsonLines()

    def tell(self, committed: Committed) -> None:
        line = session_line(committed.event, committed.at)
        if line is not None:
            self._output.write(*line)


class _Progress:
    """How far it is, on standard error."""

    def __init__(self, length: Millis | None) -> None:
        self._length = length
        self._next = _TOLD_EVERY

    def __call__(self, position: Millis) -> None:
        if not self._length or 100 * position < self._next * self._length:
            return
        self._next += _TOLD_EVERY
        say(f"{clock(position)} of {clock(self._length)}")


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("must be a number above 0")
    return speed


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a sound file")
    parser.add_argument(
        "--model",
        metavar="NAME|FOLDER",
        help="a speech model; the largest installed one without it",
    )
    parser.add_argument(
        "--layout",
        choices=[layout.value for layout in Layout],
        help="stereo: coach and client on a channel each; mono: one microphone."
        " Without it, from the file",
    )
    parser.add_argument(
        "--coach", choices=["left", "right"], default="left", help="the coach's side"
    )
    language_argument(parser)
    pace = parser.add_mutually_exclusive_group()
    pace.add_argument(
        "--speed", type=_speed, metavar="X", help="play it X times as fast as it was"
    )
    pace.add_argument(
        "--fast", action="store_true", help="as fast as this machine can (the default)"
    )
    parser.add_argument("--json", action="store_true", help="JSON lines")
    taught_arguments(parser)


def _run(arguments: argparse.Namespace) -> int:
    # Before anything loads numpy and ctranslate2.
    from sidelight.speech.process import prepare_process  # noqa: PLC0415 (slow)

    prepare_process()
    from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock  # noqa: PLC0415 (slow)
    from sidelight.domain.timeline import to_millis  # noqa: PLC0415 (slow)
    from sidelight.session.transcribing import (  # noqa: PLC0415 (slow)
        Committed,
        found_in_sound,
        transcribe,
    )
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    layout = Layout(arguments.layout) if arguments.layout else None
    sound = SoundFile.open(arguments.file, layout, arguments.coach)
    model = choose_model(arguments.model, Paths.find().models)
    if model.demo:
        say("The demo's speech model understands only the demo's synthetic voices.")
    source = FileSource(sound, Pace(arguments.speed, SystemClock()))
    check_language(arguments.language, model)
    pipeline = _pipeline(model, sound.layout, arguments.language, taught(arguments))
    output = _Lines() if arguments.json else _Readable()
    heard: list[Committed] = []
    for committed in transcribe(
        source,
        pipeline,
        now=_position(source),
        progress=_Progress(sound.announced),
    ):
        heard.append(committed)
        output.tell(committed)
    end = to_millis(pipeline.position)
    for moment in found_in_sound(heard, sound.layout, end):
        output.tell(Committed(MomentNoticed(end, moment), end))
    return 0


def _pipeline(
    model: ModelFolder,
    layout: Layout,
    language: str | None,
    lessons: tuple[Lesson, ...],
) -> Pipeline:
    from sidelight.bootstrap.plans import worker_threads  # noqa: PLC0415 (slow)
    from sidelight.partnering.detector import default_detector  # noqa: PLC0415 (slow)
    from sidelight.partnering.listener import Listener  # noqa: PLC0415 (slow)
    from sidelight.session.pipeline import Pipeline, PipelinePolicy  # noqa: PLC0415 (slow)
    from sidelight.speech.backends import FASTER_WHISPER  # noqa: PLC0415 (slow)
    from sidelight.speech.vad import SileroModel  # noqa: PLC0415 (slow)

    return Pipeline(
        layout,
        FASTER_WHISPER.open(
            model.path, worker_threads(), name=model.name, language=language
        ),
        SileroModel().detector,
        Listener(default_detector(lessons)),
        # Nobody sees provisional words here, and nothing waits for the last pause.
        policy=PipelinePolicy(partials=False, early=frozenset()),
    )


def _position(source: FileSource) -> Callable[[], Millis] | None:
    return None if source.pace.speed is None else source.played


TRANSCRIBE = Command(
    "transcribe",
    "words and moments of a recording",
    arguments=_arguments,
    run=_run,
)
