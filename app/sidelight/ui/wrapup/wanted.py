"""What the coach wants of drafted lines, until the record says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.notes import Section
from sidelight.session.wrap_acts import AcceptLine, WithdrawLine

if TYPE_CHECKING:
    from sidelight.domain.timeline import Span


class Wanted:
    """What the coach wants of the drafted lines of a section.

    Args:
        section: Where they stand.
    """

    def __init__(self, section: Section = Section.COMMITMENTS) -> None:
        self._section = section
        self.heard: set[Span] = set()
        self.ticked: dict[Span, bool] = {}
        self._asked: set[Span | int] = set()

    def acts(self, accepted: dict[Span, int]) -> list[AcceptLine | WithdrawLine]:
        """What has to be asked for so that the record says it too, each once.

        Args:
            accepted: The numbers of the lines that are accepted, by their sound.
        """
        acts: list[AcceptLine | WithdrawLine] = []
        for span, ticked in self.ticked.items():
            number = accepted.get(span)
            if ticked and number is None and span not in self._asked:
                self._asked.add(span)
                heard = span in self.heard
                acts.append(AcceptLine(span, self._section, heard))
            elif not ticked and number is not None and number not in self._asked:
                self._asked.add(number)
                acts.append(WithdrawLine(number))
        return acts

    def learn(self, accepted: dict[Span, int]) -> None:
        """The record says this now: what has come about need not be waited for."""
        self._asked -= set(accepted)
        for span in [one for one, on in self.ticked.items() if on == (one in accepted)]:
            del self.ticked[span]

    def give_up(self) -> None:
        """Something could not be stored: the record is right."""
        self.ticked.clear()
        self._asked.clear()
