"""Both sides of a call through a real sound server and PortAudio, with a cable pulled.

A PulseAudio of the test's own, without a session bus or a sound card, plays seeded
noise into null sinks; their monitors are the coach's microphone and the client's side.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.likeness import holds_every_piece, place
from tests.fakes.soundserver import RATE, SoundServer

from sidelight.audio.block import AudioBlock
from sidelight.audio.clock import capture_clock
from sidelight.audio.devices import DeviceName
from sidelight.audio.live import LiveSource
from sidelight.audio.loopback import prepare_alsa
from sidelight.audio.pulse import list_sources
from sidelight.audio.system import SoundSystem
from sidelight.audio.watch import Trouble
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Gap, GapCause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux sound server"),
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="no pulseaudio"),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ALSA_CONFIG_PATH", "")
        yield server


@pytest.fixture
def system(server: SoundServer) -> SoundSystem:
    server.plug("desk")
    server.plug("speakers")
    return SoundSystem.start(server.folder)


def noise(seconds: int, seed: int) -> NDArray[np.float32]:
    random = np.random.default_rng(seed)
    return random.uniform(-0.5, 0.5, seconds * RATE).astype(np.float32)


class Recording:
    """A source read in a thread of its own."""

    def __init__(self, source: LiveSource) -> None:
        self.source = source
        self.items: list[AudioBlock | Gap] = []
        # A daemon: a test that fails before ``end`` does not keep the rest waiting.
        self._thread = threading.Thread(
            target=lambda: self.items.extend(source.blocks()), daemon=True
        )
        self._thread.start()

    def wait(self, true: Callable[[], bool], within_s: float = 5.0) -> None:
        deadline = time.monotonic() + within_s
        while not true():
            assert time.monotonic() < deadline, "it takes too long"
            time.sleep(0.01)

    def is_silent(self, channel: int) -> bool:
        newest = self.items[-1]
        return isinstance(newest, AudioBlock) and not newest.samples[:, channel].any()

    @property
    def troubles(self) -> set[Trouble]:
        return {one.trouble for one in self.source.conditions(capture_clock())}

    def end(self) -> NDArray[np.float32]:
        self.source.stop()
        self._thread.join(10)
        assert not self._thread.is_alive()
        blocks = [item for item in self.items if isinstance(item, AudioBlock)]
        position = 0
        for block in blocks:
            assert block.start == position
            position = block.end
        return np.concatenate([block.samples for block in blocks])

    @property
    def gaps(self) -> list[Gap]:
        return [item for item in self.items if isinstance(item, Gap)]


def test_a_microphone_pulled_out_and_back_on_a_call(
    server: SoundServer, system: SoundSystem
) -> None:
    """Told within 3 s, resumed by itself, one gap, the client's side whole."""
    before, after = noise(1, seed=0), noise(1, seed=1)
    # Without the highest tones, so that half a sample of delay does not matter.
    answered = np.convolve(noise(6, seed=2), np.full(8, 0.25), "same")
    coach = system.microphone(DeviceName("desk.monitor", "PulseAudio"))
    source = LiveSource(system, coach, system.client_side("speakers"))
    recording = Recording(source)
    recording.wait(lambda: bool(recording.items))
    assert source.opened_at == pytest.approx(capture_clock(), abs=5)

    client = server.play("speakers", answered.astype(np.float32))
    server.play("desk", before).wait()
    recording.wait(lambda: recording.is_silent(0))  # the last of it has come
    server.unplug("desk")
    pulled = time.monotonic()
    recording.wait(lambda: Trouble.GONE in recording.troubles, 3)
    assert time.monotonic() - pulled < 3
    with pytest.raises(UserError, match=r"'desk.monitor' is not there"):
        system.microphone(coach.name)
    prepare_alsa(server.folder, list_sources())  # as another command would meanwhile
    server.plug("desk")
    recording.wait(lambda: Trouble.RETURNED in recording.troubles)
    server.play("desk", after).wait()
    client.wait()
    recording.wait(lambda: recording.is_silent(0) and recording.is_silent(1))
    heard = recording.end()

    # The server prefers the speakers since the desk went; that is told, too.
    assert recording.troubles <= {Trouble.RETURNED, Trouble.DEFAULT_CHANGED}
    (gap,) = recording.gaps
    assert gap.cause is GapCause.DEVICE_LOST
    assert not heard[gap.span.start * 16 + 320 : gap.span.end * 16 - 320, 0].any()
    for sound in (before, after):
        at = place(heard[:, 0], sound)
        np.testing.assert_array_equal(heard[at : at + len(sound), 0], sound)
    assert holds_every_piece(heard[:, 1], answered.astype(np.float32))
