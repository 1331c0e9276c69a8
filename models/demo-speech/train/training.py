"""Trains the network on windows, by the clock, so that any machine can.

Losses: cross-entropy of the tokens (neighbours of the right time get part of the
target), of the phone and of the token being spoken in each frame, and guidance of the
alignment head. Phones, word times and hence all helpers come from the synthesiser
itself. fp32 on the CPU. Matrices are trained with Muon (Jordan 2024, scaled as AdamW's
steps: Liu 2025), the rest with AdamW.

A step is the mean of several small batches of different window lengths, shared out to
threads that each run on one core. Threads inside the matrix products would wait for
each other thousands of times a step; these wait once, which counts on a machine that
has other work to do.
"""

import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from muon import Muon
from network import Shape, Whisper
from tokenizers import Tokenizer
from torch import Tensor
from windows import FULL, Batch, Clips, WindowMaker

_LENGTHS = (300, 400, 500, 700, 1000, 1500, 2200, FULL)
_SHARES = (3, 4, 5, 5, 5, 3, 1, 1.5)
_LOSSES = {"text": 1.0, "spoken": 0.4, "phone": 0.25, "guide": 0.15}
_LOG_EVERY = 30.0
"""Seconds."""
_NEAR = ((-2, 0.06), (-1, 0.16), (0, 0.56), (1, 0.16), (2, 0.06))
"""How the target of a time is spread over its neighbours of 20 ms."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train."""

    minutes: float
    rate: float = 8e-4
    warm_steps: int = 30
    batch_frames: int = 2400
    """Mel frames of a small batch; a 30-s window stands alone."""
    batches: int = 3
    """Small batches in a step."""
    wrong_inputs: float = 0.12
    """Share of decoder inputs replaced, in half of the windows."""
    average: float = 0.997
    """Decay of the averaged weights that are kept."""
    threads: int = 2
    seed: int = 1
    save_every: float = 150.0
    """Seconds between checkpoints."""

    def rate_at(self, progress: float) -> float:
        """Cosine from `rate` at 0 to a hundredth of it at 1."""
        return self.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))

    def from_scratch(self) -> "Schedule":
        """Random weights bear, and need, a faster and more slowly warmed start."""
        return replace(self, rate=2e-3, warm_steps=300)


def losses(model: Whisper, batch: Batch, first_time: int) -> dict[str, Tensor]:
    """The four losses and, for the log, the share of right text tokens."""
    out = model(batch.mel, batch.inputs)
    known = batch.labels >= 0
    logits, labels = out.tokens[known], batch.labels[known]
    logp = logits.log_softmax(-1)
    nll = -logp.gather(1, labels[:, None])[:, 0]
    is_time = labels >= first_time
    total = nll[~is_time].sum()
    if is_time.any():
        near = torch.tensor([k for k, _ in _NEAR])
        share = torch.tensor([w for _, w in _NEAR])
        index = (labels[is_time][:, None] + near).clamp(first_time, logp.shape[1] - 1)
        total = total - 0.5 * (logp[is_time].gather(1, index) * share).sum()

    frames = (batch.spoken.flatten() >= 0).nonzero()[:, 0]
    frames = frames[torch.randperm(len(frames))[:1500]]
    spoken = torch.zeros(())
    if len(frames):
        table = model.decoder.embed_tokens.weight[:first_time]
        guesses = F.linear(model.tokp(out.encoded.flatten(0, 1)[frames]), table)
        spoken = F.cross_entropy(guesses, batch.spoken.flatten()[frames])

    guided = (batch.regions[..., 1] > 0) & known
    guide = torch.zeros(())
    if guided.any():
        mass = F.pad(out.attention.cumsum(-1), (1, 0)).gather(2, batch.regions)
        inside = (mass[..., 1] - mass[..., 0])[guided]
        guide = -inside.clamp(1e-6, 1).log().mean()
    return {
        "text": total / len(labels),
        "spoken": spoken,
        "phone": F.cross_entropy(out.phones.flatten(0, 1), batch.phones.flatten()),
        "guide": guide,
        "right": (logits.argmax(-1) == labels)[~is_time].float().mean(),
    }


def train(
    clips: Clips,
    tokenizer: Tokenizer,
    folder: Path,
    schedule: Schedule,
    start: Path | None = None,
) -> Path:
    """Trains from ``start`` or from scratch; returns the last checkpoint.

    Writes ``checkpoint-N.pt`` (N = minute) and ``checkpoint.pt`` into ``folder``.
    """
    torch.manual_seed(schedule.seed)
    folder.mkdir(parents=True, exist_ok=True)
    model = load(start) if start else Whisper(Shape(tokenizer.get_vocab_size()))
    trainer = _Trainer(model, clips, tokenizer, schedule)
    log = _Log()
    began = logged = saved = time.monotonic()
    while (progress := (time.monotonic() - began) / (schedule.minutes * 60)) < 1:
        log.add(trainer.step(schedule.rate_at(progress)))
        now = time.monotonic()
        if now - logged > _LOG_EVERY:
            print(f"{now - began:5.0f}s {log.line(now - logged)}", flush=True)
            logged = now
        if now - saved > schedule.save_every:
            path = folder / f"checkpoint-{(now - began) / 60:03.0f}.pt"
            save(path, model, trainer.averaged, schedule)
            saved = now
            clips.reload()
    last = folder / "checkpoint.pt"
    save(last, model, trainer.averaged, schedule)
    print(f"trained {log.steps} steps, {log.hours:.1f} hours of windows", flush=True)
    return last


class _Trainer:
    """The model with all that changes it, one step at a time."""

    def __init__(
        self, model: Whisper, clips: Clips, tokenizer: Tokenizer, schedule: Schedule
    ) -> None:
        self._model = model.train()
        self._schedule = schedule
        self._weights = [p for p in model.parameters() if p.requires_grad]
        self._muon, self._adam = _optimisers(model)
        self._first_time = tokenizer.token_to_id("<|0.00|>")
        self._words_end = tokenizer.token_to_id("<|endoftext|>")
        self._rng = random.Random(schedule.seed + 7)
        self._steps = 0
        self._makers = [
            WindowMaker(clips, tokenizer, schedule.seed + 100 * number)
            for number in range(schedule.batches)
        ]
        torch.set_num_threads(1)
        self._pool = ThreadPoolExecutor(
            schedule.threads, initializer=torch.set_num_threads, initargs=(1,)
        )
        self.averaged = {
            name: value.detach().clone() for name, value in model.state_dict().items()
        }

    def step(self, rate: float) -> dict[str, float]:
        """Mean losses of one step, and the seconds of sound in it."""
        warm = min(1.0, (self._steps + 1) / self._schedule.warm_steps)
        self._muon.rate = self._adam.param_groups[0]["lr"] = rate * warm
        self._model.zero_grad()
        # the longest first, so that no thread is left with it at the end
        lengths = self._rng.choices(_LENGTHS, _SHARES, k=self._schedule.batches)
        lengths.sort(reverse=True)
        sums: dict[str, float] = defaultdict(float)
        for slopes, parts in self._pool.map(self._slopes, self._makers, lengths):
            for weight, slope in zip(self._weights, slopes, strict=True):
                if slope is not None:
                    weight.grad = slope if weight.grad is None else weight.grad + slope
            for name, value in parts.items():
                sums[name] += value
        torch.nn.utils.clip_grad_norm_(self._weights, 1.0)
        self._muon.step()
        self._adam.step()
        self._steps += 1
        decay = min(self._schedule.average, (1 + self._steps) / (20 + self._steps))
        with torch.no_grad():
            for name, value in self._model.state_dict().items():
                self.averaged[name].lerp_(value, 1 - decay)
        return sums

    def _slopes(
        self, maker: WindowMaker, frames: int
    ) -> tuple[Sequence[Tensor | None], dict[str, float]]:
        """The gradients of one small batch, and its share of the step's figures."""
        schedule = self._schedule
        size = 1 if frames == FULL else max(2, schedule.batch_frames // frames)
        batch = maker.batch(frames, size)
        _spoil(batch.inputs, self._words_end, schedule.wrong_inputs)
        parts = losses(self._model, batch, self._first_time)
        loss = sum(share * parts[name] for name, share in _LOSSES.items())
        slopes = torch.autograd.grad(
            loss / schedule.batches, self._weights, allow_unused=True
        )
        figures = {k: v.item() / schedule.batches for k, v in parts.items()}
        windows, _, length = batch.mel.shape
        return slopes, {**figures, "seconds": windows * length / 100}


class _Log:
    """Means since the last line, and totals."""

    def __init__(self) -> None:
        self.steps = 0
        self.hours = 0.0
        self._since = 0
        self._sums: dict[str, float] = defaultdict(float)

    def add(self, figures: dict[str, float]) -> None:
        self.steps += 1
        self.hours += figures["seconds"] / 3600
        self._since += 1
        for name, value in figures.items():
            self._sums[name] += value

    def line(self, elapsed: float) -> str:
        speed = self._sums.pop("seconds") / elapsed
        shown = (
            f"{name} {value / self._since:.3f}" for name, value in self._sums.items()
        )
        text = f"step {self.steps} {' '.join(shown)} | {speed:.0f} x real time"
        self._since = 0
        self._sums.clear()
        return text


def _optimisers(model: Whisper) -> tuple[Muon, torch.optim.AdamW]:
    """Muon for the matrices of the layers, AdamW for all other weights."""
    matrices, others = [], []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            in_layer = weight.ndim == 2 and ".layers." in name
            (matrices if in_layer else others).append(weight)
    adam = torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    return Muon(matrices), adam


def _spoil(inputs: Tensor, words_end: int, share: float) -> None:
    """Replaces some text tokens by others, in place, in half of the rows."""
    wrong = (torch.rand(inputs.shape) < share) & (inputs < words_end)
    wrong &= torch.rand(len(inputs), 1) < 0.5
    inputs[wrong] = torch.randint(0, words_end, (int(wrong.sum()),))


def save(
    path: Path, model: Whisper, averaged: dict[str, Tensor], schedule: Schedule
) -> None:
    """Stores the averaged weights (``model``) and those of the last step (``raw``)."""
    temporary = path.with_suffix(".tmp")
    content = {
        "shape": model.shape.as_dict(),
        "model": averaged,
        "raw": model.state_dict(),
        "schedule": asdict(schedule),
    }
    torch.save(content, temporary)
    temporary.rename(path)


def load(path: Path, weights: str = "raw") -> Whisper:
    """The network of a checkpoint with its ``raw`` or averaged (``model``) weights."""
    stored = torch.load(path, weights_only=False)
    model = Whisper(Shape(**stored["shape"]))
    # checkpoints that go to the repository hold the averaged weights alone
    model.load_state_dict(stored.get(weights, stored["model"]))
    return model
