"""Where what went wrong becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sidelight.cli.output import say
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


def at_the_border(run: Callable[[], int]) -> int:
    """Run the program.

    Returns:
        What it returns; 1 for the world's fault (one sentence on stderr), 130 for
        Ctrl-C.
    """
    try:
        code = run()
        sys.stdout.flush()
    except UserError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except BrokenPipeError:
        # The reader of our JSON lines (``head``, a closed pager) went away.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code
