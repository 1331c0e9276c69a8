"""Names out of an export: as they are, as initials, in other words, or none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.decisions import Decisions
from sidelight.domain.story import Found
from sidelight.domain.timeline import Span
from sidelight.domain.transcript import Word
from sidelight.export.names import is_common, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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

_BETWEEN_LISTED: Final = r"(?:['\u2019]s)?[^\w.!?\u2026:\n]+"

_BEGINS: Final = re.compile(r"(?:^|[.!?\u2026\n])[\s\"'(\[\u2018\u201c\u201e\u00ab]*$")
"""Where a sentence begins, or a quotation in one."""


class Names(StrEnum):
    """How the client appears in a document."""

    FIRST = "first"
    INITIALS = "initials"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Instead:
    """What the coach wants to read instead of somebody's name.

    Attributes:
        name: As it is written, the large letters too: a "Will" is no "will".
        words: Stand in its place; not empty.
    """

    name: str = field(repr=False)
    words: str = field(repr=False)


class Redaction:
    """Replaces names everywhere in one export.

    Only the name the coach gave to the session is known here, whole and in its parts
    ("Anna/Ben" is called Anna too); other people's names stay, but for those that the
    coach wants other words for.

    Args:
        client: What the coach calls the client.
        names: How the client appears.
        others: Other people's names.
    """

    def __init__(
        self, client: str, names: Names, others: Sequence[Instead] = ()
    ) -> None:
        self._client = client.strip()
        self._names = names
        self._others = {one.name: one.words for one in others}
        own = {
            name: _found_as(name)
            for name in _wanted(self._client)
            if names is not Names.FIRST
        }
        told = {name: _as_listed(name) for name in self._others}
        # The longest first: "Mira Berg" is not the client Mira and a Berg.
        found = sorted((own | told).items(), key=lambda one: len(one[0]), reverse=True)
        self._pattern = re.compile("|".join(one for _, one in found) or _NOTHING)
        self._apart = {
            part.casefold() for name in self._others for part in name.split()
        }

    @property
    def client(self) -> str:
        """What the client is called as a speaker."""
        if not self._client or self._names is Names.NONE:
            return "Client"
        if self._names is Names.INITIALS:
            return initial(self._client) or "Client"
        return self._client

    @property
    def heading(self) -> str:
        """The client's name for a heading, or ``""`` where there is none to give."""
        return "" if self._names is Names.NONE else self._client and self.client

    def is_client(self, name: str) -> bool:
        """Whether this is what the client is called, or a part of it, and no more."""
        return any(re.fullmatch(_found_as(one), name) for one in _wanted(self._client))

    def text(self, text: str) -> str:
        """The text with names replaced."""
        return self._pattern.sub(self._instead, text)

    def _instead(self, found: re.Match[str]) -> str:
        words = self._words_for(found)
        stops = found.string.startswith(".", found.end())
        return words.removesuffix(".") if stops else words

    def _words_for(self, found: re.Match[str]) -> str:
        words = self._others.get(listed(found[0]))
        if words:
            begins = _BEGINS.search(found.string, 0, found.start())
            return words[:1].upper() + words[1:] if begins else words
        first = "" if self._names is Names.NONE else initial(found[0])
        return first or "[name]"

    def story(self, story: Story) -> Story:
        """The story with the name replaced wherever words are shown.

        What it was made from (as it was heard, as the coach decided) does not leave.
        """
        text = self.text
        return replace(
            story,
            utterances=tuple(map(self._utterance, story.utterances)),
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
            own_words=tuple(w for w in note.own_words if not self._is_named(w)),
            check=tuple(_moment(m, text) for m in note.check),
            dialogue=note.dialogue and _dialogue(note.dialogue, text),
            own=text(note.own),
        )

    def _utterance(self, utterance: Utterance) -> Utterance:
        words = self._words(utterance.words)
        return replace(utterance, words=words, text=self.text(utterance.text))

    def _words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Each word; those that together were a name are one."""
        said = " ".join(word.text for word in words)
        found = tuple(self._pattern.finditer(said))
        whole: list[Word] = []
        group: list[Word] = []
        start = end = 0
        for word in words:
            group.append(word)
            end += len(word.text)
            if not any(one.start() <= end < one.end() for one in found):
                inside = [one for one in found if start <= one.start() < end]
                whole.append(_joined(group, self._filled(said, inside, start, end)))
                group, start = [], end + 1
            end += 1
        return tuple(whole)

    def _filled(
        self, said: str, found: Sequence[re.Match[str]], start: int, end: int
    ) -> str:
        """This part of what was said, with the names in it replaced."""
        text = ""
        for one in found:
            text += said[start : one.start()] + self._instead(one)
            start = one.end()
        return text + said[start:end]

    def _is_named(self, word: str) -> bool:
        """Whether a word that was taken out of its sentence, and made small, is of one.

        The first letter of a replaced name may be written small there.
        """
        return self.text(word) != word or not self._apart.isdisjoint(
            word.casefold().split()
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


def _joined(words: Sequence[Word], text: str) -> Word:
    """These as one, as sure as the least sure of them."""
    return Word(
        text,
        Span(words[0].span.start, words[-1].span.end),
        min(word.probability for word in words),
    )


def _wanted(client: str) -> list[str]:
    """What is looked for: the name and what may be said alone of it.

    No "and", and no single letter: who is called A. is not called so in the session,
    where every "a" would be taken for them.
    """
    parts = (_letters(part) for part in _BETWEEN.split(client))
    parts = (one for one in parts if len(one) >= _SHORTEST and not is_common(one))
    said = [one for one in dict.fromkeys((client, *parts)) if _may_be_said(one)]
    spelled = (
        unicodedata.normalize(form, one) for one in said for form in ("NFC", "NFD")
    )
    return list(dict.fromkeys(spelled))


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
    alone = _alone(re.escape(name))
    # Initials are large: "AM" is not in "I am".
    initials = name.isupper() and len(name) <= _LONGEST_INITIALS
    return alone if initials else f"(?i:{alone})"


def _alone(pattern: str) -> str:
    """As a word by itself."""
    # Not \b: a vowel sign at its end, an emoji or a full stop is no letter for that.
    return rf"(?<!\w){pattern}(?!\w)"


def _as_listed(name: str) -> str:
    """A pattern for a name as ``export.names`` lists it.

    There it is its words alone: a comma between them, or an "'s", is left out.
    """
    return _alone(_BETWEEN_LISTED.join(map(re.escape, name.split())))


def initial(name: str) -> str:
    """The first letter and a full stop; ``""``: it has no letter."""
    letters = _letters(unicodedata.normalize("NFC", name))
    return f"{letters[0].upper()}." if letters else ""
