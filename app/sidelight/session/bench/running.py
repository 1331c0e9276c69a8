"""One model, one sound, all systems side by side, in a process of its own.

A process each, so that its peak of memory is that of the model, and so that a model
that ends its process ends no other run.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, to_millis
from sidelight.domain.transcript import Layout
from sidelight.session.bench.figures import Figures, figures, wrong_words
from sidelight.session.bench.playing import TimeKind, open_clock, play
from sidelight.session.bench.truth import WordTruth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.session.bench.playing import System
    from sidelight.session.bench.timed_truth import Labour
    from sidelight.speech.backends.faster_whisper import FasterWhisperRecognizer
    from sidelight.speech.recognizer import Recognizer

OURS: Final = "ours"
OURS_PADDED: Final = "ours, padded"
OURS_ONE_TRACK: Final = "ours, one track"
CHUNKS: Final = "voice chunks"
FIXED: Final = "5-s chunks"
LOOP: Final = "LocalAgreement"

SYSTEMS: Final = (OURS, OURS_PADDED, OURS_ONE_TRACK, CHUNKS, FIXED, LOOP)
"""Every system, in the order of the tables."""

_LEAVING_S: Final = 10.0

RANDOM: Final = "random-"
"""Before the name of a shape: a model with random weights, for what it costs."""


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """What recognises.

    Attributes:
        name: A name, or ``random-`` and a shape.
        folder: Its files; ``None``: random weights, made for the run.
    """

    name: str
    folder: Path | None


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """One run: a model on a sound.

    Attributes:
        model: What recognises.
        sound: The file.
        truth: What is said in it.
        seconds: How much of it is heard; ``None``: all.
        time: What a second is.
        factors: How much slower than this machine, on the virtual clock: all systems
            run once for each.
        prices: With random weights, a file of prices: read if it is there, else
            written.
        each_pass: With random weights, work at each pass instead of looking up its
            price.
        systems: Names of those to run; empty: all.
        threads: CPU threads of a pass.
    """

    model: ModelPlan
    sound: Path
    truth: Path
    seconds: float | None = None
    time: TimeKind = TimeKind.VIRTUAL
    factors: tuple[float, ...] = (1.0,)
    prices: Path | None = None
    each_pass: bool = False
    systems: tuple[str, ...] = ()
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One system's figures.

    Attributes:
        system: Its name.
        factor: How much slower than this machine.
        figures: What the run showed.
        rss_mb: Peak memory of the process so far, or ``None`` where it is not known.
    """

    system: str
    factor: float
    figures: Figures
    rss_mb: int | None


@dataclass(frozen=True, slots=True)
class OnePass:
    """Plain faster-whisper over the whole sound at once, each channel by itself.

    Attributes:
        wer: Words wrong, left out or put in, for each word said.
    """

    wer: float


Result = Outcome | OnePass


@dataclass(frozen=True, slots=True)
class _Done:
    fault: UserError | None = None


@dataclass(frozen=True, slots=True)
class _Sounds:
    stereo: NDArray[np.float32]
    mixed: NDArray[np.float32]
    truth: WordTruth


def run(plan: BenchPlan) -> Iterator[Result]:
    """Run a plan in a child process; each result as soon as it is there.

    Raises:
        UserError: A file cannot be used, or the model ended its process.
    """
    if plan.model.folder is not None:
        yield from _run(plan, plan.model.folder)
        return
    with tempfile.TemporaryDirectory(prefix="sidelight-bench-") as temporary:
        folder = Path(temporary) / plan.model.name
        _make_random(plan.model.name.removeprefix(RANDOM), folder)
        yield from _run(plan, folder)


def _make_random(shape: str, folder: Path) -> None:
    """Elsewhere: making weights takes more memory than using them."""
    from sidelight.session.bench.shapes import SHAPES, write_random_model  # noqa: PLC0415 (slow)

    context = multiprocessing.get_context("spawn")
    maker = context.Process(target=write_random_model, args=(SHAPES[shape], folder))
    maker.start()
    maker.join()
    if maker.exitcode != 0:
        raise UserError(
            f"The weights of {folder.name} could not be made.",
            "There may be too little memory or room on the disk.",
        )


def _run(plan: BenchPlan, folder: Path) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, plan, folder), daemon=True)
    child.start()
    theirs.close()
    try:
        while not isinstance(message := ours.recv(), _Done):
            yield message
        child.join(_LEAVING_S)  # by itself, so that it leaves nothing behind
        if message.fault is not None:
            raise message.fault
    except EOFError:
        raise UserError(
            f"Measuring {plan.model.name} ended its process.",
            "Try a smaller model; there may be too little memory for this one.",
        ) from None
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _child(theirs: Connection, plan: BenchPlan, folder: Path) -> None:
    from sidelight.network import guard  # noqa: PLC0415 (first)
    from sidelight.speech.process import prepare_process  # noqa: PLC0415 (first)

    guard.install()
    prepare_process()
    fault = None
    try:
        for result in run_here(plan, folder):
            theirs.send(result)
    except UserError as error:
        fault = error
    except KeyboardInterrupt:
        return
    theirs.send(_Done(fault))


def run_here(plan: BenchPlan, folder: Path) -> Iterator[Result]:
    """Run a plan in this process.

    Args:
        plan: What to measure.
        folder: The model's files, also where its weights are random.

    Raises:
        UserError: A file cannot be used.
    """
    truth = WordTruth.read(plan.truth)
    sounds = _read(plan, truth)
    if plan.model.folder is None:
        yield from _measure_cost(plan, folder, sounds)
    else:
        yield from _measure_words(plan, folder, sounds)


def _read(plan: BenchPlan, truth: WordTruth) -> _Sounds:
    import numpy as np  # noqa: PLC0415 (slow)

    from sidelight.audio.file import SoundFile  # noqa: PLC0415 (slow)

    file = SoundFile.open(plan.sound)
    blocks = [block.samples for block in file.blocks()]
    sound = np.concatenate(blocks)
    if plan.seconds is not None:
        sound = sound[: int(plan.seconds * SAMPLE_RATE)]
    heard = truth.before(to_millis(len(sound)))
    if not heard.words:
        raise UserError(
            f"No word of {plan.truth.name} lies inside the sound that is heard.",
            "Measure more of it, or give the truth of this sound.",
        )
    mixed = sound.mean(axis=1, keepdims=True, dtype=np.float32)
    return _Sounds(sound, mixed, heard)


def _open(folder: Path, plan: BenchPlan) -> FasterWhisperRecognizer:
    from sidelight.speech.backends import FASTER_WHISPER  # noqa: PLC0415 (slow)

    opened = FASTER_WHISPER.open(folder, plan.threads, name=plan.model.name)
    return cast("FasterWhisperRecognizer", opened)


def _measure_words(plan: BenchPlan, folder: Path, sounds: _Sounds) -> Iterator[Result]:
    """A real model: what it hears, and how late."""
    from sidelight.speech.backends.faster_whisper import WindowPolicy, Windows  # noqa: PLC0415 (slow)

    model = _open(folder, plan)
    padded = model.with_windows(Windows(WindowPolicy.PADDED, WindowPolicy.PADDED))
    makers = _systems(sounds, model, None, padded)
    yield from _play_all(plan, sounds, makers, time.process_time)
    wrong = sum(
        wrong_words(
            model.hear_whole(sounds.stereo[:, channel]).split(),
            [word.text for word in sounds.truth.of(speaker)],
        )
        for channel, speaker in enumerate(_layout(sounds).speakers)
    )
    yield OnePass(wrong / len(sounds.truth.words))


def _measure_cost(plan: BenchPlan, folder: Path, sounds: _Sounds) -> Iterator[Result]:
    """Random weights: what a policy costs and how late its words come."""
    from sidelight.session.bench.prices import (  # noqa: PLC0415 (slow)
        Bill,
        Priced,
        PriceList,
        measure_prices,
    )
    from sidelight.session.bench.timed_truth import TimedTruth, Track  # noqa: PLC0415 (slow)
    from sidelight.speech.backends.faster_whisper import WindowPolicy, Windows  # noqa: PLC0415 (slow)

    model = _open(folder, plan)
    both = {
        False: Windows(WindowPolicy.SHORT, WindowPolicy.SHORT),
        True: Windows(WindowPolicy.PADDED, WindowPolicy.PADDED),
    }
    tracks = [
        Track(sounds.stereo[:, channel], sounds.truth.of(speaker))
        for channel, speaker in enumerate(_layout(sounds).speakers)
    ]
    tracks.append(Track(sounds.mixed[:, 0], sounds.truth.words))
    looked_up = not plan.each_pass and plan.time is not TimeKind.WALL
    bill = Bill()
    prices = None
    if looked_up and plan.prices is not None and plan.prices.exists():
        prices = PriceList.read(plan.prices)
    elif looked_up:
        prices = measure_prices(
            model.with_windows(both[False]), model.with_windows(both[True])
        )
        if plan.prices is not None:
            prices.write(plan.prices)

    def timed(windows: Windows) -> TimedTruth:
        labour: Labour = model.with_windows(windows)
        if prices is not None:
            labour = Priced(prices, windows.length, bill)
        return TimedTruth(plan.model.name, labour, tracks)

    unmeasured = Windows(WindowPolicy.SHORT, WindowPolicy.PADDED)
    makers = _systems(sounds, timed(both[False]), timed(unmeasured), timed(both[True]))
    yield from _play_all(plan, sounds, makers, bill.cpu)


def _layout(sounds: _Sounds) -> Layout:
    return Layout.STEREO if sounds.stereo.shape[1] > 1 else Layout.MONO


def _systems(
    sounds: _Sounds,
    usual: Recognizer,
    careful: Recognizer | None,
    padded: Recognizer,
) -> dict[str, Callable[[], System]]:
    """How each system is made, by its name, in the order of the table."""
    from sidelight.partnering.detector import default_detector  # noqa: PLC0415 (slow)
    from sidelight.partnering.listener import Listener  # noqa: PLC0415 (slow)
    from sidelight.session.bench.ours import Ours  # noqa: PLC0415 (slow)
    from sidelight.session.bench.references import (  # noqa: PLC0415 (slow)
        FixedChunks,
        LocalAgreementLoop,
        VoiceChunks,
    )
    from sidelight.session.pipeline import Pipeline  # noqa: PLC0415 (slow)
    from sidelight.speech.vad import SileroModel  # noqa: PLC0415 (slow)

    silero = SileroModel()

    def ours(name: str, layout: Layout, recognizer: Recognizer) -> Ours:
        listener = Listener(default_detector())
        return Ours(name, Pipeline(layout, recognizer, silero.detector, listener))

    made: dict[str, Callable[[], System]] = {
        OURS: partial(ours, OURS, _layout(sounds), usual)
    }
    if careful is not None:
        made[OURS_PADDED] = partial(ours, OURS_PADDED, _layout(sounds), careful)
    if _layout(sounds) is Layout.STEREO:
        made[OURS_ONE_TRACK] = partial(ours, OURS_ONE_TRACK, Layout.MONO, usual)
    made[CHUNKS] = lambda: VoiceChunks(CHUNKS, padded, silero.detector())
    made[FIXED] = lambda: FixedChunks(FIXED, padded)
    made[LOOP] = lambda: LocalAgreementLoop(LOOP, padded)
    return made


def _play_all(
    plan: BenchPlan,
    sounds: _Sounds,
    makers: dict[str, Callable[[], System]],
    cpu: Callable[[], float],
) -> Iterator[Outcome]:
    for factor, (name, make) in product(plan.factors, makers.items()):
        if plan.systems and name not in plan.systems:
            continue
        sound = sounds.stereo if name in (OURS, OURS_PADDED) else sounds.mixed
        played = play(make(), sound, open_clock(plan.time, factor), cpu)
        yield Outcome(name, factor, figures(played, sounds.truth), peak_memory_mb())


def peak_memory_mb() -> int | None:
    """The most memory this process has held, or ``None`` where that is not told."""
    if not sys.platform.startswith("linux"):
        return None
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
