"""Writes translations as ``.po`` files: sorted by place, so that changes read well."""

import json
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path

from sidelight.ui.catalogue import Catalogue, Entry, read
from translating.sources import Message

HEADS = {
    "de": "nplurals=2; plural=(n != 1);",
}
"""How many forms a number's words have in a language, and which goes with ``n``.

Source: GNU gettext manual, "Plural forms".
"""

_CLOSE = 0.75
"""Likeness (``difflib``, 0..1) from which a text is taken for another reworded."""


def update(path: Path, messages: Iterable[Message]) -> Catalogue:
    """Make a file say what is to be translated now; what was translated stays.

    So do the translators' notes at its head. What was reworded keeps its translation as
    a guess (fuzzy), which is not shown until somebody has looked at it.

    Args:
        path: ``de.po``; made anew if it is not there.
        messages: Everything that can stand in the window.

    Returns:
        What it says from now on.
    """
    before = read(path) if path.exists() else Catalogue()
    once = _once(messages)
    said = {(message.about, message.text) for message, _ in once}
    gone = {
        entry.text: entry
        for key, entry in before.entries.items()
        if key not in said and all(entry.forms)
    }
    entries = [_entry(one, before, gone) for one in once]
    head = notes(path) + _head(path.stem)
    texts = [head, *(_written(*entry) for entry in entries)]
    path.write_text("\n".join(texts), encoding="utf-8")
    return read(path)


def notes(path: Path) -> str:
    """What translators wrote down for each other at the head of a file.

    Args:
        path: ``de.po``; without one, there are none.
    """
    if not path.exists():
        return ""
    with path.open(encoding="utf-8") as lines:
        return "".join(takewhile(lambda line: line.startswith("#"), lines))


def _once(messages: Iterable[Message]) -> list[tuple[Message, list[str]]]:
    """Each message once, with every place that says it."""
    places: dict[tuple[str, str], tuple[Message, list[str]]] = {}
    for message in messages:
        _, where = places.setdefault((message.about, message.text), (message, []))
        place = message.where.partition(":")[0]
        if place not in where:
            where.append(place)
    return list(places.values())


def _entry(
    said: tuple[Message, list[str]], before: Catalogue, gone: dict[str, Entry]
) -> tuple[Entry, list[str]]:
    message, where = said
    known = before.entries.get((message.about, message.text))
    if known is None:
        close = get_close_matches(message.text, gone, n=1, cutoff=_CLOSE)
        known = replace(gone[close[0]], fuzzy=True) if close else None
    forms = 2 if message.plural else 1
    kept = known.forms if known is not None and len(known.forms) == forms else ()
    fuzzy = known is not None and known.fuzzy and bool(kept)
    return (
        Entry(
            message.text, message.about, message.plural, kept or ("",) * forms, fuzzy
        ),
        where,
    )


def _head(language: str) -> str:
    head = (
        f"Language: {language}\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        f"Plural-Forms: {HEADS[language]}\n"
    )
    return f'msgid ""\nmsgstr {_quoted(head)}\n'


def _written(entry: Entry, where: list[str]) -> str:
    lines = [f"#: {place}" for place in where]
    flags = ["fuzzy"] if entry.fuzzy else []
    flags += ["python-brace-format"] if "{" in entry.text else []
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    if entry.about:
        lines.append(f"msgctxt {_quoted(entry.about)}")
    lines.append(f"msgid {_quoted(entry.text)}")
    if entry.plural:
        lines.append(f"msgid_plural {_quoted(entry.plural)}")
        forms = enumerate(entry.forms)
        lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in forms]
    else:
        lines.append(f"msgstr {_quoted(entry.forms[0])}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
