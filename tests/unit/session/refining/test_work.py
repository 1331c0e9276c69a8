"""A refined version of one session: made in stretches, shown when it is whole."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.refining import DETECTOR, ListedFiles, refiner
from tests.fakes.speech import LateEar, LevelDetector, PlainScripted, Spoken, say
from tests.fakes.talk_events import noticed, said, span

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    LanguageDecided,
    MomentNoticed,
    MomentWithdrawn,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import MomentId
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Samples
from sidelight.domain.transcript import (
    Doubt,
    Layout,
    Partial,
    Speaker,
    Utterance,
    UtteranceId,
)
from sidelight.domain.versions import as_chosen
from sidelight.partnering.listener import Listener
from sidelight.session.refining import stretches
from sidelight.session.refining.refiner import Refiner
from sidelight.session.refining.stretches import StretchPolicy, quietest
from sidelight.session.refining.work import Version, refine, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sidelight.audio.block import AudioBlock
    from sidelight.audio.echo import EchoVerdict
    from sidelight.domain.events import Event
    from sidelight.domain.known import Known
    from sidelight.domain.moments import MomentArmed

TALK = [Spoken(at % 40, 300, 900) for at in range(12)]


def mono(words: list[Spoken] | None = None) -> NDArray[np.float32]:
    return say(TALK if words is None else words)[:, np.newaxis]


def nothing(_: Millis) -> None:
    pass


def run(files: ListedFiles, model: str = "large") -> None:
    refine(
        files.read,
        files.write,
        refiner(files.session.layout, PlainScripted(model)),
        nothing,
    )


def utterances(files: ListedFiles, version: int = 2) -> list[Utterance]:
    return [
        e.utterance
        for e in files.events
        if isinstance(e, UtteranceHeard) and e.utterance.id.transcript == version
    ]


def test_whole_it_is_shown() -> None:
    files = ListedFiles(mono(), [said(1, span(0, 1), "we could begin")])
    refined = refine(
        files.read, files.write, refiner(Layout.MONO, PlainScripted("large")), nothing
    )
    end = Millis(len(files.samples) // 16)
    assert refined.version == Version(2, "large", end, whole=True)
    assert refined.shown
    assert files.events[-1] == TranscriptChosen(end, 2)
    story = tell(as_chosen(files.stored))
    assert [u.id.number for u in story.utterances] == list(range(1, 13))
    assert story.position == end


def test_the_record_is_opened_once_a_stretch_and_not_while_it_computes() -> None:
    files = ListedFiles(mono())
    inside: list[str] = []

    @contextmanager
    def opened(name: str) -> Iterator[ListedFiles]:
        inside.append(name)
        yield files
        inside.remove(name)

    def look_up(_: Millis) -> None:
        assert inside == []

    refine(lambda: opened("r"), lambda: opened("w"), refiner(Layout.MONO), look_up)
    marks = [e.at for e in files.events if isinstance(e, TranscriptRefined)]
    assert len(marks) > 3
    assert marks == sorted(set(marks))


def test_words_and_the_mark_of_their_stretch_are_stored_together() -> None:
    files = ListedFiles(mono())
    batches: list[int] = []
    append_all = files.append_all

    def counted(events: list[object], committed_at: Millis) -> object:
        marks = [e for e in events if isinstance(e, TranscriptRefined)]
        batches.append(len(marks))
        return append_all(events, committed_at)  # type: ignore[arg-type] # as given

    files.append_all = counted  # type: ignore[assignment, method-assign] # on purpose
    run(files)
    assert len(batches) > 3
    assert set(batches) == {1}
    assert isinstance(files.events[-1], TranscriptChosen), "with the last of them"


def test_once_more_with_the_same_model_is_refused_and_with_another_a_new_one() -> None:
    files = ListedFiles(mono())
    run(files)
    before = list(files.stored)
    with pytest.raises(UserError, match="refined with large already: version 2"):
        run(files)
    assert files.stored == before
    run(files, "larger")
    assert [v.transcript for v in versions(files.stored)] == [2, 3]
    assert tell(as_chosen(files.stored)).transcript == 3
    assert [u.words for u in utterances(files, 2)] == [
        u.words for u in utterances(files, 3)
    ]


def test_another_model_does_not_go_on_with_words_of_the_first() -> None:
    files = ListedFiles(mono())

    def stop(at: Millis) -> None:
        if at > 2000:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        refine(files.read, files.write, refiner(Layout.MONO), stop)
    run(files, "larger")
    first, second = versions(files.stored)
    assert (first.transcript, first.whole) == (2, False)
    assert (second.transcript, second.whole) == (3, True)
    assert len(utterances(files, 3)) == len(TALK)


def test_a_model_that_understands_little_is_kept_beside_and_not_shown() -> None:
    much = " ".join(["word"] * 30)
    files = ListedFiles(mono(), [said(1, span(0, 9), much)])
    refined = refine(files.read, files.write, refiner(Layout.MONO), nothing)
    assert not refined.shown
    assert tell(as_chosen(files.stored)).transcript == 1
    assert [v.whole for v in versions(files.stored)] == [True]


def test_what_was_not_kept_is_not_heard_again() -> None:
    files = ListedFiles(mono())
    files.session = replace(files.session, mode=Mode.LIVE_ONLY)
    with pytest.raises(UserError, match="not kept"):
        run(files)


def test_a_session_that_goes_on_is_not_refined() -> None:
    files = ListedFiles(mono())
    del files.stored[-1]
    with pytest.raises(UserError, match="no end yet"):
        run(files)


def test_a_silent_session_has_an_empty_version() -> None:
    files = ListedFiles(np.zeros((40_000, 1), np.float32))
    run(files)
    assert utterances(files) == []
    assert [v.whole for v in versions(files.stored)] == [True]


def test_a_stretch_ends_in_the_middle_of_the_longest_common_silence() -> None:
    likely = np.ones((100, 2), np.float32)
    likely[30:40, 0] = 0
    likely[50:54] = 0
    likely[70:80] = 0.1
    likely[2:18] = 0
    assert quietest(likely, first=20) == 75
    likely[70:80] = 1
    assert quietest(likely, first=20) == 52
    likely[50:54] = 1
    likely[33, 1] = 0.6
    assert quietest(likely, first=20) == 33, "nobody is silent: the least likely"


def test_stretches_are_long_enough_for_the_models_windows() -> None:
    policy = StretchPolicy()
    assert policy.shortest * 512 >= 8 * 30 * 16_000 - 512
    assert policy.longest > policy.shortest
    assert stretches.WARM_UP >= 8 * 16_000


class Noticing:
    """Finds a moment in every utterance."""

    def __init__(self, transcript: int) -> None:
        self._transcript = transcript

    def foresee(self, partial: Partial) -> list[MomentArmed]:
        del partial
        return []

    def resume(self, known: Known) -> None:
        assert {m.transcript for m in known.moments} <= {self._transcript}

    def hear(self, utterance: Utterance, at: Millis) -> list[MomentNoticed]:
        number = utterance.id.number
        found = noticed(number, utterance.span, "so", (number,), version=2)
        return [replace(found, at=at)]


def test_what_the_coach_undid_is_undone_when_it_is_shown() -> None:
    undone = MomentWithdrawn(Millis(9), MomentId(1, 1), WithdrawalCause.UNDONE)
    before: list[Event] = [noticed(1, span(0.4, 0.9), "so", (1,)), undone]
    files = ListedFiles(mono(), before)
    finding = Refiner(Layout.MONO, PlainScripted(), LevelDetector, Noticing)
    refine(files.read, files.write, finding, nothing)
    story = tell(as_chosen(files.stored))
    assert [m.id for m, _ in story.withdrawn] == [MomentId(2, 1)]
    assert [m.id.number for m in story.moments] == list(range(2, 13))
    assert story.to_check == ()


class Canceller(LateEar):
    """Takes everything in the first half of the coach's channel for an echo."""

    def feed(self, block: AudioBlock) -> EchoVerdict:
        samples = block.samples.copy()
        samples[: len(samples) // 2, 0] = 0
        return super().feed(replace(block, samples=samples))


def of_both(
    coach: list[Spoken], client: list[Spoken], *, ear: type[LateEar] = LateEar
) -> list[Utterance]:
    sounds = [say(coach), say(client)]
    length = max(map(len, sounds))
    both = np.stack([np.pad(s, (0, length - len(s))) for s in sounds], axis=1)
    files = ListedFiles(both)
    by_both = Refiner(
        Layout.STEREO,
        PlainScripted(),
        LevelDetector,
        lambda transcript: Listener(DETECTOR, transcript),
        open_guard=ear,
    )
    refine(files.read, files.write, by_both, nothing)
    return utterances(files)


def test_channels_are_merged_in_order_of_decision() -> None:
    found = of_both(
        [Spoken(1, 300, 3000), Spoken(2, 300, 100)],
        [Spoken(3, 100, 900), Spoken(4, 300, 900)],
    )
    assert [(u.speaker.value, u.text) for u in found] == [
        ("client", "with"),
        ("coach", "could"),
        ("client", "money"),
        ("coach", "begin"),
    ]
    assert [str(u.id) for u in found] == ["2:1", "2:2", "2:3", "2:4"]


def test_the_client_in_the_coachs_microphone_counts_for_nobody() -> None:
    words = [Spoken(at, 200, 50) for at in range(6)]
    found = of_both([], [*words, Spoken(9, 200, 3000)], ear=LateEar)
    assert {u.speaker for u in found} == {Speaker.CLIENT}
    doubled = of_both(words, words)
    assert {(u.speaker, u.doubt) for u in doubled} == {
        (Speaker.COACH, Doubt.ECHO),
        (Speaker.CLIENT, None),
    }
    assert len({u.span for u in doubled}) == 1


def test_the_coachs_channel_is_heard_through_the_guard() -> None:
    said_by_coach = [Spoken(1, 300, 4000), Spoken(2, 300, 100)]
    found = of_both(said_by_coach, [], ear=Canceller)
    assert [u.text for u in found] == ["begin"]


class Loud:
    """Knows the coach by a loud voice."""

    def is_coach(self, samples: NDArray[np.float32]) -> bool:
        return float(np.abs(samples).max()) > 0.1


def test_with_one_microphone_the_enrolled_voice_is_the_coachs() -> None:
    files = ListedFiles(mono([Spoken(2, 300, 900), Spoken(20, 300, 900)]))
    knowing = Refiner(
        Layout.MONO,
        PlainScripted(),
        LevelDetector,
        lambda transcript: Listener(DETECTOR, transcript),
        coach_voice=Loud(),
    )
    refine(files.read, files.write, knowing, nothing)
    assert [u.speaker for u in utterances(files)] == [Speaker.UNKNOWN, Speaker.COACH]
    assert utterances(files)[0].id == UtteranceId(2, 1)
    assert Samples(len(files.samples)) == files.read_spool().length


class Tongues(PlainScripted):
    """Knows many languages; writes the one it was told into every word."""

    def __init__(self, language: str | None = None) -> None:
        super().__init__("large", spell=f"{language}:{{}}")
        self.language = language

    def in_language(self, language: str) -> Tongues:
        return Tongues(language)


def test_it_is_heard_in_the_language_that_was_decided() -> None:
    files = ListedFiles(mono(), [LanguageDecided(Millis(0), "pt")])
    refine(files.read, files.write, refiner(Layout.MONO, Tongues()), nothing)
    said_in = {u.text.split(":")[0] for u in utterances(files)}
    assert said_in == {"pt"}
