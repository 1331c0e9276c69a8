"""Whatever a coach does in the wrap-up: nothing unaccepted leaves in a client note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.reading_exports import PACKED
from tests.fakes.story import StoryBuilder

from sidelight.domain.errors import UserError
from sidelight.domain.events import StoredEvent
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.export.formats import EXPORTERS
from sidelight.export.package import What
from sidelight.export.redaction import Names
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.wrap_acts import (
    AcceptLine,
    FinishWrapUp,
    RewriteLine,
    WithdrawLine,
    WriteLine,
    WriteNote,
)
from sidelight.session.wrapping_up import WrappingUp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.events import OfWrapUp
    from sidelight.domain.session import Session
    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.session.wrap_acts import Act

PROMISES = {f"zeta{n}": f"I'll bring zeta{n} to them." for n in range(5)}
DOUBTFUL = "zeta4"
OTHER = "omega"
"""A word that is said and promises nothing."""


def session() -> list[StoredEvent]:
    told = StoryBuilder("Ana")
    told.request(told.client(f"I want {OTHER} for this hour."))
    told.client(f"I realise that {OTHER} was never it.")
    told.now = Millis(600_000)
    told.coach("What will you do?")
    for word, text in PROMISES.items():
        doubt = Doubt.REPETITIVE if word == DOUBTFUL else None
        told.say(Speaker.CLIENT, text, doubt=doubt)
    return told.stored()


EVENTS = session()
SPANS = [u.span for u in tell(EVENTS).utterances if "zeta" in u.text]


class Kept:
    """A record in memory that outdates nothing: the fold has to cope with it too."""

    def __init__(self) -> None:
        self.stored = list(EVENTS)

    @property
    def session(self) -> Session:
        found = tell(self.stored).session
        assert found is not None
        return found

    def events(self, after: int = 0) -> list[StoredEvent]:
        return [one for one in self.stored if one.seq > after]

    def every_version(self) -> list[StoredEvent]:
        return list(self.stored)

    def put_down(self, event: OfWrapUp) -> StoredEvent:
        self.stored.append(StoredEvent(self.stored[-1].seq + 1, event.at, 0, event))
        return self.stored[-1]

    def next_decision(self) -> int:
        raise NotImplementedError

    def known_lessons(self, model: str) -> tuple[Lesson, ...]:
        raise NotImplementedError

    def decide(self, event: object, lessons: object) -> StoredEvent:
        raise NotImplementedError


OWN = st.integers(0, 4).map(lambda n: f"own{n} line")
ACTS = st.lists(
    st.one_of(
        st.sampled_from(SPANS).map(AcceptLine),
        st.tuples(st.integers(0, 700_000), st.integers(0, 9_000)).map(
            lambda t: AcceptLine(Span(Millis(t[0]), Millis(t[0] + t[1])))
        ),
        OWN.map(WriteLine),
        st.tuples(OWN, st.sampled_from(SPANS)).map(
            lambda t: WriteLine(t[0], instead=t[1])
        ),
        st.tuples(st.integers(1, 9), OWN).map(lambda t: RewriteLine(*t)),
        st.integers(0, 6).map(lambda n: WriteNote(f"private{n} thought")),
        st.integers(1, 9).map(WithdrawLine),
        st.just(FinishWrapUp()),
    ),
    max_size=14,
)


def settled(acts: Sequence[Act]) -> tuple[Story, set[str]]:
    """The session after these, and the words that a plain reading lets go out."""
    files = Kept()
    wrap_up = WrappingUp(files)
    lines: dict[int, str] = {}
    places: dict[int, Span] = {}
    for act in acts:
        number = max([0, *seen(files)]) + 1
        if refused(act, lines, places):
            with pytest.raises(UserError):
                wrap_up.do(act)
            continue
        match act:
            case AcceptLine(span=span):
                lines[number], places[number] = f"zeta{SPANS.index(span)}", span
            case WriteLine(text=text, instead=span):
                lines[number] = text.split()[0]
                if span is not None:
                    places[number] = span
            case RewriteLine(line=line, text=text):
                lines[line] = text.split()[0]
            case WithdrawLine(line=line):
                del lines[line]
            case _:
                pass
        wrap_up.do(act)
    return tell(files.stored), set(lines.values())


def refused(act: Act, lines: dict[int, str], places: dict[int, Span]) -> bool:
    """Whether there is nothing that this could be about."""
    taken = {places[line] for line in lines if line in places}
    match act:
        case AcceptLine(span=span):
            return span in taken or span not in SPANS[:4]
        case WriteLine(instead=span):
            return span in taken
        case RewriteLine(line=line) | WithdrawLine(line=line):
            return line not in lines
        case _:
            return False


PLAIN = [one for one in EXPORTERS if one.format not in PACKED]
"""Word and PDF are made from the same documents; packing them costs ten times more."""


def seen(files: Kept) -> list[int]:
    return [one.event.line for one in files.stored if hasattr(one.event, "line")]


@given(ACTS, st.sampled_from(list(Names)))
def test_a_client_note_holds_what_was_accepted_and_nothing_else(
    acts: list[Act], names: Names
) -> None:
    story, allowed = settled(acts)
    made = package(story, PackageChoices(names=names))
    for exporter in PLAIN:
        if exporter.what is not What.CLIENT_NOTE:
            continue
        text = exporter.render(made).decode()
        words = {*PROMISES, *(f"own{n}" for n in range(5))}
        assert {word for word in words if word in text} == allowed
        assert OTHER not in text
        assert "private" not in text


@settings(deadline=None)  # every plain document for each example
@given(ACTS)
def test_the_private_note_is_in_the_reflection_note_alone(acts: list[Act]) -> None:
    story, _ = settled(acts)
    notes = [act.text for act in acts if isinstance(act, WriteNote)]
    for exporter in PLAIN:
        text = exporter.render(package(story, PackageChoices())).decode()
        found = "private" in text
        assert found == (bool(notes) and exporter.what is What.REFLECTION_NOTE)
        if found:
            assert text.count("private") == 1
            assert notes[-1] in text


@given(ACTS)
def test_an_export_of_a_stretch_takes_no_line_from_elsewhere(acts: list[Act]) -> None:
    story, allowed = settled(acts)
    stretch = SPANS[0].hull(SPANS[1])
    made = package(story, PackageChoices(span=stretch))
    for exporter in PLAIN:
        if exporter.what is What.CLIENT_NOTE:
            text = exporter.render(made).decode()
            inside = {word for word in PROMISES if word in text}
            assert inside == allowed & {"zeta0", "zeta1"}
            kept = {
                one.text.split()[0]
                for one in story.wrap_up.written
                if one.span is not None and one.span.overlaps(stretch)
            }
            assert {f"own{n}" for n in range(5) if f"own{n}" in text} == kept
