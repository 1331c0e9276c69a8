"""Gaussian mixtures with diagonal covariances: fitting, adapting, scoring.

Reynolds, Quatieri and Dunn, "Speaker verification using adapted Gaussian mixture
models", Digital Signal Processing 10, 2000.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDS: Final = 12
_SMALLEST_VARIANCE: Final = 0.05
"""As a share of the whole data's."""

_RELEVANCE: Final = 16.0
"""Rows of evidence that count as much as the prior (the source's figure)."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A density over rows.

    Attributes:
        weights: float64, shape (k,), positive, summing to 1.
        means: float64, shape (k, columns).
        variances: float64, shape (k, columns), positive.
    """

    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    variances: NDArray[np.float64]

    @classmethod
    def fitted(cls, rows: NDArray[np.float64], count: int) -> Mixture:
        """Expectation-maximisation from rows drawn with a fixed seed: deterministic.

        Args:
            rows: float64, shape (n, columns), at least ``count`` of them.
            count: Gaussians.
        """
        drawn = np.random.default_rng(0).choice(len(rows), count, replace=False)
        spread = rows.var(axis=0)
        mixture = cls(
            np.full(count, 1 / count), rows[drawn], np.tile(spread, (count, 1))
        )
        for _ in range(_ROUNDS):
            share = mixture._shares(rows)
            mass = share.sum(axis=0) + 1e-3
            means = share.T @ rows / mass[:, None]
            variances = share.T @ rows**2 / mass[:, None] - means**2
            mixture = cls(
                mass / mass.sum(),
                means,
                np.maximum(variances, _SMALLEST_VARIANCE * spread),
            )
        return mixture

    def adapted(self, rows: NDArray[np.float64]) -> Mixture:
        """The mixture with its means moved towards what these rows say (MAP)."""
        share = self._shares(rows)
        mass = share.sum(axis=0)
        moved = share.T @ rows + _RELEVANCE * self.means
        return replace(self, means=moved / (mass + _RELEVANCE)[:, None])

    def log_densities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each row: float64, shape (n,)."""
        joint = self._joint(rows)
        most = joint.max(axis=1, keepdims=True)
        total = most + np.log(np.exp(joint - most).sum(axis=1, keepdims=True))
        return np.asarray(total[:, 0])

    def _shares(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much each Gaussian explains of each row."""
        return np.exp(self._joint(rows) - self.log_densities(rows)[:, None])

    def _joint(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density of each row under each Gaussian, weighted: shape (n, k)."""
        precise = 1 / self.variances
        constant = np.log(self.weights) - 0.5 * (
            np.log(2 * np.pi * self.variances).sum(axis=1)
            + (self.means**2 * precise).sum(axis=1)
        )
        linear = rows @ (self.means * precise).T
        return np.asarray(constant + linear - 0.5 * rows**2 @ precise.T)
