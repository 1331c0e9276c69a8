from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelight.domain.errors import UserError
from sidelight.record.recovery_key import RecoveryKey

if TYPE_CHECKING:
    from collections.abc import Callable

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=20, max_size=20))
def test_printed_and_typed_it_is_the_same(secret: bytes) -> None:
    key = RecoveryKey(secret)
    printed = str(key)
    assert [len(group) for group in printed.split("-")] == [4] * 9
    assert RecoveryKey.parse(printed) == key


@pytest.mark.parametrize(
    "habit",
    [
        str.lower,
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", "\n"),
        lambda text: f"  {text}\t",
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: text.replace("0", "o").replace("1", "I"),
        lambda text: text.replace("V", "u"),
        lambda text: text.replace("-", " \u2013 "),
    ],
)
def test_it_may_be_typed_in_many_ways(habit: Callable[[str], str]) -> None:
    for seed in range(30):
        key = RecoveryKey(random.Random(seed).randbytes(20))
        assert RecoveryKey.parse(habit(str(key))) == key


def test_one_wrong_letter_or_two_swapped_are_noticed() -> None:
    chance = random.Random(5)
    for _ in range(300):
        printed = str(RecoveryKey(chance.randbytes(20)))
        at = chance.choice([i for i, letter in enumerate(printed) if letter != "-"])
        other = chance.choice(SYMBOLS.replace(printed[at], ""))
        with pytest.raises(UserError, match="typing mistake"):
            RecoveryKey.parse(printed[:at] + other + printed[at + 1 :])
        groups = printed.split("-")
        groups[0], groups[1] = groups[1], groups[0]
        with pytest.raises(UserError, match="typing mistake"):
            RecoveryKey.parse("-".join(groups))


@pytest.mark.parametrize("typed", ["", "7KQ2", "0" * 37, "!" * 36, "é" * 36])
def test_what_is_no_recovery_key_is_said(typed: str) -> None:
    with pytest.raises(UserError, match="36 letters and digits"):
        RecoveryKey.parse(typed)


def test_no_two_are_alike_and_none_shows_itself() -> None:
    one, other = RecoveryKey.make(), RecoveryKey.make()
    assert one != other
    assert one.secret.hex() not in repr(one)
