"""The gallery in the pseudo language: no English, nothing cut, no widget missing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_widget_is_there_and_holds_longer_words() -> None:
    done = subprocess.run(
        (sys.executable, "-m", "tests.fakes.spoken_gallery"),
        cwd=ROOT,
        env=os.environ | {"SIDELIGHT_LANGUAGE": "qps", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert not done.stdout, done.stdout
    assert done.returncode == 0, done.stderr
