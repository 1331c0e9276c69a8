"""``bootstrap.py words``: brings the translations up to what the window says now.

With ``--wrap`` it first puts ``tr`` around plain literals that went past it.
"""

import sys
from pathlib import Path

from translating.collecting import collect, speaking
from translating.pofile import HEADS, update
from translating.wrapping import wrap

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Update every language, and say how far each is and what waits.

    Returns:
        1 if there are words that no translator gets to see, else 0.
    """
    if "--wrap" in sys.argv:
        for path in speaking(ROOT):
            wrap(path)
    messages, bypasses = collect(ROOT)
    for bypass in bypasses:
        print(f"app/sidelight/ui/{bypass.where}: {bypass.why}: {bypass.text}")
    for language in HEADS:
        path = ROOT / "assets" / "translations" / f"{language}.po"
        catalogue = update(path, messages)
        waiting = [one for one in catalogue.entries.values() if not one.translated]
        for entry in waiting:
            print(f"{language}: {'a guess' if entry.fuzzy else 'new'}: {entry.text}")
        done = len(catalogue.entries) - len(waiting)
        print(f"{language}: {done} of {len(catalogue.entries)} translated")
    return 1 if bypasses else 0


if __name__ == "__main__":
    sys.exit(main())
