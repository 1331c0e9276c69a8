"""Names for new sessions: unique, sortable by time, fit for file names.

Source: ULID specification (https://github.com/ulid/spec): 48 bits of milliseconds since
1970 and 80 random bits, in Crockford's base 32.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 26
RANDOM_BITS: Final = 80
OWN_DIGITS: Final = 16
"""The last characters of an id, which hold those bits."""


def new_session_id(started_at: datetime) -> str:
    """26 characters; ids of later milliseconds sort later."""
    return session_id(started_at, secrets.randbits(RANDOM_BITS))


def session_id(started_at: datetime, own: int) -> str:
    """The same with these bits in place of random ones.

    Args:
        started_at: When the session began.
        own: Less than 2 ** ``RANDOM_BITS``.
    """
    value = (int(started_at.timestamp() * 1000) << RANDOM_BITS) | own
    digits = []
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
