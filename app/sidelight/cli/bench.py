"""``sidelight bench``: recognition measured, beside what other programs do."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.output import JsonLines, say
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidelight.session.bench.figures import Delays
    from sidelight.session.bench.running import (
        BenchPlan,
        ModelPlan,
        OnePass,
        Outcome,
        Result,
    )

_LIBRARIES: Final = ("sidelight", "faster-whisper", "ctranslate2", "onnxruntime")
_USUAL: Final = ("demo", "random-tiny", "random-base", "random-small")
_PLUMBING: Final = (
    "plumbing, not accuracy: the demo's model knows the demo's synthetic voices"
)
_COST: Final = (
    "cost: random weights of the true shape, the words are the truth's; words wrong are"
    " those lost or doubled where sound was cut"
)
_SESSION_S: Final = 60.0
_COLUMNS: Final = (
    "system",
    "question p50",
    "p95",
    "missed",
    "moment p50",
    "p95",
    "word p50",
    "p95",
    "first word p50",
    "p95",
    "revised",
    "words wrong",
    "CPU s/s",
    "x ours",
    "lag",
    "adapted",
    "RSS MB",
)


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("must be a number above 0")
    return value


def _arguments(parser: argparse.ArgumentParser) -> None:
    from sidelight.session.bench.playing import TimeKind  # noqa: PLC0415 (with its users)

    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="sound; the demo session without it",
    )
    parser.add_argument(
        "--truth",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="what is said in a FILE, in the form of the demo's truth.json;"
        " once for each",
    )
    parser.add_argument(
        "--model",
        action="append",
        default=[],
        metavar="NAME|FOLDER",
        help="a speech model, or random-tiny, random-base, random-small for what they"
        " cost; may be repeated. Without it: demo and all three",
    )
    parser.add_argument(
        "--seconds", type=_positive, metavar="N", help="only the first N seconds"
    )
    parser.add_argument(
        "--factor",
        action="append",
        default=[],
        type=_positive,
        metavar="X",
        help="a machine X times as slow as this one; may be repeated",
    )
    parser.add_argument(
        "--time",
        choices=[kind.value for kind in TimeKind],
        default=TimeKind.VIRTUAL.value,
        help="virtual: sound and CPU time (the default); file: sound alone, the same in"
        " every run; wall: as long as the sound takes",
    )
    parser.add_argument(
        "--each-pass",
        action="store_true",
        help="with random weights, compute each pass instead of pricing its kind once",
    )
    parser.add_argument(
        "--prices",
        type=Path,
        metavar="FILE",
        help="with one random model: keep its prices there, or use those that are",
    )
    parser.add_argument(
        "--system",
        action="append",
        default=[],
        metavar="NAME",
        help="only this system; may be repeated",
    )
    parser.add_argument(
        "--window",
        action="store_true",
        help="instead: how soon the windows answer, and what one costs in a session of"
        " N seconds (60), twice",
    )
    parser.add_argument("--json", action="store_true", help="JSON lines")


def _run(arguments: argparse.Namespace) -> int:
    if arguments.window:
        return _run_window(arguments)
    from sidelight.session.bench.running import run  # noqa: PLC0415 (slow)

    plans = list(_plans(arguments))
    tables = _Lines() if arguments.json else _Tables()
    tables.machine()
    for plan in plans:
        say(f"{plan.model.name} on {plan.sound.name} …")
        tables.begin(plan)
        for result in run(plan):
            tables.tell(plan, result)
        tables.end()
    return 0


def _run_window(arguments: argparse.Namespace) -> int:
    from sidelight.cli import bench_window  # noqa: PLC0415 (slow)

    started = bench_window.starts()
    seconds = arguments.seconds or _SESSION_S
    say(f"a session of {seconds:.0f} seconds …")
    figures = bench_window.session_figures(seconds)
    if arguments.json:
        output = JsonLines()
        output.write("machine", _machine())
        for kind, fields in bench_window.as_fields(started, figures):
            output.write(kind, fields)
    else:
        _Tables().machine()
        bench_window.print_tables(started, figures)
    return 0


def _plans(arguments: argparse.Namespace) -> Iterator[BenchPlan]:
    from sidelight.bootstrap.plans import worker_threads  # noqa: PLC0415 (slow)
    from sidelight.session.bench.playing import TimeKind  # noqa: PLC0415 (slow)
    from sidelight.session.bench.running import SYSTEMS, BenchPlan  # noqa: PLC0415 (slow)

    unknown = [name for name in arguments.system if name not in SYSTEMS]
    if unknown:
        raise UserError(
            f"There is no system {unknown[0]!r}.", f"Known: {', '.join(SYSTEMS)}."
        )
    for model in [_model(name) for name in arguments.model or _USUAL]:
        for sound, truth in _sounds(arguments.files, arguments.truth):
            yield BenchPlan(
                model=model,
                sound=sound,
                truth=truth,
                seconds=arguments.seconds,
                time=TimeKind(arguments.time),
                factors=tuple(arguments.factor) or (1.0,),
                prices=arguments.prices,
                each_pass=arguments.each_pass,
                systems=tuple(arguments.system),
                threads=worker_threads(),
            )


def _sounds(
    files: Sequence[Path], truths: Sequence[Path]
) -> tuple[tuple[Path, Path], ...]:
    from sidelight import resources  # noqa: PLC0415 (with its user)
    from sidelight.audio.file import SoundFile  # noqa: PLC0415 (slow)
    from sidelight.session.bench.truth import WordTruth  # noqa: PLC0415 (slow)

    if len(files) != len(truths):
        raise UserError(
            f"{len(files)} sound files and {len(truths)} truth files do not match.",
            "Give one --truth for each sound, in the same order.",
        )
    if not files:
        demo = resources.demo_session()
        return ((demo / "session.flac", demo / "truth.json"),)
    for sound, truth in zip(files, truths, strict=True):
        SoundFile.open(sound)
        WordTruth.read(truth)
    return tuple(zip(files, truths, strict=True))


def _model(wanted: str) -> ModelPlan:
    from sidelight.session.bench.running import RANDOM, ModelPlan  # noqa: PLC0415 (slow)
    from sidelight.session.bench.shapes import SHAPES  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)
    from sidelight.speech.weights import find_model  # noqa: PLC0415 (slow)

    if wanted.startswith(RANDOM):
        if wanted.removeprefix(RANDOM) in SHAPES:
            return ModelPlan(wanted, None)
        names = ", ".join(RANDOM + name for name in SHAPES)
        raise UserError(f"There is no {wanted}.", f"There are {names}.")
    found = find_model(wanted, Paths.find().models)
    return ModelPlan(found.name, found.path)


def _machine() -> dict[str, object]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or platform.machine()
    lines = info.read_text(encoding="utf-8").splitlines()
    fields = dict(line.partition(":")[::2] for line in lines if ":" in line)
    known = {key.strip(): value.strip() for key, value in fields.items()}
    flags = set(known.get("flags", "").split())
    wide = [flag for flag in ("avx2", "avx_vnni", "avx512_vnni") if flag in flags]
    return ", ".join([known.get("model name", platform.machine()), *wide])


class _Lines:
    """For programs, on standard output."""

    def __init__(self) -> None:
        self._output = JsonLines()

    def machine(self) -> None:
        self._output.write("machine", _machine())

    def begin(self, plan: BenchPlan) -> None:
        fields: dict[str, object] = {
            "model": plan.model.name,
            "sound": plan.sound.name,
            "seconds": plan.seconds,
            "time": plan.time.value,
            "threads": plan.threads,
            "priced": plan.model.folder is None and not plan.each_pass,
        }
        self._output.write("run", fields)

    def tell(self, plan: BenchPlan, result: Result) -> None:
        from sidelight.session.bench.running import Outcome  # noqa: PLC0415 (slow)

        name = "system" if isinstance(result, Outcome) else "one_pass"
        self._output.write(name, {"model": plan.model.name, **asdict(result)})

    def end(self) -> None:
        pass


class _Tables:
    """For people, on standard output: Markdown, ready for ``docs/benchmarks.md``."""

    def __init__(self) -> None:
        self._rows: list[Outcome] = []
        self._one_pass: OnePass | None = None

    def machine(self) -> None:
        known = _machine()
        versions = known.pop("versions")
        self._print("; ".join(f"{name} {value}" for name, value in known.items()))
        if isinstance(versions, dict):
            self._print(
                ", ".join(f"{name} {value}" for name, value in versions.items())
            )

    def begin(self, plan: BenchPlan) -> None:
        self._rows, self._one_pass = [], None
        what = _COST if plan.model.folder is None else ""
        what = _PLUMBING if plan.model.name == "demo" else what
        self._print(f"\n## {plan.model.name}, {plan.sound.name}, {plan.time} time")
        if what:
            self._print(f"*{what}*")

    def tell(self, plan: BenchPlan, result: Result) -> None:
        from sidelight.session.bench.running import Outcome  # noqa: PLC0415 (slow)

        if isinstance(result, Outcome):
            self._rows.append(result)
            say(f"  {plan.model.name}: {result.system}, x{result.factor:g}")
        else:
            self._one_pass = result

    def end(self) -> None:
        for factor in dict.fromkeys(row.factor for row in self._rows):
            rows = [row for row in self._rows if row.factor == factor]
            self._print(f"\nCosts x{factor:g}; seconds.\n")
            self._print(f"| {' | '.join(_COLUMNS)} |")
            self._print("| --- " * len(_COLUMNS) + "|")
            for row in rows:
                self._print(f"| {' | '.join(_cells(row, rows[0]))} |")
        if self._one_pass is not None:
            self._print(f"\nOne pass over the whole: {self._one_pass.wer:.1%} wrong.")

    @staticmethod
    def _print(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _cells(row: Outcome, first: Outcome) -> tuple[str, ...]:
    figures = row.figures
    return (
        row.system,
        *_seconds(figures.questions),
        str(figures.questions.missed),
        *_seconds(figures.moments),
        *_seconds(figures.words),
        *_seconds(figures.first),
        f"{figures.revised:.2f}",
        f"{figures.wer:.1%}",
        f"{figures.cpu_per_s:.3f}",
        f"{figures.cpu_per_s / max(first.figures.cpu_per_s, 1e-9):.1f}",
        f"{figures.longest_lag_s:.1f}",
        str(figures.directives),
        "" if row.rss_mb is None else str(row.rss_mb),
    )


def _seconds(delays: Delays) -> tuple[str, str]:
    if not delays.count:
        return ("", "")
    return (f"{delays.p50 / 1000:.2f}", f"{delays.p95 / 1000:.2f}")


BENCH = Command(
    "bench",
    "measure recognition beside what other programs do",
    arguments=_arguments,
    run=_run,
)
