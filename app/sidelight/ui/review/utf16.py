"""How Qt counts letters."""


def units(text: str) -> int:
    """Length in UTF-16 units: a letter beyond the first plane counts twice."""
    return len(text.encode("utf-16-le")) // 2
