"""What is said of speech models, in the first run and in the settings. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.session.firstrun.estimate import YARDSTICK, size_of
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import ModelArrives, ModelChoice

WHAT_IT_IS: Final = tr(
    "A speech model works on this computer and sends nothing anywhere. It is fetched"
    " once, or brought on a stick."
)
FETCH: Final = tr("Fetch it")
IMPORT: Final = tr("From a folder…")
IMPORT_TOLD: Final = tr("Import a speech model, as from a stick")
FOLDER: Final = tr("Folder of the speech model")
STOP: Final = tr("Stop")
STOP_TOLD: Final = tr("Stop the speech model that is arriving")
MEASURING: Final = tr("Measuring how fast this computer is, less than a minute.")
FITS: Final = tr("fits this computer")
NONE_FITS: Final = tr(
    "None of these keeps up with a session on this computer: it is recorded all the"
    " same, and with any of them the words come after the session."
)

LATER: Final = tr("Later")

_EFFECTS: Final = {
    "tiny": tr("Quickest"),
    "base": tr("Balanced"),
    "small": tr("Most exact"),
}


def model_title(choice: ModelChoice) -> str:
    """What choosing it means; a model that is not on offer goes by its name."""
    return _EFFECTS.get(size_of(choice.name), choice.name)


def model_words(choice: ModelChoice) -> str:
    """What to expect of it here; beneath, what it is called, its size, its language."""
    size = tr("{n} MB to fetch", n=choice.megabytes)
    if choice.here:
        size = tr("{n} MB, on this computer already", n=choice.megabytes)
    knows = tr("many languages") if choice.multilingual else tr("English")
    return f"{_expected(choice)}\n{SEPARATOR.join((choice.name, size, knows))}"


def later_words(choices: tuple[ModelChoice, ...]) -> str:
    """What happens when none is fetched now."""
    if any(one.here for one in choices):
        return tr("Nothing more is fetched now.")
    return tr(
        "Nothing is fetched now. Sessions are recorded, and get their words once there"
        " is a model."
    )


def none_fits(choices: tuple[ModelChoice, ...]) -> bool:
    """Whether all were found to be too slow beside a session."""
    return bool(choices) and all(one.live is False for one in choices)


def suggested(choices: tuple[ModelChoice, ...]) -> ModelChoice | None:
    """The model to begin with: the most exact that fits this computer.

    One that is here comes before one to be fetched. Where nothing is known yet it is
    the one that is measured first.

    Returns:
        ``None``: none of them fits.
    """

    def best(one: ModelChoice) -> tuple[bool, bool, int]:
        return one.here, size_of(one.name) == YARDSTICK, one.megabytes

    fits = [one for one in choices if one.live]
    if fits:
        return max(fits, key=lambda one: (one.here, one.megabytes))
    return max((one for one in choices if one.live is None), key=best, default=None)


def arriving(news: ModelArrives) -> str:
    """How far a model is."""
    if not news.name:
        return MEASURING
    if not news.total:
        return tr("{name} is here and is being tried.", name=news.name)
    mega = 1_000_000
    return tr(
        "{name} is arriving: {done} of {all} MB.",
        name=news.name,
        done=news.done // mega,
        all=news.total // mega,
    )


def _expected(choice: ModelChoice) -> str:
    if choice.words_after_s is None:
        return tr("How fast it is here is not measured yet.")
    how = tr("measured here") if choice.measured else tr("estimated")
    if choice.crowded:
        how = tr("{how} while it was busy", how=how)
    seconds = f"{choice.words_after_s:.1f} s"
    if choice.live is False:
        return tr(
            "Words come {seconds} after a sentence, {how}: too slow beside a session.",
            seconds=seconds,
            how=how,
        )
    return tr("Words come {seconds} after a sentence, {how}.", seconds=seconds, how=how)
