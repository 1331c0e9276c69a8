"""The level lens: what listening at each level would notice here, with its evidence.

Never a verdict: what is not here is not said to be missing, and nothing is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.moments import Form
from sidelight.domain.statements import Evidence, Lens, Statement
from sidelight.domain.transcript import Speaker
from sidelight.domain.wording import Wording
from sidelight.partnering.listening import newest_listening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sidelight.domain.dialogue import Dialogue
    from sidelight.domain.moments import Moment
    from sidelight.domain.statements import Topic
    from sidelight.partnering.listening import Look
    from sidelight.session.showing.places import Places

_PLACES = 6


def lenses(
    moments: Iterable[Moment],
    dialogue: Dialogue | None,
    words: Iterable[Topic],
    places: Places,
) -> tuple[Lens, ...]:
    """One a level, in the order of the data file.

    Args:
        moments: That count, of any kind.
        dialogue: What was measured; ``None`` with one microphone.
        words: What is shown of the client's own words.
        places: The session's utterances.
    """
    ordered = sorted(moments, key=lambda m: (m.span.start, m.id))
    measured = {**_measured(dialogue, places), "own_words": _taken_up(words)}
    return tuple(
        Lens(
            one.level,
            Wording(one.about, "lens"),
            one.as_of,
            tuple(
                Statement(Wording(look.text, "lens"), evidence[:_PLACES])
                for look in one.looks
                if (evidence := _evidence(look, ordered, measured))
            ),
        )
        for one in newest_listening()
    )


def _evidence(
    look: Look,
    moments: Iterable[Moment],
    measured: Mapping[str, tuple[Evidence, ...]],
) -> tuple[Evidence, ...]:
    if look.measure:
        return measured.get(look.measure, ())
    return tuple(_of(moments, look.kinds))


def _of(moments: Iterable[Moment], kinds: Iterable[str]) -> Iterator[Evidence]:
    wanted = set(kinds)
    for moment in moments:
        # A narrow choice hands over something, and not where to go.
        if moment.kind in wanted and moment.form is not Form.NARROW:
            yield Evidence(moment.span, moment.utterance_ids, moment.quote, moment.id)


def _measured(
    dialogue: Dialogue | None, places: Places
) -> dict[str, tuple[Evidence, ...]]:
    if dialogue is None:
        return {}
    return {
        "open_questions": tuple(
            places.at(one.span, one.quote) for one in dialogue.questions if one.open
        ),
        "client_chose": tuple(
            places.at(one.span, one.quote)
            for one in dialogue.forks
            if one.chooser is Speaker.CLIENT
        ),
    }


def _taken_up(words: Iterable[Topic]) -> tuple[Evidence, ...]:
    """Where the coach took a word of the client up."""
    told = (statement for topic in words for statement in topic.statements)
    return tuple(dict.fromkeys(x.evidence[-1] for x in told if not x.question))
