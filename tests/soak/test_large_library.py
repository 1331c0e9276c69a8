"""Five hundred sessions of an hour: search and the list stay quick.

Figures are printed as ratios of what is aimed at: below 1 is good. They go to
``docs/benchmarks.md``.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

from tests.fakes.large_library import COMMON, fill, invented

from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SESSIONS = 500
UTTERANCES = 600
AIM_MS = 100.0
LIST_AIM_MS = 200.0


def taken_ms(action: Callable[[], object]) -> float:
    """Of three times, the one in the middle: what a person meets."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def test_first_hits_of_five_hundred_sessions(tmp_path: Path) -> None:
    vault = Vault.open_local(tmp_path)
    with Record.open(tmp_path, vault) as record:
        fill(record, SESSIONS, UTTERANCES)
    typed = ["onlyonce250", invented(17_001), invented(42), "the", "the and you"]
    typed += [f"{COMMON[0]} {invented(7)}", "onl", invented(4_000)[:3]]
    worst = 0.0
    with Record.open(tmp_path, vault, read_only=True) as record:
        for words in typed:
            hits = record.search.find(words)
            assert hits, words
            ms = taken_ms(lambda words=words: record.search.find(words))  # type: ignore[misc]
            sys.stdout.write(f"search {words!r}: {len(hits)} hits, {ms:.0f} ms" + "\n")
            worst = max(worst, ms)
        assert len(record.sessions.list()) == SESSIONS
        listed = taken_ms(record.sessions.list)
    sys.stdout.write(f"search, worst / aim = {worst / AIM_MS:.2f}" + "\n")
    sys.stdout.write(
        f"list / aim = {listed / LIST_AIM_MS:.2f} ({listed:.0f} ms)" + "\n"
    )
    assert worst < AIM_MS
    assert listed < LIST_AIM_MS
