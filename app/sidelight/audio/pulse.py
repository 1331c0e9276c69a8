"""PulseAudio and PipeWire: what can be recorded, and where our streams are attached.

PortAudio on Linux lists no monitors and does not say when the sound server moves a
stream to another source; the server itself says both.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

PCM_PREFIX: Final = "sidelight_"
"""Of the names under which sources are offered through ALSA."""

_CONNECT_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class PulseSource:
    """Something that can be recorded.

    Attributes:
        name: The server's own, the same after replugging.
        title: For people.
        output: The output whose sound this is, or ``None`` for a microphone.
        rate: Samples a second it runs at; opened there, nobody resamples on the way.
        default: Whether the system would choose it: the default source, or the monitor
            of the default output.
    """

    name: str
    title: str
    output: str | None
    rate: int
    default: bool

    @property
    def pcm(self) -> str:
        """The ALSA name under which ``loopback.alsa_config`` offers it."""
        kind = "client" if self.output else "mic"
        digest = hashlib.sha256(self.name.encode()).hexdigest()[:8]
        return f"{PCM_PREFIX}{kind}_{digest}"


def list_sources() -> list[PulseSource]:
    """Microphones and monitors of the running sound server.

    Raises:
        UserError: There is no such server.
    """
    with _connected("sidelight list") as pulse:
        server = pulse.server_info()
        sinks = {sink.name: sink.description for sink in pulse.sink_list()}
        return [
            PulseSource(
                name=source.name,
                title=sinks.get(source.monitor_of_sink_name, source.description),
                output=source.monitor_of_sink_name,
                rate=source.sample_spec.rate,
                default=(source.monitor_of_sink_name or source.name)
                in (server.default_sink_name, server.default_source_name),
            )
            for source in pulse.source_list()
        ]


class PulseWatch:
    """Tells which sources this process records from, whenever that changes.

    Args:
        attached: Called with the record streams of this process, each one's number and
            the name of its source: at the start, if there are any, and at each change.
        lost: Called when the server is gone; nothing is told after it.
        preferred: Called with the titles of the system's chosen input and output, at
            the start and when the choice changes.

    Thread: all are called on a thread of its own.
    """

    def __init__(
        self,
        attached: Callable[[Mapping[int, str]], None],
        lost: Callable[[], None],
        preferred: Callable[[str, str], None] = lambda _input, _output: None,
    ) -> None:
        self._attached = attached
        self._lost = lost
        self._preferred = preferred
        self._stopped = threading.Event()
        self._known: dict[int, str] = {}
        self._chosen: tuple[str, str] | None = None
        # A server that hangs never answers; no session waits for it at its end.
        self._thread = threading.Thread(
            target=self._run, name="pulse watch", daemon=True
        )

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; returns when the thread has, unless the server hangs."""
        self._stopped.set()
        self._thread.join(_CONNECT_S)

    def _run(self) -> None:
        import pulsectl  # noqa: PLC0415 - Linux only

        try:
            with _connected("sidelight watch") as pulse:
                pulse.event_mask_set("source_output", "source", "server")
                pulse.event_callback_set(lambda _: pulse.event_listen_stop())
                while not self._stopped.is_set():
                    self._tell(pulse)
                    # Events come within milliseconds; the timeout is for ``stop``.
                    pulse.event_listen(timeout=0.2)
        except (UserError, pulsectl.PulseError, pulsectl.PulseDisconnected):
            if not self._stopped.is_set():
                self._lost()

    def _tell(self, pulse: Any) -> None:  # noqa: ANN401 - the module has no types
        sources = pulse.source_list()
        names = {source.index: source.name for source in sources}
        ours = {
            output.index: names[output.source]
            for output in pulse.source_output_list()
            if output.proplist.get("application.process.id") == str(os.getpid())
            and output.source in names
        }
        if self._known != ours:
            self._known = ours
            self._attached(ours)
        titles = {source.name: source.description for source in sources}
        titles |= {sink.name: sink.description for sink in pulse.sink_list()}
        server = pulse.server_info()
        chosen = (
            titles.get(server.default_source_name, ""),
            titles.get(server.default_sink_name, ""),
        )
        if chosen != self._chosen:
            self._chosen = chosen
            self._preferred(*chosen)


def _connected(name: str) -> Any:  # noqa: ANN401 - the module has no types
    try:
        import pulsectl  # noqa: PLC0415 - Linux only
    except (ImportError, OSError) as error:
        raise UserError(
            "The library to talk to the sound server is missing.",
            "Install it: `sudo apt install libpulse0` (or your system's).",
        ) from error
    pulse = pulsectl.Pulse(name, connect=False)
    refused: list[BaseException] = []

    def connect() -> None:
        try:
            pulse.connect()
        except pulsectl.PulseError as error:
            refused.append(error)

    # pulsectl's own timeout always waits to its end (24.12), and without one a server
    # that hangs is waited for without end.
    connecting = threading.Thread(target=connect, name="pulse connect", daemon=True)
    connecting.start()
    connecting.join(_CONNECT_S)
    if refused or not pulse.connected:
        if not connecting.is_alive():
            pulse.close()
        raise UserError(
            "No sound server answers.",
            "Start PipeWire or PulseAudio, or log in to a desktop session.",
        ) from (refused[0] if refused else None)
    return pulse
