"""Signs of strong feeling: after one, no cue for a while.

Only what words and moments show: that tears or the like are named, and that the coach
stays with a feeling, or passes one. Silent tears, a voice that breaks, and feeling in
another language than English are not seen; long silences and speech without words hold
cues back by the rules of ``talk``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import MomentNoticed, UtteranceHeard

if TYPE_CHECKING:
    from sidelight.domain.events import Event
    from sidelight.domain.timeline import Millis

CALM_MS: Final = 300_000
"""How long after the last sign: our choice, COACHING.md only says "never after"."""

_KINDS: Final = frozenset({"emotion", "feeling_passed"})

_NAMED: Final = re.compile(
    r"\b(?:tears?|teary|tearful|cry|cries|cried|crying|sob(?:s|bed|bing)?|weep(?:ing)?"
    r"|wept|choked up|welling up|grief|griev(?:e|ing)|heartbroken|devastated|terrified"
    r"|panick?(?:ing|ed|s)?|despair|hopeless|(?:can't|cannot|can not) breathe"
    r"|falling apart|break(?:ing)? down)\b",
    re.IGNORECASE,
)


def sign_of_feeling(event: Event) -> Millis | None:
    """Where strong feeling showed in this event, if it did.

    Whoever names it: "I see tears" is the coach's way of saying so. A mark that counts
    for nothing else counts here.
    """
    match event:
        case UtteranceHeard(utterance=said) if _NAMED.search(said.text):
            return said.span.end
        case MomentNoticed(moment=moment) if moment.kind in _KINDS:
            return moment.span.end
        case _:
            return None
