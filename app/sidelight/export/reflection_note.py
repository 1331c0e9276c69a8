"""The reflection note as a document: for the coach alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.moments import Form
from sidelight.domain.notes import Choice
from sidelight.domain.transcript import Speaker
from sidelight.export.dates import long_date
from sidelight.export.dialogue_part import dialogue_blocks
from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.writing import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidelight.domain.moments import Moment
    from sidelight.domain.notes import ChosenMoment, CueSummary, KindSummary
    from sidelight.export.document import Block, Document
    from sidelight.export.package import Package

_CHOICES: Final = {
    Choice.KEEP: "One to keep",
    Choice.FORK: "One fork",
    Choice.PRACTISE: "One stretch to look at",
}
_FORMS: Final = {
    Form.OPEN: "left open",
    Form.MENU_OPEN: "possibilities with a way out",
    Form.NARROW: "narrow: could it be wider?",
}


def reflection_note(package: Package) -> Document:
    """Three moments first, then the whole picture."""
    return tuple(_blocks(package))


def _blocks(package: Package) -> Iterator[Block]:
    note = package.reflection
    yield Heading(1, "Reflection note")
    minutes = "1 minute" if note.minutes == 1 else f"{note.minutes} minutes"
    client = embedded(package.name("client"))
    with_client = f" with {client}" if note.client else ""
    yield Paragraph(f"{long_date(note.started_at)}{with_client}, {minutes}")
    yield Paragraph("For your eyes. Observations, no verdicts.", quiet=True)
    yield from _own(note.own)
    yield from _three(package, note.three)
    yield Heading(2, "How you partnered on process")
    for summary in note.kinds:
        yield from _kind(package, summary, unchecked=bool(note.unchecked))
    if note.longest is not None:
        start, end = clock(note.longest.start), clock(note.longest.end)
        yield Paragraph(
            f"The longest stretch without such a question ran from {start} to {end}."
        )
    yield from _list(package, "Forks", note.forks)
    yield from _list(package, "Also noticed", note.others)
    yield from _own_words(package)
    yield from dialogue_blocks(package)
    yield from _cues(note.cues)
    yield from _list(package, "Please listen again: the words are doubtful", note.check)
    if note.unchecked:
        lines = "1 line" if note.unchecked == 1 else f"{note.unchecked} lines"
        told = f"{lines} that you have not accepted are left out."
        yield Paragraph(told, quiet=True)


def _own(text: str) -> Iterator[Block]:
    """What the coach wrote, as they broke it into lines."""
    if text:
        yield Heading(2, "What you wrote")
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line.strip())


def _cues(cues: CueSummary | None) -> Iterator[Block]:
    if cues is None:
        return
    yield Heading(2, "Cues")
    held = sum(count for _, count in cues.held)
    yield Paragraph(f"Cues shown: {cues.shown}. Cues held back: {held}.")
    for hold, count in cues.held:
        yield Item(f"{count} held back", hold.explained)


def _three(package: Package, three: Sequence[ChosenMoment]) -> Iterator[Block]:
    if three:
        yield Heading(2, "Three moments to look at first")
    for chosen in three:
        heard = ", words as heard" if chosen.as_heard and chosen.words else ""
        yield Heading(3, f"{_CHOICES[chosen.choice]}, {clock(chosen.at)}{heard}")
        for speaker, words in chosen.words:
            yield Quote(f"{_speaker(package, speaker)}{words}")
        yield Paragraph(f"{chosen.observation} {chosen.question}")


def _speaker(package: Package, speaker: Speaker) -> str:
    """Who said it, before their words; of nobody certain nothing is said."""
    match speaker:
        case Speaker.COACH:
            return "You: "
        case Speaker.CLIENT:
            return f"{embedded(package.name('client')).capitalize()}: "
        case Speaker.UNKNOWN:
            return ""


def _list(package: Package, title: str, moments: Sequence[Moment]) -> Iterator[Block]:
    if moments:
        yield Heading(2, title)
    for moment in moments:
        yield _item(package, moment)


def _kind(
    package: Package, summary: KindSummary, *, unchecked: bool
) -> Iterator[Block]:
    yield Heading(3, package.title(summary.kind).capitalize())
    if not summary.moments:
        nothing = (
            "Nothing accepted." if unchecked else "Nothing noticed in this session."
        )
        yield Paragraph(nothing)
    for moment in summary.moments:
        form = _FORMS[moment.form] if moment.form else ""
        yield Item(clock(moment.at), form, moment.quote)


def _item(package: Package, moment: Moment) -> Item:
    label = f"{clock(moment.at)} {package.title(moment.kind)}"
    return Item(label, moment.reason, moment.quote)


def _own_words(package: Package) -> Iterator[Block]:
    """The client's own words, where it is known which those are."""
    if package.reflection.own_words:
        yield Heading(2, "Words the client came back to")
        yield Paragraph(", ".join(package.reflection.own_words))
