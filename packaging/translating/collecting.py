"""Everything that can stand in the window, from every place that says something."""

from collections.abc import Iterator
from pathlib import Path

from translating.sources import Bypass, Message, read_source, read_worded, sources

UI = Path("app/sidelight/ui")
SESSION = Path("app/sidelight/session")

PLUMBING = {
    *("words.py", "catalogue.py", "pseudo.py"),
    *("theme/stylesheet.py", "theme/tokens.py", "platform/qtlog.py"),
    *(
        "platform/display.py",
        "platform/keytable.py",
        "platform/xcb.py",
        "answering.py",
        "measuring.py",
    ),
}
"""What makes the words, writes for Qt or on the command line: nothing on screen."""


def collect(root: Path) -> tuple[list[Message], list[Bypass]]:
    """What the window says, in the order of its places, and what went past ``tr``.

    Args:
        root: Of the checkout.
    """
    messages, bypasses = [], []
    for path in speaking(root):
        said, past = read_source(path, path.relative_to(root / UI).as_posix())
        messages += said
        bypasses += past
    for path in sources(root / SESSION):
        messages += read_worded(path, path.relative_to(root / "app/sidelight"))
    return [*messages, *from_below()], bypasses


def speaking(root: Path) -> Iterator[Path]:
    """The files of the window that may say something."""
    for path in sources(root / UI):
        name = path.relative_to(root / UI).as_posix()
        if name not in PLUMBING and not _invented(path):
            yield path


def from_below() -> Iterator[Message]:
    """The fixed texts of layers that know no language: ``tr_below`` says them."""
    from sidelight.domain.cues import Hold  # noqa: PLC0415 - needs app/
    from sidelight.domain.promises import PROMISES, SCRIPTS  # noqa: PLC0415
    from sidelight.domain.transcript import Doubt  # noqa: PLC0415

    yield from _of_settings()
    for promise in PROMISES.values():
        for text in (promise.name, promise.text):
            yield Message(text, "consent", "", "domain/promises.py")
    for script in SCRIPTS.values():
        yield Message(script, "consent", "", "domain/promises.py")
    for hold in Hold:
        yield Message(hold.explained, "hold", "", "domain/cues.py")
    for doubt in Doubt:
        yield Message(doubt.explained, "doubt", "", "domain/transcript.py")
    yield from _from_partnering()


def _from_partnering() -> Iterator[Message]:
    from sidelight.partnering.dialogue import forks, phases  # noqa: PLC0415
    from sidelight.partnering.kinds import KINDS  # noqa: PLC0415
    from sidelight.partnering.listening import newest_listening  # noqa: PLC0415

    for kind in KINDS:
        yield Message(kind.title, "kind", "", f"partnering/kinds/{kind.id}.py")
        yield Message(kind.definition, "kind", "", f"partnering/kinds/{kind.id}.py")
        yield Message(kind.reason, "reason", "", f"partnering/kinds/{kind.id}.py")
    for reason in phases.REASONS:
        yield Message(reason, "reason", "", "partnering/dialogue/phases.py")
    for reason in forks.REASONS:
        yield Message(reason, "fork", "", "partnering/dialogue/forks.py")
    for listening in newest_listening():
        for text in (listening.about, *(look.text for look in listening.looks)):
            yield Message(text, "lens", "", "partnering/data/listening.toml")


def _of_settings() -> Iterator[Message]:
    """Sections, options and the names of their values."""
    from sidelight.settings.keys import DEEDS  # noqa: PLC0415 - needs app/
    from sidelight.settings.option import Section  # noqa: PLC0415
    from sidelight.settings.options import OPTIONS  # noqa: PLC0415

    for section in Section:
        yield Message(section.value, "", "", "settings/option.py")
    for deed in DEEDS:
        yield Message(deed.title, "", "", "settings/keys.py")
    for option in OPTIONS:
        for text in (option.title, option.explained, *option.values.titles_told):
            yield Message(text, "", "", f"settings: {option.id}")


def _invented(path: Path) -> bool:
    """Whether it is the gallery, or what the gallery shows."""
    return path.name.startswith(("specimen", "gallery"))
