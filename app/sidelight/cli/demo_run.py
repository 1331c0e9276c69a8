"""Plays a session whose truth is known and leaves what came of it in a folder."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sidelight.bootstrap.launching import launcher
from sidelight.bootstrap.plans import EnginePlan, FilePlan, WorkerPlan, worker_threads
from sidelight.bootstrap.stored import DEMO_SESSION, demo_record
from sidelight.cli.output import say
from sidelight.cli.playing import ForPeople, ForPrograms, Progress, Reporter
from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    RecognitionInterrupted,
    RecognitionStarted,
    StoredEvent,
)
from sidelight.domain.session import Mode, Session
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout
from sidelight.export.formats import EXPORTERS
from sidelight.export.package import What
from sidelight.partnering.kinds import KINDS
from sidelight.session.looking_back import look_back
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import EventStored, FaultTold, Follow, Health, Status
from sidelight.session.outputs import OutputFolder
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.process import terminates_in_order
from sidelight.session.scoring import Truth, score
from sidelight.settings.paths import Paths
from sidelight.speech.weights import DEMO, ModelFolder, demo_model
from sidelight.ui.platform.display import has_screen
from sidelight.windows import WindowPlan, opener

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.session.client import ControlClient
    from sidelight.session.launcher import Launcher
    from sidelight.session.scoring import MomentScore, Score, TrueMoment

TIMELINE_PICTURE: Final = "timeline.png"

_AFTER_MOMENT: Final = Millis(15_000)
"""A picture is taken this much later, so that the moment is noticed at any speed."""

_PICTURES_S: Final = 60.0
"""For the window to save its pictures after the end."""

_PNG_END: Final = b"IEND\xaeB`\x82"
"""The last bytes of a PNG file that is complete (PNG specification, 11.2.5)."""


@dataclass(frozen=True, slots=True)
class DemoChoices:
    """What was asked for on the command line.

    Attributes:
        out: Folder for the results.
        speed: 1.0 as it was spoken.
        headless: Draw the window into memory, also where there is a screen.
        json: JSON lines for programs instead of lines for people.
    """

    out: Path
    speed: float
    headless: bool
    json: bool


@dataclass(frozen=True, slots=True)
class Played:
    """A session that was played to its end."""

    events: tuple[StoredEvent, ...]
    status: Status


def play_demo(folder: Path, choices: DemoChoices) -> int:
    """Play a session whose truth is known, and leave what came of it in a folder.

    Args:
        folder: Holds ``session.flac`` and ``truth.json``.
        choices: How.

    Returns:
        0 when it ran through.

    Raises:
        UserError: Something in the world was in the way; nothing is left behind.
        KeyboardInterrupt: Somebody stopped it; nothing is left behind.
    """
    truth = Truth.read(folder / "truth.json")
    progress = Progress()
    titles = {kind.id: kind.title for kind in KINDS}
    reporter: Reporter = ForPrograms() if choices.json else ForPeople(titles, progress)
    headless = choices.headless or not has_screen()
    with terminates_in_order(), OutputFolder(choices.out) as output:
        seconds = truth.length / 1000 / choices.speed
        say(f"Playing a session of {clock(truth.length)} minutes in {seconds:.0f} s …")
        engine = _engine_plan(folder, truth, choices.speed)
        window = _window_plan(engine, truth, output.draft, headless=headless)
        with _processes(engine, window) as running:
            with running.begin() as client:
                played = _follow(client, running, progress, reporter)
            _wait_for_pictures(running, window)
            files = _deliver(output, played)
            _summarise(reporter, played, truth, files)
            if not headless:
                _wait_for_people(running)
    return 0


def record_demo(folder: Path) -> None:
    """Play the session into the demo's record, as fast as it can be recognised.

    Args:
        folder: Holds ``session.flac`` and ``truth.json``.

    Raises:
        UserError: Something in the world was in the way; nothing is left behind.
        KeyboardInterrupt: Somebody stopped it; nothing is left behind.
    """
    truth = Truth.read(folder / "truth.json")
    engine = _engine_plan(folder, truth, speed=None)
    with (
        terminates_in_order(),
        _processes(engine, None) as running,
        running.begin() as client,
    ):
        _follow(client, running, Progress())


@contextmanager
def _processes(engine: EnginePlan, window: WindowPlan | None) -> Iterator[Launcher]:
    """Engine and window; the record of a demo that did not run through is removed."""
    running = launcher(engine, None if window is None else opener(window))
    try:
        with running:
            yield running
    except BaseException:
        if running.began:
            shutil.rmtree(engine.record, ignore_errors=True)
        raise


def _engine_plan(folder: Path, truth: Truth, speed: float | None) -> EnginePlan:
    paths = Paths.find().prepare()
    model = ModelFolder.check(demo_model())
    logs = paths.data / "logs"
    return EnginePlan(
        session=Session(
            id=DEMO_SESSION,
            started_at=datetime.now().astimezone(),
            layout=Layout.STEREO,
            mode=Mode.KEEP,
            client=truth.client,
            planned_minutes=round(truth.length / 60_000),
            model=DEMO,
        ),
        sound=FilePlan(folder / "session.flac", Layout.STEREO, speed),
        worker=WorkerPlan(model.path, DEMO, Layout.STEREO, worker_threads(), logs),
        record=demo_record(paths),
        run=paths.demo / "run",
        fresh=True,
        passphrase=None,
        logs=logs,
    )


def _window_plan(
    engine: EnginePlan, truth: Truth, pictures: Path, *, headless: bool
) -> WindowPlan:
    return WindowPlan(
        run=engine.run,
        headless=headless,
        snapshots=tuple(
            (at, pictures / f"sidebar-{number}.png")
            for number, at in enumerate(picture_times(truth.moments), start=1)
        ),
        timeline=pictures / TIMELINE_PICTURE,
        closes=headless,
        logs=engine.logs,
    )


def picture_times(moments: tuple[TrueMoment, ...]) -> tuple[Millis, ...]:
    """Three times worth a picture of the sidebar, in order.

    After the first moment, at the end of the longest time without one, after the last.
    """
    if not moments:
        return ()
    ends = [moment.span.end for moment in moments]
    waits = [
        (later.span.start - sooner.span.end, later.span.start)
        for sooner, later in pairwise(moments)
    ]
    longest = max(waits, default=(0, ends[0]))[1]
    times = {ends[0] + _AFTER_MOMENT, longest, ends[-1] + _AFTER_MOMENT}
    return tuple(Millis(at) for at in sorted(times))


def _follow(
    client: ControlClient,
    running: Launcher,
    progress: Progress,
    reporter: Reporter | None = None,
) -> Played:
    """Report what happens until the session has ended.

    Raises:
        UserError: It could not go through.
    """
    events: list[StoredEvent] = []
    client.send(Follow())
    while True:
        running.look_after_window()
        try:
            message = client.receive(0.2)
        except ConnectionLost:
            raise UserError(
                "The demo's engine stopped working before the end.",
                "The log in Sidelight's data folder says where.",
            ) from None
        match message:
            case EventStored(stored=stored):
                events.append(stored)
                if reporter is not None:
                    reporter.event(stored)
            case FaultTold(message=sentence, remedy=remedy):
                progress.clear()
                raise UserError(sentence, remedy)
            case Status(health=Health.ENDED):
                progress.clear()
                return _complete(Played(tuple(events), message))
            case Status():
                progress.show(message)
            case _:
                pass


def _complete(played: Played) -> Played:
    """The same, if recognition was there at the end."""
    turns = (RecognitionInterrupted, RecognitionStarted)
    last = [s.event for s in played.events if isinstance(s.event, turns)][-1:]
    if not last or isinstance(last[0], RecognitionInterrupted):
        raise UserError(
            "The recogniser stopped working before the end.",
            "The log in Sidelight's data folder says where.",
        )
    return played


def _wait_for_pictures(running: Launcher, plan: WindowPlan) -> None:
    """Until the window has saved them, or somebody closed it.

    Raises:
        UserError: The window failed, or takes too long.
    """
    wanted = [path for _, path in plan.snapshots]
    wanted += [plan.timeline] if plan.timeline is not None else []
    deadline = time.monotonic() + _PICTURES_S
    while not all(map(_is_whole_picture, wanted)):
        if running.wait_for_window(0.1):
            if all(map(_is_whole_picture, wanted)):
                return
            say("The window was closed, so there are no pictures of it.")
            return
        if time.monotonic() > deadline:
            raise UserError(
                "The window does not save its pictures.",
                "The computer may be very busy: try again, or a lower --speed.",
            )


def _is_whole_picture(path: Path) -> bool:
    try:
        return path.read_bytes().endswith(_PNG_END)
    except OSError:
        return False


def _deliver(output: OutputFolder, played: Played) -> tuple[Path, ...]:
    """Write the documents beside the pictures and show everything at once."""
    names = {
        (What.CLIENT_NOTE, "md"): "client-note.md",
        (What.REFLECTION_NOTE, "md"): "reflection-note.md",
        (What.MOMENTS, "json"): "timeline.json",
        (What.TRANSCRIPT, "vtt"): "transcript.vtt",
    }
    made = package(tell(played.events), PackageChoices(accept_drafts=True))
    for exporter in EXPORTERS:
        name = names.get((exporter.what, exporter.format))
        if name is not None:
            output.write(name, exporter.render(made))
    return output.commit()


def _summarise(
    reporter: Reporter, played: Played, truth: Truth, files: tuple[Path, ...]
) -> None:
    story = look_back(tell(played.events))
    result = score(played.events, story, truth, played.status.compute_ms)
    fields: dict[str, object] = {
        "expected": result.moments.expected,
        "found": result.moments.found,
        "missed": len(result.moments.missed),
        "false": len(result.moments.false),
        "sound": {
            "expected": result.sound.expected,
            "found": result.sound.found,
            "missed": len(result.sound.missed),
            "false": len(result.sound.false),
        },
        "wer": round(result.wer, 4),
        "delay_ms": {"p50": result.delay_p50_ms, "p95": result.delay_p95_ms},
        "rtf": round(result.rtf, 3),
        "directives": result.directives,
    }
    reporter.end(fields, _sentences(result, files))


def _sentences(result: Score, files: tuple[Path, ...]) -> tuple[str, ...]:
    lines = ["", *_found("Partnering on process", result.moments)]
    lines += _found("Interruptions and silences, from the sound", result.sound)
    lines.append(
        f"Words: {result.wer:.1%} wrong."
        f" Noticed after {result.delay_p50_ms / 1000:.1f} s (half),"
        f" {result.delay_p95_ms / 1000:.1f} s (95 %)."
        f" Recogniser: {result.rtf:.2f} s of CPU for a second of sound."
    )
    if result.directives:
        lines.append(
            "The computer was busy: recognition was adapted"
            f" ({result.directives} directives), the final words were not."
        )
    if files:
        lines.append(f"In {files[0].parent}: {', '.join(file.name for file in files)}")
    return tuple(lines)


def _found(name: str, score: MomentScore) -> list[str]:
    found = f"{score.found} of {score.expected} moments found"
    wrong = f"{len(score.missed)} missed, {len(score.false)} false"
    return [
        f"{name}: {found}, {wrong}.",
        *(f"  missed: {m.kind} at {clock(m.span.start)}" for m in score.missed),
        *(f"  false: {m.kind} at {clock(m.span.start)}" for m in score.false),
    ]


def _wait_for_people(running: Launcher) -> None:
    """Until the review is closed; Ctrl-C closes it too."""
    say("The review is open; close it, or press Ctrl+C here.")
    try:
        while not running.wait_for_window(1.0):
            pass
    except KeyboardInterrupt:
        sys.stderr.write("\n")
