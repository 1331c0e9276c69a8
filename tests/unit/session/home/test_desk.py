"""What home is told: the way in, the library, the card, and the world's faults."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.fakes.keyrings import MissingKeyring, WorkingKeyring
from tests.fakes.modelfolder import write_model
from tests.fakes.partnering_model import word_model
from tests.fakes.talk_events import requested, said, span, talk

from sidelight.domain.client import Client
from sidelight.domain.consent import NEEDED, Form, Occasion, Purpose, Standing
from sidelight.domain.errors import UserError
from sidelight.domain.events import SessionEnded, SessionStarted, WrapUpFinished
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.export.package import What
from sidelight.export.redaction import Names
from sidelight.partnering.learned.teaching import Teacher
from sidelight.record.keystore import SystemKeyring
from sidelight.record.locks import Argon2Cost
from sidelight.record.record import DATABASE_NAME, Record
from sidelight.record.vault import Vault, Ways
from sidelight.session.clients.desk import ClientsDesk
from sidelight.session.clients.messages import (
    AskConsent,
    AskSessionExtent,
    ChangeScript,
    ClientSaved,
    ClientsListed,
    ConsentSeen,
    DeleteSession,
    ListClients,
    NoteConsent,
    SaveClient,
    ScriptsSeen,
    SessionDeleted,
    SessionExtentSeen,
    WithdrawConsent,
)
from sidelight.session.decision_acts import AddMissed, UndoDecision
from sidelight.session.export_messages import (
    ExportRefused,
    ExportSaved,
    PreviewExport,
    PreviewMade,
    SaveExport,
    Wish,
)
from sidelight.session.home.desk import Desk
from sidelight.session.home.door import Door
from sidelight.session.home.imports import Imports
from sidelight.session.home.keeping import KeepingDesk
from sidelight.session.home.library import Library
from sidelight.session.home.messages import (
    BringIn,
    CardSeen,
    ClientRecalled,
    ClientSeen,
    DiscardInterrupted,
    HomeSeen,
    KeepInterrupted,
    KeyMade,
    ListDevices,
    ListenTo,
    Lock,
    LookAround,
    LookAtClient,
    News,
    OpenCard,
    OpenSession,
    RecallClient,
    Refused,
    SearchSessions,
    SessionOpened,
    SetUp,
    Start,
    StartChoices,
    StopListening,
    Unlock,
    WordsFound,
    WrapUpSession,
    WrapUpStored,
)
from sidelight.session.importing.wanted import Recording
from sidelight.session.keeping import Keeper
from sidelight.session.playback.messages import (
    HaltSound,
    PlaybackRequest,
    PlaySound,
)
from sidelight.session.wrap_acts import WriteLine
from sidelight.settings.choices import LastChoices
from sidelight.settings.keeping import KeepingChoice
from sidelight.settings.paths import Paths
from sidelight.settings.room import RoomView
from sidelight.speech.weights import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.session.process import ChildProcess

WORDS = "vier Worte im Wind"
DATABASES = Path(__file__).parents[3] / "data" / "databases"
OLD_KEY = bytes(range(32))
QUIET = StartChoices(mode=Mode.NO_LISTENING)
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)


class SilentEars:
    """Notes what is asked of the microphone's process."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.connection: object = None

    def restart(self) -> None:
        self.asked.append("restart")
        self.connection = self

    def ask(self, request: object) -> None:
        self.asked.append(request)

    def close(self) -> None:
        self.asked.append("close")


class SilentPlayback:
    """Notes what is to be played."""

    def __init__(self) -> None:
        self.asked: list[PlaybackRequest] = []

    def ask(self, request: PlaybackRequest) -> None:
        self.asked.append(request)


class Reception:
    """A desk over a record in a folder; what it tells is kept."""

    def __init__(self, keyring: WorkingKeyring, ways: Ways = Ways()) -> None:  # noqa: B008 - frozen
        self.paths = Paths.find().prepare()
        self.door = Door(self.paths.record, SystemKeyring(lambda: keyring), ways)
        self.library = Library(lambda: self.door.vault, lambda: Teacher(word_model()))
        self.ears = SilentEars()
        self.playback = SilentPlayback()
        self.told: list[News] = []
        self.begun: list[StartChoices] = []
        self.fault: UserError | None = None
        self.running = False
        self.today = date(2026, 11, 27)
        self.imports = Imports(self._import, self.told.append, lambda: None)
        self.desk = Desk(
            self.paths,
            self.door,
            self.library,
            self.ears,  # type: ignore[arg-type]
            self.told.append,
            keep=self.library.keep,
            begin=self._begin,
            running=lambda: self.running,
            clients=ClientsDesk(lambda: self.door.vault, self.told.append),
            playback=self.playback,  # type: ignore[arg-type]
            imports=self.imports,
            keeping=KeepingDesk(
                lambda: self.door.vault,
                Keeper(KeepingChoice, lambda: self.today),
            ),
        )

    def _import(self, recordings: Sequence[Recording]) -> ChildProcess:
        del recordings
        raise UserError("There is no speech model.", "Fetch one.")

    def _begin(self, choices: StartChoices) -> None:
        self.begun.append(choices)
        if self.fault is not None:
            raise self.fault

    def ask(self, request: object) -> News | None:
        self.told.clear()
        self.desk.answer(request)  # type: ignore[arg-type]
        return self.told[-1] if self.told else None

    def agree(self, client: str, mode: Mode) -> None:
        self.ask(NoteConsent(client, NEEDED[mode], Form.SPOKEN))
        assert isinstance(self.told[-1], ConsentSeen)

    def seen(self) -> HomeSeen:
        seen = self.ask(LookAround())
        assert isinstance(seen, HomeSeen)
        return seen

    def add(
        self,
        name: str,
        client: str,
        *,
        request: str = "",
        mode: Mode = Mode.KEEP,
        ended: bool = True,
    ) -> None:
        """A session; of two names the later in the alphabet is the newer."""
        plain = talk(mode, name)
        started = plain.started_at + timedelta(hours=ord(name[-1]))
        session = replace(plain, client=client, started_at=started, model="base.en")
        with Record.open(self.paths.record, self.door.vault) as record:
            store = record.sessions.create(session)
            at = Millis(6_000)
            store.append(SessionStarted(Millis(0), session), Millis(0), 0)
            store.append(said(1, span(2, 5), "I would like that"), at, 0)
            if request:
                store.append(requested(span(2, 5), request, (1,)), at, 0)
            if ended:
                store.append(SessionEnded(Millis(12_000)), Millis(12_000), 0)
                store.finish()


@pytest.fixture
def reception(sidelight_home: Path) -> Reception:
    """With a keyring, and a record that was just made."""
    del sidelight_home
    reception = Reception(WorkingKeyring())
    reception.ask(SetUp(None))
    return reception


def test_the_first_time_with_a_keyring(sidelight_home: Path) -> None:
    del sidelight_home
    keyring = WorkingKeyring()
    reception = Reception(keyring)
    assert reception.seen().lock is Lock.NEW
    made = reception.ask(SetUp(None))
    assert isinstance(made, KeyMade)
    assert made.recovery_key.count("-") == 8
    assert made.recovery_key not in repr(made)
    assert reception.seen().lock is Lock.OPEN
    assert Reception(keyring).seen().lock is Lock.OPEN, "nobody is asked again"
    assert reception.door.passphrase is None


def test_the_first_time_without_a_keyring(sidelight_home: Path) -> None:
    del sidelight_home
    reception = Reception(MissingKeyring())
    assert reception.seen().lock is Lock.NEW_WITHOUT_KEYRING
    assert isinstance(reception.ask(SetUp(WORDS)), KeyMade)
    assert reception.door.passphrase == WORDS, "the engine needs it"
    assert Reception(MissingKeyring()).seen().lock is Lock.LOCKED


def test_a_passphrase_file_opens_it_without_a_word(
    sidelight_home: Path, tmp_path: Path
) -> None:
    del sidelight_home
    file = tmp_path / "phrase"
    file.write_text(WORDS + "\n")
    ways = Ways(passphrase_file=file)
    reception = Reception(MissingKeyring(), ways)
    assert reception.seen().lock is Lock.NEW
    reception.ask(SetUp(None))
    assert Reception(MissingKeyring(), ways).seen().lock is Lock.OPEN


def test_a_wrong_passphrase_is_refused_and_the_right_one_opens(
    sidelight_home: Path,
) -> None:
    (sidelight_home / "record").mkdir(parents=True, mode=0o700)
    Vault.create(sidelight_home / "record", passphrase=WORDS, cost=CHEAP)
    reception = Reception(MissingKeyring())
    assert reception.seen().lock is Lock.LOCKED
    refused = reception.ask(Unlock("vier Wörter"))
    assert refused == Refused(
        "The passphrase is wrong.", "Type it again; capital letters count."
    )
    assert isinstance(reception.ask(OpenSession("01A")), Refused)
    opened = reception.ask(Unlock(WORDS))
    assert isinstance(opened, HomeSeen)
    assert opened.lock is Lock.OPEN
    assert reception.door.passphrase == WORDS


def test_before_the_first_session_there_is_nothing(reception: Reception) -> None:
    seen = reception.seen()
    assert (seen.sessions, seen.interrupted, seen.models) == ((), (), ())
    assert seen.model_offered == "base"
    assert seen.model_megabytes == 148
    assert reception.ask(RecallClient("Zoë")) == ClientRecalled("Zoë", "", None)


def test_the_library_is_told_the_newest_first(reception: Reception) -> None:
    reception.add("01A", "Ana")
    reception.add("01C", "Tom", mode=Mode.LIVE_ONLY)
    reception.add("01B", "Ana", ended=False)
    seen = reception.seen()
    assert [(one.id, one.client, one.mode) for one in seen.sessions] == [
        ("01C", "Tom", Mode.LIVE_ONLY),
        ("01A", "Ana", Mode.KEEP),
    ]
    assert [one.id for one in seen.interrupted] == ["01B"]
    assert not seen.interrupted[0].only_recorded
    reception.running = True
    assert reception.seen().interrupted == (), "it runs; it was not cut off"


def test_a_session_is_opened_with_its_words(reception: Reception) -> None:
    reception.add("01A", "Ana")
    opened = reception.ask(OpenSession("01A"))
    assert isinstance(opened, SessionOpened)
    assert [one.text for one in opened.story.utterances] == ["I would like that"]
    assert "I would like that" not in repr(opened)
    assert opened.has_sound, "its file is missing, and whoever plays it is told so"
    reception.add("01B", "Ana", mode=Mode.LIVE_ONLY)
    gone = reception.ask(OpenSession("01B"))
    assert isinstance(gone, SessionOpened)
    assert not gone.has_sound


def test_an_export_is_looked_at_then_saved_or_refused(
    reception: Reception, tmp_path: Path
) -> None:
    reception.add("01A", "Ana")
    wish = Wish(What.TRANSCRIPT, "txt", Names.INITIALS)
    seen = reception.ask(PreviewExport("01A", wish))
    assert isinstance(seen, PreviewMade)
    assert seen.wish == wish
    assert "I would like that" in seen.preview.text
    assert "Ana" not in seen.preview.text
    assert "I would like that" not in repr(seen)
    note = reception.ask(PreviewExport("01A", Wish(What.CLIENT_NOTE, "pdf")))
    assert isinstance(note, PreviewMade)
    assert [page[:4] for page in note.preview.pages] == [b"\x89PNG"]
    assert [one.name for one in note.preview.to_check.names] == ["Ana"]
    out = tmp_path / "it.txt"
    assert isinstance(reception.ask(SaveExport("01A", wish, out)), ExportSaved)
    assert out.read_text("utf-8") == seen.preview.text
    nowhere = tmp_path / "gone" / "it.txt"
    refused = reception.ask(SaveExport("01A", wish, nowhere))
    assert isinstance(refused, ExportRefused)
    assert refused.remedy == "Choose another place for the file."
    silent = reception.ask(SaveExport("01A", Wish(What.SOUND, "flac"), out))
    assert isinstance(silent, ExportRefused)
    assert out.read_text("utf-8") == seen.preview.text
    assert isinstance(reception.ask(PreviewExport("01Z", wish)), ExportRefused)


def test_an_interrupted_session_is_kept_or_destroyed(reception: Reception) -> None:
    reception.add("01A", "Ana", ended=False)
    reception.add("01B", "Tom", ended=False)
    reception.ask(KeepInterrupted("01A"))
    seen = reception.ask(DiscardInterrupted("01B"))
    assert isinstance(seen, HomeSeen)
    assert [one.id for one in seen.sessions] == ["01A"]
    assert seen.interrupted == ()
    refused = reception.ask(DiscardInterrupted("01B"))
    assert isinstance(refused, Refused)


def test_a_client_is_remembered_by_what_they_asked_for_last(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana", request="an older wish")
    reception.add("01B", "Ana", request="a sentence for Sunday")
    reception.add("01C", "ana ")
    reception.add("01D", "Tom", request="something else")
    recalled = reception.ask(RecallClient("ANA"))
    assert isinstance(recalled, ClientRecalled)
    assert recalled.request == "a sentence for Sunday"
    assert recalled.on is not None
    assert "Sunday" not in repr(recalled)


def test_what_a_client_committed_to_comes_back_to_the_card(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana", request="an older wish")
    reception.add("01B", "Ana", mode=Mode.LIVE_ONLY)
    reception.add("01C", "Tom")
    for session, text in (("01A", "Older"), ("01B", "Phone the hall"), ("01C", "No")):
        stored = reception.ask(WrapUpSession(session, WriteLine(text)))
        assert isinstance(stored, WrapUpStored)
        assert stored.session == session
        assert text not in repr(stored)
    recalled = reception.ask(RecallClient("ana"))
    assert isinstance(recalled, ClientRecalled)
    assert recalled.commitments == ("Phone the hall",)
    assert recalled.request == "an older wish"
    assert recalled.committed_on != recalled.on
    assert "Phone" not in repr(recalled)


def test_what_cannot_be_wrapped_up_is_refused(reception: Reception) -> None:
    reception.add("01A", "Ana", ended=False)
    refused = reception.ask(WrapUpSession("01A", WriteLine("Phone the hall")))
    assert refused == Refused(
        "This session has not ended yet.", "Wrap it up afterwards."
    )


def test_sound_is_played_beside_and_stops_when_a_session_begins(
    reception: Reception,
) -> None:
    wanted = PlaySound("01A", 1, Span(Millis(0), Millis(900)))
    assert reception.ask(wanted) is None
    reception.ask(Start(QUIET))
    assert reception.playback.asked == [wanted, HaltSound()]


def test_of_a_client_whose_words_were_not_kept_only_the_day_is_known(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana", request="her words", mode=Mode.LIVE_ONLY)
    recalled = reception.ask(RecallClient("Ana"))
    assert isinstance(recalled, ClientRecalled)
    assert recalled.request == ""
    assert recalled.on is not None


def test_the_card_offers_clients_models_and_the_last_choices(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana")
    reception.add("01B", "Tom")
    reception.add("01C", "Ana")
    folder = write_model(reception.paths.models / "small.en")
    (folder / MANIFEST).write_text("{}")
    chosen = StartChoices(
        *("Tom", 45, Mode.LIVE_ONLY, "yeti", "", "small.en", "en"), room=RoomView.DARK
    )
    reception.agree("Tom", Mode.LIVE_ONLY)
    reception.ask(Start(chosen))
    card = reception.ask(OpenCard())
    assert isinstance(card, CardSeen)
    assert card.clients == ("Ana", "Tom")
    assert [(one.name, one.multilingual) for one in card.models] == [
        ("small.en", False)
    ]
    assert card.choices == replace(chosen, client="")
    written = (reception.paths.data / "start.json").read_text()
    assert "Tom" not in written, "names lie in the record alone"


def test_a_model_that_is_gone_is_not_chosen_again(reception: Reception) -> None:
    reception.agree("Tom", Mode.KEEP)
    reception.ask(Start(StartChoices("Tom", model="large-v3", record_only=True)))
    card = reception.ask(OpenCard())
    assert isinstance(card, CardSeen)
    assert card.choices.model is None
    assert not card.choices.record_only, "without a model it was no choice"


def test_a_session_is_destroyed_once_it_was_said_what_goes(
    reception: Reception,
) -> None:
    reception.add("01A", "Tom")
    reception.add("01B", "Tom")
    seen = reception.ask(AskSessionExtent("01A"))
    assert isinstance(seen, SessionExtentSeen)
    assert seen.extent.sessions == 1
    assert not seen.minutes_stay
    assert reception.ask(DeleteSession("01A")) == SessionDeleted(seen.extent)
    assert [line.id for line in reception.seen().sessions] == ["01B"]
    assert isinstance(reception.ask(DeleteSession("01A")), Refused)


def test_a_start_lets_the_microphone_go_first(reception: Reception) -> None:
    reception.ask(OpenCard())
    reception.ask(ListenTo("yeti"))
    reception.ask(Start(QUIET))
    assert reception.ears.asked == ["restart", ListenTo("yeti"), "close"]
    assert reception.begun == [QUIET]


def test_nothing_begins_without_consent_and_the_microphone_stays(
    reception: Reception,
) -> None:
    reception.ask(OpenCard())
    refused = reception.ask(Start(StartChoices("Tom")))
    assert isinstance(refused, Refused)
    assert refused.message == "Tom has not agreed to Keep yet."
    reception.agree("Tom", Mode.LIVE_ONLY)
    assert isinstance(reception.ask(Start(StartChoices("Tom"))), Refused)
    assert reception.begun == []
    assert reception.ears.asked == ["restart"]
    reception.agree("Tom", Mode.KEEP)
    reception.ask(Start(StartChoices("tom ")))
    assert reception.begun == [StartChoices("tom ")], "however it is spelt"
    reception.ask(WithdrawConsent("Tom", (Purpose.KEEP_TEXT,)))
    refused = reception.ask(Start(StartChoices("Tom")))
    assert isinstance(refused, Refused)
    assert "withdrew" in refused.message


def test_a_client_who_never_came_is_offered_with_what_they_came_for(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana")
    saved = reception.ask(SaveClient(Client(0, " Bo ", asked_for="a quieter team")))
    assert isinstance(saved, ClientSaved)
    assert saved.client.name == "Bo"
    card = reception.ask(OpenCard())
    assert isinstance(card, CardSeen)
    assert card.clients == ("Ana", "Bo")
    recalled = reception.ask(RecallClient("bo"))
    assert recalled == ClientRecalled("bo", "a quieter team", None)
    taken = reception.ask(SaveClient(Client(0, "ANA")))
    assert isinstance(taken, Refused)
    assert taken.message == "There is a client Ana already."


def test_a_client_with_another_name_keeps_their_sessions(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana", request="more room")
    reception.ask(ListClients())
    (listed,) = reception.told
    assert isinstance(listed, ClientsListed)
    (ana,) = listed.clients
    assert ana.sessions == 1
    reception.ask(SaveClient(replace(ana.client, name="Anna")))
    assert reception.seen().sessions[0].client == "Anna"
    opened = reception.ask(OpenSession("01A"))
    assert isinstance(opened, SessionOpened)
    assert opened.story.session is not None
    assert opened.story.session.client == "Anna"
    recalled = reception.ask(RecallClient("Anna"))
    assert isinstance(recalled, ClientRecalled)
    assert recalled.request == "more room"


def test_the_coachs_own_words_are_asked_with_and_kept_with_the_answer(
    reception: Reception,
) -> None:
    reception.ask(ChangeScript(Occasion.LIVE_ONLY, " May it listen? "))
    (scripts,) = reception.told
    assert isinstance(scripts, ScriptsSeen)
    assert dict(scripts.words) == {**SCRIPTS, Occasion.LIVE_ONLY: "May it listen?"}
    reception.agree("Tom", Mode.LIVE_ONLY)
    seen = reception.ask(AskConsent("TOM"))
    assert isinstance(seen, ConsentSeen)
    (given,) = seen.said
    assert given.wording == "May it listen?"
    assert "May it listen?" not in repr(seen)
    reception.ask(ChangeScript(Occasion.LIVE_ONLY, ""))
    (scripts,) = reception.told
    assert isinstance(scripts, ScriptsSeen)
    assert dict(scripts.words) == dict(SCRIPTS)


def test_home_is_told_what_is_not_as_usual(reception: Reception) -> None:
    for number, client in enumerate(("Ana", "Tom", "Zora")):
        reception.add(f"01{'ABC'[number]}", client)
    reception.add("01D", "Uri", mode=Mode.LIVE_ONLY)
    reception.agree("Ana", Mode.KEEP)
    reception.agree("Zora", Mode.KEEP)
    reception.ask(WithdrawConsent("Zora", (Purpose.KEEP_SOUND,)))
    with Record.open(reception.paths.record, reception.door.vault) as record:
        done = WrapUpFinished(Millis(12_000))
        record.sessions.get("01A").append(done, Millis(12_000), 0)
        record.keeping.look(date(2026, 11, 1))
        record.deletions.sound("01A", date(2026, 11, 9))
    told = {
        line.client: (line.wrapped_up, line.sound_gone_on, line.consent)
        for line in reception.seen().sessions
    }
    assert told == {
        "Ana": (True, date(2026, 11, 9), Standing.VALID),
        "Tom": (False, None, Standing.NEVER),
        "Zora": (False, None, Standing.WITHDRAWN),
        "Uri": (False, None, Standing.VALID),
    }


def test_a_no_is_kept_and_begins_nothing(reception: Reception) -> None:
    keep = NEEDED[Mode.KEEP]
    no = NoteConsent("Tom", keep, Form.SPOKEN, "May I?", "Not today", given=False)
    seen = reception.ask(no)
    assert isinstance(seen, ConsentSeen)
    assert {(one.given, one.wording, one.answer) for one in seen.said} == {
        (False, "May I?", "Not today")
    }
    refused = reception.ask(Start(StartChoices("Tom")))
    assert isinstance(refused, Refused)
    assert refused.message == "Tom said no to Keep."
    reception.agree("Tom", Mode.KEEP)
    assert not isinstance(reception.ask(Start(StartChoices("Tom"))), Refused)


def test_a_start_that_fails_is_told(reception: Reception) -> None:
    reception.fault = UserError("The disk is full.", "Free some space.")
    refused = reception.ask(Start(QUIET))
    assert refused == Refused("The disk is full.", "Free some space.")


def test_devices_are_listed_once_at_home_and_anew_for_the_card(
    reception: Reception,
) -> None:
    reception.seen()
    reception.seen()
    assert reception.ears.asked == ["restart"]
    reception.ask(OpenCard())
    reception.ask(ListDevices())
    reception.ask(StopListening())
    assert reception.ears.asked == [*["restart"] * 3, StopListening()]


class OldVault(Vault):
    """Opens the stored databases (``tests/data/databases/store.py``)."""

    def database_key(self) -> bytes:
        return OLD_KEY


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_a_record_of_an_older_version_is_brought_up_to_date_at_the_first_look(
    reception: Reception, schema: int
) -> None:
    shutil.copy(
        DATABASES / f"schema-{schema}.db", reception.paths.record / DATABASE_NAME
    )
    reception.door._vault = OldVault(OLD_KEY, reception.paths.record)
    seen = reception.seen()
    assert [(one.id, one.client) for one in seen.sessions] == [("01HSCHEMA", "Ada")]


def test_who_writes_the_record_now_is_not_waited_for(reception: Reception) -> None:
    reception.add("01A", "Ana")
    with Record.open(reception.paths.record, reception.door.vault):
        assert [one.client for one in reception.seen().sessions] == ["Ana"]


def test_words_are_found_and_open_at_their_place(reception: Reception) -> None:
    assert reception.ask(SearchSessions("like")) == WordsFound("like", ())
    reception.add("01A", "Maya")
    found = reception.ask(SearchSessions("LIK"))
    assert isinstance(found, WordsFound)
    (hit,) = found.hits
    assert (hit.session, hit.client, found.more) == ("01A", "Maya", False)
    opened = reception.ask(OpenSession(hit.session, hit.span.start))
    assert isinstance(opened, SessionOpened)
    assert opened.at == hit.span.start


def test_a_client_over_time(reception: Reception) -> None:
    reception.add("01A", "Maya", request="one sentence for Sunday")
    reception.add("01B", "maya ")
    reception.add("01C", "Tomasz", request="nothing of this")
    reception.ask(WrapUpSession("01B", WriteLine("Ask for the keys")))
    seen = reception.ask(LookAtClient("Maya"))
    assert isinstance(seen, ClientSeen)
    assert [line.id for line in seen.sessions] == ["01B", "01A"]
    newer, older = seen.lines
    assert (newer.session, newer.request) == ("01B", "")
    assert newer.commitments == (("Ask for the keys", None),)
    assert older.request == "one sentence for Sunday"
    assert older.asked_at is not None
    assert reception.ask(LookAtClient("")) == ClientSeen("", (), ())


def test_recordings_need_a_model(reception: Reception) -> None:
    wanted = BringIn((Recording(Path("a.wav"), client="Maya"),))
    refused = reception.ask(wanted)
    assert isinstance(refused, Refused)
    assert "Maya has not agreed" in refused.message
    reception.agree("Maya", Mode.KEEP)
    refused = reception.ask(wanted)
    assert isinstance(refused, Refused)
    assert "no speech model" in refused.message


def test_what_is_decided_in_the_review_is_stored_and_taught(
    reception: Reception,
) -> None:
    reception.add("01A", "Ana")
    refused = reception.ask(WrapUpSession("01A", UndoDecision()))
    assert isinstance(refused, Refused)
    stretch = AddMissed("direction", Millis(3_000))
    speaks = reception.ask(WrapUpSession("01A", stretch))
    assert isinstance(speaks, Refused), "only the client spoke"
    with Record.open(reception.paths.record, reception.door.vault) as record:
        own = said(2, span(7, 9), "which way now", Speaker.COACH)
        record.sessions.get("01A").append(own, Millis(12_000), 0)
    told = reception.ask(WrapUpSession("01A", AddMissed("direction", Millis(8_000))))
    assert isinstance(told, WrapUpStored)
    with Record.open(reception.paths.record, reception.door.vault) as record:
        taught = record.lessons.lessons(word_model().version)
    assert [(one.kind, one.positive) for one in taught] == [("direction", True)]


def test_a_damaged_settings_file_is_said_once_at_home(reception: Reception) -> None:
    (reception.paths.data / LastChoices.FILE).write_text("{")
    card = reception.ask(OpenCard())
    assert isinstance(card, CardSeen)
    assert card.choices == StartChoices()
    told = reception.ask(LookAround())
    assert isinstance(told, Refused)
    assert "start.json.damaged-1" in told.message
    assert isinstance(reception.ask(LookAround()), HomeSeen)
