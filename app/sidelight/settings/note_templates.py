"""The coach's own templates of a client note: which parts it has, under which headings.

Headings are the coach's; nothing that was said is among them. It is not encrypted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sidelight.domain.notes import STANDARD_PARTS, NotePart, Section

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "note-templates.json"


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """A shape that notes begin with.

    Attributes:
        name: What the coach calls it.
        parts: In the order in which they are read.
    """

    name: str
    parts: tuple[NotePart, ...]


STANDARD: Final = NoteTemplate("Standard", STANDARD_PARTS)


@dataclass(frozen=True, slots=True)
class NoteTemplates:
    """All of them; the standard one is always there and never changes.

    Attributes:
        own: The coach's, in the order in which they were first kept.
        chosen: Name of the one that new notes begin with.
    """

    own: tuple[NoteTemplate, ...] = ()
    chosen: str = STANDARD.name

    @property
    def all(self) -> tuple[NoteTemplate, ...]:
        """The standard one first."""
        return (STANDARD, *self.own)

    @property
    def first(self) -> NoteTemplate:
        """What a new note begins with."""
        return next((one for one in self.all if one.name == self.chosen), STANDARD)

    def keeping(self, template: NoteTemplate) -> NoteTemplates:
        """With this one, chosen; it takes the place of one with the same name."""
        others = tuple(one for one in self.own if one.name != template.name)
        if template.name == STANDARD.name:
            return replace(self, chosen=STANDARD.name)
        return NoteTemplates((*others, template), template.name)

    def choosing(self, name: str) -> NoteTemplates:
        """New notes begin with this one."""
        return replace(self, chosen=name)

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        data = {
            "chosen": self.chosen,
            "own": [
                {
                    "name": one.name,
                    "parts": [[part.section.value, part.title] for part in one.parts],
                }
                for one in self.own
            ],
        }
        try:
            fresh.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            fresh.replace(path)
        except OSError:
            path.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> NoteTemplates:
        """What was written last; the standard one where nothing can be read.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            own = tuple(_template(one) for one in data["own"])
            return cls(own, str(data["chosen"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls()


def _template(data: Any) -> NoteTemplate:  # noqa: ANN401 - from a file
    parts = tuple(
        NotePart(Section(where), str(title)) for where, title in data["parts"]
    )
    if not parts:
        raise ValueError("a template without parts")
    return NoteTemplate(str(data["name"]), parts)
