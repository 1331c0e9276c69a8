"""What the operating system must offer, and how to get it on Debian and Ubuntu."""

import ctypes
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from setup_steps.reporting import SetupError, run_logged, say, tail

OLDEST_GLIBC = (2, 34)  # PySide6 6.11.3's wheel for x86-64


@dataclass(frozen=True)
class Part:
    """Something of the system that a Python package cannot bring along.

    Attributes:
        package: Its Debian package.
        proof: The library or program by which it is found on other systems.
    """

    package: str
    proof: str

    def is_here(self) -> bool:
        """Whether this computer has it, told without a package manager."""
        if ".so" not in self.proof:
            return shutil.which(self.proof) is not None
        try:
            ctypes.CDLL(self.proof)
        except OSError:
            return False
        return True


# Qt without a screen, proven in a bare Debian 12; then what its X11 plug-in loads.
QT_PARTS = (
    Part("libglib2.0-0", "libglib-2.0.so.0"),
    Part("libgl1", "libGL.so.1"),
    Part("libegl1", "libEGL.so.1"),
    Part("libfontconfig1", "libfontconfig.so.1"),
    Part("libxkbcommon0", "libxkbcommon.so.0"),
    Part("libdbus-1-3", "libdbus-1.so.3"),
    Part("libxcb-cursor0", "libxcb-cursor.so.0"),
    Part("libxcb-icccm4", "libxcb-icccm.so.4"),
    Part("libxcb-image0", "libxcb-image.so.0"),
    Part("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Part("libxcb-randr0", "libxcb-randr.so.0"),
    Part("libxcb-render-util0", "libxcb-render-util.so.0"),
    Part("libxcb-shape0", "libxcb-shape.so.0"),
    Part("libxcb-xkb1", "libxcb-xkb.so.1"),
    Part("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
)
SOUND_PARTS = (Part("libportaudio2", "libportaudio.so.2"),)
# A virtual screen with a window manager, and a virtual sound card.
TEST_PARTS = (
    Part("xvfb", "Xvfb"),
    Part("openbox", "openbox"),
    Part("x11-utils", "xwininfo"),
    Part("xdotool", "xdotool"),
    # Its own programs stand in no search path; what brings it up does.
    Part("at-spi2-core", "dbus-run-session"),
    Part("pulseaudio", "pulseaudio"),
    Part("pulseaudio-utils", "pactl"),
    Part("libasound2-plugins", "libasound.so.2"),
)
RUN_PARTS = QT_PARTS + SOUND_PARTS


def check_python() -> None:
    """See that the packages we need exist for this Python and processor.

    Raises:
        SetupError: They do not.
    """
    if sys.implementation.name != "cpython" or sysconfig.get_config_var(
        "Py_GIL_DISABLED"
    ):
        raise SetupError(
            "Sidelight's packages exist for the ordinary Python only, not for this one "
            f"({sys.implementation.name}, {platform.python_version()}).",
            "Run this with Python 3.11, 3.12 or 3.13 from python.org or your system.",
        )
    if sys.maxsize < 2**32:
        raise SetupError(
            "This Python is a 32-bit one.", "Run this with a 64-bit Python."
        )
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        raise SetupError(
            "Sidelight does not run on Macs with Intel processors: the speech "
            "libraries are no longer made for them.",
            "On a Mac with an Apple chip, run this with a Python made for it.",
        )
    if sys.platform == "linux":
        _check_c_library()


def _check_c_library() -> None:
    name, version = platform.libc_ver()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if name != "glibc" or numbers < OLDEST_GLIBC:
        raise SetupError(
            f"This system's C library ({name or 'not glibc'} {version}) is too old or "
            "of another kind; Qt needs glibc 2.34 or newer.",
            "Use Debian 12, Ubuntu 22.04, Fedora 35, or newer.",
        )


def check_system(parts: Collection[Part]) -> None:
    """See that the system has what is needed; on Debian and Ubuntu install the rest.

    Args:
        parts: What is needed.

    Raises:
        SetupError: Something is missing and cannot be installed from here.
    """
    if sys.platform != "linux":
        return
    if _is_debian():
        wanted = [part.package for part in parts]
        if not _has_venv():
            wanted.append("python{}.{}-venv".format(*sys.version_info))
        missing = missing_packages(wanted, _installed_packages())
        if missing:
            _install(missing)
        return
    absent = [part for part in parts if not part.is_here()]
    if absent:
        raise SetupError(
            "This system lacks: " + ", ".join(part.proof for part in absent) + ".",
            "Install them with your package manager (Debian's names for them: "
            + " ".join(part.package for part in absent)
            + "), then run this again.",
        )


def _has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _is_debian() -> bool:
    return bool(shutil.which("dpkg-query") and shutil.which("apt-get"))


def _installed_packages() -> str:
    return subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        errors="replace",
    ).stdout


def missing_packages(wanted: Iterable[str], listing: str) -> list[str]:
    """The packages that are not installed, in the order they were asked for.

    A package that another one provides counts as present: newer releases renamed
    some (``libglib2.0-0t64`` provides ``libglib2.0-0``).

    Args:
        wanted: Names of packages.
        listing: One installed package a line: status, name and what it provides,
            with tabs between.
    """
    present: set[str] = set()
    for line in listing.splitlines():
        status, _, rest = line.partition("\t")
        if status != "installed":
            continue
        name, _, provides = rest.partition("\t")
        present.add(name)
        present.update(
            entry.split()[0] for entry in provides.split(",") if entry.strip()
        )
    return [name for name in dict.fromkeys(wanted) if name not in present]


def install_line(packages: Iterable[str], *, with_sudo: bool) -> str:
    """The one line a person can paste to install packages."""
    names = shlex.join(packages)
    if with_sudo:
        return (
            "sudo apt-get update && "
            f"sudo apt-get install -y --no-install-recommends {names}"
        )
    line = f"apt-get update && apt-get install -y --no-install-recommends {names}"
    return f"su -c {shlex.quote(line)}"


def _install(packages: list[str]) -> None:
    prefix = _way_to_root(packages)
    say(
        f"Installing {len(packages)} system package{'s' if len(packages) > 1 else ''} "
        f"with apt-get: {' '.join(packages)}"
    )
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "apt.log"
        # Lists of a fresh system are empty, those of an old one name vanished files.
        run_logged([*prefix, "apt-get", "-q", "update"], log, lambda _: None)
        code, output = run_logged(
            [
                *prefix,
                "env",  # sudo drops variables that it does not know
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-q",
                "-y",
                "-o=Dpkg::Use-Pty=0",
                "--no-install-recommends",
                "install",
                *packages,
            ],
            log,
            lambda _: None,
        )
    if code != 0:
        raise SetupError(
            f"apt-get could not install the system packages:\n{tail(output)}",
            install_line(packages, with_sudo=bool(prefix)),
        )


def _way_to_root(packages: list[str]) -> list[str]:
    """The words to put before a command so that root runs it.

    Raises:
        SetupError: This user may not; with the one line for somebody who may.
    """
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is not None:
        quiet = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
        if quiet.returncode == 0:
            return [sudo, "-n"]
        if sys.stdin.isatty() and sys.stderr.isatty():
            say(f"{len(packages)} system packages are missing; sudo asks who you are.")
            if subprocess.run([sudo, "-v"], check=False).returncode == 0:
                return [sudo, "-n"]
    raise SetupError(
        "System packages are missing and this user may not install them. Run, or ask "
        "an administrator to run, this line; then run this command again:",
        install_line(packages, with_sudo=sudo is not None),
    )
