"""The coach's own buttons: one deed each, remembered as text."""

from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.settings.keys import FILE_NAME, Buttons, key_words

TITLES = {"bookmark": "Bookmark", "did": "I did that"}
FIXED = {"B": "bookmark", "D": "did", "Tab": ""}


def bind(buttons: Buttons, deed: str, key: str) -> Buttons:
    return buttons.with_button(deed, key, titles=TITLES, fixed=FIXED)


def test_buttons_are_bound_changed_and_removed(tmp_path: Path) -> None:
    buttons = bind(bind(Buttons(everywhere=True), "bookmark", "PgDown"), "did", "F5")
    buttons = bind(buttons, "did", "Media Play")
    assert buttons.bound == {"bookmark": "PgDown", "did": "Media Play"}
    buttons.remember(tmp_path)
    assert Buttons.recall(tmp_path) == buttons
    assert buttons.without("did").bound == {"bookmark": "PgDown"}
    assert bind(buttons, "did", "F5").bound["did"] == "F5"  # free again


@pytest.mark.parametrize(
    ("deed", "key", "sentence"),
    [
        ("did", "PgDown", "Page down already means “Bookmark”."),
        ("did", "B", "B already means “Bookmark”."),
        ("bookmark", "Tab", "Tab already has its use in every window."),
    ],
)
def test_one_key_has_one_meaning(deed: str, key: str, sentence: str) -> None:
    buttons = bind(Buttons(), "bookmark", "PgDown")
    with pytest.raises(UserError) as refused:
        bind(buttons, deed, key)
    assert refused.value.message == sentence
    assert bind(buttons, "bookmark", "PgDown") == buttons  # again is no conflict


@pytest.mark.parametrize(
    "damage",
    [
        *("", "[]", "{}", "\0", '{"bound": [], "everywhere": true}'),
        '{"bound": {"did": "F5", "bookmark": "F5"}, "everywhere": true}',
    ],
)
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE_NAME).write_text(damage)
    assert Buttons.recall(tmp_path).bound == {}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("PgDown", "Page down"),
        ("Ctrl+Shift+PgUp", "Ctrl + Shift + Page up"),
        ("Toggle Media Play/Pause", "Play or pause"),
        ("+", "+"),
        ("Ctrl++", "Ctrl + +"),
        ("F5", "F5"),
    ],
)
def test_a_key_is_called_as_people_do(key: str, words: str) -> None:
    assert key_words(key) == words
