"""The mean of checkpoints: ``python average.py A B --out RUN``.

Source: Wortsman et al., "Model soups" (2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Average as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = [torch.load(file, map_location="cpu") for file in options.checkpoints]
    mean = {name: sum(one[name] for one in found) / len(found) for name in found[0]}
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, options.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
