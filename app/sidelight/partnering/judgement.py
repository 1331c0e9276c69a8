"""What a detector says about a turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidelight.domain.moments import Form


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind found in a turn.

    Attributes:
        kind: A kind id of ``partnering.kinds``.
        confidence: 0..1.
        quote: Half-open range of characters in ``Turn.text`` that it rests on.
        reason: Short and plain, for the coach to read.
    """

    kind: str
    confidence: float
    quote: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything found in a turn.

    Attributes:
        findings: In the order of ``KINDS``; each kind at most once.
        form: How the choice is handed over; only with ``direction``.
        hollow: Process kinds that would be findings if it were certain that the coach
            speaks, and are not because it is unknown who does.
        scores: Confidence (0..1) of every kind that text can show, found or not.
    """

    findings: tuple[Finding, ...] = ()
    form: Form | None = None
    hollow: tuple[Finding, ...] = ()
    scores: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds found, in the order of ``KINDS``."""
        return tuple(finding.kind for finding in self.findings)
