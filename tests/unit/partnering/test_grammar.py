import pytest

from sidelight.partnering.grammar import Phrases


def finds(phrase: str, line: str) -> bool:
    words = {"go": "go|head [off]"}
    return Phrases.of((phrase,), words).find(f"{line} ") is not None


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("where we", "where we", True),
        ("where we", "somewhere we", False),
        ("where ~ start", "where shall we ever start", True),
        ("where ~ start", "where a b c d start", False),
        ("where ~~ start", "where a b c d start", True),
        ("explor* this", "exploring this", True),
        ("(a|b c) d", "b c d", True),
        ("a [b] c", "a c", True),
        ("^ a $", "a", True),
        ("^ a $", "b a", False),
        ("we @go now", "we head off now", True),
    ],
)
def test_signs(phrase: str, line: str, *, found: bool) -> None:
    assert finds(phrase, line) is found


def test_the_place_of_a_match_is_counted_in_words() -> None:
    assert Phrases.of(("c ~ e",), {}).find("a b c d e f ") == (2, 5)


def test_a_slip_of_the_pen_is_refused() -> None:
    with pytest.raises(ValueError, match="no phrase sign"):
        Phrases.of(("just? this",), {})
    with pytest.raises(KeyError):
        Phrases.of(("@nowhere",), {})
