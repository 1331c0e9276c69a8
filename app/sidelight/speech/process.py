"""What a process that recognises does before numpy and ctranslate2 are loaded."""

from __future__ import annotations

import os
import sys

from sidelight.speech.allocator import keep_large_allocations


def prepare_process() -> None:
    """Make recognition cheaper in this process; call it before the heavy imports."""
    keep_large_allocations()
    one_blas_thread()


def one_blas_thread() -> bool:
    """Let numpy's OpenBLAS work in the calling thread.

    Its only product here is the mel filter bank (80 by 201 by some 500), where a second
    thread mostly spins: 16 ms CPU for a 5-s window against 2 to 3 ms with one thread
    (measured on 2 cores). The recogniser's own threads are counted elsewhere.

    Returns:
        Whether it takes effect: OpenBLAS looks once, when numpy is imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return "numpy" not in sys.modules
