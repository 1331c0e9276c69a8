"""What the first run asks the launcher, and what it is told; as in ``session.home``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidelight.domain.events import Event
    from sidelight.domain.timeline import Millis
    from sidelight.settings.first_run import Step


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A speech model that is here, or could be.

    Attributes:
        name: As ``sidelight models list`` shows it.
        megabytes: To fetch, or on disk.
        multilingual: Whether it knows more than English.
        here: Whether it is installed.
        words_after_s: How long after a sentence its words are there on this computer,
            seconds; ``None``: it was not measured yet.
        measured: Whether that was measured with this size of model, or follows from
            another size.
        live: Whether this computer is fast enough to listen with it; ``None``: unknown.
        crowded: Other programs were busy while it was measured.
    """

    name: str
    megabytes: int
    multilingual: bool
    here: bool
    words_after_s: float | None = None
    measured: bool = False
    live: bool | None = None
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """Where everything lies.

    Attributes:
        folder: For people.
        hours: Of sound the disk has room for.
        warning: A sentence where that is little, or ``""``.
    """

    folder: str
    hours: float
    warning: str


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """A way of partnering, in the coach's own words.

    Attributes:
        kind: A process kind.
        words: As typed.
    """

    kind: str
    words: str = field(repr=False)


# -- what it asks ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookAtFirstRun:
    """Tell ``FirstRunSeen``.

    Attributes:
        anew: Begin at the first step again.
    """

    anew: bool = False


@dataclass(frozen=True, slots=True)
class FinishStep:
    """This step was gone through; remembered, nothing is told."""

    step: Step


@dataclass(frozen=True, slots=True)
class LeaveFirstRun:
    """It is over, gone through or not; nothing is told."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Sessions are in this language, ISO 639; ``None``: in several."""

    language: str | None


@dataclass(frozen=True, slots=True)
class MeasureComputer:
    """Find out how fast speech models are here; ends in ``FirstRunSeen``."""


@dataclass(frozen=True, slots=True)
class FetchModel:
    """Bring a model of the catalogue; tells ``ModelArrives``, then ``FirstRunSeen``."""

    name: str


@dataclass(frozen=True, slots=True)
class ImportModel:
    """The same from a folder or a stick."""

    folder: str


@dataclass(frozen=True, slots=True)
class StopBringing:
    """Fetch no further; what has arrived is kept for the next time."""


@dataclass(frozen=True, slots=True)
class ShowKeyAgain:
    """Tell ``KeyMade`` of a record that is open: the key was not confirmed yet."""


@dataclass(frozen=True, slots=True)
class TryMicrophone:
    """Recognise what this microphone hears; tells ``Trial…``. Nothing is kept.

    Attributes:
        microphone: Its name; ``None``: the system's choice.
    """

    microphone: str | None


@dataclass(frozen=True, slots=True)
class PlayDemo:
    """Recognise the bundled session instead: the same news."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo the newest moment of the trial."""


@dataclass(frozen=True, slots=True)
class EndTrial:
    """Let the microphone go."""


@dataclass(frozen=True, slots=True)
class KeepPhrases:
    """Write these into the phrasebook; tells ``PhrasesKept``."""

    phrases: tuple[OwnPhrase, ...]


Asked = (
    LookAtFirstRun
    | FinishStep
    | LeaveFirstRun
    | ChooseLanguage
    | MeasureComputer
    | FetchModel
    | ImportModel
    | StopBringing
    | ShowKeyAgain
    | TryMicrophone
    | PlayDemo
    | TakeBack
    | EndTrial
    | KeepPhrases
)


# -- what it is told ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstRunSeen:
    """How things stand.

    Attributes:
        done: Steps that were gone through.
        language: ISO 639, or ``None``: several.
        models: To choose from, the one to begin with first.
        place: Where everything lies.
        new: There is no record yet.
        typed_key: A passphrase has to be chosen for it: there is no keyring.
        arriving: A model is still on its way, or the computer being measured.
    """

    done: frozenset[Step]
    language: str | None
    models: tuple[ModelChoice, ...]
    place: PlaceSeen
    new: bool
    typed_key: bool
    arriving: bool = False


@dataclass(frozen=True, slots=True)
class ModelArrives:
    """How far a model is.

    Attributes:
        name: Of the model, or ``""``: the computer is being measured.
        done: Bytes that are here.
        total: Bytes in all; 0: it is here and is being tried.
    """

    name: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class BringingFailed:
    """It did not arrive: the two sentences of a ``UserError``."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class BringingDone:
    """It is here, or measured; the desk then looks and tells how things are."""


@dataclass(frozen=True, slots=True)
class TrialBegan:
    """It listens from now on.

    Attributes:
        demo: It plays the bundled session.
    """

    demo: bool


@dataclass(frozen=True, slots=True)
class TrialHeard:
    """What was decided.

    Attributes:
        events: In order; what one stretch of sound came to.
        position: Of the newest sound.
    """

    events: tuple[Event, ...] = field(repr=False)
    position: Millis


@dataclass(frozen=True, slots=True)
class TrialLevel:
    """The newest peak in dBFS."""

    dbfs: float


@dataclass(frozen=True, slots=True)
class TrialTrouble:
    """Something about the microphone; two empty sentences: it is over."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TrialFailed:
    """The trial ended: the two sentences."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TrialOver:
    """The sound has come to its end: the demo was played."""


@dataclass(frozen=True, slots=True)
class PhrasesKept:
    """They are in the phrasebook.

    Attributes:
        count: How many.
    """

    count: int


OfTrial = TrialBegan | TrialHeard | TrialLevel | TrialTrouble | TrialFailed | TrialOver
"""What the process with the microphone tells."""

OfBringing = ModelArrives | BringingFailed | BringingDone
"""What the process that brings a model tells; the last of them in the end."""

Told = FirstRunSeen | ModelArrives | BringingFailed | OfTrial | PhrasesKept
