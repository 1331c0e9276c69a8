"""Without a name it is nowhere, in whatever writing; and nothing else is touched."""

from __future__ import annotations

import json

import pytest
from tests.fakes.reading_exports import text_of
from tests.fakes.story import StoryBuilder

from sidelight.export.formats import EXPORTERS
from sidelight.export.redaction import Instead, Names, Redaction
from sidelight.session.packaging import PackageChoices, package

MIRA = "\u092e\u0940\u0930\u093e"
"""Ends in a vowel sign, which is no letter."""

DANA = "\u05d3\u05e0\u05d4"


@pytest.mark.parametrize(
    ("client", "said", "without", "initials"),
    [
        ("Max M.", "Max M. said: Max", "[name] said: [name]", "M. said: M."),
        ("Anna/Ben", "Anna and Ben", "[name] and [name]", "A. and B."),
        ("Anna and Ben", "Ben and anna", "[name] and [name]", "B. and A."),
        ("\U0001f98a Fox", "Fox \U0001f98a Fox!", "[name] [name]!", "F. F.!"),
        (MIRA, f"{MIRA}: yes", "[name]: yes", "\u092e.: yes"),
        (DANA, f"\u05dc{DANA}", "\u05dc[name]", "\u05dc\u05d3."),
        ("Jose\u0301", "Jos\u00e9 Jose\u0301", "[name] [name]", "J. J."),
        ("A", "A man, a plan", "A man, a plan", "A man, a plan"),
        ("AM", "I am AM", "I am [name]", "I am A."),
        ("\U0001f98a", "a fox", "a fox", "a fox"),
        (" ", "so it is", "so it is", "so it is"),
        ("Ana", "banana", "banana", "banana"),
    ],
)
def test_a_name_is_found_as_it_is_said(
    client: str, said: str, without: str, initials: str
) -> None:
    assert Redaction(client, Names.FIRST).text(said) == said
    assert Redaction(client, Names.NONE).text(said) == without
    assert Redaction(client, Names.INITIALS).text(said) == initials


def test_two_people_are_in_no_document_without_names() -> None:
    builder = StoryBuilder(client="Zoltan/Xenia")
    builder.request(builder.client("Zoltan wants it, and Xenia does."))
    asked = builder.coach("Zoltan and Xenia, where would you like to go?")
    builder.moment(asked, "direction")
    made = package(
        builder.story(), PackageChoices(names=Names.NONE, accept_drafts=True)
    )
    for each in EXPORTERS:
        text = text_of(each.format, each.render(made))
        assert "Zoltan" not in text, each
        assert "Xenia" not in text, each


def test_words_from_right_to_left_keep_their_order_beside_ours() -> None:
    hebrew = "\u05d0\u05e0\u05d9 \u05d5\u05e2\u05dc Maria."
    builder = StoryBuilder(client=DANA)
    builder.coach(hebrew)
    builder.client("Yes.")
    made = package(builder.story(), PackageChoices())
    texts = {
        (e.what.value, e.format): text_of(e.format, e.render(made)) for e in EXPORTERS
    }
    together = f"\u202b{hebrew}\u202c\u200e"
    for format_ in ("docx", "txt", "srt"):
        assert together in texts["transcript", format_]
        assert "\u202bYes." not in texts["transcript", format_]
    assert (
        "\u202b\u05d3\u05e0\u05d4\u202c\u200e, 1 minute"
        in texts["reflection-note", "txt"]
    )
    data = json.loads(texts["transcript", "json"])
    assert data["utterances"][0]["text"] == hebrew, "data stay as heard"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I met Tomasz.", "I met the client's manager."),
        ("Tomasz's plan. Tomasz said no.", "The client's manager's plan. The client's"),
        ("He is “Tomasz”, not tomasz.", "He is “the client's manager”, not tomasz."),
        ("I asked Ola Berg, and Ola Berg's son.", "I asked O., and O.'s son."),
        ("With Ola, Berg came.", "With O. came."),
        ("I will, said Will.", "I will, said W."),
        ("Olaf and Mira", "Olaf and Mira"),
    ],
)
def test_another_persons_name_is_replaced_as_the_coach_wants(
    said: str, told: str
) -> None:
    others = (
        Instead("Tomasz", "the client's manager"),
        Instead("Ola Berg", "O."),
        Instead("Will", "W."),
    )
    text = Redaction("Mira", Names.FIRST, others).text(said)
    assert text.startswith(told)
    assert ".." not in text


def test_with_the_client_and_others_each_has_their_own_words() -> None:
    others = (Instead("Mira Berg", "her sister"),)
    redaction = Redaction("Mira", Names.INITIALS, others)
    assert redaction.text("Ask Mira, then Mira Berg.") == "Ask M., then her sister."


def test_a_replaced_name_is_in_no_document_and_its_words_are() -> None:
    builder = StoryBuilder(client="Mira")
    builder.request(builder.client("I will tell Zoltan Xylander about it on Monday."))
    asked = builder.coach("What of Zoltan Xylander, and where would you like to go?")
    builder.moment(asked, "direction")
    builder.client("I'll call Zoltan Xylander's office on Friday.", pause=4000)
    others = (Instead("Zoltan Xylander", "my manager"),)
    made = package(builder.story(), PackageChoices(others=others, accept_drafts=True))
    for each in EXPORTERS:
        text = text_of(each.format, each.render(made)).casefold()
        assert "zoltan" not in text, each
        assert "xylander" not in text, each
        assert "my manager" in " ".join(text.split()), each


def test_the_words_of_a_name_are_one_word_from_its_first_to_its_last() -> None:
    builder = StoryBuilder(client="Mira")
    builder.client("So, Zoltan Xylander, he left.")
    others = (Instead("Zoltan Xylander", "my manager"),)
    made = package(builder.story(), PackageChoices(others=others))
    (before,) = builder.story().utterances
    (after,) = made.story.utterances
    assert [word.text for word in after.words] == ["So,", "my manager,", "he", "left."]
    assert after.words[1].span.start == before.words[1].span.start
    assert after.words[1].span.end == before.words[2].span.end
    assert after.words[2:] == before.words[3:]
