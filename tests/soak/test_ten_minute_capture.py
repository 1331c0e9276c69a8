"""Ten minutes through a real sound server and PortAudio: every sample equal."""

from __future__ import annotations

import shutil
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.likeness import place
from tests.fakes.soundserver import RATE, SoundServer

from sidelight.audio.block import AudioBlock
from sidelight.audio.clock import capture_clock
from sidelight.audio.live import LiveSource
from sidelight.audio.system import SoundSystem

if TYPE_CHECKING:
    from sidelight.audio.watch import SoundCondition
    from sidelight.domain.timeline import Gap

SECONDS = 600


@pytest.mark.soak
@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("pulseaudio"), reason="no pulseaudio"
)
def test_ten_minutes_are_captured_sample_for_sample(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, SECONDS * RATE)
    sent = noise.astype(np.float32)
    items: list[AudioBlock | Gap] = []
    told: set[SoundCondition] = set()
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ALSA_CONFIG_PATH", "")
        server.plug("desk")
        system = SoundSystem.start(server.folder)
        source = LiveSource(system, system.microphone("desk"))
        begun, played = threading.Event(), threading.Event()

        def read() -> None:
            for item in source.blocks():
                items.append(item)
                told.update(source.conditions(capture_clock()))
                begun.set()
                if played.is_set() and _is_silent(item):
                    source.stop()  # the last of it has come

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        assert begun.wait(10)
        assert server.play("desk", sent).wait() == 0
        played.set()
        reader.join(10)
        assert not reader.is_alive()
    blocks = [item for item in items if isinstance(item, AudioBlock)]
    heard = np.concatenate([block.samples[:, 0] for block in blocks])
    at = place(heard, sent[: 10 * RATE])
    equal = int((heard[at : at + len(sent)] == sent[: len(heard) - at]).sum())
    assert len(blocks) == len(items), "no gaps"
    assert equal == len(sent) == SECONDS * RATE
    troubles = {one.trouble for one in told}
    assert not troubles - {"only_zeros"}, "before and after it the device is silent"


def _is_silent(item: AudioBlock | Gap) -> bool:
    return isinstance(item, AudioBlock) and not item.samples.any()
