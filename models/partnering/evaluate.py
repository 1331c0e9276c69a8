"""Measures the shipped detector on talk it never learned, as a coach would meet it.

``python models/partnering/evaluate.py [--model FOLDER] [--json FILE] [--errors N]``.
Every turn goes through ``sidelight detect``'s own path: as said, as a small recogniser
writes it (imitated, ``train/noise.py``), and without the speaker.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "train"))

from dataset import recognised  # noqa: E402 (the recipe's own modules)
from figures import (  # noqa: E402
    PARTNERING,
    Counts,
    Judged,
    by,
    clocks,
    count,
    false_alarm,
    forms,
    macro,
    per_hour,
)
from noise import Misheard  # noqa: E402
from talk import LABELS, PROCESS, Block, read_file  # noqa: E402

from sidelight.cli.detect import Line, LineDetector  # noqa: E402
from sidelight.domain.transcript import Speaker  # noqa: E402
from sidelight.partnering.detector import default_detector, learned_detector  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.partnering.detector import Detector

WORDS_A_SECOND = 2.6
GAPS_S = (0.7, 1.2, 2.5, 0.9, 4.0, 1.6)
"""Between turns, round and round: written talk has no times of its own."""

SETS = ("said", "recognised", "room")

DATA = ("dev", "held")
"""Calibration and thresholds were chosen on the first; on the second nothing was."""


def timed(block: Block) -> list[tuple[float, float]]:
    """When each turn begins and ends, seconds."""
    at, found = 0.0, []
    for number, turn in enumerate(block.turns):
        start = at + GAPS_S[number % len(GAPS_S)]
        at = start + max(0.4, len(turn.text.split()) / WORDS_A_SECOND)
        found.append((start, at))
    return found


def judge(
    detector: Detector, blocks: Sequence[Block], which: str
) -> list[list[Judged]]:
    """Every block's turns with what the detector says of them."""
    misheard = Misheard(t.text for b in blocks for t in b.turns)
    lines = LineDetector(detector, scores=True)
    found = []
    for block in blocks:
        rng = random.Random(block.id)
        texts = [turn.text for turn in block.turns]
        if which == "recognised":
            texts = recognised(block, misheard, rng)
        rows = []
        for number, (turn, text, (start, end)) in enumerate(
            zip(block.turns, texts, timed(block), strict=True)
        ):
            who = Speaker.COACH if turn.coach else Speaker.CLIENT
            if which == "room":
                who = Speaker.UNKNOWN
            line = Line(
                number, block.id, who, text, round(start * 1000), round(end * 1000)
            )
            said = lines.detect(line)
            rows.append(
                Judged(
                    turn,
                    start,
                    end,
                    frozenset(said["labels"]),  # type: ignore[call-overload]
                    dict(said["scores"]),  # type: ignore[call-overload]
                    said["form"],  # type: ignore[arg-type]
                )
            )
        found.append(rows)
    return found


def figures(
    judged: Sequence[Sequence[Judged]], blocks: Sequence[Block]
) -> dict[str, object]:
    """All of one set."""
    flat = [each for rows in judged for each in rows]
    counts = {label: count(flat, [label]) for label in LABELS}
    sessions = [r for r, b in zip(judged, blocks, strict=True) if b.kind == "session"]
    talks = [r for r, b in zip(judged, blocks, strict=True) if b.kind == "talk"]
    right, of = forms(flat)
    styles = by(
        (
            (f"{b.fields['variety'].split('-')[0]}/{b.kind}", e)
            for rows, b in zip(judged, blocks, strict=True)
            for e in rows
        ),
        PROCESS,
    )
    return {
        "clock": {
            name: _clock(sessions, kinds)
            for name, kinds in (("any", PROCESS), *((k, (k,)) for k in PROCESS))
        },
        "process": _row(count(flat, PROCESS)),
        "macro_process": round(macro(counts, PROCESS), 3),
        "macro_partnering": round(macro(counts, PARTNERING), 3),
        "kinds": {label: _row(c) for label, c in counts.items()},
        "false_an_hour": round(per_hour(sessions, false_alarm), 2),
        "false_an_hour_in_talks": round(per_hour(talks, false_alarm), 2),
        "client_resets_an_hour": round(
            per_hour(
                sessions, lambda e: not e.turn.coach and bool(e.labels & set(PROCESS))
            ),
            2,
        ),
        "forms": f"{right}/{of}",
        "by_variety": {name: _row(c) for name, c in styles.items()},
    }


def _clock(
    sessions: Sequence[Sequence[Judged]], kinds: Sequence[str]
) -> dict[str, float]:
    def silent(each: Judged, labels: frozenset[str]) -> Judged:
        return Judged(each.turn, each.start, each.end, labels, {}, None)

    found = clocks(sessions, kinds)
    none = clocks([[silent(e, frozenset()) for e in s] for s in sessions], kinds)
    oracle = clocks(
        [
            [silent(e, frozenset(e.turn.labels) - e.turn.arguable) for e in s]
            for s in sessions
        ],
        kinds,
    )
    mean = len(found.right) or 1
    return {
        "right": round(found.share, 3),
        "false_reset": round(sum(found.false_reset) / mean, 3),
        "missed": round(sum(found.missed) / mean, 3),
        "oracle": round(oracle.share, 3),
        "silent": round(none.share, 3),
    }


def _row(counts: Counts) -> dict[str, float | int]:
    return {
        "n": counts.hits + counts.missed,
        "p": round(counts.precision, 3),
        "r": round(counts.recall, 3),
        "f1": round(counts.f1, 3),
    }


def show(name: str, found: dict[str, object]) -> None:
    print(f"\n== {name}")
    for key, value in found.items():
        if key in ("clock", "kinds", "by_variety"):
            print(key)
            assert isinstance(value, dict)
            for label, row in value.items():
                print(f"  {label:20s}", "  ".join(f"{k} {v}" for k, v in row.items()))
        else:
            print(f"{key}: {value}")


def show_errors(
    judged: Sequence[Sequence[Judged]], blocks: Sequence[Block], most: int
) -> None:
    shown = {"MISS": 0, "FALSE": 0}
    for rows, block in zip(judged, blocks, strict=True):
        for at, each in enumerate(rows):
            gold = set(each.turn.labels) & set(PROCESS)
            said = each.labels & set(PROCESS)
            wrong = (
                "MISS" if gold and not said else "FALSE" if said and not gold else ""
            )
            if not wrong or shown[wrong] >= most:
                continue
            shown[wrong] += 1
            before = rows[at - 1].turn.text[-90:] if at else ""
            best = {k: each.scores.get(k) for k in PROCESS}
            print(
                f"{wrong} {block.id} {sorted(each.turn.labels)}"
                f" {sorted(each.labels)} {best}"
            )
            print(f"      < {before}\n      > {each.turn.text[-220:]}")


def main() -> int:
    """Print the figures, or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--data", nargs="*", choices=DATA, default=DATA)
    parser.add_argument("--only", default="*", help="files whose name is like this")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS)
    options = parser.parse_args()
    detector = learned_detector(options.model) if options.model else default_detector()
    result: dict[str, dict[str, dict[str, object]]] = {}
    for data in options.data:
        files = sorted((HERE / "data" / data).glob(f"{options.only}.txt"))
        blocks = [block for file in files for block in read_file(file)]
        result[data] = {}
        for which in options.sets:
            judged = judge(detector, blocks, which)
            result[data][which] = figures(judged, blocks)
            show(f"{data}, {which}", result[data][which])
            if which != "room":
                show_errors(judged, blocks, options.errors)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
