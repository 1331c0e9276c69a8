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
_RANDOM_BITS: Final = 80


def new_session_id(started_at: datetime) -> str:
    """26 characters; ids of later milliseconds sort later."""
    value = int(started_at.timestamp() * 1000) << _RANDOM_BITS
    value |= secrets.randbits(_RANDOM_BITS)
    digits = []
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
