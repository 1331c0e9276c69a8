"""Every word on screen passes through here, so that it can be another language's.

``tr("Keep it")`` says it in the language of this process. A window is a process of
its own and its language is settled before anything in it speaks, so a constant of a
module may be made with ``tr`` as well; another language is seen in the next window.

Which language: ``SIDELIGHT_LANGUAGE`` where it is set (the coach's own choice comes
this way, see ``bootstrap``), else the desktop's, if there is a translation that is as
good as whole, else English. ``qps`` tests layouts: longer and accented.

Texts are typed with the straight apostrophe of the keyboard and shown with the
printed one.

What comes from layers below is English and stays so in the record; where a sentence of
theirs is fixed, ``tr_below`` says it in this language.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Final

from sidelight import resources
from sidelight.settings.look import LANGUAGE_VARIABLE
from sidelight.ui.catalogue import ENOUGH, Catalogue, read
from sidelight.ui.pseudo import PSEUDO, disguise

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.wording import Wording

ENGLISH: Final = "en"


def tr(text: str, /, about: str = "", **values: object) -> str:
    """This text in the language of the window.

    Args:
        text: English, a literal: it is collected from the source. ``{names}`` stand
            for values.
        about: Tells apart what is the same in English and nowhere else.
        values: What stands in the places of the names.
    """
    said = _find(text, about)
    return said.format(**values) if values else said


def tr_n(one: str, many: str, n: int, /, about: str = "", **values: object) -> str:
    """The text that goes with this number, which ``{n}`` stands for.

    Args:
        one: English, for one.
        many: English, for every other number.
        n: The number.
        about: As for ``tr``.
        values: What stands in the places of other names.
    """
    if language() == PSEUDO:
        said = disguise(one if n == 1 else many)
    else:
        said = _catalogue().find_for(one, many, n, about)
    return _printed(said).format(n=n, **values)


def tr_below(text: str, about: str = "") -> str:
    """What a layer below calls something, in the language of the window.

    Args:
        text: One of the fixed texts that ``packaging/translating`` collects there.
        about: As for ``tr``.
    """
    return _find(text, about) if text else ""


def tr_worded(wording: Wording) -> str:
    """A sentence of a layer below, with its values, in the language of the window."""
    return wording.said(_find)


@cache
def language() -> str:
    """The window's language, ISO 639, settled with the first word."""
    wanted = os.environ.get(LANGUAGE_VARIABLE, "")
    if wanted:
        return wanted if wanted == PSEUDO or _file(wanted).exists() else ENGLISH
    # What is said without Qt (the demo's sums) settles its language without it too.
    from PySide6.QtCore import QLocale  # noqa: PLC0415

    for tag in QLocale.system().uiLanguages():
        code = tag.partition("-")[0]
        if code == ENGLISH:
            break
        if _file(code).exists() and read(_file(code)).share >= ENOUGH:
            return code
    return ENGLISH


def offered() -> tuple[str, ...]:
    """The languages to choose from, ISO 639."""
    return (ENGLISH, *(path.stem for path in resources.translations()))


def _file(code: str) -> Path:
    return resources.assets() / "translations" / f"{code}.po"


@cache
def _catalogue() -> Catalogue:
    if language() in {ENGLISH, PSEUDO}:
        return Catalogue()
    return read(_file(language()))


def _find(text: str, about: str) -> str:
    if language() == PSEUDO:
        return _printed(disguise(text))
    return _printed(_catalogue().find(text, about))


def _printed(text: str) -> str:
    return text.replace("'", "’")
