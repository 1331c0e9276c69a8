"""Makes the shipped model: ``python convert.py --run FOLDER --base FOLDER``.

Takes a run's checkpoint, writes int8 weights, head and word pieces into ``weights/``,
chooses the quiet places that lessons must not reach, and says what version it is.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Final

import numpy as np
from conversion import convert, load
from dataset import encode_view, views
from talk import read_file

from sidelight.partnering.learned.model import PartneringModel

HERE: Final = Path(__file__).parent.parent
QUIET: Final = 1500


def quiet_places(model: PartneringModel) -> np.ndarray:
    """Where turns of the training talk that are of no kind lie: int8, (n, 384)."""
    rng = random.Random(7)
    files = sorted((HERE / "data" / "train").glob("*.txt"))
    turns = [
        encode_view(model.pieces, view, known=True)
        for file in files
        for block in read_file(file)
        for view in views(block, [turn.text for turn in block.turns])
        if view.coach and not view.labels and len(view.text.split()) > 2
    ]
    some = rng.sample(turns, min(QUIET, len(turns)))
    places = np.stack([model.read([turn])[0].place for turn in some])
    return np.round(places * 127 / np.abs(places).max()).astype(np.int8)


def main() -> None:
    """Convert as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--version", default="learned-1")
    options = parser.parse_args()
    convert(
        load(options.run / "checkpoint.pt"),
        options.base / "tokenizer.json",
        options.out,
        options.version,
    )
    places = quiet_places(PartneringModel(options.out))
    np.savez_compressed(options.out / "quiet.npz", places=places)
    print(json.dumps({"quiet": len(places)}))


if __name__ == "__main__":
    main()
