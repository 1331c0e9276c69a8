"""Trains the detector (README.md): ``python run.py --base FOLDER --out FOLDER``.

On a CPU one process a core, each with one thread: on two cores that is nearly twice as
fast as one process with two threads. With a graphics processor, one process.

What is kept (``checkpoint.pt``) is the running mean of the weights, as in Izmailov et
al., "Averaging weights leads to wider optima" (2018); ``last.pt`` is the last step's.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from dataset import Epochs, Example
from network import Network
from talk import FORMS, LABELS, PROCESS, read_file
from tokenizers import Tokenizer
from torch import distributed, multiprocessing
from torch.nn import functional as F
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parent.parent
BATCH: Final = 32
WARM_UP: Final = 0.06
HEAD_FASTER: Final = 10
FORM_WEIGHT: Final = 0.3
PARTNERING: Final = ("agreement", "observation_invite", "engagement", "closing")
SAY_EVERY: Final = 50
MEAN_EVERY: Final = 4
"""Steps between two looks at the weights for their mean, which cost some time."""

MEAN_KEEPS: Final = 0.99
"""Of the mean so far, at each look: it reaches back some four hundred steps."""


def weight(label: str) -> float:
    """How much a label's error counts."""
    if label in PROCESS:
        return 2.0
    return 1.3 if label in PARTNERING or label == "took_back" else 1.0


def batches(
    examples: Sequence[Example], size: int, rng: np.random.Generator
) -> list[list[Example]]:
    """Of about equal lengths, in random order."""
    lengths = np.array([len(e.encoded.ids) for e in examples])
    order = np.argsort(lengths + rng.random(len(examples)) * 8)
    found = [
        [examples[n] for n in order[at : at + size]]
        for at in range(0, len(order), size)
    ]
    return [found[n] for n in rng.permutation(len(found))]


def tensors(batch: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    """Ids, parts, mask, targets, which of them are known, and forms."""
    longest = max(len(e.encoded.ids) for e in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    parts, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, each in enumerate(batch):
        length = len(each.encoded.ids)
        ids[row, :length] = torch.tensor(each.encoded.ids)
        parts[row, :length] = torch.tensor(each.encoded.parts)
        mask[row, :length] = 1
    targets = torch.tensor([e.targets for e in batch])
    known = torch.tensor([e.known for e in batch])
    return ids, parts, mask, targets, known, torch.tensor([e.form for e in batch])


class Loss:
    """Of labels, each for itself, and of the form where there is one."""

    def __init__(self, device: str) -> None:
        self._weights = torch.tensor([weight(label) for label in LABELS], device=device)
        positive = [1.4 if label in PROCESS else 1.2 for label in LABELS]
        self._positive = torch.tensor(positive, device=device)

    def __call__(
        self,
        out: torch.Tensor,
        targets: torch.Tensor,
        known: torch.Tensor,
        forms: torch.Tensor,
    ) -> torch.Tensor:
        labels = len(LABELS)
        loss = labels * F.binary_cross_entropy_with_logits(
            out[:, :labels],
            targets,
            weight=self._weights * known,
            pos_weight=self._positive,
        )
        some = forms >= 0
        if some.any():
            wrong = F.cross_entropy(out[some, labels:], forms[some], reduction="sum")
            loss = loss + FORM_WEIGHT * wrong / len(forms)
        return loss


def _talk(options: argparse.Namespace) -> Epochs:
    pieces = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    files = sorted((HERE / "data" / "train").glob("*.txt"))
    blocks = [block for file in files for block in read_file(file)]
    rng = random.Random(options.seed)
    some = [block for block in blocks if rng.random() < options.share]
    return Epochs(some, pieces, options.seed)


def train(rank: int, options: argparse.Namespace) -> None:
    """One process's share of the training."""
    torch.manual_seed(options.seed + rank)
    torch.set_num_threads(1)
    rng = np.random.default_rng(options.seed)
    workers: int = options.workers
    epochs = _talk(options)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = Network(len(LABELS), len(FORMS)).to(device)
    network.encoder.load(options.base / "model.safetensors")
    model: torch.nn.Module = network
    if workers > 1:
        distributed.init_process_group("gloo", rank=rank, world_size=workers)
        model = DistributedDataParallel(network)
    if options.start is not None:
        network.load_state_dict(torch.load(options.start, map_location=device))
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(MEAN_KEEPS))
    loss_of = Loss(device)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": options.rate},
            {"params": network.head.parameters(), "lr": options.rate * HEAD_FASTER},
        ],
        weight_decay=0.01,
    )
    steps = options.epochs * math.ceil(len(epochs.epoch(0)) / BATCH)

    def rate(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), max(0.02, 1 - step / steps))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    began = time.monotonic()
    for number in range(options.epochs):
        model.train()
        todo = batches(epochs.epoch(number), BATCH // workers, rng)
        mine = todo[rank : len(todo) // workers * workers : workers]
        total = 0.0
        for at, batch in enumerate(mine, start=1):
            ids, parts, mask, *wanted = (t.to(device) for t in tensors(batch))
            loss = loss_of(model(ids, parts, mask), *wanted)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if rank == 0 and at % MEAN_EVERY == 0:
                mean.update_parameters(network)
            if rank == 0 and (at % SAY_EVERY == 0 or at == len(mine)):
                spent = time.monotonic() - began
                print(
                    f"epoch {number + 1} of {options.epochs}, {at} of {len(mine)}:"
                    f" loss {total / at:.3f}, {spent:.0f} s",
                    flush=True,
                )
        if rank == 0:
            torch.save(network.state_dict(), options.out / "last.pt")
            torch.save(mean.module.state_dict(), options.out / "checkpoint.pt")
    if workers > 1:
        distributed.destroy_process_group()


def main() -> None:
    """Train as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="MiniLM's folder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--share", type=float, default=1.0, help="of the blocks")
    parser.add_argument("--seed", type=int, default=1)
    cores = 1 if torch.cuda.is_available() else os.cpu_count() or 1
    parser.add_argument("--workers", type=int, default=min(2, cores))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.workers == 1:
        train(0, options)
        return
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29531")
    multiprocessing.spawn(train, (options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
