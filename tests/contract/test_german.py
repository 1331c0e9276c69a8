"""The German is whole, in one voice, with one word for each thing."""

import re
from pathlib import Path

import pytest

from sidelight.ui.catalogue import Catalogue, read
from translating.collecting import collect
from translating.pofile import notes

ROOT = Path(__file__).parents[2]
PATH = ROOT / "assets" / "translations" / "de.po"

FAMILIAR = re.compile(
    r"\b(?:[Dd](?:u|ir|ich|ein(?:e[mnrs]?)?)|[Ee]u(?:ch|er|re[mnrs]?))\b"
)
NOT_SAID = re.compile(r"\(not: ([^)]+)\)")
KEYS = {"Strg": "Ctrl", "Umschalt": "Shift", "Leertaste": "Space"}
KEY = re.compile(r"\b(?:(?:Ctrl|Strg|Shift|Umschalt)\+)+(?:\w+|,)")
FILES = re.compile(r"\*\.\w+")


@pytest.fixture(scope="module")
def german() -> Catalogue:
    """What the window says in German."""
    return read(PATH)


def test_everything_is_said_in_german(german: Catalogue) -> None:
    said, _ = collect(ROOT)
    entries = [german.entries.get((one.about, one.text)) for one in said]
    missing = {
        one.text
        for one, entry in zip(said, entries, strict=True)
        if entry is None or not entry.translated
    }
    assert not missing, "python packaging/bootstrap.py words, then translate"


def test_nobody_is_addressed_as_du(german: Catalogue) -> None:
    assert not [form for form in forms(german) if FAMILIAR.search(form)]


def test_one_word_for_each_thing(german: Catalogue) -> None:
    listed = NOT_SAID.findall(notes(PATH))
    unused = [word.strip() for some in listed for word in some.split(",")]
    assert "Niederschrift" in unused, "the glossary at the head of the file was read"
    wrong = re.compile(rf"\b(?:{'|'.join(unused)})\b", re.IGNORECASE)
    assert not [form for form in forms(german) if wrong.search(form)]


def test_quotation_marks_are_german_and_in_pairs(german: Catalogue) -> None:
    for form in forms(german):
        assert form.count("„") == form.count("“"), form
        assert not set(form) & set('"”'), form


def test_an_ellipsis_stands_apart_and_does_not_fall_into_the_next_line(
    german: Catalogue,
) -> None:
    """So that it is told from one that Qt put where there was no room."""
    assert not [form for form in forms(german) if re.search(r"[\w )]…", form)]


def test_what_is_read_by_machines_is_the_same(german: Catalogue) -> None:
    for entry in german.entries.values():
        for form in entry.forms:
            assert mechanics(form) == mechanics(entry.text), form


@pytest.mark.parametrize("address", ["Wählst du?", "Dein Schlüssel", "mit euch"])
def test_du_is_noticed(address: str) -> None:
    assert FAMILIAR.search(address)


def forms(german: Catalogue) -> list[str]:
    """Every text."""
    return [form for entry in german.entries.values() for form in entry.forms]


def mechanics(text: str) -> tuple[int, list[str], list[str]]:
    """Letters that are keys in menus, keys that are pressed, kinds of files."""
    keys = KEY.findall(text)
    for german, english in KEYS.items():
        keys = [key.replace(german, english) for key in keys]
    return len(re.findall(r"&\w", text)), keys, FILES.findall(text)
