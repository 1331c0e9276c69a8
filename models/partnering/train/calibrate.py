"""Makes the scores read as probabilities: ``python calibrate.py`` after ``convert.py``.

Each label's log-odds get a slope and an offset, fitted on the development sessions and
talks (scenes are denser than life) as said and as recognised, held near "no change"
where a label is rare. They are folded into the
head. Then it prints, for several thresholds, what each would do on the same talk; the
thresholds themselves stand in the kinds' files, where a reader looks for them.

Method: Platt, "Probabilistic outputs for support vector machines" (1999).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

HERE: Final = Path(__file__).parent.parent
sys.path.insert(0, str(HERE))

from evaluate import judge  # noqa: E402 (beside this folder)
from figures import PROCESS, Judged, clocks, count, false_alarm, per_hour  # noqa: E402
from talk import LABELS, read_file  # noqa: E402

from sidelight.partnering.detector import learned_detector  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

HELD: Final = 6.0
"""How many examples' worth "no change" weighs."""

STEPS: Final = 60
THRESHOLDS: Final = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def platt(
    log_odds: NDArray[np.float64], target: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and offset, by Newton's method on the penalised likelihood."""
    slope, offset = 1.0, 0.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(slope * log_odds + offset)))
        error, spread = p - target, p * (1 - p)
        gradient = np.array(
            [error @ log_odds + HELD * (slope - 1), error.sum() + HELD / 3 * offset]
        )
        hessian = np.array(
            [
                [spread @ log_odds**2 + HELD, spread @ log_odds],
                [spread @ log_odds, spread.sum() + HELD / 3],
            ]
        )
        step = np.linalg.solve(hessian, gradient)
        slope, offset = slope - step[0], offset - step[1]
    return float(slope), float(offset)


def fit(judged: Sequence[Judged], label: str) -> tuple[float, float]:
    """For one label, over the coach's turns; arguable ones count as half."""
    coach = [e for e in judged if e.turn.coach and e.scores.get(label, 0) > 0]
    p = np.clip([e.scores[label] for e in coach], 1e-6, 1 - 1e-6)
    target = [
        0.5 if label in e.turn.arguable else float(label in e.turn.labels)
        for e in coach
    ]
    return platt(np.log(p / (1 - p)), np.array(target))


def fold(folder: Path, fitted: dict[str, tuple[float, float]]) -> None:
    """Put slopes and offsets into the head."""
    with np.load(folder / "head.npz") as head:
        weight, bias = head["weight"].copy(), head["bias"].copy()
    for at, label in enumerate(LABELS):
        slope, offset = fitted[label]
        weight[at] *= slope
        bias[at] = bias[at] * slope + offset
    np.savez_compressed(folder / "head.npz", weight=weight, bias=bias)


def main() -> None:
    """Calibrate, and print what thresholds would do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=HERE / "weights")
    parser.add_argument("--show-only", action="store_true", help="change nothing")
    options = parser.parse_args()
    files = sorted((HERE / "data" / "dev").glob("*.txt"))
    blocks = [block for file in files for block in read_file(file)]
    if not options.show_only:
        detector = learned_detector(options.model)
        rows = [
            each
            for which in ("said", "recognised")
            for block, rows in zip(blocks, judge(detector, blocks, which), strict=True)
            if block.kind != "scene"
            for each in rows
        ]
        fold(options.model, {label: fit(rows, label) for label in LABELS})
    detector = learned_detector(options.model)
    sets = [judge(detector, blocks, which) for which in ("said", "recognised")]
    rows = [each for judged in sets for block in judged for each in block]
    for label in LABELS:
        cells = []
        for threshold in THRESHOLDS:
            found = count([_at(each, {label: threshold}) for each in rows], [label])
            cells.append(f"{found.f1:.2f} {found.precision:.2f} {found.recall:.2f}")
        print(f"{label:20s}", " | ".join(cells))
    _show_clocks(sets, [block.kind for block in blocks])


def _at(each: Judged, thresholds: dict[str, float]) -> Judged:
    labels = frozenset(k for k, t in thresholds.items() if each.scores.get(k, 0) >= t)
    return Judged(each.turn, each.start, each.end, labels, each.scores, each.form)


def _show_clocks(sets: Sequence[Sequence[Sequence[Judged]]], kinds: list[str]) -> None:
    for threshold in THRESHOLDS:
        all_three = dict.fromkeys(PROCESS, threshold)
        line = [f"process at {threshold}"]
        for judged in sets:
            told = [[_at(each, all_three) for each in block] for block in judged]
            of = {
                name: [b for b, k in zip(told, kinds, strict=True) if k == name]
                for name in ("session", "talk")
            }
            line.append(
                f"clock {clocks(of['session'], PROCESS).share:.3f}"
                f" false an hour {per_hour(of['session'], false_alarm):.1f}"
                f" in talks {per_hour(of['talk'], false_alarm):.1f}"
            )
        print(" | ".join(line))


if __name__ == "__main__":
    main()
