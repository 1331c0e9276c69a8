"""Invented news for home, for looking at it: every state of its three pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from sidelight.domain.client import Client, Engagement
from sidelight.domain.consent import NEEDED, Consent, Form, Occasion, Purpose, Standing
from sidelight.domain.keeping import SoundGoes
from sidelight.domain.promises import PROMISED, SCRIPTS
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Layout, Speaker, UtteranceId
from sidelight.record.deletion import Extent, Stuff
from sidelight.record.search import Hit, Piece
from sidelight.session.clients.messages import (
    ClientsListed,
    ConsentSeen,
    ExtentSeen,
    ListedClient,
    SessionExtentSeen,
)
from sidelight.session.home.messages import (
    CardSeen,
    ClientLine,
    ClientRecalled,
    ClientSeen,
    DeviceLine,
    DevicesFound,
    HomeSeen,
    ImportsSeen,
    KeyMade,
    LevelHeard,
    Lock,
    MeterFailed,
    ModelLine,
    News,
    Refused,
    SessionLine,
    SoundSeen,
    StartChoices,
    WordsFound,
    Working,
)
from sidelight.session.importing.progress import Progress, Stands
from sidelight.ui.specimen import CLIENT, REQUEST

_FIRST: Final = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_MINUTE: Final = 60_000


def _line(
    number: int, client: str, minutes: int, mode: Mode, *, only_recorded: bool = False
) -> SessionLine:
    began = _FIRST - timedelta(days=3 * number, minutes=75 * number)
    return SessionLine(
        f"s{number}", began, client, mode, Millis(minutes * _MINUTE), only_recorded
    )


SESSIONS: Final = (
    replace(_line(0, CLIENT, 57, Mode.KEEP), wrapped_up=False),
    _line(1, "Tomasz", 61, Mode.KEEP),
    _line(2, "", 45, Mode.NO_LISTENING),
    _line(3, "Ama", 52, Mode.LIVE_ONLY),
    replace(_line(4, CLIENT, 58, Mode.KEEP), sound_gone_on=date(2026, 11, 20)),
    replace(_line(5, "Ren", 88, Mode.KEEP), consent=Standing.WITHDRAWN),
    _line(6, "Tomasz", 60, Mode.KEEP),
    _line(7, "Ama", 49, Mode.LIVE_ONLY),
)
MODELS: Final = (ModelLine("base.en", multilingual=False), ModelLine("small", True))
SEEN: Final = HomeSeen(Lock.OPEN, SESSIONS, (), MODELS, "base", 148)
FIRST: Final = HomeSeen(Lock.OPEN, (), (), (), "base", 148)
NEW: Final = HomeSeen(Lock.NEW, (), (), (), "base", 148, first_run=True)
CUT_OFF: Final = HomeSeen(
    Lock.OPEN,
    SESSIONS,
    (
        _line(8, "Ren", 23, Mode.KEEP),
        _line(9, "Ama", 55, Mode.KEEP, only_recorded=True),
    ),
    (),
    "base",
    148,
)

YETI: Final = DeviceLine("alsa_input.usb-yeti", "Yeti Stereo Microphone")
INSIDE: Final = DeviceLine("alsa_input.pci", "Built-in Audio Analog Stereo")
SPEAKERS: Final = DeviceLine("alsa_output.pci.monitor", "Built-in Audio")
DEVICES: Final = DevicesFound((YETI, INSIDE), (SPEAKERS,), "")
NO_DEVICES: Final = DevicesFound((), (), "")

LAST: Final = StartChoices()
CARD: Final = CardSeen((CLIENT, "Tomasz", "Ama", "Ren"), MODELS, LAST)
CARD_NAMED: Final = replace(CARD, choices=StartChoices(client=CLIENT))
CARD_FIRST: Final = CardSeen((), (), LAST)
RECALLED: Final = ClientRecalled(
    "",
    REQUEST,
    _FIRST,
    ("I'll read both sentences to Tom on Thursday.", "Ask for the keys to the hall"),
    _FIRST,
)
ASKED_ON: Final = date(2026, 11, 3)
AGREED: Final = tuple(
    Consent(
        purpose,
        given=True,
        form=Form.SPOKEN,
        on=ASKED_ON,
        promise=PROMISED[purpose],
        program="0.1.0",
        wording=SCRIPTS[Occasion.KEEP],
        answer="Sure, as long as my boss never hears it",
    )
    for purpose in NEEDED[Mode.KEEP]
)
TAKEN_BACK: Final = replace(AGREED[1], given=False, on=date(2026, 11, 20))
WRITTEN: Final = replace(
    AGREED[0],
    purpose=Purpose.CREDENTIAL,
    form=Form.WRITTEN,
    promise=PROMISED[Purpose.CREDENTIAL],
)
OLD_PROMISE: Final = tuple(replace(one, promise=0) for one in AGREED)
KNOWN: Final = (
    ListedClient(
        Client(
            number=1,
            name=CLIENT,
            contact="by phone, never before ten",
            language="en",
            since=ASKED_ON,
            planned_sessions=8,
            asked_for="To lead the choir without holding every thread myself.",
            notes="Starts best with a quiet minute.",
        ),
        2,
        (*AGREED, WRITTEN),
    ),
    ListedClient(Client(4, "Ren"), 1, AGREED),
    ListedClient(
        Client(3, "The night shift", engagement=Engagement.GROUP, planned_sessions=4),
        0,
        (),
    ),
    ListedClient(Client(2, "Tomasz"), 2, OLD_PROMISE),
)
KEY: Final = KeyMade("7K2M-QW4X-9D1T-HB6R-3ZFN-V8CA-5YJE-0SPG-T4X2", "")


def _hit(number: int, at_s: int, *pieces: str) -> Hit:
    """One hit; every other piece was looked for."""
    line = SESSIONS[number]
    shown = tuple(Piece(text, bool(n % 2)) for n, text in enumerate(pieces))
    return Hit(
        line.id,
        line.started_at,
        line.client,
        UtteranceId(1, at_s),
        Speaker.CLIENT if at_s % 2 else Speaker.COACH,
        Span(Millis(at_s * 1000), Millis(at_s * 1000 + 4000)),
        "".join(pieces),
        shown,
    )


FOUND: Final = WordsFound(
    "key",
    (
        _hit(0, 305, "I still have the ", "key", " to the hall, and nobody has asked."),
        _hit(0, 318, "So what would handing over that ", "key", " say?"),
        _hit(4, 2201, "…it's as if the ", "keys", " were the last thing that is mine…"),
    ),
)
OTHER_LETTERS: Final = WordsFound(
    "key",
    (
        *FOUND.hits,
        _hit(5, 64, "היא נתנה לי את ה", "key", " ואני לא יודע 🔑"),
    ),
)
FOUND_CLIENT: Final = replace(FOUND, words=CLIENT[:3].lower(), hits=FOUND.hits[:1])
CLIENT_SEEN: Final = ClientSeen(
    CLIENT,
    (
        ClientLine(
            "s0",
            SESSIONS[0].started_at,
            REQUEST,
            Millis(41_000),
            (
                ("I'll read both sentences to Tom on Thursday.", Millis(3_200_000)),
                ("Ask for the keys to the hall", None),
            ),
        ),
        ClientLine(
            "s4",
            SESSIONS[4].started_at,
            "I want to stop carrying the whole choir on my own.",
            Millis(60_000),
            (),
        ),
    ),
    tuple(line for line in SESSIONS if line.client == CLIENT),
)

IMPORTS: Final = ImportsSeen(
    (
        Progress(
            *(0, "Maya 3 November.m4a", Stands.HEARING),
            *(Millis(1_510_000), Millis(3_420_000)),
        ),
        Progress(1, "Zoom 2026-11-10.mp4", Stands.DONE, layout=Layout.MONO),
        Progress(
            *(2, "old tape.wav", Stands.FAILED),
            message="old tape.wav ends early: 1204.0 of 3100.5 s of sound could be"
            " read, the rest is missing or damaged.",
            remedy="Everything up to there was used.",
        ),
        Progress(3, "Ren 12.flac"),
    )
)

FILES: Final = (Path("Nadia 12 March.wav"), Path("Nadia 19 March.m4a"))

SOUND_GOES: Final = SoundSeen(
    0,
    (
        SoundGoes(date(2026, 12, 3), ("s0", "s1")),
        SoundGoes(date(2026, 12, 4), ("s4",)),
    ),
)
EXTENT: Final = ExtentSeen(CLIENT, Extent(2, 115, tuple(Stuff)), minutes_stay=True)

SESSION_EXTENT: Final = SessionExtentSeen(
    SESSIONS[1].id,
    Extent(1, 61, (Stuff.SOUND, Stuff.WORDS, Stuff.MOMENTS, Stuff.NOTES)),
    minutes_stay=False,
)

HOMES: Final[dict[str, tuple[News, ...]]] = {
    "sessions": (SEEN, DEVICES),
    "first": (FIRST, DEVICES),
    "demo": (FIRST, DEVICES),
    "attention": (CUT_OFF, NO_DEVICES),
    "found": (SEEN, DEVICES, FOUND),
    "found-client": (SEEN, DEVICES, FOUND_CLIENT),
    "found-other-letters": (SEEN, DEVICES, OTHER_LETTERS),
    "imports": (SEEN, DEVICES, IMPORTS),
    "client": (SEEN, DEVICES, CLIENT_SEEN),
    "bring-in": (SEEN, DEVICES),
    "locked": (HomeSeen(Lock.LOCKED, (), (), (), "base", 148),),
    "wrong-passphrase": (
        HomeSeen(Lock.LOCKED, (), (), (), "base", 148),
        Refused("The passphrase is wrong.", "Type it again; capital letters count."),
    ),
    "new": (HomeSeen(Lock.NEW, (), (), (), "base", 148),),
    "new-passphrase": (HomeSeen(Lock.NEW_WITHOUT_KEYRING, (), (), (), "base", 148),),
    "recovery-key": (KEY,),
    "clients": (SEEN, ClientsListed(KNOWN), ConsentSeen(CLIENT, KNOWN[0].said)),
    "sound-goes": (SEEN, DEVICES, SOUND_GOES),
    "deleting": (SEEN, DEVICES, SESSION_EXTENT),
    "clients-deleting": (SEEN, ClientsListed(KNOWN), EXTENT),
    "clients-none": (SEEN, ClientsListed(())),
    "card": (
        CARD_NAMED,
        DEVICES,
        LevelHeard(-18.0),
        replace(RECALLED, client=CLIENT),
        ConsentSeen(CLIENT, AGREED),
    ),
    "card-unasked": (
        CARD_NAMED,
        DEVICES,
        LevelHeard(-18.0),
        replace(RECALLED, client=CLIENT),
        ConsentSeen(CLIENT, ()),
    ),
    "card-taken-back": (
        CARD_NAMED,
        DEVICES,
        ConsentSeen(CLIENT, (*AGREED, TAKEN_BACK)),
    ),
    "card-changed": (CARD_NAMED, DEVICES, ConsentSeen(CLIENT, OLD_PROMISE)),
    "card-looking": (CARD,),
    "card-first": (CARD_FIRST, NO_DEVICES),
    "card-unheard": (
        CardSeen((CLIENT,), MODELS, StartChoices(microphone="Jabra Speak 510")),
        DEVICES,
        MeterFailed(
            "'Jabra Speak 510' is not there.",
            "Plug it in, or choose: Yeti Stereo Microphone.",
        ),
    ),
    "card-call": (
        CardSeen((CLIENT,), MODELS, StartChoices(mode=Mode.LIVE_ONLY, call="")),
        DEVICES,
        LevelHeard(None),
    ),
    "card-unlistening": (
        CardSeen((CLIENT,), MODELS, StartChoices(mode=Mode.NO_LISTENING)),
        DEVICES,
    ),
    "card-starting": (
        CARD,
        DEVICES,
        Working("Trying the speech model small on this computer."),
    ),
    "card-refused": (
        CARD,
        DEVICES,
        LevelHeard(-24.0),
        Working("Starting."),
        Refused(
            "The disk has room for 9 minutes of sound.",
            "Free some space, or choose No listening.",
        ),
    ),
}
"""What is told, by the name of the state."""
