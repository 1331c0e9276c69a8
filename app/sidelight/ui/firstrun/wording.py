"""What the first run says. Sentences for people, in one place; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT
from sidelight.session.firstrun.practice import Heard, Practice, Stage
from sidelight.settings.first_run import Step
from sidelight.ui.modelwords import WHAT_IT_IS
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import PlaceSeen

WHERE: Final = tr("Where it is kept")
TITLES: Final = {
    Step.LANGUAGE: tr("Which language do you coach in?"),
    Step.MODEL: tr("What turns speech into words"),
    Step.KEY: tr("The key to your sessions"),
    Step.PLACE: WHERE,
    Step.HEARING: tr("Try it"),
    Step.WORDS: tr("Three ways of your own"),
}
SENTENCES: Final = {
    Step.LANGUAGE: tr(
        "It decides which speech model fits. You can choose another for any session."
    ),
    Step.MODEL: WHAT_IT_IS,
    Step.KEY: tr(
        "Everything you keep is encrypted. A recovery key on paper"
        " opens your sessions"
        " when nothing else does."
    ),
    Step.PLACE: tr(
        "Everything stays on this computer, in one folder. Your sessions are encrypted"
        " in it: a copy is of no use without your key."
    ),
    Step.HEARING: tr(
        "It notices when you give your client the choice. Nothing heard now is kept."
    ),
    Step.WORDS: tr(
        "How do you say it? Sidelight knows your wordings from then on. Leave out"
        " what does not come to mind."
    ),
}

SEVERAL: Final = tr("More than one")

BACK_UP: Final = tr(
    "The settings (Ctrl+,) make a backup onto another disk, and bring one back."
)

MAKE_KEY: Final = tr("Make the key")
WRITTEN: Final = tr("I wrote it down")
CHECK: Final = tr("Check")
SHOW_AGAIN: Final = tr("Show it again")
PRINT: Final = tr("Print…")
KEYRING: Final = tr(
    "Day to day this computer remembers the key for you, in its keyring."
)
COST_OF_KEYRING: Final = tr(
    "You can skip this. Without the key on paper, your sessions and their backups are"
    " lost when this computer breaks."
)
COST_OF_PASSPHRASE: Final = tr(
    "You can skip this. Without the key on paper, your sessions are lost when you"
    " forget the passphrase, and no backup can be opened."
)
SKIP_KEY: Final = tr("Skip the key")
SKIP_PAPER: Final = tr("Skip writing it down")
CHOOSE_ONE: Final = tr(
    "This computer has no keyring, so choose a passphrase of several words."
)
WHAT_IT_OPENS: Final = tr(
    "It opens your sessions and backups when nothing else does. Keep it on paper, away"
    " from this computer."
)
KEY_ON_PAPER: Final = tr(
    "Print it or write it down, and keep it away from this computer."
)
KEY_THERE: Final = tr(
    "Your sessions have their key. If it is not on paper yet, show it again."
)
CONFIRMED: Final = tr("It is on paper. It will not be shown here any more.")
PRINTED: Final = tr("It was sent to the printer. See that it came out, then go on.")
NOT_THESE: Final = tr(
    "That is not what the key says there. Compare it with your"
    " paper, or show the key"
    " again."
)
NO_PRINTER: Final = tr(
    "There is no printer here. Write the key down; it has nine groups."
)

ASK: Final = tr("“Where would you like to start?”")
NOT_PARTNERING: Final = tr("“What happened at the meeting on Monday?”")
SKIP_TRIAL: Final = tr("Skip trying it")
LISTEN: Final = tr("Start listening")
PLAY: Final = tr("Play a session")
LOOK_AGAIN: Final = tr("Look again")
UNDO: Final = tr("Take it back (U)")
GETTING_READY: Final = tr("Getting ready; this takes a few seconds.")
NOT_HEARD: Final = tr(
    "No words have been heard yet. Speak as you do in a session, see that the"
    " microphone is not muted, or choose another."
)
NO_MODEL: Final = tr(
    "There is no speech model here yet. A recorded session can"
    " play instead: you see"
    " what you would see beside a call."
)
DEMO_OVER: Final = tr("That was a whole session. Yours will be counted the same way.")
PLAYING: Final = tr("A coaching session plays, eight times as fast, without sound.")

KEEP: Final = tr("Keep them")
NO_RECORD: Final = tr(
    "Your own words are kept with your sessions, which have no"
    " key yet. Go back to"
    " the key, or write them down another day: sidelight phrasebook add."
)
EXAMPLES: Final = {
    SUPPORT: tr("What should I listen out for while you talk?"),
    DIRECTION: tr("Which end of that do you want to pick up?"),
    ON_TRACK: tr("Are we nearer to what you came for?"),
}
"""For each process kind."""

_A_LOT: Final = 100


def room(place: PlaceSeen) -> str:
    """How much fits, and what to do where that is little."""
    if place.warning:
        return tr(
            "{warning} Free some space before your first session.",
            warning=place.warning,
        )
    if place.hours >= _A_LOT:
        return tr("There is room for more than a hundred hours of sound.")
    return tr("There is room for about {n} hours of sound.", n=int(place.hours))


def asks(practice: Practice) -> tuple[str, str]:
    """What to do next, and the words to say or ``""``."""
    match practice.stage:
        case Stage.ASK:
            words = tr("Ask out loud, in these words or in your own:")
            return words, ASK
        case Stage.STILL:
            words = tr("Now an ordinary question, which should change nothing:")
            return words, NOT_PARTNERING
        case Stage.UNDO:
            return tr("And where it is wrong, you take it back: press U now."), ""
        case Stage.DONE:
            return tr(
                "That is all of it: it recognised your question, left the ordinary one"
                " alone, and you had the last word."
            ), ""


def heard(practice: Practice) -> str:
    """What came of the newest words."""
    match practice.heard:
        case Heard.NOTHING:
            return ""
        case Heard.SETTLED:
            return tr("Recognised: you gave the choice. The clock starts anew.")
        case Heard.STILL if practice.stage is Stage.ASK:
            return tr("Nothing was recognised in it. Say it once more, or go on.")
        case Heard.STILL:
            return tr("Nothing happened, as it should: the clock goes on.")
        case Heard.TAKEN_BACK:
            return tr("Taken back: it does not count any more.")
