"""Nothing in the window is said past the translators, and no translation is broken."""

import re
from pathlib import Path

import pytest

from sidelight.ui.catalogue import Entry, read
from translating.collecting import collect
from translating.pofile import notes, update
from translating.sources import Message, looks_like_words, read_source
from translating.wrapping import wrap

ROOT = Path(__file__).parents[2]
TRANSLATIONS = sorted((ROOT / "assets" / "translations").glob("*.po"))
VALUE = re.compile(r"\{(\w*)[^}]*\}")


def test_everything_on_screen_passes_through_tr() -> None:
    _, bypasses = collect(ROOT)
    told = [f"{one.where}: {one.why}: {one.text}" for one in bypasses]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_has_the_values_of_the_english(path: Path) -> None:
    broken = [
        (entry.text, form)
        for entry in read(path).entries.values()
        if entry.translated
        for form in entry.forms
        if not _same_values(entry, form)
    ]
    assert not broken


def _same_values(entry: Entry, form: str) -> bool:
    wanted = set(VALUE.findall(entry.plural or entry.text))
    found = set(VALUE.findall(form))
    # "one minute" may do without its number.
    return found == wanted or (bool(entry.plural) and found | {"n"} == wanted | {"n"})


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('label = Text(theme, "Keep it")', "Keep it"),
        ('label = f"{n} min"', "f'{n} min'"),
        ('label = f"with {client}"', "f'with {client}'"),
        ("text = tr(name)", "tr(name)"),
        ('SAVE: Final = "Save …"', "Save …"),
        ('vtt = "Subtitles (WebVTT)"', "Subtitles (WebVTT)"),
        ('setTip("Ctrl+E")', None),
        ('say("not yet")', "not yet"),
        ('"""A docstring."""\nsay(tr("not yet"))', None),
        ('frame.setObjectName("Card here")', None),
        ('row = cast("MomentRow", row)', None),
        ('at: "Millis" = 3', None),
        ('key = f"{kind}-{form}"', None),
        ('raise AssertionError("cannot be")', None),
    ],
)
def test_words_are_told_from_names(
    tmp_path: Path, source: str, found: str | None
) -> None:
    path = tmp_path / "view.py"
    path.write_text(source, encoding="utf-8")
    _, bypasses = read_source(path, "view.py")
    assert [one.text for one in bypasses] == ([] if found is None else [found])


def test_what_is_said_is_collected_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "view.py"
    path.write_text(
        'a = tr("open", about="form")\nb = tr_n("{n} day", "{n} days", f(tr("x y")))',
        encoding="utf-8",
    )
    messages, bypasses = read_source(path, "view.py")
    assert not bypasses
    said = [(one.text, one.about, one.plural, one.where) for one in messages]
    assert said == [
        ("open", "form", "", "view.py:1"),
        ("{n} day", "", "{n} days", "view.py:2"),
        ("x y", "", "", "view.py:2"),
    ]


def test_a_plain_literal_can_be_wrapped_by_machine(tmp_path: Path) -> None:
    path = tmp_path / "view.py"
    path.write_text('import re\n\nsay("Keep it", f"{n} min")\n', encoding="utf-8")
    assert wrap(path) == 1
    assert path.read_text(encoding="utf-8") == (
        "import re\nfrom sidelight.ui.words import tr\n\n"
        'say(tr("Keep it"), f"{n} min")\n'
    )
    assert wrap(path) == 0


def test_names_in_the_program_are_no_words() -> None:
    assert not any(map(looks_like_words, ("card", "Sidelight", "m", "m.ss", "XDG")))


def test_a_reworded_text_keeps_its_translation_as_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_text(
        '# Session: Sitzung\nmsgid ""\nmsgstr ""\n\n'
        'msgid "Delete this session"\nmsgstr "Sitzung löschen"\n\n'
        'msgid "Gone"\nmsgstr "Weg"\n',
        encoding="utf-8",
    )
    said = [Message(text, "", "", "") for text in ("Delete the session", "Nothing")]
    entries = update(path, said).entries
    guess = entries["", "Delete the session"]
    assert guess.forms == ("Sitzung löschen",)
    assert not guess.translated, "nobody has looked at it"
    assert entries["", "Nothing"].forms == ("",)
    assert len(entries) == 2
    assert notes(path) == "# Session: Sitzung\n"
    assert update(path, said).entries == entries
