"""A sentence whose values stand apart from its words, so that it can be translated.

Layers below the window know no language. What they say with values in it they say as a
``Wording``: English for documents and the terminal (``str``), and the window puts every
template of it into its own language first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said, before any language has been chosen for it.

    Attributes:
        text: English; ``{names}`` stand for values. ``""``: nothing.
        about: Tells apart what is the same in English and nowhere else.
        values: By name; a ``Wording`` is said in the same language.
    """

    text: str
    about: str = ""
    values: tuple[tuple[str, str | int | Wording], ...] = ()

    def __str__(self) -> str:
        return self.said(lambda text, _: text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def of(self, **values: str | int | Wording) -> Wording:
        """The same sentence with these values."""
        return Wording(self.text, self.about, tuple(values.items()))

    def said(self, find: Callable[[str, str], str]) -> str:
        """It in the language of ``find``.

        Args:
            find: Gives the template for an English one and what it is about.
        """
        if not self.text:
            return ""
        told = find(self.text, self.about)
        if not self.values:
            return told
        values = {
            name: value.said(find) if isinstance(value, Wording) else value
            for name, value in self.values
        }
        return told.format(**values)


def worded(text: str, /, **values: str | int | Wording) -> Wording:
    """This sentence with these values.

    Args:
        text: English, a literal: ``packaging/translating`` collects it.
        values: What stands in the places of the names.
    """
    return Wording(text).of(**values)


NOTHING = Wording("")
