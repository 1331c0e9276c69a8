"""What the first run is told: how far it is, models, the key, phrases."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.keyrings import WorkingKeyring
from tests.fakes.modelfolder import write_model

from sidelight.domain.errors import UserError
from sidelight.domain.moments import DIRECTION, SUPPORT
from sidelight.record.keystore import SystemKeyring
from sidelight.record.record import Record
from sidelight.record.vault import Ways
from sidelight.session.firstrun.bringing import (
    Fetching,
    Importing,
    Means,
    Measuring,
    bring,
)
from sidelight.session.firstrun.desk import FirstRunDesk, Helpers, Trial
from sidelight.session.firstrun.estimate import PAUSE_S, measured_name
from sidelight.session.firstrun.helper import Helper
from sidelight.session.firstrun.messages import (
    BringingDone,
    BringingFailed,
    ChooseLanguage,
    FetchModel,
    FinishStep,
    FirstRunSeen,
    KeepPhrases,
    LeaveFirstRun,
    LookAtFirstRun,
    ModelArrives,
    OwnPhrase,
    PhrasesKept,
    ShowKeyAgain,
    TrialBegan,
    TrialFailed,
    TryMicrophone,
)
from sidelight.session.firstrun.placing import WordsPlaced
from sidelight.session.home.door import Door
from sidelight.session.home.messages import KeyMade, Refused
from sidelight.settings.first_run import FILE_NAME, FirstRun, Step
from sidelight.settings.measured import Measurements
from sidelight.settings.paths import Paths
from sidelight.speech.fitness import Tried, Way
from sidelight.speech.recognizer import Device

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.speech.catalogue import OfferedModel
    from sidelight.speech.installing import Progress
    from sidelight.speech.weights import ModelFolder

QUICK = Tried((Way(Device.CPU, 1, 0.9, 0.2),))
SLOW = Tried((Way(Device.CPU, 1, 2.4, 0.9),))


class FakeChild:
    """A process's pipe, with the test behind it."""

    def __init__(self, plan: object) -> None:
        self.plan = plan
        self.connection, self.theirs = multiprocessing.Pipe()

    def end(self) -> None:
        self.connection.close()
        self.theirs.close()


class SilentEars:
    closed = 0

    def close(self) -> None:
        self.closed += 1


class Reception:
    """The desk; what its helpers do is the test's."""

    def __init__(self) -> None:
        self.paths = Paths.find().prepare()
        keyring = WorkingKeyring()
        self.door = Door(self.paths.record, SystemKeyring(lambda: keyring), Ways())
        self.children: list[FakeChild] = []
        self.told: list[object] = []
        self.ears = SilentEars()
        self.desk = FirstRunDesk(
            self.paths,
            self.door,
            self.ears,  # type: ignore[arg-type]
            Helpers(Helper(self._start), Helper(self._start), Helper(self._start)),  # type: ignore[arg-type]
            self.told.append,
        )

    def _start(self, plan: object) -> FakeChild:
        self.children.append(FakeChild(plan))
        return self.children[-1]

    def ask(self, request: object) -> object:
        self.told.clear()
        self.desk.answer(request)  # type: ignore[arg-type]
        return self.told[-1] if self.told else None

    def says(self, *news: object) -> object:
        self.told.clear()
        for one in news:
            self.children[-1].theirs.send(one)
        self.desk.hear()
        return self.told[-1] if self.told else None

    def seen(self) -> FirstRunSeen:
        seen = self.ask(LookAtFirstRun())
        assert isinstance(seen, FirstRunSeen)
        return seen


@pytest.fixture
def reception(sidelight_home: Path) -> Iterator[Reception]:
    del sidelight_home
    reception = Reception()
    yield reception
    reception.desk.close()


def test_it_goes_on_where_it_was_left_and_comes_no_more_when_it_is_over(
    reception: Reception,
) -> None:
    folder = reception.paths.data
    assert FirstRun.waits(folder, new=True)
    assert not FirstRun.waits(folder, new=False), "set up without it, before"
    reception.ask(FinishStep(Step.LANGUAGE))
    assert reception.seen().done == {Step.LANGUAGE}
    assert FirstRun.waits(folder, new=False)
    reception.ask(LeaveFirstRun())
    assert not FirstRun.waits(folder, new=True)
    again = reception.ask(LookAtFirstRun(anew=True))
    assert isinstance(again, FirstRunSeen)
    assert again.done == frozenset()
    (folder / FILE_NAME).write_text("{")
    assert FirstRun.recall(folder) == FirstRun()
    done = FirstRun()
    for step in Step:
        assert not done.over
        done = done.with_done(step)
    assert done.over


def test_the_language_decides_what_is_offered_and_what_was_measured_is_told(
    reception: Reception,
) -> None:
    reception.ask(ChooseLanguage("en"))
    assert [one.name for one in reception.seen().models] == [
        *("tiny.en", "base.en", "small.en")
    ]
    assert {one.words_after_s for one in reception.seen().models} == {None}
    kept = Measurements.here(reception.paths.models)
    kept.set_tried(measured_name("base"), QUICK)
    tiny, base, small = reception.seen().models
    assert base.words_after_s == pytest.approx(0.9 + PAUSE_S)
    assert (base.measured, base.live) == (True, True)
    assert small.words_after_s == pytest.approx(0.9 * 4.5 + PAUSE_S)
    assert (small.measured, small.live) == (False, False)
    assert tiny.words_after_s is None, "smaller ones cost more than their share"
    reception.ask(ChooseLanguage(None))
    assert [one.name for one in reception.seen().models] == ["tiny", "base", "small"]


def test_a_model_that_arrives_is_told_and_then_it_is_here(
    reception: Reception,
) -> None:
    reception.ask(FetchModel("base.en"))
    assert reception.children[-1].plan == Fetching("base.en")
    arrives = ModelArrives("base.en", 1, 2)
    assert reception.says(arrives) == arrives
    reception.ask(ChooseLanguage("en"))
    still = reception.told[-1]
    assert isinstance(still, FirstRunSeen)
    assert still.arriving
    done = reception.says(BringingDone())
    assert isinstance(done, FirstRunSeen)
    assert not done.arriving
    assert reception.desk.connections == []
    reception.ask(FetchModel("base.en"))
    failed = BringingFailed("It cannot be reached.", "Later.")
    assert reception.says(failed) == failed
    reception.ask(FetchModel("base.en"))
    reception.children[-1].theirs.close()
    reception.told.clear()
    reception.desk.hear()
    assert isinstance(reception.told[-1], BringingFailed), "its process died"


def test_a_trial_takes_the_microphone_and_a_death_is_said(
    reception: Reception,
) -> None:
    reception.ask(ChooseLanguage("de"))
    reception.ask(TryMicrophone("desk"))
    assert reception.ears.closed == 1
    assert reception.children[-1].plan == Trial("desk", demo=False, language="de")
    assert reception.says(TrialBegan(demo=False)) == TrialBegan(demo=False)
    reception.children[-1].theirs.close()
    reception.desk.hear()
    assert isinstance(reception.told[-1], TrialFailed)
    assert reception.desk.connections == []


def test_the_key_is_shown_again_only_of_a_record_that_is_open(
    reception: Reception,
) -> None:
    assert isinstance(reception.ask(ShowKeyAgain()), Refused)
    made = reception.door.make(None)
    shown = reception.ask(ShowKeyAgain())
    assert isinstance(shown, KeyMade)
    assert shown.recovery_key == made.recovery_key


def test_own_words_are_in_the_phrasebook_once_with_or_without_a_model(
    reception: Reception,
) -> None:
    mine = (OwnPhrase(SUPPORT, "How shall I be?"), OwnPhrase(DIRECTION, "Which way?"))
    assert isinstance(reception.ask(KeepPhrases(mine)), Refused), "there is no record"
    reception.door.make(None)
    place = np.full(384, 384**-0.5, np.float32)
    reception.ask(KeepPhrases(mine))
    assert reception.children[-1].theirs.recv() == ("How shall I be?", "Which way?")
    assert reception.says(WordsPlaced("m1", (place, place))) == PhrasesKept(2)
    reception.ask(KeepPhrases((*mine, OwnPhrase(SUPPORT, "What do you need?"))))
    reception.children[-1].theirs.close()
    reception.desk.hear()
    assert reception.told[-1] == PhrasesKept(3)
    with Record.open(reception.paths.record, reception.door.vault) as record:
        assert [one.words for one in record.phrases.list()] == [
            *("How shall I be?", "Which way?", "What do you need?")
        ]
        assert len(record.lessons.lessons("m1")) == 2
        assert [one.number for one in record.phrases.without_place("m1")] == [3]


def test_models_are_brought_tried_and_measured(
    sidelight_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del sidelight_home
    models = Paths.find().prepare().models
    told: list[object] = []

    def no_network(
        model: OfferedModel, folder: Path, progress: Progress
    ) -> ModelFolder:
        del model, folder, progress
        raise UserError("It cannot be reached.", "Later.")

    means = Means(no_network, lambda _: SLOW)
    bring(Fetching("base.en"), models, told.append, means)
    assert told == [BringingFailed("It cannot be reached.", "Later.")]
    told.clear()
    source = write_model(tmp_path / "stick", size=3_000_000)
    bring(Importing(source), models, told.append, means)
    assert told[-1] == BringingDone()
    assert ModelArrives("stick") in told
    assert any(isinstance(one, ModelArrives) and one.total for one in told)
    written: list[str] = []
    monkeypatch.setattr(
        "sidelight.session.firstrun.bringing.write_random_model",
        lambda _, folder: written.append(folder.name),
    )
    (models / "measuring.left").mkdir()
    for _ in range(2):
        bring(Measuring(), models, told.append, means)
    assert written == ["base", "tiny"], "once each, the smaller where it is slow"
    assert [one.name for one in models.iterdir() if one.is_dir()] == ["stick"]
