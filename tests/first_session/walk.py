"""A coach's first session with the real program, by keys alone, a picture of each step.

The steps of the pictures' flow (``tests/pictures``) where they are the same; what is
fed there comes here from sound, and what is shown is checked against what was stored.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.first_session import afterwards, before, during, gone
from tests.first_session.coaching import Coaching
from tests.pictures import first_run
from tests.pictures.sheet import write_sheet
from tests.pictures.stage import Looks, stage

from sidelight.cli.refining import LOCK
from sidelight.domain.errors import UserError
from sidelight.session.exclusive import only_one
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pictures.stage import Stage

_HELD = UserError("Somebody refines already.", "Nobody should.")
LOOKS = Looks("light", 100, 1366, 768)


@dataclass(frozen=True, slots=True)
class Step:
    """One picture.

    Attributes:
        name: Of its file, behind the number.
        act: Leads there from the step before, and checks what came of it.
    """

    name: str
    act: Callable[[Coaching], None]


def _of_flow(act: Callable[[Stage], None]) -> Callable[[Coaching], None]:
    return lambda coaching: act(coaching.stage)


WALK = (
    Step("first-run", _of_flow(first_run.language)),
    Step("first-run-measuring", _of_flow(first_run.measuring)),
    Step("first-run-model", _of_flow(first_run.model)),
    Step("first-run-key", _of_flow(first_run.key)),
    Step("first-run-key-shown", _of_flow(first_run.key_shown)),
    Step("first-run-key-check", _of_flow(first_run.key_check)),
    Step("first-run-place", _of_flow(first_run.place)),
    Step("first-run-try", _of_flow(first_run.hearing)),
    Step("first-run-noticed", _of_flow(first_run.noticed)),
    Step("first-run-words", _of_flow(first_run.words)),
    Step("home", _of_flow(first_run.done)),
    Step("client", before.client),
    Step("consent-to-hand-in", before.handing_in),
    Step("start-card", before.card),
    Step("start-refused", before.refused),
    Step("consent", before.consent),
    Step("microphone", before.microphone),
    Step("session-begun", during.begun),
    Step("session-reset", during.opening),
    Step("session-bookmark", during.bookmark),
    Step("session-did", during.did),
    Step("session-undo", during.undo),
    Step("session-off-record", during.off_record),
    Step("session-unplugged", during.unplugged),
    Step("session-plugged-in", during.plugged_in),
    Step("session-erased", during.erased),
    Step("session-paused", during.paused),
    Step("session-resumed", during.resumed),
    Step("session-worker-killed", during.worker_killed),
    Step("session-talked", during.talked),
    Step("session-closing", during.closing),
    Step("session-nearly-ended", during.nearly_ended),
    Step("three-moments", during.ended),
    Step("wrap-up", afterwards.three_moments),
    Step("private-note", afterwards.private_note),
    Step("commitment", afterwards.commitment),
    Step("review", afterwards.review),
    Step("correction", afterwards.correction),
    Step("client-note", afterwards.client_note),
    Step("home-afterwards", afterwards.home),
    Step("found", afterwards.found),
    Step("opened", afterwards.opened),
    Step("transcript", afterwards.transcript),
    Step("home-again", afterwards.home_again),
    Step("kept", gone.kept),
    Step("deletion-asked", gone.asked),
    Step("deleted", gone.deleted),
    Step("left", gone.left),
    Step("nothing-left", gone.nothing_left),
)


def refining(stage: Stage) -> Path:
    """The lock of whoever refines."""
    return Paths(stage.folder).prepare().run / LOCK


def walk(minutes: int, pictures: Path) -> None:
    """Go through it all.

    Args:
        minutes: Of talk in the session, beside the minute that the steps need.
        pictures: Folder for a picture of each step; ``SIDELIGHT_PICTURES`` instead,
            where that is set.
    """
    pictures = pictures.parent / os.environ.get("SIDELIGHT_PICTURES", pictures.name)
    pictures.mkdir(parents=True, exist_ok=True)
    # The demo's model understands short windows only: heard once more as a whole, as
    # every kept session is in the background, its talk would be another one.
    with stage(LOOKS) as made, only_one(refining(made), _HELD):
        coaching = Coaching(made, minutes)
        coaching.exports.mkdir()
        coaching.temporary.mkdir()
        made.desktop.environment["TMPDIR"] = str(coaching.temporary)
        try:
            for number, step in enumerate(WALK, start=1):
                began = time.monotonic()
                try:
                    step.act(coaching)
                except Exception:
                    made.camera.save(pictures / f"{number:02}-{step.name}-failed.png")
                    logs = pictures / "logs"
                    shutil.copytree(made.folder / "logs", logs, dirs_exist_ok=True)
                    raise
                made.camera.save(pictures / f"{number:02}-{step.name}.png")
                took = time.monotonic() - began
                print(f"{number:02} {step.name} {took:.1f} s")  # noqa: T201 - figures
        finally:
            coaching.close()
    write_sheet(pictures, "A first session", [(one.name, one.name) for one in WALK])
