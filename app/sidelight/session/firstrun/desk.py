"""Answers what the first run asks, beside home's desk and in the same thread.

What takes long has a process of its own and is told as it comes: a model that arrives,
the microphone's trial, the places of the coach's own words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.errors import UserError
from sidelight.record.record import Record
from sidelight.record.room import Room
from sidelight.session.firstrun.bringing import Fetching, Importing, Measuring
from sidelight.session.firstrun.estimate import (
    OFFERED,
    estimate,
    measured_name,
    size_of,
)
from sidelight.session.firstrun.messages import (
    Asked,
    BringingDone,
    BringingFailed,
    ChooseLanguage,
    EndTrial,
    FetchModel,
    FinishStep,
    FirstRunSeen,
    ImportModel,
    KeepPhrases,
    LeaveFirstRun,
    LookAtFirstRun,
    MeasureComputer,
    ModelChoice,
    PhrasesKept,
    PlaceSeen,
    PlayDemo,
    ShowKeyAgain,
    StopBringing,
    TakeBack,
    TrialFailed,
    TrialOver,
    TryMicrophone,
)
from sidelight.session.firstrun.placing import WordsPlaced
from sidelight.session.home.messages import KeyMade, Lock, Refused
from sidelight.settings.choices import LastChoices
from sidelight.settings.first_run import FirstRun
from sidelight.settings.measured import Measurements
from sidelight.speech.catalogue import Catalogue
from sidelight.speech.installing import weights_sum
from sidelight.speech.weights import installed_models

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection

    from sidelight.session.firstrun.bringing import Errand
    from sidelight.session.firstrun.helper import Helper
    from sidelight.session.firstrun.messages import OwnPhrase, Told
    from sidelight.session.home.door import Door
    from sidelight.session.home.ears import Ears
    from sidelight.session.home.messages import News
    from sidelight.settings.paths import Paths
    from sidelight.speech.fitness import Tried
    from sidelight.speech.weights import ModelFolder

_ENGLISH: Final = "en"
_MEGA: Final = 1_000_000

_TRIAL_DIED: Final = TrialFailed(
    "Trying the microphone stopped unexpectedly.",
    "Try it again, or choose another microphone.",
)
_BRINGING_DIED: Final = BringingFailed(
    "The speech model could not be brought here.",
    "Try it again; what has arrived is kept.",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be listened to.

    Attributes:
        microphone: Its name; ``None``: the system's choice.
        demo: The bundled session instead.
        language: ISO 639; ``None``: decided from what is heard.
    """

    microphone: str | None
    demo: bool
    language: str | None


@dataclass(frozen=True, slots=True)
class Helpers:
    """The processes of the first run, each one at a time.

    Attributes:
        bringing: Fetches, imports, measures.
        trial: Listens.
        placing: Finds the places of wordings; takes them over its pipe.
    """

    bringing: Helper[Errand]
    trial: Helper[Trial]
    placing: Helper[None]


class FirstRunDesk:
    """Owns the helpers' processes; the rest is given to it.

    Args:
        paths: Where things lie.
        door: The way into the record.
        ears: The microphone's process, which is let go for a trial.
        helpers: What takes long.
        tell: Tells home.
    """

    def __init__(
        self,
        paths: Paths,
        door: Door,
        ears: Ears,
        helpers: Helpers,
        tell: Callable[[News | Told], None],
    ) -> None:
        self._paths = paths
        self._door = door
        self._ears = ears
        self._helpers = helpers
        self._tell = tell
        self._phrases: tuple[OwnPhrase, ...] = ()

    @property
    def connections(self) -> list[Connection]:
        """To wait on."""
        helpers = self._helpers
        all_ = (helpers.bringing, helpers.trial, helpers.placing)
        return [one.connection for one in all_ if one.connection is not None]

    def answer(self, request: Asked) -> None:
        """Do what is asked and tell what came of it, the world's faults too."""
        try:
            self._answer(request)
        except UserError as fault:
            self._tell(Refused(fault.message, fault.remedy))

    def hear(self) -> None:
        """Pass on what the helpers told."""
        try:
            self._hear_bringing()
            self._hear_trial()
            self._hear_placing()
        except UserError as fault:
            self._tell(Refused(fault.message, fault.remedy))

    def close(self) -> None:
        """End every helper."""
        for helper in (
            self._helpers.bringing,
            self._helpers.trial,
            self._helpers.placing,
        ):
            helper.close()

    # One arm a request.
    def _answer(self, request: Asked) -> None:  # noqa: C901, PLR0912
        match request:
            case LookAtFirstRun(anew=anew):
                if anew:
                    FirstRun().remember(self._paths.data)
                self._look()
            case FinishStep(step=step):
                self._state.with_done(step).remember(self._paths.data)
            case LeaveFirstRun():
                self._helpers.trial.close()  # a model may go on arriving
                replace(self._state, over=True).remember(self._paths.data)
            case ChooseLanguage(language=language):
                last = LastChoices.recall(self._paths.data)
                replace(last, language=language).remember(self._paths.data)
                self._look()
            case MeasureComputer():
                self._bring(Measuring())
            case FetchModel(name=name):
                self._bring(Fetching(name))
            case ImportModel(folder=folder):
                self._bring(Importing(Path(folder).expanduser()))
            case StopBringing():
                self._helpers.bringing.close()
                self._look()
            case ShowKeyAgain():
                self._tell(KeyMade(str(self._door.vault.recovery_key()), ""))
            case TryMicrophone(microphone=microphone):
                self._try(microphone, demo=False)
            case PlayDemo():
                self._try(None, demo=True)
            case TakeBack():
                self._helpers.trial.ask(request)
            case EndTrial():
                self._helpers.trial.close()
            case KeepPhrases(phrases=phrases):
                self._door.check()
                self._phrases = phrases
                self._helpers.placing.begin(None)
                self._helpers.placing.ask(tuple(one.words for one in phrases))
            case _:
                assert_never(request)

    @property
    def _state(self) -> FirstRun:
        return FirstRun.recall(self._paths.data)

    def _look(self) -> None:
        lock = self._door.look()
        room = Room.of(self._paths.data, 1)
        language = LastChoices.recall(self._paths.data).language
        self._tell(
            FirstRunSeen(
                done=self._state.done,
                language=language,
                models=self._models(language),
                place=PlaceSeen(str(self._paths.data), room.hours, room.warning),
                new=lock in {Lock.NEW, Lock.NEW_WITHOUT_KEYRING},
                typed_key=lock is Lock.NEW_WITHOUT_KEYRING,
                arriving=self._helpers.bringing.connection is not None,
            )
        )

    def _models(self, language: str | None) -> tuple[ModelChoice, ...]:
        """Those that are here, and those on offer that know the language, by size."""
        here = [one for one in installed_models(self._paths.models) if not one.demo]
        kept = Measurements.here(self._paths.models)
        shapes = {
            size: tried
            for size in OFFERED
            if (tried := kept.of(measured_name(size)).tried) is not None
        }
        found = [
            _with_estimate(
                _choice(model),
                model.name,
                shapes,
                kept.of(weights_sum(model.path)).tried,
            )
            for model in here
        ]
        names = {one.name for one in found}
        suffix = ".en" if language == _ENGLISH else ""
        catalogue = Catalogue.load()
        for size in OFFERED:
            offered = catalogue.get(f"{size}{suffix}")
            if offered.name not in names:
                choice = ModelChoice(
                    offered.name, offered.megabytes, not suffix, here=False
                )
                found.append(_with_estimate(choice, offered.name, shapes, None))
        return tuple(sorted(found, key=_by_size))

    def _bring(self, errand: Errand) -> None:
        self._helpers.bringing.begin(errand)

    def _try(self, microphone: str | None, *, demo: bool) -> None:
        self._ears.close()  # the device is one process's at a time
        language = LastChoices.recall(self._paths.data).language
        self._helpers.trial.begin(Trial(microphone, demo, language))

    def _hear_bringing(self) -> None:
        helper = self._helpers.bringing
        news, fault, ended = helper.hear()
        for one in news:
            if isinstance(one, BringingDone):
                helper.close()
                self._look()
                return
            self._pass_on(one)
            if isinstance(one, BringingFailed):
                helper.close()
                return
        if fault is not None:
            helper.close()
            self._tell(BringingFailed(fault.message, fault.remedy))
        elif ended:
            self._tell(_BRINGING_DIED)

    def _hear_trial(self) -> None:
        helper = self._helpers.trial
        news, fault, ended = helper.hear()
        for one in news:
            self._pass_on(one)
            if isinstance(one, TrialFailed | TrialOver):
                helper.close()
                return
        if fault is not None:
            helper.close()
            self._tell(TrialFailed(fault.message, fault.remedy))
        elif ended:
            self._tell(_TRIAL_DIED)

    def _hear_placing(self) -> None:
        helper = self._helpers.placing
        news, fault, ended = helper.hear()
        for one in news:
            if isinstance(one, WordsPlaced):
                helper.close()
                self._keep_phrases(one)
                return
        if fault is not None or ended:
            helper.close()
            self._keep_phrases(WordsPlaced("", ()))

    def _keep_phrases(self, placed: WordsPlaced) -> None:
        """Without places they are kept all the same, and placed by the next model."""
        phrases, self._phrases = self._phrases, ()
        vault = self._door.vault
        places = placed.places or (None,) * len(phrases)
        with Record.open(vault.folder, vault) as record:
            known = {(one.kind, one.words) for one in record.phrases.list()}
            for phrase, place in zip(phrases, places, strict=True):
                if (phrase.kind, phrase.words) not in known:
                    record.phrases.add(phrase.kind, phrase.words, placed.version, place)
        self._tell(PhrasesKept(len(phrases)))

    def _pass_on(self, news: object) -> None:
        self._tell(news)  # type: ignore[arg-type] # what came out of our own pipe


def _by_size(choice: ModelChoice) -> tuple[int, int]:
    """Those of the catalogue first, the smallest first."""
    size = size_of(choice.name)
    known = OFFERED.index(size) if size in OFFERED else len(OFFERED)
    return known, choice.megabytes


def _choice(model: ModelFolder) -> ModelChoice:
    size = round(model.size / _MEGA)
    return ModelChoice(model.name, size, model.multilingual, here=True)


def _with_estimate(
    choice: ModelChoice,
    name: str,
    shapes: Mapping[str, Tried],
    tried: Tried | None,
) -> ModelChoice:
    size = size_of(name)
    known = shapes if tried is None else {**shapes, size: tried}
    found = estimate(size, known)
    if found is None:
        return choice
    return replace(
        choice,
        words_after_s=found.words_after_s,
        measured=found.measured,
        live=found.live,
        crowded=found.crowded,
    )
