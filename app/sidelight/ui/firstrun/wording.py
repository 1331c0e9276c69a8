"""What the first run says. Sentences for people, in one place; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT
from sidelight.session.firstrun.practice import Heard, Practice, Stage
from sidelight.settings.first_run import Step

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import (
        ModelArrives,
        ModelChoice,
        PlaceSeen,
    )

TITLES: Final = {
    Step.LANGUAGE: "Which language do you coach in?",
    Step.MODEL: "What turns speech into words",
    Step.KEY: "The key to your sessions",
    Step.PLACE: "Where everything lies",
    Step.HEARING: "Try it",
    Step.WORDS: "Three ways of your own",
}
SENTENCES: Final = {
    Step.LANGUAGE: (
        "It decides which speech model fits. You can choose another for any session."
    ),
    Step.MODEL: (
        "A speech model works on this computer and sends nothing anywhere. It is"
        " fetched once; you can go on meanwhile."
    ),
    Step.KEY: (
        "Everything you keep is encrypted. A recovery key on paper opens your sessions"
        " when nothing else does."
    ),
    Step.PLACE: "Everything stays on this computer, in one folder that only you read.",
    Step.HEARING: (
        "It notices when you give your client the choice. Nothing heard now is kept."
    ),
    Step.WORDS: (
        "How do you say it? Sidelight knows your wordings from then on. Leave out"
        " what does not come to mind."
    ),
}

SEVERAL: Final = "More than one"

LATER: Final = "Later"
LATER_SENTENCE: Final = (
    "Sessions are recorded now, and get their words once there is a model."
)
MEASURING: Final = "Measuring how fast this computer is, less than a minute."
IMPORT: Final = "From a folder…"

MAKE_KEY: Final = "Make the key"
WRITTEN: Final = "I wrote it down"
CHECK: Final = "Check"
SHOW_AGAIN: Final = "Show it again"
PRINT: Final = "Print…"
KEYRING: Final = "This computer's keyring keeps the key for every day."
CHOOSE_ONE: Final = (
    "This computer has no keyring, so choose a passphrase of several words."
)
KEY_ON_PAPER: Final = "Print it or write it down, and keep it away from this computer."
KEY_THERE: Final = (
    "Your sessions have their key. If it is not on paper yet, show it again."
)
CONFIRMED: Final = "It is on paper. It will not be shown here any more."
PRINTED: Final = "It was sent to the printer. See that it came out, then go on."
NOT_THESE: Final = (
    "That is not what the key says there. Compare it with your paper, or show the key"
    " again."
)
NO_PRINTER: Final = "There is no printer here. Write the key down; it has nine groups."

ASK: Final = "“Where would you like to start?”"
NOT_PARTNERING: Final = "“What happened at the meeting on Monday?”"
LISTEN: Final = "Start listening"
PLAY: Final = "Play a session"
STOP: Final = "Stop"
LOOK_AGAIN: Final = "Look again"
UNDO: Final = "Take it back (U)"
GETTING_READY: Final = "Getting ready; this takes a few seconds."
NOT_HEARD: Final = (
    "No words have been heard yet. Speak as you do in a session, see that the"
    " microphone is not muted, or choose another."
)
NO_MODEL: Final = (
    "There is no speech model here yet. A recorded session can play instead: you see"
    " what you would see beside a call."
)
DEMO_OVER: Final = "That was a whole session. Yours will be counted the same way."
PLAYING: Final = "A coaching session plays, eight times as fast, without sound."

KEEP: Final = "Keep them"
NO_RECORD: Final = (
    "Your own words are kept with your sessions, which have no key yet. Go back to"
    " the key, or write them down another day: sidelight phrasebook add."
)
WAYS: Final = {
    SUPPORT: ("Your part in it", "What should I listen out for while you talk?"),
    DIRECTION: ("Where to go", "Which end of that do you want to pick up?"),
    ON_TRACK: ("Whether it helps", "Are we nearer to what you came for?"),
}
"""Field and example for each process kind."""

_A_LOT: Final = 100


def model_words(choice: ModelChoice) -> str:
    """One sentence about a model: size, languages, what to expect here."""
    knows = "Many languages" if choice.multilingual else "English"
    size = "here" if choice.here else f"{choice.megabytes} MB to fetch"
    return f"{knows}, {size}. {_expected(choice)}"


def _expected(choice: ModelChoice) -> str:
    if choice.words_after_s is None:
        return "How fast it is here is not measured yet."
    seconds = f"{choice.words_after_s:.1f} s"
    how = "Measured here" if choice.measured else "Estimated for this computer"
    if choice.crowded:
        how += ", while it was busy"
    if not choice.live:
        return f"{how}: words {seconds} after a sentence, too slow beside a session."
    return f"{how}: words {seconds} after a sentence."


def suggested(choices: tuple[ModelChoice, ...]) -> ModelChoice | None:
    """The model to begin with: one that is here, else the best that is fast enough.

    Where nothing is known, the first; where all are too slow, the smallest.
    """
    here = [one for one in choices if one.here]
    if here:
        return max(here, key=lambda one: (one.live is not False, one.megabytes))
    fast = [one for one in choices if one.live]
    if fast:
        return max(fast, key=lambda one: one.megabytes)
    if any(one.live is None for one in choices):
        return choices[0] if choices else None
    return min(choices, key=lambda one: one.megabytes, default=None)


def arriving(news: ModelArrives) -> str:
    """How far a model is."""
    if not news.name:
        return MEASURING
    if not news.total:
        return f"{news.name} is here and is being tried."
    mega = 1_000_000
    return f"{news.name} is arriving: {news.done // mega} of {news.total // mega} MB."


def room(place: PlaceSeen) -> str:
    """How much fits, and what to do where that is little."""
    if place.warning:
        return (
            f"{place.warning} Free some space, or choose another folder before your"
            " first session."
        )
    if place.hours >= _A_LOT:
        return "There is room for more than a hundred hours of sound."
    return f"There is room for about {int(place.hours)} hours of sound."


def asks(practice: Practice) -> tuple[str, str]:
    """What to do next, and the words to say or ``""``."""
    match practice.stage:
        case Stage.ASK:
            return "Ask out loud:", ASK
        case Stage.STILL:
            return "Now something that leaves the choice with you:", NOT_PARTNERING
        case Stage.UNDO:
            return "You have the last word. Press U to take the first one back.", ""
        case Stage.DONE:
            return "That is all of it. It noticed, it stayed still, you decided.", ""


def heard(practice: Practice) -> str:
    """What came of the newest words."""
    match practice.heard:
        case Heard.NOTHING:
            return ""
        case Heard.SETTLED:
            return "Noticed as partnering: the clock counts from here."
        case Heard.STILL if practice.stage is Stage.ASK:
            return "Not noticed as partnering. Say it once more, or go on."
        case Heard.STILL:
            return "Not partnering: the clock stays as it is."
        case Heard.TAKEN_BACK:
            return "Taken back. It does not count any more."
