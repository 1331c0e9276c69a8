"""The language that a session is held in, as an argument."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.speech.languages import LANGUAGES

if TYPE_CHECKING:
    from sidelight.speech.weights import ModelFolder

_ENGLISH = "en"


def _language(text: str) -> str:
    code = text.strip().lower()
    if code not in LANGUAGES:
        raise argparse.ArgumentTypeError(
            "a language is a code of two or three letters, such as en, de or pt"
        )
    return code


def language_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--language``."""
    parser.add_argument(
        "--language",
        type=_language,
        metavar="CODE",
        help="what is spoken, such as en or de (default: decided once, from the first"
        " sentences)",
    )


def check_language(language: str | None, model: ModelFolder) -> None:
    """See that the model knows the language.

    Raises:
        UserError: It is a model of English alone, and another language was asked for.
    """
    if language in (None, _ENGLISH) or model.multilingual:
        return
    raise UserError(
        f"The speech model {model.name} knows English alone, not {language}.",
        "Choose one for many languages: `sidelight models list` shows them"
        " (those without .en).",
    )
