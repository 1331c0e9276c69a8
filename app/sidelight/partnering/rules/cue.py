"""Cues: named signs in the words or the situation, each with its weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from sidelight.partnering.rules.grammar import Phrases
from sidelight.partnering.rules.lexicon import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What a cue may do in a sentence."""

    SIGN = "sign"
    """Enough to consider the kind at all."""

    SHADE = "shade"
    """Makes a considered kind more or less likely; never starts one."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign.

    Attributes:
        name: Unique; seen in tests and when a judgement is explained.
        weights: By kind id, added to the kind's log-odds.
        role: Whether it can start a kind.
        phrases: The words that show it; empty: the situation alone shows it.
        when: Facts (``situation.Fact``) of which all must hold.
        unless: Facts of which none may hold.
        says: What the reason says when it fired; ``""``: nothing.
    """

    name: str
    weights: Mapping[str, float]
    role: Role
    phrases: Phrases | None
    when: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    says: str = field(default="")


def sign(
    name: str,
    kind: str,
    weight: float,
    *phrases: str,
    says: str = "",
    when: str = "",
    unless: str = "",
) -> Cue:
    """A cue that can start a kind; facts are given as words in one string."""
    return Cue(
        name,
        MappingProxyType({kind: weight}),
        Role.SIGN,
        Phrases.of(phrases, CLASSES) if phrases else None,
        frozenset(when.split()),
        frozenset(unless.split()),
        says,
    )


def shade(
    name: str,
    weights: Mapping[str, float],
    *phrases: str,
    says: str = "",
    when: str = "",
    unless: str = "",
) -> Cue:
    """A cue that only makes kinds more or less likely."""
    return Cue(
        name,
        MappingProxyType(dict(weights)),
        Role.SHADE,
        Phrases.of(phrases, CLASSES) if phrases else None,
        frozenset(when.split()),
        frozenset(unless.split()),
        says,
    )
