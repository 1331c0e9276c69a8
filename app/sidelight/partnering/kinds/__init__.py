"""Every kind of moment, one file each, and the list of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sidelight.partnering.kind import Example, Group, Kind
from sidelight.partnering.kinds import (
    acknowledgement,
    agreement,
    care,
    closing,
    direction,
    either_or,
    emotion,
    engagement,
    feeling_passed,
    inquire_first,
    interprets,
    interruption,
    leading,
    observation,
    observation_invite,
    on_track,
    own_words,
    past_success,
    reflection,
    silence_broken,
    silence_honoured,
    stacked,
    support,
    took_back,
    took_choice,
    unsolicited_advice,
)

__all__ = ["KINDS", "Example", "Group", "Kind", "kind"]

KINDS: Final[tuple[Kind, ...]] = (
    support.KIND,
    direction.KIND,
    on_track.KIND,
    agreement.KIND,
    observation_invite.KIND,
    engagement.KIND,
    closing.KIND,
    leading.KIND,
    unsolicited_advice.KIND,
    either_or.KIND,
    stacked.KIND,
    interprets.KIND,
    own_words.KIND,
    feeling_passed.KIND,
    took_choice.KIND,
    took_back.KIND,
    interruption.KIND,
    silence_broken.KIND,
    reflection.KIND,
    observation.KIND,
    acknowledgement.KIND,
    past_success.KIND,
    emotion.KIND,
    inquire_first.KIND,
    silence_honoured.KIND,
    care.KIND,
)
"""In the order in which labels and menus show them. A new kind is a file and a line."""

_BY_ID: Final = MappingProxyType({each.id: each for each in KINDS})


def kind(kind_id: str) -> Kind:
    """The kind of this id.

    Raises:
        KeyError: There is none.
    """
    return _BY_ID[kind_id]
