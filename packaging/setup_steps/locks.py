"""Makes the lock files: one hash-checked list of packages for each purpose."""

import subprocess
import tempfile
import zipfile
from pathlib import Path

from setup_steps.checkout import Checkout, LockName, LockSize
from setup_steps.reporting import SetupError, child_environment, say, tail

# What each lock adds to the program's own packages; the build back end is in all of
# them, so that installing the project fetches nothing more.
GROUPS: dict[LockName, str] = {"run": "build", "dev": "dev", "training": "training"}


def compile_locks(checkout: Checkout, options: list[str]) -> None:
    """Write all lock files anew; versions change only where they must.

    Args:
        checkout: Where.
        options: Passed to ``uv pip compile``, such as ``--upgrade``.

    Raises:
        SetupError: The packages do not fit together, or the index is out of reach.
    """
    for name in GROUPS:
        say(f"Locking {name} ...")
        _compile(checkout, name, options)
        size = _measure(checkout, name)
        _write_header(checkout.lock(name), name, size)
        say(f"  {size.download_mb} MB to download, {size.installed_mb} MB installed")


def _compile(checkout: Checkout, name: LockName, options: list[str]) -> None:
    # All agree with the program's lock, so that what was tested is what runs.
    agree = [] if name == "run" else ["--constraints", str(checkout.lock("run"))]
    command = [
        *(str(checkout.python), "-m", "uv", "pip", "compile"),
        str(checkout.root / "pyproject.toml"),
        *("--group", GROUPS[name], *agree),
        *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
        *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
        *("--output-file", str(checkout.lock(name)), "--quiet", *options),
    ]
    result = subprocess.run(
        command, cwd=checkout.root, env=child_environment(), check=False
    )
    if result.returncode != 0:
        raise SetupError(
            f"The lock file for {name} could not be made.",
            "The lines above say which package stands in the way.",
        )


def _measure(checkout: Checkout, name: LockName) -> LockSize:
    """Fetch everything once and add it up, for this system."""
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            [
                *(str(checkout.python), "-m", "pip", "download", "--quiet"),
                *("--require-hashes", "-r", str(checkout.lock(name))),
                *("--dest", folder),
            ],
            env=child_environment(),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if result.returncode != 0:
            raise SetupError(
                f"The packages for {name} could not be fetched:\n{tail(result.stdout)}",
                "See to the network and run this again.",
            )
        files = list(Path(folder).iterdir())
        download = sum(file.stat().st_size for file in files)
        installed = sum(_unpacked_size(file) for file in files)
    return LockSize(round(download / 1e6), round(installed / 1e6))


def _unpacked_size(file: Path) -> int:
    if file.suffix != ".whl":
        return file.stat().st_size
    with zipfile.ZipFile(file) as wheel:
        return sum(member.file_size for member in wheel.infolist())


def _write_header(lock: Path, name: LockName, size: LockSize) -> None:
    pins = [
        line
        for line in lock.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    header = f"""\
# Packages for {name}; made by `python3 packaging/bootstrap.py locks`.
# On Linux x86-64: {size.download_mb} MB to download, {size.installed_mb} MB installed.

"""
    lock.write_text(header + "\n".join(pins).strip() + "\n", encoding="utf-8")
