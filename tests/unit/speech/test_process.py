"""The settings of a process that recognises, each in a process of its own."""

import subprocess
import sys

PREPARED = """
import sys
from sidelight.speech.process import one_blas_thread, prepare_process
prepare_process()
print(one_blas_thread(), "ctranslate2" in sys.modules)
"""

ALLOCATOR = """
import platform
from sidelight.speech.allocator import keep_large_allocations
print(keep_large_allocations() == (platform.libc_ver()[0] == "glibc"))
"""

FRONT_DOOR = """
import sys, sidelight.bootstrap, sidelight.cli.main, sidelight.session.worker
print("numpy" in sys.modules)
"""


def printed(script: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout.strip()


def test_it_comes_before_the_heavy_imports() -> None:
    assert printed(PREPARED) == "True False"


def test_it_says_when_it_comes_too_late() -> None:
    assert printed("import numpy\n" + PREPARED) == "False False"


def test_the_allocator_takes_the_settings_where_it_is_glibc() -> None:
    assert printed(ALLOCATOR) == "True"


def test_what_runs_before_the_settings_does_not_load_numpy() -> None:
    assert printed(FRONT_DOOR) == "False"
