"""``sidelight voice``: with one microphone in the room, who is the coach?

Half a minute of the coach's own voice becomes a model that stays on this computer,
sealed with the key of the record. Of clients nothing of the kind is made.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_vault
from sidelight.cli.output import say
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    import argparse

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.audio.source import Source

MICROPHONE_S: Final = 30
"""How long the coach reads aloud: pauses leave 20 s of speech."""

LONGEST_S: Final = 120
"""Of a file, no more than this is listened to."""

_STRETCH: Final = 3 * SAMPLE_RATE


def listen(source: Source, seconds: float) -> NDArray[np.float32]:
    """The first channel of a source, for so long or to its end; nothing is kept.

    Args:
        source: Opened, not played yet.
        seconds: At most.

    Returns:
        float32, shape (n,), 16 kHz.

    Raises:
        UserError: The device or the file fails.
    """
    import numpy as np  # noqa: PLC0415 (slow)

    from sidelight.audio.block import AudioBlock  # noqa: PLC0415 (slow)

    heard: list[NDArray[np.float32]] = []
    wanted = round(seconds * SAMPLE_RATE)
    for block in source.blocks():
        if isinstance(block, AudioBlock):
            heard.append(block.samples[:, 0])
        if sum(map(len, heard)) >= wanted:
            source.stop()
            break
    return np.concatenate(heard)[:wanted] if heard else np.zeros(0, np.float32)


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    enrol = actions.add_parser("enrol", help="learn your voice, alone, for 30 s")
    check = actions.add_parser("check", help="is there one, and is this sound yours?")
    forget = actions.add_parser("forget", help="remove it")
    for action in (enrol, check):
        action.add_argument(
            "--file",
            type=Path,
            metavar="SOUND",
            help="a recording instead of the microphone; two channels: the left one",
        )
    enrol.add_argument(
        "--microphone",
        metavar="NAME",
        help="its name (default: the system's choice); see: sidelight microphones",
    )
    for action, act in ((enrol, _enrol), (check, _check), (forget, _forget)):
        add_vault_arguments(action)
        action.set_defaults(act=act)


def _run(arguments: argparse.Namespace) -> int:
    return int(arguments.act(arguments))


def _enrol(arguments: argparse.Namespace) -> int:
    from sidelight.record import voice  # noqa: PLC0415 (slow)
    from sidelight.speech.speakers import CoachVoice  # noqa: PLC0415 (slow)

    vault = open_vault(arguments)
    if arguments.file is None:
        say(f"Read something aloud, alone, for {MICROPHONE_S} seconds.")
        microphone = _microphone(arguments.microphone)
        speech = _speech(listen(microphone, MICROPHONE_S))
    else:
        speech = _speech(listen(_file(arguments.file), LONGEST_S))
    voice.store(_folder(), vault, CoachVoice.enrol(speech).to_bytes())
    say("Your voice is enrolled, on this computer only. Where one microphone hears")
    say("everybody, what is surely you counts as yours; all else stays unknown.")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from sidelight.record import voice  # noqa: PLC0415 (slow)
    from sidelight.speech.speakers import CoachVoice  # noqa: PLC0415 (slow)

    data = voice.load(_folder(), open_vault(arguments))
    if data is None:
        raise UserError(
            "No voice is enrolled.", "Enrol yours: `sidelight voice enrol`."
        )
    enrolled = CoachVoice.from_bytes(data)
    if arguments.file is None:
        sys.stdout.write("A voice is enrolled.\n")
        return 0
    speech = _speech(listen(_file(arguments.file), LONGEST_S))
    stretches = [
        speech[at : at + _STRETCH]
        for at in range(0, len(speech) - SAMPLE_RATE, _STRETCH)
    ]
    sure = sum(map(enrolled.is_coach, stretches))
    sys.stdout.write(
        f"{sure} of {len(stretches)} stretches of speech are surely the enrolled"
        " voice.\n"
    )
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    del arguments  # whoever may delete the file may do it without its key
    from sidelight.record import voice  # noqa: PLC0415 (slow)

    gone = voice.forget(_folder())
    say("Your voice is forgotten." if gone else "No voice was enrolled.")
    return 0


def _folder() -> Path:
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    return Paths.find().record


def _speech(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    from sidelight.speech.speakers import spoken  # noqa: PLC0415 (slow)
    from sidelight.speech.vad import SileroModel  # noqa: PLC0415 (slow)

    return spoken(samples, SileroModel().detector())


def _file(path: Path) -> Source:
    from sidelight.audio.file import (  # noqa: PLC0415 (slow)
        FileSource,
        Pace,
        SoundFile,
        SystemClock,
    )

    return FileSource(SoundFile.open(path), Pace(None, SystemClock()))


def _microphone(name: str | None) -> Source:
    from sidelight.audio.live import LiveSource  # noqa: PLC0415 (slow)
    from sidelight.audio.system import SoundSystem  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    system = SoundSystem.start(Paths.find().prepare().run)
    return LiveSource(system, system.microphone(name))


VOICE: Final = Command(
    "voice", "your own voice, to tell it from others in a room", _arguments, _run
)
