"""Muon: momentum whose matrices are orthogonalised before each step (Jordan 2024).

PyTorch's own works in bfloat16 and one matrix at a time; this one suits CPUs without
bfloat16.
"""

from collections import defaultdict

import torch
from torch import Tensor

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the quintic Newton-Schulz iteration: Jordan's, for speed, not exactness."""


class Muon:
    """Muon with steps as large as AdamW's would be (0.2 root mean square: Liu 2025)."""

    def __init__(
        self,
        matrices: list[Tensor],
        *,
        momentum: float = 0.95,
        decay: float = 0.02,
        rounds: int = 4,
    ) -> None:
        self.rate = 0.0
        self._momentum = momentum
        self._decay = decay
        self._rounds = rounds
        self._by_shape: dict[torch.Size, list[Tensor]] = defaultdict(list)
        for matrix in matrices:
            self._by_shape[matrix.shape].append(matrix)
        self._mean = {m: torch.zeros_like(m) for m in matrices}

    @torch.no_grad()
    def step(self) -> None:
        for shape, matrices in self._by_shape.items():
            ahead = []
            for matrix in matrices:
                slope = matrix.grad
                if slope is None:
                    raise RuntimeError("every matrix must have a gradient")
                mean = self._mean[matrix]
                mean.lerp_(slope, 1 - self._momentum)
                ahead.append(slope.lerp(mean, self._momentum))
            straight = orthogonal(torch.stack(ahead), self._rounds)
            size = 0.2 * max(shape) ** 0.5
            for matrix, direction in zip(matrices, straight, strict=True):
                matrix.mul_(1 - self.rate * self._decay).add_(
                    direction, alpha=-self.rate * size
                )


def orthogonal(stack: Tensor, rounds: int) -> Tensor:
    """Brings the singular values of each matrix, shape (n, rows, columns), near one."""
    a, b, c = _COEFFICIENTS
    tall = stack.shape[1] > stack.shape[2]
    x = stack.transpose(1, 2) if tall else stack
    x = x / x.flatten(1).norm(dim=1).clamp(min=1e-7)[:, None, None]
    for _ in range(rounds):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * square @ square) @ x
    return x.transpose(1, 2) if tall else x
