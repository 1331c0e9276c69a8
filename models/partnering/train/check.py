"""Says what is malformed in the training talk (GUIDE.md), and counts what is there."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from talk import MalformedError, read_file


def main(names: list[str]) -> int:
    """Check the named files, or all of ``data/``; 1 when any is malformed."""
    here = Path(__file__).parent.parent
    files = [Path(name) for name in names] or sorted(here.glob("data/*/*.txt"))
    labels: Counter[str] = Counter()
    turns = coach = blocks = 0
    wrong = 0
    for file in files:
        try:
            found = read_file(file)
        except MalformedError as error:
            print(f"{file.name}: {error}", file=sys.stderr)
            wrong += 1
            continue
        for block in found:
            blocks += 1
            turns += len(block.turns)
            for turn in block.turns:
                coach += turn.coach
                labels.update(turn.labels)
    print(f"{blocks} blocks, {turns} turns, {coach} of the coach")
    for label, count in labels.most_common():
        print(f"{count:6} {label}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
