"""Sets up a fresh clone and runs one thing: ``python3 packaging/bootstrap.py demo``.

Needs nothing but Python. This first file stays readable for older Pythons (3.6 and up),
so that somebody who has only one of those gets a sentence, not a syntax error; the work
is in ``setup_steps``.
"""

import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
TOO_NEW = (3, 14)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3", "python")
PROBE = "import sys; print('%d.%d' % sys.version_info[:2])"


def is_fit(version: "tuple[int, int]") -> bool:
    """Whether Sidelight runs on this version of Python."""
    return OLDEST <= version < TOO_NEW


def find_fit_python() -> str:
    """Name of an installed Python that fits, or an empty text."""
    for name in CANDIDATES:
        try:
            # PIPE instead of capture_output: this also has to run on Python 3.6.
            probe = subprocess.run(
                [name, "-c", PROBE],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except OSError:
            continue
        major, _, minor = probe.stdout.decode("ascii", "replace").strip().partition(".")
        if major.isdigit() and minor.isdigit() and is_fit((int(major), int(minor))):
            return name
    return ""


def main(arguments: "list[str]") -> int:
    """Run the verb with a Python that fits; returns the exit code."""
    if is_fit(sys.version_info[:2]):
        from setup_steps import verbs  # noqa: PLC0415  (newer Python only, see above)

        return verbs.main(arguments)
    other = find_fit_python()
    if other:
        return subprocess.call([other, str(Path(__file__).resolve()), *arguments])
    print(
        "Sidelight needs Python 3.11, 3.12 or 3.13; this is Python {}.{}.\n"
        "Install one of them beside it (python.org, your system's packages), then run "
        "this command again.".format(*sys.version_info[:2]),
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
