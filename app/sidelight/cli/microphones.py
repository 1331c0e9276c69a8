"""``sidelight microphones``: what can be recorded here, and whether it hears."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.output import JsonLines, say
from sidelight.domain.errors import UserError
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.audio.check import Judgement
    from sidelight.audio.choosing import Device
    from sidelight.audio.system import SoundSystem

_SECONDS: Final = 5.0
_MOST_S: Final = 60.0
_METER: Final = 30
_QUIETEST_DBFS: Final = -60.0
"""The meter's left end."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(act=_list)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="what can be recorded (the default)")
    check = actions.add_parser(
        "check", help="speak for a few seconds and hear yourself; nothing is kept"
    )
    check.add_argument("name", metavar="NAME", nargs="?", help="default: the system's")
    check.add_argument(
        "--seconds", type=_seconds, default=_SECONDS, metavar="N", help="%(default)s"
    )
    check.add_argument(
        "--silent", action="store_true", help="do not play back what was heard"
    )
    for action, run in ((listing, _list), (check, _check)):
        action.set_defaults(act=run)
        # The parser above has it too: what it found is not to be taken back here.
        _json(action, default_missing=True)
    _json(parser)


def _json(parser: argparse.ArgumentParser, *, default_missing: bool = False) -> None:
    default: object = argparse.SUPPRESS if default_missing else False
    text = "JSON lines on stdout"
    parser.add_argument("--json", action="store_true", default=default, help=text)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 1 <= seconds <= _MOST_S:
        raise argparse.ArgumentTypeError(f"between 1 and {_MOST_S:g}")
    return seconds


def _run(arguments: argparse.Namespace) -> int:
    act = arguments.act
    return int(act(arguments))


def _list(arguments: argparse.Namespace) -> int:
    from sidelight.audio.choosing import (  # noqa: PLC0415 - numpy
        client_sides,
        guidance,
        microphones,
    )

    devices = _system().devices()
    for_coach, for_client = microphones(devices), client_sides(devices)
    if arguments.json:
        lines = JsonLines()
        for who, found in (("coach", for_coach), ("client", for_client)):
            for device in found:
                lines.write("device", {"for": who, **_fields(device)})
        lines.write(
            "summary",
            {"microphones": len(for_coach), "client_sides": len(for_client)},
        )
        return 0
    _print("Your microphone", for_coach, "There is none: plug one in.")
    _print("Your client's side of a call", for_client, "There is none.")
    if not any(device.side == "played" for device in for_client):
        say(guidance(sys.platform))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from sidelight.audio.check import Verdict, judge, record  # noqa: PLC0415 - numpy

    system = _system()
    device = system.microphone(arguments.name)
    task = "speak" if device.side == "microphone" else "let it play"
    say(f"{device.title}: {task} for {arguments.seconds:g} s.")
    samples = record(system, device, arguments.seconds, _meter)
    judged = judge(device, samples)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if arguments.json:
        JsonLines().write("check", {**_fields(device), **_judged(judged)})
    if judged.verdict in (Verdict.GOOD, Verdict.TOO_QUIET, Verdict.CLIPPED):
        _play_back(system, samples, device, silent=arguments.silent)
    if judged.verdict is not Verdict.GOOD:
        raise UserError(judged.message, judged.remedy)
    if not arguments.json:
        sys.stdout.write(judged.message + "\n")
    return 0


def _play_back(
    system: SoundSystem, samples: NDArray[np.float32], device: Device, *, silent: bool
) -> None:
    if silent:
        return
    say("This is what was heard:")
    try:
        system.play(samples, device.rate)
    except UserError as error:
        say(str(error))  # the microphone is what was asked about


def _system() -> SoundSystem:
    from sidelight.audio.system import SoundSystem  # noqa: PLC0415 - numpy

    return SoundSystem.start(Paths.find().prepare().run)


def _fields(device: Device) -> dict[str, object]:
    return {
        "title": device.title,
        "name": device.name.name,
        "host": device.name.host_api,
        "side": device.side,
        "rate": device.rate,
        "default": device.default,
    }


def _judged(judged: Judgement) -> dict[str, object]:
    return {
        "verdict": judged.verdict,
        "message": judged.message,
        "remedy": judged.remedy or None,
        "peak_dbfs": round(judged.peak_dbfs, 1),
        "loudest_dbfs": round(judged.loudest_dbfs, 1),
    }


def _print(heading: str, devices: Sequence[Device], none: str) -> None:
    sys.stdout.write(f"{heading}\n")
    for device in devices:
        mark = "*" if device.default else " "
        sys.stdout.write(f"  {mark} {device.title}\n")
    if not devices:
        sys.stdout.write(f"    {none}\n")


def _meter(peak_dbfs: float | None) -> None:
    """A bar that grows with the level, on the line below."""
    if not sys.stderr.isatty():
        return
    if peak_dbfs is None:
        text = "waiting for it to begin"
    else:
        full = round(_METER * (1 - max(peak_dbfs, _QUIETEST_DBFS) / _QUIETEST_DBFS))
        text = f"[{'#' * full:<{_METER}}] {peak_dbfs:4.0f} dB"
    sys.stderr.write(f"\r{text:<{_METER + 12}}")
    sys.stderr.flush()


MICROPHONES: Final = Command(
    "microphones", "what can be recorded here, and whether it hears", _arguments, _run
)
