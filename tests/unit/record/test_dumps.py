from __future__ import annotations

import subprocess
import sys

import pytest

CRASH = """
import ctypes, os, resource
from sidelight.record.dumps import keep_memory_out_of_dumps
keep_memory_out_of_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE))
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)  # PR_GET_DUMPABLE
os.abort()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks prctl")
def test_crash_writes_no_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH], capture_output=True, text=True, check=False
    )
    assert done.returncode == -6
    assert done.stdout.splitlines() == ["(0, 0)", "0"]
