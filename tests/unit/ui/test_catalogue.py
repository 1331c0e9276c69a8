"""Translations as translators keep them."""

from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.ui.catalogue import read
from sidelight.ui.pseudo import disguise, disguised

HEAD = """msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "
"n%100>14) ? 1 : 2);\\n"

"""
BODY = """#: home/wording.py
msgid "Keep it"
msgstr "Zachowaj"

#. what an editor adds
msgctxt "form"
msgid "open"
msgstr ""
"otw"
"arta"

msgid "open"
msgstr "otwórz"

#, fuzzy
msgid "guessed"
msgstr "zgadnięte"

msgid "a \\"quoted\\" word"
msgstr ""

msgid "{n} minute"
msgid_plural "{n} minutes"
msgstr[0] "{n} minuta"
msgstr[1] "{n} minuty"
msgstr[2] "{n} minut"

#~ msgid "gone"
#~ msgstr "nie ma"
"""


@pytest.fixture
def polish(tmp_path: Path) -> Path:
    path = tmp_path / "pl.po"
    path.write_text(HEAD + BODY, encoding="utf-8")
    return path


def test_what_is_translated_is_found(polish: Path) -> None:
    words = read(polish)
    assert words.find("Keep it") == "Zachowaj"
    assert words.find("open", "form") == "otwarta"
    assert words.find("open") == "otwórz"
    many = [words.find_for("{n} minute", "{n} minutes", n) for n in (1, 3, 5, 22)]
    assert many == ["{n} minuta", "{n} minuty", "{n} minut", "{n} minuty"]


def test_what_is_not_stays_english(polish: Path) -> None:
    words = read(polish)
    for text in ("guessed", 'a "quoted" word', "gone", "never seen"):
        assert words.find(text) == text
    assert words.find_for("{n} hour", "{n} hours", 2) == "{n} hours"
    assert words.share == pytest.approx(4 / 6)


@pytest.mark.parametrize(
    "broken", ["msgid Keep", 'msgid "a\\"\nmsgstr "', "\x00 msgid"]
)
def test_a_damaged_file_is_said(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "pl.po"
    path.write_text(f'{HEAD}msgid "x"\nmsgstr "y"\n{broken}\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"pl\.po"):
        read(path)


def test_the_pseudo_language_is_longer_and_accented() -> None:
    said = disguise("Keep it for {n} days")
    assert said.format(n=3).startswith("[Ķ")
    assert "{n}" in said
    assert len(said) > 1.25 * len("Keep it for {n} days")
    assert disguised(said.format(n=3))
    assert not disguised("Keep it")
