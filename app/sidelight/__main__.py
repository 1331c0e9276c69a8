"""``python -m sidelight``, and the installed program of that name.

Every child process loads this module again before its own work (that is how "spawn"
finds the program), so nothing is imported until it is known to be the program itself.
"""

import multiprocessing
import sys


def main() -> int:
    """Run the program; home and a session's start do not wait for the commands."""
    from sidelight.network import guard  # noqa: PLC0415 (see above)

    guard.install()
    if len(sys.argv) == 1:
        from sidelight.cli.alone import open_home  # noqa: PLC0415 (see above)
        from sidelight.cli.border import at_the_border  # noqa: PLC0415

        return at_the_border(open_home)
    if sys.argv[1] == "start":
        from sidelight.cli.start import start  # noqa: PLC0415

        return start(sys.argv[2:])
    from sidelight.cli.main import main as run_command  # noqa: PLC0415

    return run_command()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
