import pytest

from sidelight.partnering.reading import read


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("What's next?", ["what is next "]),
        ("um so, like, I dunno", ["so i do not know "]),
        ("D'you wanna stay?", ["do you want to stay "]),
        ("I wh- I went. [laughs] Right!", ["i went ", "right "]),
        ("your boss's desk", ["your boss desk "]),
        ("", []),
        ("… ?! —", []),
    ],
)
def test_text_is_levelled(text: str, lines: list[str]) -> None:
    assert [sentence.line for sentence in read(text)] == lines


def test_a_run_on_is_cut_where_a_question_begins() -> None:
    text = (
        "so we have got about ten minutes left on the clock what would you like to do"
    )
    assert [sentence.asked for sentence in read(text)] == [False, True]


def test_a_reported_question_is_not_cut_off_from_its_speaker() -> None:
    text = "and on the very first day back at work she said to me how can i support you"
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("where do you want to start", True),
        ("And which one", True),
        ("want to go there?", True),
        ("What I hear is a no.", False),
        ("When you said that, you smiled.", False),
        ("Tell me more.", False),
    ],
)
def test_questions_are_known_with_and_without_their_mark(
    text: str, *, asked: bool
) -> None:
    assert read(text)[-1].asked is asked


def test_words_know_their_place() -> None:
    text = "Well, where'd you like to start? Hm."
    (sentence,) = read(text)
    assert text[slice(*sentence.place)] == "Well, where'd you like to start?"
    start, end = sentence.places[sentence.words.index("start")]
    assert text[start:end] == "start"
