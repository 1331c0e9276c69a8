"""The virtual environment at the root: made, filled from a lock, repaired.

A stamp written last says for what the environment is complete; without it, or when it
speaks of other files, the environment is brought up to date. A marker written first
says that a set-up was interrupted; then the environment is made anew, because nobody
can tell which package lies there half unpacked (pip's cache makes that cheap).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bootstrap import OLDEST, TOO_NEW
from setup_steps.checkout import Checkout, LockName, LockSize
from setup_steps.one_at_a_time import one_at_a_time
from setup_steps.reporting import (
    SetupError,
    child_environment,
    run_logged,
    say,
    tail,
)

SHOWN_FROM_MB = 5.0
PROBE = (
    "import json, sys, sysconfig; "
    "print(json.dumps([sys.version_info[:2], sysconfig.get_path('purelib')]))"
)
_DOWNLOAD = re.compile(
    r"(Downloading|Using cached) (?:\S*/)?(?P<name>[^\s/-]+)-\S+ "
    r"\((?P<size>[\d.]+) (?P<unit>[kM]B)\)"
)


@dataclass(frozen=True)
class Stamp:
    """What a complete virtual environment was made from.

    Attributes:
        python: Major and minor version of its Python.
        root: The checkout it belongs to; it moves when the folder is moved.
        lock: Name of the lock that was installed.
        lock_digest: Fingerprint of that lock.
        project_digest: Fingerprint of the project's own settings.
    """

    python: tuple[int, int]
    root: str
    lock: LockName
    lock_digest: str
    project_digest: str

    def to_json(self) -> str:
        """The stamp as text for its file."""
        return json.dumps(vars(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """The stamp in a file's text; nothing when it is damaged or of another make."""
        try:
            fields = json.loads(text)
            major, minor = fields.pop("python")
            return cls(python=(int(major), int(minor)), **fields)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


def wanted_stamp(
    checkout: Checkout, lock: LockName, python: tuple[int, int], present: Stamp | None
) -> Stamp:
    """The stamp an up-to-date environment bears.

    Development packages contain everything the program itself needs in the same
    versions, so an environment made for development serves the program as well.

    Args:
        checkout: Where.
        lock: What is needed now.
        python: The version that the environment has.
        present: The stamp that it bears.
    """
    if present is not None and present.lock == "dev" and lock == "run":
        lock = "dev"
    return Stamp(
        python=python,
        root=str(checkout.root),
        lock=lock,
        lock_digest=checkout.lock_digest(lock),
        project_digest=checkout.project_digest(),
    )


def prepare(checkout: Checkout, lock: LockName) -> None:
    """Make the virtual environment fit for a purpose; quick when it already is.

    Args:
        checkout: Where.
        lock: The packages it needs.

    Raises:
        SetupError: The network, the disk or the folder does not allow it.
    """
    if _is_current(checkout, lock):
        return
    with one_at_a_time(checkout.guard):
        if not _is_current(checkout, lock):  # else the one we waited for did it
            try:
                _bring_up_to_date(checkout, lock)
            except PermissionError as error:
                raise SetupError(
                    f"{error.filename} cannot be changed (no permission).",
                    f"Delete the folder {checkout.environment} as the user who made "
                    "it, then run this again.",
                ) from error


def _is_current(checkout: Checkout, lock: LockName) -> bool:
    present = _read_stamp(checkout)
    if present is None or checkout.unfinished.exists():
        return False
    try:
        python = _probe(checkout).python
    except SetupError:
        return False
    return present == wanted_stamp(checkout, lock, python, present)


def _read_stamp(checkout: Checkout) -> Stamp | None:
    try:
        return Stamp.from_json(checkout.stamp.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


@dataclass(frozen=True)
class Interpreter:
    """What the environment's Python says about itself.

    Attributes:
        python: Major and minor version.
        packages: The folder its packages lie in.
    """

    python: tuple[int, int]
    packages: Path


def _probe(checkout: Checkout) -> Interpreter:
    """Ask the environment's Python; this also proves that it runs.

    Raises:
        SetupError: It does not.
    """
    try:
        answer = subprocess.run(
            [checkout.python, "-c", PROBE],
            capture_output=True,
            check=True,
            env=child_environment(),
            encoding="utf-8",
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"The Python in {checkout.environment} does not run.",
            f"Delete {checkout.environment} and run this again.",
        ) from error
    (major, minor), packages = json.loads(answer)
    return Interpreter((major, minor), Path(packages))


def _bring_up_to_date(checkout: Checkout, lock: LockName) -> None:
    started = time.monotonic()
    present = _read_stamp(checkout)
    sound = _is_sound(checkout, present)
    if not sound:
        if checkout.environment.exists():
            say(f"Making {checkout.environment.name} anew: it is incomplete.")
            _remove(checkout.environment)
        present = None
    wanted = wanted_stamp(checkout, lock, sys.version_info[:2], present)
    packages_present = present is not None and (
        (present.lock, present.lock_digest) == (wanted.lock, wanted.lock_digest)
    )
    if not packages_present:
        size = checkout.lock_size(wanted.lock)
        say(_announcement(checkout, size))
        _check_space(checkout.root, size)
    checkout.environment.mkdir(exist_ok=True)
    checkout.unfinished.touch()
    checkout.stamp.unlink(missing_ok=True)
    checkout.log.unlink(missing_ok=True)
    if not sound:
        _create(checkout)
    if not packages_present:
        _install(checkout, ["--require-hashes", "-r", str(checkout.lock(wanted.lock))])
    _install_project(checkout)
    python = _probe(checkout).python
    final = wanted_stamp(checkout, wanted.lock, python, None)
    checkout.stamp.write_text(final.to_json(), encoding="utf-8")
    checkout.unfinished.unlink()
    say(f"Set up in {time.monotonic() - started:.0f} s.")


def _is_sound(checkout: Checkout, stamp: Stamp | None) -> bool:
    """Whether the environment can be built upon: whole, and with a Python that fits."""
    if checkout.unfinished.exists():
        return False
    try:
        python = _probe(checkout).python
    except SetupError:
        return False
    # A replaced Python does not see the packages, which lie in the old one's folder.
    return OLDEST <= python < TOO_NEW and (stamp is None or stamp.python == python)


def _announcement(checkout: Checkout, size: LockSize) -> str:
    return (
        f"Setting up in {checkout.environment.name} (only this once): "
        f"up to {size.download_mb} MB to download, {size.installed_mb} MB on disk."
    )


def _check_space(root: Path, size: LockSize) -> None:
    needed_mb = size.download_mb + size.installed_mb
    free_mb = shutil.disk_usage(root).free // 1_000_000
    if free_mb < needed_mb:
        raise SetupError(
            f"The disk has {free_mb} MB left; the set-up needs {needed_mb} MB.",
            "Make room, or clone the repository onto another disk.",
        )


def _remove(environment: Path) -> None:
    if environment.is_symlink() or not environment.is_dir():
        raise SetupError(
            f"{environment} is not a folder of its own.",
            "Move it away and run this again.",
        )
    shutil.rmtree(environment)


def _create(checkout: Checkout) -> None:
    # A set-up started with the environment's own Python must not build on itself.
    base = getattr(sys, "_base_executable", sys.executable)
    code, output = run_logged(
        [base, "-m", "venv", str(checkout.environment)], checkout.log, lambda _: None
    )
    if code != 0:
        raise SetupError(
            f"Python could not make a virtual environment:\n{tail(output)}",
            "Install Python's venv and ensurepip modules, then run this again.",
        )


def _install(checkout: Checkout, what: list[str]) -> None:
    pip = [str(checkout.python), "-m", "pip", "--disable-pip-version-check"]
    code, output = run_logged(
        [*pip, "install", "--progress-bar", "off", *what], checkout.log, shorten_pip
    )
    if code != 0:
        raise pip_failure(output, checkout.log)


def shorten_pip(line: str) -> str | None:
    """The few lines of pip's output that tell a person how far it is."""
    found = _DOWNLOAD.search(line)
    if found is not None:
        size = float(found["size"])
        if found["unit"] == "MB" and size >= SHOWN_FROM_MB:
            return f"{found['name']}, {size:.0f} MB"
    if line.startswith("Installing collected packages:"):
        count = line.count(",") + 1
        return f"unpacking {count} packages" if count > 1 else None
    return None


@dataclass(frozen=True)
class Failure:
    """A way in which pip fails, and what a person is told.

    Attributes:
        pattern: What pip says, as a regular expression.
        message: What is wrong.
        remedy: The way forward.
    """

    pattern: str
    message: str
    remedy: str


FAILURES = (  # the first that matches wins
    Failure(
        r"DO NOT MATCH THE HASHES",
        "A downloaded package is not the one we checked (its hash differs).",
        "Do not go on. Empty pip's cache (pip cache purge) and try once more; if it "
        "stays so, ask whoever runs your package mirror.",
    ),
    Failure(
        r"No space left on device|There is not enough space",
        "The disk is full.",
        "Make room, or clone the repository onto another disk; then run this again.",
    ),
    Failure(
        r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError",
        "The package index's certificate is not trusted here.",
        "Name your organisation's certificate in PIP_CERT, then run this again.",
    ),
    Failure(
        r"407 Proxy|ProxyError|Tunnel connection failed",
        "The proxy does not let pip through.",
        "Set HTTPS_PROXY with your user name and password, then run this again.",
    ),
    Failure(
        r"NewConnectionError|NameResolutionError|name resolution|Max retries exceeded|"
        r"Read timed out|ConnectTimeout|Connection (?:refused|reset|broken)|"
        r"Network is unreachable|IncompleteRead",
        "The package index cannot be reached: no network, or it broke off.",
        "Connect this computer to the internet and run this again; what was already "
        "downloaded is kept.",
    ),
    Failure(
        r"No matching distribution found|is not a supported wheel",
        "A package is not offered for this computer's system or processor.",
        "Sidelight runs on Linux (x86-64 with glibc 2.34 or newer, ARM with 2.39), "
        "Windows 10 or newer (x86-64) and macOS 14 or newer (Apple chips).",
    ),
)


def pip_failure(output: str, log: Path) -> SetupError:
    """What went wrong in one sentence, from all that pip said.

    Args:
        output: pip's whole output.
        log: Where it can be read.
    """
    for failure in FAILURES:
        if re.search(failure.pattern, output):
            return SetupError(failure.message, failure.remedy)
    return SetupError(
        f"pip could not install the packages:\n{tail(output)}",
        f"The whole output is in {log}.",
    )


def _install_project(checkout: Checkout) -> None:
    """Make ``sidelight`` importable and runnable, straight from its sources.

    The path file that this leaves is made relative: before Python 3.13 it is read in
    the locale's encoding, so that a folder's name with other letters in it is lost on
    some systems, while the way from the environment to the program has none of them.
    """
    root = str(checkout.root)
    _install(checkout, ["--no-deps", "--no-build-isolation", "--editable", root])
    packages = _probe(checkout).packages
    way = os.path.relpath(checkout.root / "app", packages)
    (packages / "_sidelight.pth").write_text(way + "\n", encoding="ascii")
