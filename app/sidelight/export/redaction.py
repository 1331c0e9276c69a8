"""Names out of an export: as they are, as initials, or none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.decisions import Decisions
from sidelight.domain.story import Found
from sidelight.export.names import is_common

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.dialogue import Dialogue
    from sidelight.domain.moments import Moment
    from sidelight.domain.notes import ClientNote, ReflectionNote
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance


_SHORTEST: Final = 2
"""Letters of a part of a name that is looked for by itself."""

_LONGEST_INITIALS: Final = 3
_NOTHING: Final = r"(?!)"

_BETWEEN: Final = re.compile(r"[\s/,;&+()\[\]|]+")
"""What stands between the parts of a name, or between two people."""


class Names(StrEnum):
    """How the client appears in a document."""

    FIRST = "first"
    INITIALS = "initials"
    NONE = "none"


class Redaction:
    """Replaces the client's name everywhere in one export.

    Only the name the coach gave to the session is known here, whole and in its parts
    ("Anna/Ben" is called Anna too); other people's names stay for the coach to check.
    """

    def __init__(self, client: str, names: Names) -> None:
        self._client = client.strip()
        self._names = names
        self._pattern = re.compile(
            "|".join(map(_found_as, _wanted(self._client))) or _NOTHING
        )

    @property
    def client(self) -> str:
        """What the client is called as a speaker."""
        if not self._client or self._names is Names.NONE:
            return "Client"
        if self._names is Names.INITIALS:
            return _initial(self._client) or "Client"
        return self._client

    @property
    def heading(self) -> str:
        """The client's name for a heading, or ``""`` where there is none to give."""
        return "" if self._names is Names.NONE else self._client and self.client

    def text(self, text: str) -> str:
        """The text with the name replaced."""
        if not self._client or self._names is Names.FIRST:
            return text
        return self._pattern.sub(self._instead, text)

    def _instead(self, found: re.Match[str]) -> str:
        initial = "" if self._names is Names.NONE else _initial(found[0])
        return initial or "[name]"

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
            unplaced=(),
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
            three=tuple(
                replace(c, quote=text(c.quote), answer=text(c.answer))
                for c in note.three
            ),
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


def _wanted(client: str) -> list[str]:
    """What is looked for, the longest first: the name and what may be said alone of it.

    No "and", and no single letter: who is called A. is not called so in the session,
    where every "a" would be taken for them.
    """
    parts = (_letters(part) for part in _BETWEEN.split(client))
    parts = (one for one in parts if len(one) >= _SHORTEST and not is_common(one))
    said = [one for one in dict.fromkeys((client, *parts)) if _may_be_said(one)]
    spelled = (
        unicodedata.normalize(form, one) for one in said for form in ("NFC", "NFD")
    )
    return sorted(dict.fromkeys(spelled), key=len, reverse=True)


def _may_be_said(name: str) -> bool:
    letters = _letters(name)
    return len(letters) != 1 or not _has_capitals(letters)


def _letters(part: str) -> str:
    """Without what is no letter at either end."""
    at = [n for n, sign in enumerate(part) if unicodedata.category(sign)[0] in "LM"]
    return part[at[0] : at[-1] + 1] if at else ""


def _has_capitals(name: str) -> bool:
    """Whether its writing has capital letters; Hebrew, Arabic, Chinese have none."""
    return not any(unicodedata.category(sign) == "Lo" for sign in name)


def _found_as(name: str) -> str:
    """A pattern for a name: a word by itself, however large its letters are.

    Writing without capital letters joins words (Hebrew and Arabic small ones before a
    name, Chinese all): there it is found inside others too, rather once too often.
    """
    if len(name) >= _SHORTEST and not _has_capitals(name):
        return re.escape(name)
    # Not \b: a vowel sign at its end, an emoji or a full stop is no letter for that.
    alone = rf"(?<!\w){re.escape(name)}(?!\w)"
    # Initials are large: "AM" is not in "I am".
    initials = name.isupper() and len(name) <= _LONGEST_INITIALS
    return alone if initials else f"(?i:{alone})"


def _initial(name: str) -> str:
    """The first letter and a full stop; ``""``: it has no letter."""
    letters = _letters(unicodedata.normalize("NFC", name))
    return f"{letters[0].upper()}." if letters else ""
