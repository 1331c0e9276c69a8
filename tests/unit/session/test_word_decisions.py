"""What a coach does to the words of a stored session, and what follows from it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

import docx
import pytest
from tests.fakes.partnering_model import WordModel
from tests.fakes.plain_pages import everything, holds
from tests.fakes.talk_events import noticed, requested, said, span, talk

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    OffRecordCause,
    SessionEnded,
    SessionStarted,
    SpeakerChanged,
    WithdrawalCause,
)
from sidelight.domain.moments import REREAD, MomentId
from sidelight.domain.notes import Section
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker, UtteranceId
from sidelight.export.formats import exporter
from sidelight.export.package import What
from sidelight.partnering.learned.teaching import Teacher
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.deciding import Decider
from sidelight.session.decision_acts import RedoDecision, RemoveMoment, UndoDecision
from sidelight.session.drafting import draft_client_note
from sidelight.session.home.over_time import client_line
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.word_acts import (
    LONGEST_WORDS,
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
)
from sidelight.ui.wordless import wordless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.export.package import Package
    from sidelight.partnering.learned.model import PartneringModel
    from sidelight.session.word_acts import WordAct

END = Millis(90_000)
COACH, CLIENT, ROOM = Speaker.COACH, Speaker.CLIENT, Speaker.UNKNOWN
ASKS, TELLS, MORE, WAY = (UtteranceId(1, n) for n in (1, 2, 3, 4))
SUPPORT = MomentId(1, 1)
VAULT = Vault(bytes(range(32)))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path, VAULT) as opened:
        yield opened


@pytest.fixture
def here(record: Record) -> Decider:
    session = talk()
    store = record.sessions.create(session)
    for event in (
        SessionStarted(Millis(0), session),
        said(1, span(10, 12), "how shall I lisp", COACH),
        noticed(1, span(10, 12), "how shall I lisp", (1,)),
        said(2, span(15, 19), "i want a sentience", CLIENT),
        requested(span(15, 19), "i want a sentience", (2,)),
        said(3, span(20, 22), "for my committee", CLIENT),
        said(4, span(30, 32), "which where now", ROOM),
        SessionEnded(END),
    ):
        store.append(event, END, 0)
    model = WordModel(words={"which": ("direction", 6.0)})
    return Decider(store, Teacher(cast("PartneringModel", model)))


def lines(story: Story) -> list[tuple[Speaker, str]]:
    return [(one.speaker, one.text) for one in story.utterances]


def render(what: What, form: str, made: Package) -> bytes:
    one = exporter(what, form)
    assert one is not None
    return one.render(made)


def found(record: Record, words: str) -> list[tuple[int, str]]:
    return [(hit.utterance_id.number, hit.text) for hit in record.search.find(words)]


def test_edited_words_are_searched_quoted_drafted_and_shown_to_nobody_else(
    here: Decider, record: Record
) -> None:
    here.do(EditWords(TELLS, " I want\na \x00sentence "))
    here.do(EditWords(ASKS, "how shall I listen"))
    story = here.story
    assert lines(story)[:2] == [
        (COACH, "how shall I listen"),
        (CLIENT, "I want a sentence"),
    ]
    assert [one.text for one in story.heard][1] == "i want a sentience"
    assert story.reworded[TELLS].as_heard == "i want a sentience"
    assert story.moments[0].quote == "how shall I listen"
    assert story.request is not None
    assert story.request.quote == "I want a sentence"
    assert found(record, "sentence") == [(2, "I want a sentence")]
    assert found(record, "sentience") == []
    assert client_line(record, talk()).request == "I want a sentence"
    note = draft_client_note(story, talk().started_at)
    assert [x.quote for x in note.lines if x.section is Section.FOCUS] == [
        "I want a sentence"
    ]
    made = package(story, PackageChoices())
    assert made.edited == {ASKS, TELLS}
    for form in ("txt", "srt", "vtt", "json"):
        text = render(What.TRANSCRIPT, form, made).decode()
        assert "I want a sentence" in text
        assert "sentience" not in text, "what was heard does not leave"
    file = docx.Document(io.BytesIO(render(What.TRANSCRIPT, "docx", made)))
    written = [paragraph.text for paragraph in file.paragraphs]
    assert any("Afterwards the coach corrected it" in one for one in written)
    at = written.index("What you changed")
    assert written[at + 2] == "0:10  Coach: how shall I listen"
    assert not [one for one in written if "sentience" in one]
    for _ in range(2):
        here.do(UndoDecision())
    assert found(record, "sentience") == [(2, "i want a sentience")]
    plain = package(here.story, PackageChoices())
    file = docx.Document(io.BytesIO(render(What.TRANSCRIPT, "docx", plain)))
    assert "What you changed" not in [one.text for one in file.paragraphs]
    here.do(RedoDecision())
    assert found(record, "sentence") == [(2, "I want a sentence")]


def test_a_passage_is_split_merged_and_found_as_it_is(
    here: Decider, record: Record
) -> None:
    here.do(MergePassages(TELLS))
    assert lines(here.story)[1] == (CLIENT, "i want a sentience for my committee")
    assert found(record, "sentience committee")[0][0] == 2
    here.do(SplitPassage(TELLS, 4))
    second = UtteranceId(1, -2)
    assert [one.id for one in here.story.utterances] == [ASKS, TELLS, second, WAY]
    assert found(record, "committee") == [(-2, "for my committee")]
    here.do(EditWords(second, ""))
    assert found(record, "committee") == []
    assert [one.id for one in here.story.utterances] == [ASKS, TELLS, WAY]
    here.do(UndoDecision())
    here.do(UndoDecision())
    here.do(UndoDecision())
    assert found(record, "committee") == [(3, "for my committee")]


def test_whose_words_they_are_changes_whose_moments(here: Decider) -> None:
    before = here.story
    here.do(ChangeSpeaker(ASKS, CLIENT))
    story = here.story
    assert story.moments == ()
    assert story.clocks.moments == ()
    assert [(m.id, why) for m, why in story.withdrawn] == [
        (SUPPORT, WithdrawalCause.NOT_SAID)
    ]
    with pytest.raises(UserError, match="no moment m1:1"):
        here.remove(SUPPORT)
    here.do(ChangeSpeaker(ASKS, COACH))
    assert here.story.moments == before.moments, "found before, so not found again"
    here.do(ChangeSpeaker(TELLS, COACH))
    assert here.story.request is None, "the client did not ask for it"


def test_the_detector_reads_what_is_the_coachs_now(here: Decider) -> None:
    stored = here.do(ChangeSpeaker(WAY, COACH)).event
    assert isinstance(stored, SpeakerChanged)
    (moment,) = stored.found
    assert (moment.kind, moment.utterance_ids) == ("direction", (WAY,))
    assert (moment.id.transcript, moment.episode) == (REREAD, 2)
    assert here.story.moments[-1] == moment
    assert here.story.clocks.moments[-1] == moment
    here.do(RemoveMoment(moment.id))
    assert moment.id not in {one.id for one in here.story.moments}
    here.do(UndoDecision())
    here.do(UndoDecision())
    assert len(here.story.moments) == 1
    here.do(RedoDecision())
    assert here.story.moments[-1] == moment
    here.do(ChangeSpeaker(WAY, CLIENT))
    assert len(here.story.moments) == 1


def test_an_erasure_destroys_what_was_edited_and_the_rest_is_as_it_was_heard(
    here: Decider, record: Record, tmp_path: Path
) -> None:
    here.do(MergePassages(TELLS))
    here.do(EditWords(TELLS, "quorvimzak for my committee"))
    here.do(ChangeSpeaker(WAY, COACH))
    assert holds(everything(tmp_path, VAULT.database_key()), "quorvimzak")
    store = record.sessions.get("01A")
    asked = store.hide(span(16, 17), OffRecordCause.ASKED)
    assert found(record, "quorvimzak") == []
    assert lines(here.story)[1] == (CLIENT, "for my committee")
    store.erase(asked, END)
    assert not holds(everything(tmp_path, VAULT.database_key()), "quorvimzak")
    assert lines(here.story)[1:] == [
        (CLIENT, "for my committee"),
        (COACH, "which where now"),
    ]
    assert found(record, "committee") == [(3, "for my committee")]
    afterwards = Decider(store, None)
    afterwards.do(UndoDecision())
    assert lines(afterwards.story)[-1] == (ROOM, "which where now")
    with pytest.raises(UserError, match="decided nothing"):
        afterwards.do(UndoDecision())


def test_a_session_whose_words_are_over_shows_none_that_were_put_in(
    here: Decider,
) -> None:
    here.do(EditWords(TELLS, "quorvimzak"))
    here.do(ChangeSpeaker(WAY, COACH))
    assert "quorvimzak" in repr(here.story)
    bare = repr(wordless(here.story))
    assert "quorvimzak" not in bare
    assert "sentience" not in bare
    assert "which where" not in bare


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (EditWords(UtteranceId(1, 9), "so"), "no passage 1:9"),
        (EditWords(TELLS, "i want  a sentience"), "says so already"),
        (EditWords(TELLS, "x" * (LONGEST_WORDS + 1)), "longer than 10000"),
        (MergePassages(ASKS), "somebody else's"),
        (MergePassages(WAY), "Nothing comes after"),
        (SplitPassage(TELLS, 0), "after word 1 to 3 of these 4"),
        (SplitPassage(TELLS, 4), "after word 1 to 3 of these 4"),
        (ChangeSpeaker(ASKS, COACH), "the coach's already"),
    ],
    ids=range(8),
)
def test_what_does_not_fit_is_refused_with_a_way_forward(
    here: Decider, act: WordAct, sentence: str
) -> None:
    before = here.story
    with pytest.raises(UserError, match=sentence) as refused:
        here.do(act)
    assert refused.value.remedy
    assert here.story == before


def test_only_what_was_written_is_read_anew(here: Decider, record: Record) -> None:
    here.do(EditWords(TELLS, "I want a sentence"))
    assert tell(record.sessions.get("01A").events()) == here.story
