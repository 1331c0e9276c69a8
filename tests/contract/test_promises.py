"""What is promised is known by its number, and nobody begins a session unasked."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import pytest

import sidelight
from sidelight.domain.consent import Purpose
from sidelight.domain.promises import PROMISES

APP = Path(sidelight.__file__).parent

APPROVED = {
    (Purpose.LISTEN, 1): "6dc1c1a126890d14",
    (Purpose.KEEP_SOUND, 1): "2b2afa8ed197f6d4",
    (Purpose.KEEP_TEXT, 1): "67d95d1a4da11df8",
    (Purpose.MENTOR, 1): "05c116b2b424ea92",
    (Purpose.CREDENTIAL, 1): "c85470c7b869ba5b",
    (Purpose.HOURS_LOG, 1): "b22d90faaabfeacb",
}
"""Sums of the texts. A text that changes gets a new number, and a line more here: the
old one stays, for its consents do."""

MAKERS = {"bootstrap/engine.py", "session/importing/work.py"}
"""Where a session is made: each asks ``session.consenting.require`` before it does."""


@pytest.mark.parametrize("purpose", Purpose)
def test_a_promise_that_changes_has_another_number(purpose: Purpose) -> None:
    promise = PROMISES[purpose]
    text = hashlib.sha256(promise.text.encode()).hexdigest()[:16]
    assert APPROVED.get((purpose, promise.number)) == text
    highest = max(number for known, number in APPROVED if known is purpose)
    assert promise.number == highest


def test_sessions_are_made_only_where_consent_is_asked() -> None:
    found = {
        path.relative_to(APP).as_posix()
        for path in APP.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "create"
        and "sessions" in ast.unparse(call.func.value)
    }
    assert found == MAKERS
    for name in found:
        assert "require(record" in (APP / name).read_text(encoding="utf-8")
