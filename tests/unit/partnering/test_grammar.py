import pytest

from sidelight.partnering.rules.cues import CUES
from sidelight.partnering.rules.grammar import Phrases
from sidelight.partnering.rules.lexicon import CLASSES
from sidelight.partnering.rules.situation import FACTS


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
        Phrases.of(("@nowhere",), CLASSES)


def test_cue_names_are_unique_and_signs_speak_for_one_kind() -> None:
    names = [cue.name for cue in CUES]
    assert len(set(names)) == len(names)
    assert all(len(cue.weights) == 1 for cue in CUES if cue.role == "sign")


def test_facts_that_cues_ask_for_exist() -> None:
    """A misspelt fact would silently switch a cue off, or a veto on."""
    asked = {fact for cue in CUES for fact in cue.when | cue.unless}
    assert asked <= FACTS
