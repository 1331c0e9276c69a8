"""What the supervisor tells the pipeline. Stored, so that a run can be repeated."""

from __future__ import annotations

from dataclasses import dataclass

from sidelight.domain.timeline import Millis


@dataclass(frozen=True, slots=True)
class PartialsOff:
    """From this position no partial passes: the machine is behind."""

    at: Millis


@dataclass(frozen=True, slots=True)
class PartialsOn:
    """From this position partial passes again."""

    at: Millis


@dataclass(frozen=True, slots=True)
class UseModel:
    """From this position recognise with another model."""

    at: Millis
    model: str


@dataclass(frozen=True, slots=True)
class Finish:
    """No sound comes after this position: decide everything that is open."""

    at: Millis


@dataclass(frozen=True, slots=True)
class TranscribeLater:
    """From this position only record: what is said is recognised after the session."""

    at: Millis


Directive = PartialsOff | PartialsOn | UseModel | TranscribeLater | Finish
