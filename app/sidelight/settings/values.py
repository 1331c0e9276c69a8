"""What an option may be: how it is written in a file, on a command line, in a window.

A kind of values reads two things with care: what stands in a file (``load``), and what
a person typed (``parse``). Whatever is not allowed is a ``ValueError``; who asked turns
it into a sentence, for which ``told`` says what is allowed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

_YES: Final = frozenset({"on", "yes", "true", "1"})
_NO: Final = frozenset({"off", "no", "false", "0"})


class Values(ABC, Generic[T]):
    """What is allowed."""

    @abstractmethod
    def load(self, data: object) -> T:
        """Read what stands in a file.

        Raises:
            ValueError: It is nothing of the kind.
        """

    @abstractmethod
    def parse(self, text: str) -> T:
        """Read what was typed.

        Raises:
            ValueError: It is not allowed.
        """

    @property
    @abstractmethod
    def told(self) -> str:
        """What is allowed, after "one of these: " or the like."""

    @property
    def titles_told(self) -> tuple[str, ...]:
        """What single values are called in words."""
        return ()

    def dump(self, value: T) -> object:
        """As it stands in a file."""
        return value

    def show(self, value: T) -> str:
        """As it would be typed."""
        return str(value)


@dataclass(frozen=True)
class YesNo(Values[bool]):
    """On or off."""

    def load(self, data: object) -> bool:
        """``true`` or ``false``, and nothing that only resembles them."""
        if not isinstance(data, bool):
            raise ValueError(data)  # noqa: TRY004 - whatever is wrong with it
        return data

    def parse(self, text: str) -> bool:
        """Yes and no are understood as well."""
        word = text.strip().lower()
        if word not in _YES | _NO:
            raise ValueError(text)
        return word in _YES

    def show(self, value: bool) -> str:  # noqa: FBT001 - what it is about
        """On or off."""
        return "on" if value else "off"

    @property
    def told(self) -> str:
        """Both."""
        return "on or off"


@dataclass(frozen=True)
class OneOf(Values[T]):
    """One of a few.

    Attributes:
        titles: What each is called, in words.
    """

    titles: Mapping[T, str]

    def load(self, data: object) -> T:
        """As it is written, whatever its type in the program."""
        for one in self.titles:
            if _plain(one) == data:
                return one
        raise ValueError(data)

    def parse(self, text: str) -> T:
        """As it is written."""
        word = text.strip().lower()
        for one in self.titles:
            if self.show(one) == word:
                return one
        raise ValueError(text)

    @property
    def titles_told(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self.titles.values())

    def dump(self, value: T) -> object:
        """The plain value of an ``Enum``."""
        return _plain(value)

    def show(self, value: T) -> str:
        """The same."""
        return str(_plain(value))

    @property
    def told(self) -> str:
        """All of them."""
        *others, last = map(self.show, self.titles)
        return f"{', '.join(others)} or {last}" if others else last


@dataclass(frozen=True)
class Whole(Values[int]):
    """A whole number.

    Attributes:
        least: And this itself.
        most: And this itself.
        unit: What is counted.
    """

    least: int
    most: int
    unit: str

    def load(self, data: object) -> int:
        """A number out of bounds is brought to the nearest."""
        if isinstance(data, bool) or not isinstance(data, int):
            raise ValueError(data)  # noqa: TRY004 - whatever is wrong with it
        return min(max(data, self.least), self.most)

    def parse(self, text: str) -> int:
        """Digits, with the sign of percent where they are percent."""
        number = int(text.strip().removesuffix("%").strip())
        if not self.least <= number <= self.most:
            raise ValueError(text)
        return number

    @property
    def told(self) -> str:
        """From where to where."""
        return f"{self.unit} from {self.least} to {self.most}"


@dataclass(frozen=True)
class Share(Values[float]):
    """A share, told in percent.

    Attributes:
        least: In percent.
        most: In percent.
    """

    least: int
    most: int

    def load(self, data: object) -> float:
        """Any share up to ten; what cannot be used is for the window to refuse."""
        if isinstance(data, bool) or not isinstance(data, int | float):
            raise ValueError(data)  # noqa: TRY004 - whatever is wrong with it
        if not 0.0 <= data <= 10.0:  # noqa: PLR2004 - not a number is not in it either
            raise ValueError(data)
        return float(data)

    def parse(self, text: str) -> float:
        """Percent."""
        return Whole(self.least, self.most, "percent").parse(text) / 100

    def show(self, value: float) -> str:
        """Percent."""
        return str(round(100 * value))

    @property
    def told(self) -> str:
        """From where to where."""
        return f"percent from {self.least} to {self.most}"


class Pool(Enum):
    """Where a window finds what can be chosen; a command takes any name."""

    MICROPHONES = "microphones"
    PLAYED = "played"
    MODELS = "models"
    SCREENS = "screens"
    SPOKEN = "spoken"
    SHOWN = "shown"
    """Languages of sessions, and of windows."""


@dataclass(frozen=True)
class Name(Values[str]):
    """A name from outside: a device's, a model's, a language's.

    Attributes:
        pool: What a window offers.
        none: What is typed for no name at all; ``""``: there is always one.
        title: What no name means, in words.
        known: Whether there is such a name.
        told_as: What is allowed, in words.
    """

    pool: Pool
    none: str
    title: str
    known: Callable[[str], bool]
    told_as: str

    def load(self, data: object) -> str:
        """A name that is not known any more stays: it may come back."""
        if not isinstance(data, str):
            raise ValueError(data)  # noqa: TRY004 - whatever is wrong with it
        return data

    def parse(self, text: str) -> str:
        """A name that is known."""
        word = text.strip()
        if self.none and word == self.none:
            return ""
        if not word or not self.known(word):
            raise ValueError(text)
        return word

    @property
    def titles_told(self) -> tuple[str, ...]:
        """That of no name."""
        return (self.title,) if self.title else ()

    def show(self, value: str) -> str:
        """The name."""
        return value or self.none

    @property
    def told(self) -> str:
        """In words."""
        return f"{self.told_as}, or {self.none}" if self.none else self.told_as


@dataclass(frozen=True)
class Perhaps(Values["T | None"]):
    """One of these values, or none at all.

    Attributes:
        some: The values.
        none: What is typed for none.
        title: What none means, in words.
    """

    some: Values[T]
    none: str
    title: str

    def load(self, data: object) -> T | None:
        """``null`` is none."""
        return None if data is None else self.some.load(data)

    def parse(self, text: str) -> T | None:
        """Or the word for none."""
        return None if text.strip() == self.none else self.some.parse(text)

    @property
    def titles_told(self) -> tuple[str, ...]:
        """Those of the values, and that of none."""
        return (self.title, *self.some.titles_told)

    def dump(self, value: T | None) -> object:
        """None is ``null``."""
        return None if value is None else self.some.dump(value)

    def show(self, value: T | None) -> str:
        """Or the word for none."""
        return self.none if value is None else self.some.show(value)

    @property
    def told(self) -> str:
        """Both."""
        return f"{self.some.told}, or {self.none}"


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def anything(_: str) -> bool:
    """Any name is known: it belongs to something that may be away now."""
    return True
