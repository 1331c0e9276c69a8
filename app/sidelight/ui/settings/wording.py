"""What the settings window says beside the options' own words. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidelight.network.ledger import Outcome
from sidelight.settings.values import Name, OneOf, Perhaps, Pool, Share, Whole, YesNo
from sidelight.ui.home.wording import LANGUAGES, language_name
from sidelight.ui.timewords import SEPARATOR, when
from sidelight.ui.words import offered, tr, tr_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidelight.network.ledger import Connection
    from sidelight.session.settings.messages import BackedUp, Restored
    from sidelight.settings.option import Option
    from sidelight.settings.values import Values

TITLE: Final = tr("Settings")
SEARCH: Final = tr("Search the settings")
NOTHING: Final = tr("No setting has these words.")
ON: Final = tr("On")
RESET: Final = tr("Reset")
SET_UP: Final = tr("Set up again")
SET_UP_TEXT: Final = tr(
    "Goes through the first steps once more: language, speech model, key, and trying it"
    " out loud. Nothing is lost."
)
AT_HOME: Final = tr("You find this at home, between sessions.")
WAIT: Final = tr("This takes a moment.")

PROMISE: Final = tr(
    "The network is used for one thing: to fetch a speech model when you ask for it."
    " Each connection is written down here first; without its line it is not made."
    " Nothing of a session is in it."
)
NO_CONNECTION: Final = tr("No connection was ever made from here.")

BACKUP: Final = tr("Make a backup…")
BACKUP_TEXT: Final = tr(
    "All sessions, with sound, notes, your own wordings and your settings, in one"
    " encrypted file. Your recovery key opens it. Keep it on another disk."
)
RESTORE: Final = tr("Restore a backup…")
RESTORE_NOW: Final = tr("Restore it")
RESTORE_TEXT: Final = tr(
    "Puts a backup in place. What is here now is moved aside, not deleted."
)
KEY_OF_THEN: Final = tr("Recovery key of the time the backup was made")
MOVING: Final = tr("Moving to another computer")
MOVING_STEPS: Final = (
    tr("1. Here: make a backup, on a stick or another disk."),
    tr("2. There: install Sidelight, open its settings with Ctrl+, and restore it."),
    tr("3. Type the recovery key from your paper. All sessions are there."),
    tr("4. Fetch a speech model there; models and devices belong to each computer."),
)
FILES: Final = tr("Sidelight backup (*.sidelight);;All files (*)")
FILE_NAME: Final = "sidelight-backup.sidelight"

SHOW_KEY: Final = tr("Show the key")
HIDE_KEY: Final = tr("Hide it")
TEST_LABEL: Final = tr("Does the paper still fit? Type the key as it stands there")
TEST: Final = tr("Test")
FITS: Final = tr("It fits. Nothing was changed.")
FITS_NOT: Final = tr(
    "It does not fit: it belongs to other sessions, or was replaced. Show the key and"
    " print it anew."
)
NO_RECORD: Final = tr("There is no record yet; the first step of setting up makes it.")
LOCKED: Final = tr("Your sessions are locked. Unlock them at home first.")

_MEGA: Final = 1_000_000

_OUTCOMES: Final = {
    Outcome.DONE: tr("arrived"),
    Outcome.FAILED: tr("failed"),
    Outcome.OPEN: tr("stopped, or still arriving"),
}


def title_of(option: Option) -> str:
    """What an option is called in the language of the window."""
    return tr_below(option.title)


def explained(option: Option) -> str:
    """What it does."""
    return tr_below(option.explained)


def words_of(option: Option) -> str:
    """Everything an option is found by, in lower case."""
    said = [title_of(option), explained(option), tr_below(option.section.value)]
    said += map(tr_below, option.values.titles_told)
    return " ".join((*said, option.id)).lower()


def choices(
    values: Values[object], pools: Mapping[Pool, tuple[tuple[str, str], ...]], now: str
) -> list[tuple[str, str]] | None:
    """What can be chosen: what each is called, and how it is typed.

    Args:
        values: What is allowed.
        pools: What there is outside, called and typed.
        now: What is chosen; it is offered even where it is away.

    Returns:
        ``None``: it is typed, not chosen.
    """
    if isinstance(values, YesNo):
        return None
    if isinstance(values, Perhaps):
        inner = choices(values.some, pools, now)
        if inner is None:
            return None
        none = (tr_below(values.title), values.none)
        rest = [one for one in inner if one[1] != values.none]
        return [none, *rest]
    if isinstance(values, OneOf):
        return [
            (tr_below(said), values.show(one)) for one, said in values.titles.items()
        ]
    if isinstance(values, Name):
        none_ = [(tr_below(values.title), values.none)] if values.none else []
        found = [*none_, *pools.get(values.pool, ())]
        if all(typed != now for _, typed in found):
            found.append((now, now))
        return found
    return None


def what_fits(values: Values[Any]) -> str:
    """What can be typed, where something is typed."""
    match values:
        case Perhaps():
            return tr(
                "{some} Or type {none}.", some=what_fits(values.some), none=values.none
            )
        case Whole(least=least, most=most) | Share(least=least, most=most):
            return tr(
                "It is a whole number from {least} to {most}.", least=least, most=most
            )
        case _:
            return values.told


def languages() -> dict[Pool, tuple[tuple[str, str], ...]]:
    """The languages to choose from, of sessions and of windows."""
    spoken = sorted((language_name(code), code) for code in LANGUAGES)
    shown = sorted((language_name(code), code) for code in offered())
    return {Pool.SPOKEN: tuple(spoken), Pool.SHOWN: tuple(shown)}


def connection_words(one: Connection) -> tuple[str, str]:
    """When and what for; whom, how much, and how it went."""
    began = SEPARATOR.join(when(one.at.astimezone()))
    what = tr("Speech model {name}", name=one.item)
    hosts = [host for host in one.hosts if not host.replace(".", "").isdigit()]
    size = tr("{n} MB", n=round(one.received / _MEGA)) if one.received else ""
    parts = (*hosts[:1], size, _OUTCOMES[one.outcome], one.why)
    return f"{began}{SEPARATOR}{what}", SEPARATOR.join(filter(None, parts))


def backed_up(done: BackedUp) -> str:
    """The backup is there."""
    return tr(
        "Written: {sessions} sessions, {size} MB. Your recovery key opens it.",
        sessions=done.sessions,
        size=max(1, round(done.size / _MEGA)),
    )


def restored(done: Restored) -> str:
    """The backup is in place."""
    said = [tr("Restored: {n} sessions.", n=done.sessions)]
    if done.aside:
        said.append(tr("What was here before is now in {folder}.", folder=done.aside))
    return " ".join((*said, done.notice)).strip()
