"""How two people shared the time: silences, speaking time, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.shown import Evidence, Statement, Topic
from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.dialogue import Dialogue, Pause, Question
    from sidelight.domain.timeline import Millis
    from sidelight.session.showing.places import Places

SILENCE_MS: Final = 3_000
"""From here on two people notice that nobody speaks."""

_SILENCES: Final = 3
_QUESTIONS: Final = 6
"""So many places are offered; the timeline has all of them."""

_MINUTE: Final = 60_000


def voices(dialogue: Dialogue, places: Places, client: str) -> Iterator[Topic]:
    """Each only where there is something of it.

    Args:
        dialogue: What was measured.
        places: The session's utterances.
        client: How the client is called in a sentence.
    """
    silences = tuple(_silences(dialogue, places, client))
    if silences:
        yield Topic("Silences", silences)
    talk = tuple(_talk(dialogue, places, client))
    if talk:
        yield Topic("Who spoke", talk)
    asked = tuple(_questions(dialogue, places))
    if asked:
        yield Topic("Your questions", asked)


def _silences(dialogue: Dialogue, places: Places, client: str) -> Iterator[Statement]:
    """The longest, in order of time, by who had spoken and who spoke next."""
    long = [one for one in dialogue.pauses if one.span.length >= SILENCE_MS]
    longest = sorted(long, key=lambda one: -one.span.length)[:_SILENCES]
    for pause in sorted(longest, key=lambda one: one.span):
        length = f"{round(pause.span.length / 1000)} seconds of silence"
        before = "you" if pause.before is Speaker.COACH else client
        text = f"{length} after {before} spoke; {_then(pause, client)}."
        question = _ASK_AFTER.get((pause.before, pause.after), "")
        yield Statement(text, (places.around(pause.span),), question)


_ASK_AFTER: Final = {
    (Speaker.CLIENT, Speaker.CLIENT): "What came out of it?",
    (Speaker.CLIENT, Speaker.COACH): "What was it that brought you in?",
    (Speaker.COACH, Speaker.CLIENT): "What had you asked that took so long?",
    (Speaker.COACH, Speaker.COACH): "What might have come a little later?",
}


def _then(pause: Pause, client: str) -> str:
    who = "you" if pause.after is Speaker.COACH else client
    return f"then {who} went on" if pause.before is pause.after else f"then {who} began"


def _talk(dialogue: Dialogue, places: Places, client: str) -> Iterator[Statement]:
    """In minutes, with the longest that each said in one go."""
    talk = dialogue.talk
    spoken = ((client, talk.client), ("you", talk.coach))
    parts = [f"{who} {_minutes(time)}" for who, time in spoken]
    parts.append(f"nobody {_minutes(talk.silence)}")
    evidence = tuple(
        places.said_in(max(mine, key=lambda u: u.span.length))
        for one in (Speaker.CLIENT, Speaker.COACH)
        if (mine := places.by(one))
    )
    if evidence:
        text = f"Of {_minutes(talk.listened)}: {', '.join(parts)}."
        question = "The longest of each in one go: what were they for?"
        yield Statement(text, evidence, question)


def _minutes(time: Millis) -> str:
    """Whole minutes; below one it says so, instead of "0"."""
    minutes = round(time / _MINUTE)
    if minutes < 1:
        return "less than a minute"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _questions(dialogue: Dialogue, places: Places) -> Iterator[Statement]:
    opened = [one for one in dialogue.questions if one.open]
    closed = [one for one in dialogue.questions if not one.open]
    for found, told, asked in (
        (opened, "asked for more than yes or no", "Which of them opened most?"),
        (closed, "could be answered with one word", "What did you want to know?"),
    ):
        if found:
            spread = _spread([_asked(one, places) for one in found])
            yield Statement(f"{_count(len(found))} {told}.", spread, asked)


def _count(number: int) -> str:
    return "One of your questions" if number == 1 else f"{number} of your questions"


def _asked(question: Question, places: Places) -> Evidence:
    return places.at(question.span, question.quote)


def _spread(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    """At most so many, from all over the session."""
    if len(evidence) <= _QUESTIONS:
        return tuple(evidence)
    step = (len(evidence) - 1) / (_QUESTIONS - 1)
    return tuple(evidence[round(step * n)] for n in range(_QUESTIONS))
