"""The transcript as a Word file, laid out as credential submissions ask for.

Each speaker on a line of their own, a time at each change of speaker, the words as
they were recognised, pauses in brackets, the client's consent where the record has one.
On a last page, to be taken out before it is sent: what is to be listened to again.

Source of the layout: the ICF asks of performance evaluations for a word-for-word
transcript with the speakers on separate lines and a time stamp at each change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clock_time import clock
from sidelight.domain.transcript import Speaker
from sidelight.export.dates import long_date
from sidelight.export.turns import Interlude, Turn, in_order, turns
from sidelight.export.word_file import (
    LISTED,
    SMALL_PRINT,
    TURN,
    add,
    new_file,
    number_pages,
    saved,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from sidelight.domain.transcript import Utterance
    from sidelight.export.package import Package

_TITLE: Final = "Transcript of a coaching session"
_MADE: Final = (
    "Written down by a speech recogniser, word for word as it heard it. Silences of"
    " three seconds and more are in brackets; [?] marks words that it doubted."
)
_EDITED: Final = "Afterwards the coach corrected it where it differed from the sound."
_CHANGED: Final = (
    "You changed these passages. Where a transcript is to be word for word, listen once"
    " more whether they are."
)
_ONE_MICROPHONE: Final = (
    "One microphone heard both people, so it is not known who spoke: write the names"
    " in."
)
_TO_DO: Final = (
    "This page is for you: take it out before you send the transcript. Recognisers"
    " leave out some fillers and false starts; listen once more with the transcript in"
    " front of you."
)
_NO_CONSENT: Final = (
    "The client's consent to this use is not in this file. Attach it before you send"
    " this."
)


def render(package: Package) -> bytes:
    """The whole file."""
    file = new_file(_TITLE)
    number_pages(file)
    add(file, "Title", _TITLE)
    add(file, "Normal", _facts(package))
    if any(u.speaker is Speaker.UNKNOWN for u in package.story.utterances):
        add(file, SMALL_PRINT, _ONE_MICROPHONE)
    add(file, SMALL_PRINT, f"{_MADE} {_EDITED}" if package.edited else _MADE)
    parts = list(turns(package.story, package.span))
    for part in parts:
        _add(file, package, part)
    if not parts:
        add(file, "Normal", "No words.")
    if package.consent:
        add(file, "Heading 2", "Consent")
        add(file, "Normal", package.consent)
    _add_last_page(file, package)
    return saved(file)


def _facts(package: Package) -> str:
    note = package.client_note
    if package.span is None:
        length = "1 minute" if note.minutes == 1 else f"{note.minutes} minutes"
    else:
        length = package.stretch
    people = f"{package.name('coach')} and {package.name('client')}"
    return f"{long_date(note.started_at)}, {length}. {people}."


def _add(file: WordDocument, package: Package, part: Turn | Interlude) -> None:
    if isinstance(part, Interlude):
        paragraph = add(file, TURN)
        write(paragraph, f"\t\t{part.text}", soft=True)
        return
    paragraph = add(file, TURN)
    write(paragraph, f"{clock(part.start)}\t", soft=True, turns=False)
    write(paragraph, f"{package.name(part.speaker)}:\t", bold=True, turns=False)
    for place, utterance in enumerate(part.utterances):
        write(paragraph, f"{' ' if place else ''}{utterance.text}", turns=False)
        if utterance.doubt:
            write(paragraph, " [?]", soft=True, turns=False)


def _add_last_page(file: WordDocument, package: Package) -> None:
    heading = add(file, "Heading 2", "Before you send this")
    heading.paragraph_format.page_break_before = True
    add(file, "Normal", _TO_DO)
    listed = list(_doubtful(in_order(package.story)))
    add(file, "Heading 3", "Please listen again")
    for at, reason, words in listed:
        paragraph = add(file, LISTED)
        write(paragraph, f"{at}  ", bold=True)
        write(paragraph, f"{words}  ", turns=False)
        write(paragraph, reason, soft=True)
    if not listed:
        add(file, "Normal", "The recogniser doubted nothing.")
    changed = [u for u in in_order(package.story) if u.id in package.edited]
    if changed:
        add(file, "Heading 3", "What you changed")
        add(file, "Normal", _CHANGED)
    for one in changed:
        paragraph = add(file, LISTED)
        write(paragraph, f"{clock(one.span.start)}  ", bold=True)
        write(paragraph, f"{package.name(one.speaker)}: {one.text}", turns=False)
    if not package.consent:
        add(file, "Heading 3", "Consent")
        add(file, "Normal", _NO_CONSENT)


def _doubtful(utterances: tuple[Utterance, ...]) -> Iterator[tuple[str, str, str]]:
    for one in utterances:
        if one.doubt:
            yield clock(one.span.start), one.doubt.explained, one.text
