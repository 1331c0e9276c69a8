"""Who chose where to go, wherever the conversation could have gone several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.dialogue import Fork
from sidelight.domain.moments import DIRECTION, TOOK_BACK
from sidelight.domain.transcript import Speaker
from sidelight.partnering.grammar import Phrases
from sidelight.partnering.reading import read
from sidelight.partnering.replies import is_unsure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidelight.domain.moments import Moment
    from sidelight.partnering.dialogue.told import Told

TOOK_CHOICE: Final = "took_choice"

_CHOSE: Final = "the client asked which, and you chose"
_TOOK_BACK: Final = "you asked where to go, and the same turn answered it"
_WENT_ON: Final = "the client had named several threads, and you went on with one"
_NO_ANSWER: Final = "you handed the choice over, and no answer was heard"
_LEFT_OPEN: Final = "you handed the choice over, and the client left it open"
_ANSWERED: Final = "you handed the choice over, and the client answered"
REASONS: Final = (_CHOSE, _TOOK_BACK, _WENT_ON, _NO_ANSWER, _LEFT_OPEN, _ANSWERED)
"""Everything that is said of who chose."""

_NAMES_THREADS: Final = Phrases.of(
    (
        "(there is|there are) ~~ (and|or|then) [also] (there is|there are)",
        "@several [different] (things|topics|parts|issues|threads|questions)",
        "(do not know|not sure|no idea) (which|where|what) ~ (start|begin|first|pick)",
        "(and|but) then there is",
        "(one|another) (thing|part|side|topic) is",
    ),
    {"several": "two|three|four|couple of|few|many|several|lots of"},
)
_WAYS: Final = {"go": "look|start|begin|talk|go|take|focus|stay|stick|explore|hear"}
_GOES_AHEAD: Final = Phrases.of(
    (
        "lets @go",
        "(i would like|i want) [us] to @go",
        "i (think|suggest) we [should] @go",
        "we (will|should) @go",
        "^ [ok|so|right|well|then|good|all right] tell me [more] about",
    ),
    _WAYS,
)
_ASKED_FOR_IT: Final = Phrases.of(
    ("(lets|can we|could we|i would like [us] to|i want [us] to) ~ @go",), _WAYS
)


def forks(turns: Sequence[Told]) -> Iterator[Fork]:
    """All forks, in order: handed over, taken, or simply gone past."""
    for place, here in enumerate(turns):
        if not here.by_coach:
            continue
        before = turns[place - 1] if place else None
        after = turns[place + 1] if place + 1 < len(turns) else None
        taken = here.moment(TOOK_CHOICE, TOOK_BACK)
        handed = here.moment(DIRECTION)
        if taken is not None:
            yield _taken(taken)
        elif handed is not None:
            yield _handed(handed, after)
        elif before is not None and not before.by_coach and _goes_past(before, here):
            yield Fork(
                here.turn.span,
                Speaker.COACH,
                here.turn.text,
                _WENT_ON,
            )


def names_threads(text: str) -> bool:
    """Whether these words name several threads and ask for none of them."""
    lines = [sentence.line for sentence in read(text)]
    named = any(_NAMES_THREADS.find(line) for line in lines)
    return named and not any(_ASKED_FOR_IT.find(line) for line in lines)


def goes_ahead(text: str) -> bool:
    """Whether these words of the coach take one thread without asking."""
    return any(_GOES_AHEAD.find(sentence.line) for sentence in read(text))


def _taken(moment: Moment) -> Fork:
    reason = _CHOSE if moment.kind == TOOK_CHOICE else _TOOK_BACK
    return Fork(moment.span, Speaker.COACH, moment.quote, reason)


def _handed(moment: Moment, after: Told | None) -> Fork:
    if after is None or after.by_coach or not after.turn.text:
        return Fork(moment.span, None, moment.quote, _NO_ANSWER)
    if is_unsure(after.turn.text):
        return Fork(moment.span, None, after.turn.text, _LEFT_OPEN)
    span = moment.span.hull(after.turn.span)
    return Fork(span, Speaker.CLIENT, after.turn.text, _ANSWERED)


def _goes_past(before: Told, here: Told) -> bool:
    return names_threads(before.turn.text) and goes_ahead(here.turn.text)
