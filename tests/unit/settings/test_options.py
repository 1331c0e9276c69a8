"""Every option once: found, set, kept, refused in a sentence, put back as it comes."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from sidelight.cli.main import main
from sidelight.domain.errors import UserError
from sidelight.domain.keeping import SoundRule
from sidelight.settings.keeping import KeepingChoice
from sidelight.settings.keys import DEEDS, Key
from sidelight.settings.look import Look
from sidelight.settings.option import Option
from sidelight.settings.options import GROUPS, OPTIONS, find
from sidelight.settings.store import ABOUT, tell_damaged
from sidelight.settings.values import (
    Name,
    OneOf,
    Perhaps,
    Share,
    Values,
    Whole,
    YesNo,
)
from sidelight.ui.sidebar.intents import Intent

FREE = {"spoken.language": "de", "look.language": "de"}
"""Names that are known; any other option with a name takes whatever it is given."""


def another(option_id: str, values: Values[object], default: object) -> str:
    """Something that is allowed and is not the default, as typed."""
    if isinstance(values, Perhaps):
        return another(option_id, values.some, default)
    if isinstance(values, YesNo):
        return "off" if default else "on"
    if isinstance(values, OneOf):
        return next(values.show(one) for one in values.titles if one != default)
    if isinstance(values, Whole | Share):
        return str(values.most)
    if isinstance(values, Name):
        return FREE.get(option_id, "Some Device, 2")
    assert isinstance(values, Key)
    return f"F{[one.name for one in DEEDS].index(option_id.split('.')[1]) + 1}"


def test_each_has_one_name_and_words() -> None:
    ids = [one.id for one in OPTIONS]
    assert len(set(ids)) == len(ids)
    kept = {(one.group, one.field) for one in OPTIONS}
    assert len(kept) == len(ids)
    for one in OPTIONS:
        assert one.title
        assert one.explained.endswith("."), one.id
    of_groups = {
        (group, one.name)
        for group in GROUPS
        for one in fields(group)
        if ABOUT in one.metadata
    }
    assert of_groups <= kept


def test_keys_and_windows_know_the_same_deeds() -> None:
    assert [one.name.upper() for one in DEEDS] == [one.name for one in Intent]


def test_all_together_are_set_kept_and_put_back(tmp_path: Path) -> None:
    wanted = {one.id: another(one.id, one.values, one.default) for one in OPTIONS}
    for one in OPTIONS:
        assert one.text(tmp_path) == one.values.show(one.default)
        one.set(tmp_path, wanted[one.id])
    assert {one.id: one.text(tmp_path) for one in OPTIONS} == wanted
    for one in OPTIONS:
        one.reset(tmp_path)
    assert [one.of(one.group.recall(tmp_path)) for one in OPTIONS] == [
        one.default for one in OPTIONS
    ]
    assert not tell_damaged(tmp_path)


@pytest.mark.parametrize("one", OPTIONS, ids=lambda one: one.id)
def test_what_is_not_allowed_is_one_sentence_and_changes_nothing(
    tmp_path: Path, one: Option
) -> None:
    takes_any = isinstance(one.values, Perhaps) and isinstance(one.values.some, Name)
    wrong = "" if takes_any or isinstance(one.values, Name) else "nonsense"
    with pytest.raises(UserError) as refused:
        one.set(tmp_path, wrong)
    assert refused.value.message == f"{one.id} cannot be “{wrong}”."
    assert refused.value.remedy.startswith("It is ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", ["", "[]", "{", '"x"', "\0"])
def test_a_damaged_file_is_as_it_comes_said_once_and_kept(
    tmp_path: Path, damage: str
) -> None:
    (tmp_path / Look.FILE).write_text(damage)
    assert Look.recall(tmp_path) == Look()
    (told,) = tell_damaged(tmp_path)
    assert Look.FILE in told.message
    assert not tell_damaged(tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.read_text() == damage
    assert kept.name in told.remedy


def test_what_is_whole_in_a_damaged_file_stays(tmp_path: Path) -> None:
    path = tmp_path / Look.FILE
    path.write_text('{"theme": "pink", "text": 150}')
    for _ in range(2):
        assert Look.recall(tmp_path) == Look(text=150)
    assert len(tell_damaged(tmp_path)) == 1
    assert json.loads(path.read_text())["text"] == 150


def test_an_older_file_and_a_newer_one_are_read(tmp_path: Path) -> None:
    (tmp_path / Look.FILE).write_text('{"theme": "dark", "sparkle": 3}')
    assert Look.recall(tmp_path) == Look("dark")
    assert not tell_damaged(tmp_path)


def test_a_disk_that_refuses_leaves_what_was(tmp_path: Path) -> None:
    look = find("look.theme")
    with pytest.raises(UserError, match="cannot be written"):
        look.set(tmp_path / "missing", "dark")
    Look("dark").remember(tmp_path / "missing")
    assert Look.recall(tmp_path / "missing") == Look()


def test_the_command(sidelight_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "set", "look.text", "150 %"]) == 0
    assert main(["settings", "get", "look.text"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "150"
    assert main(["settings", "list", "size", "TEXT", "--json"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["v"], line["type"], line["id"]) == (1, "setting", "look.text")
    assert (line["value"], line["default"]) == (150, "100")
    assert main(["settings", "list", "--json"]) == 0
    listed = map(json.loads, capsys.readouterr().out.splitlines())
    assert [one["id"] for one in listed] == [one.id for one in OPTIONS]
    assert main(["settings", "reset", "--all"]) == 0
    assert Look.recall(sidelight_home) == Look()
    capsys.readouterr()
    assert main(["settings", "set", "look.theme", "pink"]) == 1
    assert "system, light, dark or high-contrast" in capsys.readouterr().err
    (sidelight_home / Look.FILE).write_text("{")
    assert main(["settings", "get", "look.theme"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err.count("look.json.damaged-1")) == ("system\n", 1)
    assert main(["settings", "get", "nothing"]) == 1


@pytest.mark.parametrize("damage", ["{", "{}", '{"sound": "14 or so"}'])
def test_a_damaged_choice_of_keeping_keeps_sound_for_good(
    tmp_path: Path, damage: str
) -> None:
    (tmp_path / KeepingChoice.FILE).write_text(damage)
    for _ in range(3):
        assert KeepingChoice.recall(tmp_path).sound is SoundRule.FOR_EVER
        tell_damaged(tmp_path)


def test_a_disk_that_refuses_leaves_a_damaged_file_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / KeepingChoice.FILE
    path.mkdir()  # nothing can be read from it, nor written in its place
    for _ in range(2):
        assert KeepingChoice.recall(tmp_path).sound is SoundRule.FOR_EVER
    assert list(tmp_path.iterdir()) == [path]
