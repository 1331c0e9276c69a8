"""``python -m sidelight``."""

import multiprocessing
import sys

from sidelight.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
