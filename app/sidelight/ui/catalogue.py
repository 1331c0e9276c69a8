"""A translation as translators keep it: one ``.po`` file a language. No Qt.

Source of the format: the GNU gettext manual, "The Format of PO Files". Of it we read
what ``bootstrap.py words`` and the usual editors write: ``msgctxt``, ``msgid``,
``msgid_plural``, ``msgstr`` and ``msgstr[N]``, each a quoted string that may go on over
several lines. Entries that are marked fuzzy or obsolete do not count.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from gettext import c2py
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENOUGH: Final = 0.95
"""Share of the words from which a language is chosen without being asked for."""

_PLURAL: Final = re.compile(r"Plural-Forms:.*?plural=(?P<rule>[^;\n]+)")
_LINE: Final = re.compile(r'(?P<field>[a-z_]+)?(?:\[(?P<form>\d)\])?\s*(?P<text>".*")')


def _one_or_many(n: int) -> int:
    return int(n != 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message.

    Attributes:
        text: In English.
        about: What it is about, where the same English means different things.
        plural: The English for other numbers than one, or ``""``.
        forms: The translation: one, or one for each plural form; empty strings where
            there is none yet.
        fuzzy: A guess that nobody has looked at.
    """

    text: str
    about: str = ""
    plural: str = ""
    forms: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def translated(self) -> bool:
        """Whether there is a translation to show."""
        return bool(self.forms) and all(self.forms) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language.

    Attributes:
        entries: Every message by what it is about and its English.
        plural_form: Which of the forms goes with a number.
    """

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    plural_form: Callable[[int], int] = _one_or_many

    @property
    def share(self) -> float:
        """How much of it is translated, 0..1."""
        done = sum(entry.translated for entry in self.entries.values())
        return done / len(self.entries) if self.entries else 0.0

    def find(self, text: str, about: str = "") -> str:
        """The translation, or the English where there is none."""
        entry = self.entries.get((about, text))
        return entry.forms[0] if entry is not None and entry.translated else text

    def find_for(self, one: str, many: str, number: int, about: str = "") -> str:
        """The translation that goes with a number, or the English."""
        entry = self.entries.get((about, one))
        if entry is not None and entry.translated:
            form = self.plural_form(number)
            if form < len(entry.forms):
                return entry.forms[form]
        return one if number == 1 else many


def read(path: Path) -> Catalogue:
    """Read a translation.

    Raises:
        UserError: It cannot be read, or is not what it claims to be.
    """
    try:
        entries = list(_entries(path.read_text(encoding="utf-8")))
        head = next((one for one in entries if not one.text), None)
        rule = _PLURAL.search(head.forms[0]) if head is not None else None
        plural_form = c2py(rule["rule"]) if rule is not None else _one_or_many
    except (OSError, ValueError, SyntaxError) as error:
        message = f"The translation {path.name} cannot be read."
        raise UserError(message, "Install the program again.") from error
    return Catalogue(
        {(one.about, one.text): one for one in entries if one.text}, plural_form
    )


def _entries(content: str) -> Iterator[Entry]:
    """Every entry; the first, without a text, is the head."""
    for block in re.split(r"\n\s*\n", content):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        fields = _fields(line for line in lines if not line.startswith("#"))
        if "msgid" in fields:
            forms = sorted(name for name in fields if name.startswith("msgstr"))
            yield Entry(
                fields["msgid"],
                fields.get("msgctxt", ""),
                fields.get("msgid_plural", ""),
                tuple(fields[name] for name in forms),
                fuzzy,
            )


def _fields(lines: Iterator[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if not line.strip():
            continue
        part = _LINE.fullmatch(line.strip())
        if part is None:
            raise ValueError(line)
        if part["field"]:
            name = part["field"] + (part["form"] or "")
            fields[name] = ""
        fields[name] += str(ast.literal_eval(part["text"]))
    return fields
