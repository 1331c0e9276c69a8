"""What was noticed, once the coach decided about the words that it rests on.

A moment stays where it sounds. It rests on the passages that are there now, quotes
their words where the coach changed them, and is gone where they are not the coach's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.aligning import spoken
from sidelight.domain.moments import REREAD
from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.domain.events import RequestHeard
    from sidelight.domain.moments import Moment
    from sidelight.domain.rewording import Passage
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import UtteranceId


class Retelling:
    """Looks at what was noticed through what is shown.

    Args:
        passages: What is shown.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._named: dict[UtteranceId, list[Passage]] = {}
        for one in passages:
            for name in one.names:
                self._named.setdefault(name, []).append(one)

    def moment(self, moment: Moment) -> Moment | None:
        """As it is now; ``None``: nobody but the client said these words, if anybody.

        One that rests on nothing that is shown stays as it was.
        """
        under = self._under(moment.utterance_ids, moment.span)
        if not under or self._untouched(under, moment.utterance_ids):
            return moment
        theirs = moment.id.transcript == REREAD
        mine = [
            one
            for one in under
            if not one.emptied
            and not (one.utterance.speaker is Speaker.CLIENT and (one.given or theirs))
        ]
        if not mine:
            return None
        ids = tuple(one.utterance.id for one in mine)
        quote = moment.quote
        if len(mine) < len(under) or any(one.reworded for one in mine):
            quote = _quote(mine, moment.span)
        return replace(moment, utterance_ids=ids, quote=quote)

    def request(self, request: RequestHeard) -> RequestHeard | None:
        """As it is now; ``None``: the client did not say it."""
        under = self._under(request.utterance_ids, request.span)
        if not under or self._untouched(under, request.utterance_ids):
            return request
        theirs = [
            one
            for one in under
            if not one.emptied
            and not (one.utterance.speaker is Speaker.COACH and one.given)
        ]
        if not theirs:
            return None
        ids = tuple(one.utterance.id for one in theirs)
        quote = request.quote
        if len(theirs) < len(under) or any(one.reworded for one in theirs):
            quote = _quote(theirs, request.span)
        return replace(request, utterance_ids=ids, quote=quote)

    def moments(
        self, noticed: Iterable[Moment]
    ) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
        """Those that still are, as they are now; and those that are not, as noticed."""
        there, gone = [], []
        for moment in noticed:
            now = self.moment(moment)
            if now is None:
                gone.append(moment)
            else:
                there.append(now)
        return tuple(there), tuple(gone)

    def _under(self, ids: Sequence[UtteranceId], span: Span) -> list[Passage]:
        """The passages that it rests on, each once, in order."""
        found = {id(one): one for name in ids for one in self._named.get(name, ())}
        parts = list(found.values())
        # Of a passage that was split, only the part where it sounds.
        there = [one for one in parts if one.utterance.span.overlaps(span)]
        return there or parts

    @staticmethod
    def _untouched(under: Sequence[Passage], ids: Sequence[UtteranceId]) -> bool:
        return tuple(one.utterance.id for one in under) == tuple(ids) and not any(
            one.reworded or one.given for one in under
        )


def _quote(under: Sequence[Passage], span: Span) -> str:
    """What is said there now; all of it, where none of its words sounds there."""
    words = [word for one in under for word in one.utterance.words]
    return spoken(words, span) or " ".join(one.utterance.text for one in under)
