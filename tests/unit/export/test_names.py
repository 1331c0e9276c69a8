"""The list of names to check: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from sidelight.export.names import names_found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("So I asked Tom about it.", ["Tom"]),
        ("So I asked Tom's boss. Tom said no.", ["Tom"]),
        ("We met Mira Lindqvist in Berlin.", ["Mira Lindqvist", "Berlin"]),
        ("Then Jean-Luc O'Hara came.", ["Jean-Luc O'Hara"]),
        ("Carla knows.", ["Carla"]),
        ("Honestly, I don't know. He'd say so.", []),
        ("I will on Tuesday, in May.", []),
        ("Growing up was hard. We were growing.", []),
        ("Planning helps.", []),
        ("Roses help. I like roses.", []),
        ("Rose helps. I like Rose.", ["Rose"]),
        ("Żaneta and Øyvind, then Ολγα.", ["Ολγα", "Øyvind", "Żaneta"]),
        ("", []),
        ("שלום 😀 123", []),
    ],
)
def test_names_are_found_where_a_sentence_does_not_explain_the_capital(
    said: str, found: list[str]
) -> None:
    assert sorted(one.name for one in names_found([said])) == sorted(found)


def test_the_most_frequent_comes_first_and_a_sentence_ends_with_its_text() -> None:
    found = names_found(["I saw Bo", "Ann saw Bo", "and Ann", "with Ann."])
    assert [(one.name, one.times) for one in found] == [("Ann", 3), ("Bo", 2)]
