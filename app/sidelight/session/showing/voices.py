"""How two people shared the time: silences, speaking time, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.statements import Evidence, Statement, Topic
from sidelight.domain.transcript import Speaker
from sidelight.domain.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.dialogue import Dialogue, Question
    from sidelight.domain.timeline import Millis
    from sidelight.domain.wording import Wording
    from sidelight.session.showing.places import Places

SILENCE_MS: Final = 3_000
"""From here on two people notice that nobody speaks."""

_SILENCES: Final = 3
_QUESTIONS: Final = 6
"""So many places are offered; the timeline has all of them."""

_SILENT: Final = {
    (False, False): (
        worded("{client} was silent for {n} seconds, then went on."),
        worded("What came out of it?"),
    ),
    (False, True): (
        worded("{n} seconds of silence after {client} spoke; then you began."),
        worded("What was it that brought you in?"),
    ),
    (True, False): (
        worded("{n} seconds of silence after you spoke; then {client} began."),
        worded("What had you asked that took so long?"),
    ),
    (True, True): (
        worded("You were silent for {n} seconds, then went on."),
        worded("What might have come a little later?"),
    ),
}
"""By whether the coach had spoken before it, and spoke next."""

_MINUTE: Final = 60_000


def voices(
    dialogue: Dialogue, places: Places, client: str | Wording
) -> Iterator[Topic]:
    """Each only where there is something of it.

    Args:
        dialogue: What was measured.
        places: The session's utterances.
        client: How the client is called in a sentence.
    """
    silences = tuple(_silences(dialogue, places, client))
    if silences:
        yield Topic(worded("Silences"), silences)
    talk = tuple(_talk(dialogue, places, client))
    if talk:
        yield Topic(worded("Who spoke"), talk)
    asked = tuple(_questions(dialogue, places))
    if asked:
        yield Topic(worded("Your questions"), asked)


def _silences(
    dialogue: Dialogue, places: Places, client: str | Wording
) -> Iterator[Statement]:
    """The longest, in order of time, by who had spoken and who spoke next."""
    long = [one for one in dialogue.pauses if one.span.length >= SILENCE_MS]
    longest = sorted(long, key=lambda one: -one.span.length)[:_SILENCES]
    for pause in sorted(longest, key=lambda one: one.span):
        place = (places.around(pause.span),)
        mine = pause.before is Speaker.COACH, pause.after is Speaker.COACH
        text, question = _SILENT[mine]
        seconds = round(pause.span.length / 1000)
        yield Statement(text.of(n=seconds, client=client), place, question)


def _talk(
    dialogue: Dialogue, places: Places, client: str | Wording
) -> Iterator[Statement]:
    """In minutes, with the longest that each said in one go."""
    talk = dialogue.talk
    evidence = tuple(
        places.said_in(max(mine, key=lambda u: u.span.length))
        for one in (Speaker.CLIENT, Speaker.COACH)
        if (mine := places.by(one))
    )
    if evidence:
        text = worded(
            "Of {all}: {client} {theirs}, you {yours}, nobody {silence}.",
            all=_minutes(talk.listened),
            client=client,
            theirs=_minutes(talk.client),
            yours=_minutes(talk.coach),
            silence=_minutes(talk.silence),
        )
        question = worded("The longest of each in one go: what were they for?")
        yield Statement(text, evidence, question)


def _minutes(time: Millis) -> Wording:
    """Whole minutes; below one it says so, instead of "0"."""
    minutes = round(time / _MINUTE)
    if minutes < 1:
        return worded("less than a minute")
    return worded("1 minute") if minutes == 1 else worded("{n} minutes", n=minutes)


def _questions(dialogue: Dialogue, places: Places) -> Iterator[Statement]:
    opened = [_asked(one, places) for one in dialogue.questions if one.open]
    closed = [_asked(one, places) for one in dialogue.questions if not one.open]
    if opened:
        told = (
            worded("One of your questions asked for more than yes or no.")
            if len(opened) == 1
            else worded(
                "{n} of your questions asked for more than yes or no.", n=len(opened)
            )
        )
        asked = worded("Which of them opened most?")
        yield Statement(told, _spread(opened), asked)
    if closed:
        told = (
            worded("One of your questions could be answered with one word.")
            if len(closed) == 1
            else worded(
                "{n} of your questions could be answered with one word.", n=len(closed)
            )
        )
        asked = worded("What did you want to know?")
        yield Statement(told, _spread(closed), asked)


def _asked(question: Question, places: Places) -> Evidence:
    return places.at(question.span, question.quote)


def _spread(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    """At most so many, from all over the session."""
    if len(evidence) <= _QUESTIONS:
        return tuple(evidence)
    step = (len(evidence) - 1) / (_QUESTIONS - 1)
    return tuple(evidence[round(step * n)] for n in range(_QUESTIONS))
