"""After the session: wrap-up, one correction, what leaves, and finding it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx import Document
from tests.fakes.desktop import wait_for
from tests.first_session.coaching import ANSWER, NAME, NOTE, PROMISE

from sidelight.partnering.kinds import kind
from sidelight.ui.review.kind_menu import CHOICES, KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.first_session.coaching import Coaching

_CORRECTED_TO = "acknowledgement"
CLIENT_NOTE, TRANSCRIPT = "note.docx", "transcript.docx"


def three_moments(coaching: Coaching) -> None:
    """They stand there first, or it says that the session was too short for any."""
    stage = coaching.stage
    stage.in_front("Wrap-up")
    stage.watcher.see(
        "^One to keep · |^Too short for moments", f"What {NAME} said they will do"
    )


def private_note(coaching: Coaching) -> None:
    """The keyboard is there already."""
    coaching.stage.write(NOTE)
    coaching.stage.watcher.see(r"^Saved\. It goes into your reflection note")


def commitment(coaching: Coaching) -> None:
    """One that was drafted is ticked, another is written."""
    stage = coaching.stage
    stage.go_to("^“.*David on Tuesday")
    stage.press("space")
    stage.go_to("^Add one in your own words$")
    stage.write(PROMISE)
    stage.press("Return")
    stage.watcher.see(f"^{PROMISE}$")


def review(coaching: Coaching) -> None:
    stage = coaching.stage
    stage.press("ctrl+Return")
    stage.in_front("Review")
    stage.watcher.see(f"^Session with {NAME}$", "Timeline of the session")


def correction(coaching: Coaching) -> None:
    """The first moment was something else."""
    stage = coaching.stage
    stage.press("Right")
    alone = stage.desktop.windows()
    stage.press("c")
    wait_for(lambda: stage.desktop.windows() > alone)  # the menu of kinds
    kinds = [one for one, _ in CHOICES]
    stage.press(KEYS[kinds.index(_CORRECTED_TO)])
    title = kind(_CORRECTED_TO).title
    stage.watcher.see(rf"^{title} .* corrected\. Undo: Ctrl\+Z$")


def client_note(coaching: Coaching) -> None:
    """As Word; read as another program would."""
    stage = coaching.stage
    stage.press("ctrl+e")
    stage.in_front("Export")
    stage.watcher.see("^Preview$")
    stage.go_to("^PDF$")
    stage.write("Wo")
    stage.watcher.see("^Word$")
    save(coaching, CLIENT_NOTE)
    read = paragraphs(coaching.exports / CLIENT_NOTE)
    assert NAME in read
    assert PROMISE in read
    assert "David on Tuesday" in read
    assert NOTE not in read, "the coach's own"
    assert not [text for text in coaching.hidden if text in read]


def home(coaching: Coaching) -> None:
    stage = coaching.stage
    stage.press("Escape")
    stage.in_front("Review")
    stage.press("ctrl+w")
    stage.watcher.see("^Start a session$", NAME)
    stage.in_front("Sidelight")


def found(coaching: Coaching) -> None:
    """By a word that was said; what is heard once more meanwhile has it too."""
    stage = coaching.stage
    stage.press("ctrl+f")
    stage.write("tuesday")
    stage.watcher.see("^One place|places", "David on Tuesday")


def opened(coaching: Coaching) -> None:
    """There, where it was said."""
    stage = coaching.stage
    stage.press("Down", "Return")
    stage.in_front("Review")
    stage.watcher.see(f"^Session with {NAME}$")


def transcript(coaching: Coaching) -> None:
    """As it is handed in for a credential: verbatim, with the client's consent."""
    stage = coaching.stage
    stage.press("ctrl+e")
    stage.in_front("Export")
    stage.go_to("^Note for the client$")
    stage.press("Down", "Down")
    stage.watcher.see("^Transcript$", "^Word$", "^Preview$")
    save(coaching, TRANSCRIPT)
    read = paragraphs(coaching.exports / TRANSCRIPT)
    assert "David on Tuesday" in read
    assert f"{NAME} agreed on" in read
    assert "hand in for a credential" in read
    assert ANSWER in read
    assert not [text for text in coaching.hidden if text in read]
    assert "tired" not in read, "the session was paused"


def home_again(coaching: Coaching) -> None:
    home(coaching)
    coaching.stage.press("ctrl+f", "Escape")


def save(coaching: Coaching, name: str) -> None:
    """Through the system's dialog, which Qt draws here."""
    stage = coaching.stage
    stage.watcher.miss("One moment")
    stage.press("ctrl+s")
    stage.in_front("Save As")
    stage.press("ctrl+a")
    stage.write(str(coaching.exports / name))
    stage.press("Return")
    stage.watcher.see(f"^Saved as {name}")


def paragraphs(path: Path) -> str:
    """The text of a Word file, tables too."""
    document = Document(str(path))
    cells = (c for t in document.tables for r in t.rows for c in r.cells)
    said = [one.text for one in document.paragraphs]
    return "\n".join([*said, *(cell.text for cell in cells)])
