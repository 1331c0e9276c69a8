"""The client's own words: what they came back to, and who took it up."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sidelight.domain.statements import Statement, Topic
from sidelight.domain.transcript import Speaker
from sidelight.domain.wording import NOTHING, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidelight.domain.transcript import Utterance
    from sidelight.domain.wording import Wording
    from sidelight.session.showing.places import Places

_PLACES: Final = 5


def own_words(
    words: Iterable[str], places: Places, client: str | Wording
) -> Iterator[Topic]:
    """One statement a word.

    Args:
        words: What the client came back to, in lower case.
        places: The session's utterances.
        client: How the client is called in a sentence.
    """
    found = (_one(word, places, client) for word in words)
    told = tuple(statement for statement in found if statement is not None)
    if told:
        yield Topic(worded("Words worth using"), told)


def _one(word: str, places: Places, client: str | Wording) -> Statement | None:
    said = saying(word, places.by(Speaker.CLIENT))
    if not said:
        return None
    echoed = [u for u in saying(word, places.by(Speaker.COACH)) if u.id > said[0].id]
    text = (
        worded("{client} came back to “{word}”, and you took it up.")
        if echoed
        else worded("{client} came back to “{word}”.")
    )
    some = [*said[:_PLACES], *echoed[:1]]
    evidence = tuple(places.said_in(u) for u in sorted(some, key=lambda u: u.span))
    question = NOTHING if echoed else worded("What does it stand for?")
    told = text.of(client=client, word=spelt(word, said))
    return Statement(told, evidence, question)


def spelt(word: str, said: list[Utterance]) -> str:
    """As it was written most often: a name keeps its capital."""
    whole = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    spellings = Counter(found for u in said for found in whole.findall(u.text))
    return str(spellings.most_common(1)[0][0])


def saying(word: str, said: list[Utterance]) -> list[Utterance]:
    """Those utterances with the word in them whose words are certain."""
    whole = re.compile(rf"\b{re.escape(word)}\b")
    return [u for u in said if u.doubt is None and whole.search(u.text.lower())]
