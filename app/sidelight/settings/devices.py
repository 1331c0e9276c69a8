"""Which devices were used last: by name and sound system, as the system calls them.

A session that goes on after a crash goes on with the same; a new one uses those that
the coach chose the last time. Neither is ever replaced by another without asking.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sidelight.audio.devices import DeviceName
from sidelight.settings import store

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "devices.json"


@dataclass(frozen=True, slots=True)
class UsedDevices:
    """The devices of a session.

    Attributes:
        session: Its id.
        coach: The coach's microphone.
        client: The client's side of a call, or ``None`` in a room.
        chosen: Whether the coach chose the microphone, rather than the system.
    """

    session: str
    coach: DeviceName
    client: DeviceName | None
    chosen: bool

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget."""
        data: dict[str, object] = {
            "session": self.session,
            "coach": _to_list(self.coach),
            "client": None if self.client is None else _to_list(self.client),
            "chosen": self.chosen,
        }
        with suppress(OSError):
            store.write(folder / FILE_NAME, data)

    @classmethod
    def recall(cls, folder: Path) -> UsedDevices | None:
        """What was written last; ``None``: nothing that can be read."""
        data, _ = store.read(folder / FILE_NAME)
        try:
            if data is None:
                return None
            client = data["client"]
            return cls(
                str(data["session"]),
                _from_list(data["coach"]),
                None if client is None else _from_list(client),
                bool(data["chosen"]),
            )
        except (ValueError, KeyError, TypeError):
            return None


def _to_list(device: DeviceName) -> list[str]:
    return [device.name, device.host_api]


def _from_list(names: Any) -> DeviceName:  # noqa: ANN401 - from a file
    name, host_api = names
    return DeviceName(str(name), str(host_api))
