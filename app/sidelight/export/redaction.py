"""Names out of an export: as they are, as initials, or none."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sidelight.domain.decisions import Decisions
from sidelight.domain.story import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.dialogue import Dialogue
    from sidelight.domain.moments import Moment
    from sidelight.domain.notes import ClientNote, ReflectionNote
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance


class Names(StrEnum):
    """How the client appears in a document."""

    FIRST = "first"
    INITIALS = "initials"
    NONE = "none"


class Redaction:
    """Replaces the client's name everywhere in one export.

    Only the name the coach gave to the session is known here; other people's names stay
    for the coach to check.
    """

    def __init__(self, client: str, names: Names) -> None:
        self._client = client
        self._names = names
        self._pattern = re.compile(rf"\b{re.escape(client)}\b", re.IGNORECASE)

    @property
    def client(self) -> str:
        """What the client is called as a speaker."""
        if not self._client or self._names is Names.NONE:
            return "Client"
        if self._names is Names.INITIALS:
            return f"{self._client[0].upper()}."
        return self._client

    @property
    def heading(self) -> str:
        """The client's name for a heading, or ``""`` where there is none to give."""
        return "" if self._names is Names.NONE else self._client and self.client

    def text(self, text: str) -> str:
        """The text with the name replaced."""
        if not self._client or self._names is Names.FIRST:
            return text
        shown = "[name]" if self._names is Names.NONE else self.client
        return self._pattern.sub(lambda _: shown, text)

    def story(self, story: Story) -> Story:
        """The story with the name replaced wherever words are shown.

        What it was made from (as it was heard, as the coach decided) does not leave.
        """
        text = self.text
        return replace(
            story,
            utterances=tuple(_utterance(u, text) for u in story.utterances),
            moments=tuple(_moment(m, text) for m in story.moments),
            hollow=tuple(_moment(m, text) for m in story.hollow),
            withdrawn=tuple((_moment(m, text), c) for m, c in story.withdrawn),
            request=story.request
            and replace(story.request, quote=text(story.request.quote)),
            marks=tuple(replace(m, note=text(m.note)) for m in story.marks),
            found=Found(),
            decided=Decisions(),
            heard=(),
            noticed=Found(),
            asked=(),
            passages=(),
        )

    def client_note(self, note: ClientNote) -> ClientNote:
        """The note with the name replaced."""
        lines = tuple(replace(x, quote=self.text(x.quote)) for x in note.lines)
        own = tuple(
            replace(x, text=self.text(x.text), heading=self.text(x.heading))
            for x in note.own
        )
        parts = tuple(replace(x, title=self.text(x.title)) for x in note.parts)
        return replace(note, client=self.heading, lines=lines, own=own, parts=parts)

    def reflection(self, note: ReflectionNote) -> ReflectionNote:
        """The note with the name replaced."""
        text = self.text
        return replace(
            note,
            client=self.heading,
            three=tuple(replace(c, quote=text(c.quote)) for c in note.three),
            kinds=tuple(
                replace(k, moments=tuple(_moment(m, text) for m in k.moments))
                for k in note.kinds
            ),
            forks=tuple(_moment(m, text) for m in note.forks),
            others=tuple(_moment(m, text) for m in note.others),
            own_words=tuple(w for w in note.own_words if text(w) == w),
            check=tuple(_moment(m, text) for m in note.check),
            dialogue=note.dialogue and _dialogue(note.dialogue, text),
            own=text(note.own),
        )


def _moment(moment: Moment, text: Callable[[str], str]) -> Moment:
    return replace(moment, quote=text(moment.quote))


def _dialogue(dialogue: Dialogue, text: Callable[[str], str]) -> Dialogue:
    door = dialogue.doorway
    return replace(
        dialogue,
        interruptions=tuple(
            replace(one, quote=text(one.quote)) for one in dialogue.interruptions
        ),
        questions=tuple(
            replace(one, quote=text(one.quote)) for one in dialogue.questions
        ),
        forks=tuple(replace(one, quote=text(one.quote)) for one in dialogue.forks),
        doorway=door
        and replace(
            door, move=door.move and _moment(door.move, text), quote=text(door.quote)
        ),
    )


def _utterance(utterance: Utterance, text: Callable[[str], str]) -> Utterance:
    words = tuple(replace(w, text=text(w.text)) for w in utterance.words)
    return replace(utterance, words=words, text=text(utterance.text))
