"""A live session as ``sidelight start`` runs it, with the demo's model and any device.

The demo's model is for synthetic voices, so the command refuses it; here it is what is
played to a virtual microphone. Everything else is the program's own: launcher, engine,
worker, window. Run as a program it is the launcher; a second one joins the first one's
session, as the command does.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from tests.fakes.agreeing import agree

from sidelight.bootstrap.launching import launcher
from sidelight.bootstrap.plans import EnginePlan, KeptPlan, MicrophonePlan, WorkerPlan
from sidelight.cli.live import Listening, engine_is_there
from sidelight.cli.opening import open_or_make_vault
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.resources import demo_model
from sidelight.session.client import running_session
from sidelight.session.exclusive import engine_runs
from sidelight.session.process import terminates_in_order
from sidelight.settings.paths import Paths
from sidelight.windows import WindowPlan, opener


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--session", default="live")
    parser.add_argument("--name", default="", help="the client's")
    parser.add_argument("--mode", type=Mode, default=Mode.KEEP)
    parser.add_argument("--passphrase-file", type=Path, required=True)
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--kept", action="store_true", help="only what was cut off")
    return parser.parse_args()


def engine_plan(asked: argparse.Namespace, session: Session) -> EnginePlan:
    paths = Paths.find().prepare()
    opened = open_or_make_vault(paths.record, asked.passphrase_file)
    if not asked.kept and not engine_runs(paths.run):
        agree(paths.record, opened.vault, session.client, session.mode)
    logs = paths.data / "logs"
    return EnginePlan(
        session=session,
        sound=KeptPlan() if asked.kept else MicrophonePlan("coach", "client"),
        worker=WorkerPlan(demo_model(), "demo", session.layout, 1, logs),
        record=paths.record,
        run=paths.run,
        fresh=False,
        passphrase=opened.passphrase,
        logs=logs,
    )


def main() -> int:
    asked = arguments()
    keep_memory_out_of_dumps()
    run = Paths.find().prepare().run
    joins = engine_is_there(run)
    session = Session(
        asked.session,
        datetime.now().astimezone(),
        Layout.STEREO,
        asked.mode,
        client=asked.name or "Ana",  # nobody without a name can have agreed
        model="demo",
    )
    plan = engine_plan(asked, running_session(run) if joins else session)
    window = WindowPlan(
        run, headless=False, snapshots=(), timeline=None, closes=True, logs=plan.logs
    )
    try:
        with (
            terminates_in_order(),
            launcher(plan, opener(window) if asked.window else None) as running,
        ):
            client = running.join() if joins else running.begin()
            Listening(client, running).until_ended()
            if asked.window:
                running.wait_for_window(30)
    except UserError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
