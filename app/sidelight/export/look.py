"""How documents look, the same in every format that has a look: the window's colours.

Colours are ``ui.theme.tokens.LIGHT``'s, which this layer cannot see; a test holds them
together.
"""

from __future__ import annotations

from typing import Final

INK: Final = "#25221e"
INK_SOFT: Final = "#686157"
ACCENT: Final = "#1f6b66"
HAIRLINE: Final = "#e3ddd2"
