"""A turn and what came before it, as the numbers that the model reads.

Training and the program read through this one module. The model reads two parts: what
is judged, and its surroundings. Who speaks is a mark of its own: an entry of BERT's
vocabulary that no text uses. How far the session is, is not told: a model that was
told learned that nothing happens in the first minutes (``models/partnering``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PIECES: Final = 80
"""Word pieces of the turn that is judged. Of a longer one its beginning and its end:
what a turn leaves with the client is mostly said last."""

_HEAD: Final = 24

BEFORE: Final = (36, 22, 8)
"""Word pieces of the turns before it, the newest first: their ends."""

_CLS: Final = 101
_SEP: Final = 102

_SPEAKERS: Final = {Speaker.COACH: 1, Speaker.UNKNOWN: 2, Speaker.CLIENT: 3}
_ASIDE: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)")
"""``[laughs]``: transcripts have it, recognisers have not."""


class Tokens(Protocol):
    """What comes of encoding: ``tokenizers.Encoding``."""

    @property
    def ids(self) -> list[int]:
        """Numbers of the word pieces."""
        ...

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Of each piece, its range of characters."""
        ...


class WordPieces(Protocol):
    """Splits text: ``tokenizers.Tokenizer`` with BERT's uncased vocabulary."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Tokens:
        """The text's word pieces."""
        ...


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the model reads.

    Attributes:
        ids: Numbers of word pieces and marks.
        judged: How many of ``ids`` belong to the first part, marks included.
        places: Of each judged word piece, its range of characters in the turn.
    """

    ids: tuple[int, ...]
    judged: int
    places: tuple[tuple[int, int], ...] = ()

    @property
    def parts(self) -> tuple[int, ...]:
        """Of each id, whether it is judged (0) or surroundings (1)."""
        return (0,) * self.judged + (1,) * (len(self.ids) - self.judged)


def encode(
    pieces: WordPieces,
    text: str,
    speaker: Speaker,
    before: Sequence[tuple[Speaker, str]],
) -> Encoded:
    """Encode a turn.

    Args:
        pieces: Splits text.
        text: What is judged.
        speaker: Who says it.
        before: The turns before, the newest last; only the last three are read.
    """
    said = _split(pieces, text)
    ids, places = said.ids, said.offsets
    if len(ids) > MOST_PIECES:
        ids = ids[:_HEAD] + ids[_HEAD - MOST_PIECES :]
        places = places[:_HEAD] + places[_HEAD - MOST_PIECES :]
    first = [_CLS, _SPEAKERS[speaker], *ids, _SEP]
    second: list[int] = []
    for (who, what), most in zip(reversed(before), BEFORE, strict=False):
        second += [_SPEAKERS[who], *_split(pieces, what).ids[-most:]]
    return Encoded((*first, *second, _SEP), len(first), tuple(places))


def _split(pieces: WordPieces, text: str) -> Tokens:
    """Asides become blanks, so that every piece keeps its place."""
    plain = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    return pieces.encode(plain, add_special_tokens=False)
