"""The recovery key: what the coach prints, and types back in when all else is lost.

160 random bits in Crockford's base32, in groups of four, with a group of checksum at
the end: ``7KQ2-…-9DMR``. Letters that look like digits are read as the digits, case,
spaces and hyphens do not matter, and a mistyped letter is noticed before anything else
is tried.

Source: alphabet and look-alikes after Douglas Crockford,
https://www.crockford.com/base32.html (his check symbol is replaced by a whole group:
one symbol would let one mistake in 37 pass).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

from sidelight.domain.errors import UserError

_BYTES: Final = 20
_BITS_A_SYMBOL: Final = 5
_KEY_SYMBOLS: Final = _BYTES * 8 // _BITS_A_SYMBOL
_GROUP: Final = 4
_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES: Final = str.maketrans("OILU", "011V")
_IGNORED: Final = frozenset("-_.:,;\u2013\u2014")


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """Opens a vault without keyring and passphrase.

    Attributes:
        secret: 20 random bytes; never in ``repr``.
    """

    secret: bytes = field(repr=False)

    @classmethod
    def make(cls) -> RecoveryKey:
        """A new one."""
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def parse(cls, typed: str) -> RecoveryKey:
        """Read it as typed from paper.

        Raises:
            UserError: It is too short or long, holds a character that none has, or a
                character was mistyped.
        """
        symbols = [
            symbol
            for symbol in typed.upper().translate(_LOOK_ALIKES)
            if not symbol.isspace() and symbol not in _IGNORED
        ]
        wanted = _KEY_SYMBOLS + _GROUP
        if len(symbols) != wanted or not set(symbols) <= set(_SYMBOLS):
            raise UserError(
                f"A recovery key has {wanted} letters and digits; this one has"
                f" {len(symbols)}, or a character that none has.",
                "Type all nine groups as they are printed.",
            )
        number = 0
        for symbol in symbols[:_KEY_SYMBOLS]:
            number = number << _BITS_A_SYMBOL | _SYMBOLS.index(symbol)
        key = cls(number.to_bytes(_BYTES))
        if "".join(symbols[_KEY_SYMBOLS:]) != key._checksum():
            raise UserError(
                "The recovery key has a typing mistake.",
                "Compare it with the print, group by group.",
            )
        return key

    def __str__(self) -> str:
        """As printed: nine groups of four."""
        symbols = _encode(self.secret, _KEY_SYMBOLS) + self._checksum()
        groups = (symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))
        return "-".join(groups)

    def _checksum(self) -> str:
        digest = hashlib.sha256(b"sidelight recovery key 1" + self.secret).digest()
        return _encode(digest[:5], 8)[:_GROUP]


def _encode(data: bytes, symbols: int) -> str:
    number = int.from_bytes(data)
    return "".join(
        _SYMBOLS[number >> _BITS_A_SYMBOL * place & 31]
        for place in reversed(range(symbols))
    )
