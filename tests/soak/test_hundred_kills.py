"""A hundred times ``kill -9``, whoever it hits: no session, sound or event is lost.

Twenty calls on virtual devices; in each, five processes are killed at random moments,
and every fourth call ends with all of them killed at once, as in a power cut.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.fakes.likeness import place
from tests.fakes.live_calls import (
    PASSPHRASE,
    Killed,
    LiveCall,
    Part,
    outside,
    talk,
    unheard,
)
from tests.fakes.soundserver import SoundServer

from sidelight.domain.events import GapFound, SessionEnded
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.messages import End

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.domain.timeline import Gap

KILLS = 100
IN_A_CALL = 5
POWER_CUT_EVERY = 4
LONGEST_PAUSE_S = 3.0
SECONDS = 90
"""Longer than any call takes."""


@dataclass
class Tally:
    """What came of all of them; times in ms."""

    killed: list[Part] = field(default_factory=list)
    recovered: int = 0
    power_cuts: int = 0
    lost: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    unmarked: float = 0.0
    events: int = 0
    events_lost: int = 0
    troubles: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        each = ", ".join(f"{part} {self.killed.count(part)}" for part in Part)
        return (
            f"kills: {len(self.killed)} ({each}) and {self.power_cuts} power cuts\n"
            f"sessions recovered: {self.recovered} of {KILLS // IN_A_CALL}\n"
            f"sound lost before an engine's death, ms: {_most(self.lost)}\n"
            f"gap until recording went on, ms: {_most(self.gaps)}\n"
            f"sound missing outside gaps, ms: {self.unmarked:.0f}\n"
            f"stored events lost: {self.events_lost} of {self.events}\n"
            f"troubles: {self.troubles}"
        )


def _most(values: list[float]) -> str:
    most, middle = max(values), statistics.median(values)
    return f"at most {most:.0f}, median {middle:.0f} (of {len(values)})"


@pytest.mark.soak
@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("pulseaudio"), reason="no pulseaudio"
)
def test_a_hundred_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(1)
    tally = Tally()
    with SoundServer() as server:
        server.plug("coach")
        server.plug("client")
        for number in range(KILLS // IN_A_CALL):
            call = LiveCall(tmp_path / "home", server, session=f"call-{number}")
            cut = number % POWER_CUT_EVERY == POWER_CUT_EVERY - 1
            _one(call, chance, tally, cut=cut)
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n")
    assert tally.troubles == []
    assert len(tally.killed) == KILLS
    assert tally.recovered == KILLS // IN_A_CALL
    assert max(tally.lost) <= 1000
    assert max(tally.gaps) <= 5000
    assert tally.unmarked == 0
    assert tally.events_lost == 0


def _one(call: LiveCall, chance: random.Random, tally: Tally, *, cut: bool) -> None:
    sound = talk(chance.uniform(0, 500), SECONDS)
    killed: list[Killed] = []
    end: float | None = None
    try:
        with call:
            call.wait(lambda: call.follower.status and call.follower.status.position)
            call.play(sound)
            for _ in range(IN_A_CALL):
                part = chance.choice(list(Part))
                call.await_part(part)
                _pass_time(chance)
                killed.append(call.kill(part))
                if part is Part.LAUNCHER:
                    call.launch_again()
            _pass_time(chance)
            if cut:
                call.await_part(Part.ENGINE)
                end = call.kill_all()
            else:
                call.await_part(Part.ENGINE)
                call.ask(End())
                call.join_end()
    except Exception as error:  # noqa: BLE001 - to be counted, not to end the others
        tally.troubles.append(f"{call.session}: {type(error).__name__}: {error}")
    tally.killed += [one.part for one in killed]
    tally.power_cuts += cut
    if cut:
        assert call.session in call.command("recover", "list")
        call.command("recover", "keep", call.session)
    _look(call, sound, killed, end, tally)


def _pass_time(chance: random.Random) -> None:
    threading.Event().wait(chance.uniform(0, LONGEST_PAUSE_S))


def _look(
    call: LiveCall,
    sound: NDArray[np.float32],
    killed: list[Killed],
    end: float | None,
    tally: Tally,
) -> None:
    """Read the session and count what is missing."""
    folder = call.home / "record"
    vault = Vault.open_passphrase(folder, PASSPHRASE)
    with Record.open(folder, vault, read_only=True) as record:
        store = record.sessions.get(call.session)
        stored = {one.seq: one.event for one in store.events()}
        reader = store.read_spool()
        whole = reader.check()
        heard = reader.read(Samples(0), reader.length)[:, 0]
        reader.close()
    told = call.follower.told
    tally.events += len(told)
    tally.events_lost += sum(stored.get(seq) != told[seq] for seq in told)
    gaps = [event.gap for event in stored.values() if isinstance(event, GapFound)]
    _count_gaps(gaps, killed, tally)
    if end is not None:
        tally.lost.append(max(0.0, end - len(heard) / 16))
    said = sound[:, 0]
    begin = place(heard[: 5 * SAMPLE_RATE], said[: 2 * SAMPLE_RATE])
    missing = outside(unheard(heard, said[: len(heard) - begin], begin), gaps)
    tally.unmarked += sum(last - first for first, last in missing)
    ended = any(isinstance(event, SessionEnded) for event in stored.values())
    tally.recovered += ended and whole.finished and not whole.damaged


def _count_gaps(gaps: list[Gap], killed: list[Killed], tally: Tally) -> None:
    """Each stretch without sound, and what was lost before it."""
    joined: list[tuple[int, int]] = []
    for gap in sorted(gaps, key=lambda one: one.span):
        if joined and gap.span.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], gap.span.end))
        else:
            joined.append((gap.span.start, gap.span.end))
    tally.gaps += [float(end - start) for start, end in joined]
    deaths = [one.at for one in killed if one.part is Part.ENGINE]
    for start, end in joined:
        # Of two deaths in one gap the second hit an engine that had no sound yet.
        first = min((at for at in deaths if start - 250 <= at <= end), default=None)
        if first is not None:
            tally.lost.append(max(0.0, first - start))
