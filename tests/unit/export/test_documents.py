"""Documents: what is in them, what stays out, and that nothing in them is markup."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.fakes.reading_exports import text_of
from tests.fakes.story import StoryBuilder

from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import CueHeld, CueShown, UtteranceHeard
from sidelight.domain.moments import DIRECTION, Form
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Layout, Speaker
from sidelight.export.document import Heading, Item, Paragraph, Quote
from sidelight.export.formats import EXPORTERS, exporter, html, markdown, plain_text
from sidelight.export.package import Exporter, What
from sidelight.export.redaction import Names
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.reflecting import draft_reflection

if TYPE_CHECKING:
    from sidelight.domain.story import Story


def story() -> Story:
    builder = StoryBuilder(client="Mira")
    builder.request(builder.client("I want a plan for the garden."))
    asked = builder.coach("Where would you like to begin, Mira?")
    builder.moment(asked, DIRECTION, Form.OPEN, 1)
    builder.client("With the <roses> & the wall.", pause=4000)
    builder.say(Speaker.CLIENT, "=cmd", doubt=Doubt.UNSURE)
    builder.client("I'll call Mira Senior on Sunday.", pause=60_000)
    return builder.story()


def render(what: What, format_: str, choices: PackageChoices | None = None) -> str:
    found = exporter(what, format_)
    assert found is not None
    choices = choices or PackageChoices(accept_drafts=True)
    return found.render(package(story(), choices)).decode("utf-8-sig")


@pytest.mark.parametrize("each", EXPORTERS, ids=lambda e: f"{e.what.value}.{e.format}")
def test_the_same_session_gives_the_same_bytes(each: Exporter) -> None:
    choices = PackageChoices(accept_drafts=True)
    first = each.render(package(story(), choices))
    assert first == each.render(package(story(), choices))
    assert first


@pytest.mark.parametrize("each", EXPORTERS, ids=lambda e: f"{e.what.value}.{e.format}")
def test_without_names_the_clients_name_is_nowhere(each: Exporter) -> None:
    choices = PackageChoices(names=Names.NONE, accept_drafts=True)
    made = each.render(package(story(), choices))
    assert "Mira" not in text_of(each.format, made)


def test_what_nobody_accepted_does_not_leave() -> None:
    text = render(What.CLIENT_NOTE, "md", PackageChoices())
    assert "garden" not in text
    assert "No lines have been accepted" in text


def test_a_part_without_accepted_lines_does_not_say_that_none_was_accepted() -> None:
    later = Span(Millis(60_000), Millis(90_000))
    text = render(What.CLIENT_NOTE, "md", PackageChoices(span=later))
    assert "No accepted line is from 1:00 to " in text
    assert "yet" not in text


def test_the_client_note_tells_the_client_nothing_about_the_coaching() -> None:
    text = render(What.CLIENT_NOTE, "md")
    assert "I want a plan for the garden." in text
    assert "Where would you like to begin" not in text


def test_the_demo_says_that_it_accepted_its_own_lines() -> None:
    assert "accepted automatically" in render(What.CLIENT_NOTE, "md")
    assert "accepted automatically" not in render(
        What.CLIENT_NOTE, "md", PackageChoices()
    )


def test_vtt_escapes_and_names_the_voices() -> None:
    text = render(What.TRANSCRIPT, "vtt")
    assert text.startswith("WEBVTT\n\n1\n00:00:01.000 --> ")
    assert "<v Mira>With the &lt;roses&gt; &amp; the wall." in text


def test_srt_times_have_commas() -> None:
    assert "00:00:01,000 --> " in render(What.TRANSCRIPT, "srt")


@pytest.mark.parametrize("format_", ["vtt", "srt"])
def test_nothing_that_is_said_ends_a_subtitle(format_: str) -> None:
    builder = StoryBuilder(client="Mira")
    said = builder.client("first --> then")
    (start, arrow, end) = said.words
    typed = replace(arrow, text="\n\n-->\n\n")
    builder.events[-1] = UtteranceHeard(
        said.span.end, replace(said, words=(start, typed, end))
    )
    found = exporter(What.TRANSCRIPT, format_)
    assert found is not None
    text = found.render(package(builder.story(), PackageChoices())).decode()
    assert text.count("-->") == 1
    assert text.count("\n\n") == (format_ == "vtt")


def test_plain_transcript_keeps_silence_and_lists_doubts() -> None:
    text = render(What.TRANSCRIPT, "txt")
    assert "[4 seconds of silence]" in text
    assert "=cmd [?]" in text
    assert "Please listen again:" in text


def test_csv_cannot_start_a_formula() -> None:
    builder = StoryBuilder()
    builder.moment(builder.coach("=1+1"), DIRECTION, Form.OPEN, 1)
    found = exporter(What.MOMENTS, "csv")
    assert found is not None
    data = found.render(package(builder.story(), PackageChoices()))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["quote"] == "'=1+1"


def test_the_timeline_has_moments_with_their_evidence() -> None:
    timeline = json.loads(render(What.MOMENTS, "json"))
    (moment,) = timeline["moments"]
    assert moment["kind"] == DIRECTION
    assert moment["form"] == "open"
    assert moment["utterances"] == ["1:2"]
    assert timeline["request"] == "I want a plan for the garden."


def talked() -> Story:
    """Mira is cut in on, and left a silence; a silence and a fork are in the past."""
    builder = StoryBuilder(client="Mira")
    settled = builder.coach("What would you like to have at the end, Mira?")
    builder.moment(settled, "agreement")
    builder.client("I want a plan for the garden.", pause=6000)
    asked = builder.coach("Where would you like to begin, Mira?")
    builder.moment(asked, DIRECTION, Form.OPEN, 1)
    builder.client("With the roses that my mother planted by the wall.")
    builder.coach("So it is about your mother, Mira.", pause=-1500)
    return builder.story()


def test_what_the_sound_shows_is_among_the_moments() -> None:
    for format_ in ("json", "csv"):
        found = exporter(What.MOMENTS, format_)
        assert found is not None
        text = found.render(package(talked(), PackageChoices())).decode()
        assert "left 6.0 s of silence; then this came" in text
        assert "began 1.5 s before the client had finished" in text


def test_the_timeline_has_the_measures() -> None:
    found = exporter(What.MOMENTS, "json")
    assert found is not None
    timeline = json.loads(found.render(package(talked(), PackageChoices())))
    dialogue = timeline["dialogue"]
    assert sum(dialogue["talk_ms"].values()) == timeline["length_ms"]
    assert [one["open"] for one in dialogue["questions"]] == [True, True]
    assert [one["chooser"] for one in dialogue["forks"]] == ["client"]
    assert dialogue["doorway"]["kind"] == DIRECTION
    (cut_in,) = dialogue["interruptions"]
    assert (cut_in["speaker"], cut_in["overlap_ms"]) == ("coach", 1500)


@pytest.mark.parametrize("each", EXPORTERS, ids=lambda e: f"{e.what.value}.{e.format}")
def test_without_names_the_measures_tell_none(each: Exporter) -> None:
    choices = PackageChoices(names=Names.NONE, accept_drafts=True)
    made = each.render(package(talked(), choices))
    assert "Mira" not in text_of(each.format, made)


def test_the_reflection_tells_how_the_two_talked() -> None:
    found = exporter(What.REFLECTION_NOTE, "txt")
    assert found is not None
    text = " ".join(found.render(package(talked(), PackageChoices())).decode().split())
    assert "Your questions, 2 open, 0 closed" in text
    assert "Began while the other was in mid-flow, Coach 1, Mira 0" in text
    assert "you handed the choice over, and the client answered" in text
    assert "you partnered on the process: where next, 0:" in text
    assert "both at once 0:01" in text


def test_with_one_microphone_the_reflection_tells_nothing_of_it() -> None:
    story = talked()
    assert story.session is not None
    room = replace(story, session=replace(story.session, layout=Layout.MONO))
    for what in (What.REFLECTION_NOTE, What.MOMENTS):
        found = next(e for e in EXPORTERS if e.what is what)
        text = found.render(package(room, PackageChoices())).decode()
        assert "How you talked" not in text
        assert "silence_honoured" not in text
        assert "Speaking time" not in text


def test_a_range_leaves_the_rest_out() -> None:
    choices = PackageChoices(span=Span(Millis(0), Millis(4000)))
    text = render(What.TRANSCRIPT, "txt", choices)
    assert "garden" in text
    assert "Sunday" not in text


HOSTILE = "# not a heading *nor bold* <b>x</b> [a](b) `c`"


def test_markdown_escapes_what_people_say() -> None:
    out = markdown.render((Paragraph(HOSTILE),)).decode()
    assert out == (
        "\\# not a heading \\*nor bold\\* \\<b\\>x\\</b\\> \\[a\\](b) \\`c\\`\n"
    )


def test_html_escapes_what_people_say() -> None:
    page = html.render((Heading(1, "Note"), Quote("<script>x</script>"))).decode()
    assert "<script>" not in page


def test_items_form_one_list() -> None:
    items = (Item("1:00", "open", "Where?"), Item("2:00"))
    assert html.render(items).decode().count("<ul>") == 1
    assert markdown.render(items).decode() == "- **1:00**, open, “Where?”\n- **2:00**\n"
    assert "  1:00, open, “Where?”" in plain_text.render(items).decode()


def test_hollow_marks_leave_as_what_they_are_and_without_names() -> None:
    builder = StoryBuilder(client="Mira")
    asked = builder.say(Speaker.UNKNOWN, "Start wherever you like, Mira.")
    told = builder.moment(asked, DIRECTION, Form.OPEN, 1)
    mark = replace(told, hollow=True, form=None, episode=None)
    hollow = replace(builder.story(), moments=(), hollow=(mark,))
    choices = PackageChoices(names=Names.NONE, accept_drafts=True)
    found = exporter(What.MOMENTS, "json")
    assert found is not None
    timeline = json.loads(found.render(package(hollow, choices)))
    assert timeline["moments"] == []
    (written,) = timeline["hollow"]
    assert written["resets_clock"] is False
    assert "Mira" not in written["quote"]


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_is_explained_in_words(doubt: Doubt) -> None:
    builder = StoryBuilder(client="Mira")
    builder.say(Speaker.COACH, "With the roses.", doubt=doubt)
    found = exporter(What.TRANSCRIPT, "txt")
    assert found is not None
    text = found.render(package(builder.story(), PackageChoices())).decode()
    assert f"] {doubt.explained}" in text
    assert "_" not in doubt.explained


def test_an_echo_is_no_turn_of_the_coachs() -> None:
    builder = StoryBuilder(client="Mira")
    builder.client("I want a plan for the garden.")
    builder.say(Speaker.COACH, "want a plan for the garden", doubt=Doubt.ECHO)
    note = draft_reflection(builder.story(), datetime(2026, 11, 22, tzinfo=UTC))
    assert note.dialogue is not None
    assert note.dialogue.talk.coach == note.dialogue.talk.both == 0
    assert note.dialogue.talk.client > 0


def test_the_reflection_says_how_many_cues_were_held_back_and_why() -> None:
    builder = StoryBuilder()
    fork = builder.client("There is the house, and then there is the garden.")
    cue = Cue(DIRECTION, Occasion.FORK, fork.span)
    builder.events += [
        CueShown(Millis(60_000), cue),
        CueHeld(Millis(120_000), cue, (Hold.CLIENT_SPEAKS,)),
        CueHeld(Millis(220_000), cue, (Hold.CLIENT_SPEAKS, Hold.THINKING)),
    ]
    found = exporter(What.REFLECTION_NOTE, "txt")
    assert found is not None
    text = found.render(package(builder.story(), PackageChoices())).decode()
    assert "Cues shown: 1. Cues held back: 2." in text
    assert "2 held back" in text
    assert "the client was speaking" in text


GHOSTS = ("the secret rose garden", "shall we begin at the ghostly gate", "phantom")


def doubted_story() -> Story:
    """Everything that could be quoted is doubted."""
    builder = StoryBuilder(client="Mira")
    wanted = builder.say(Speaker.CLIENT, f"I want {GHOSTS[0]}.", doubt=Doubt.UNSURE)
    builder.request(wanted)
    asked = builder.say(Speaker.COACH, GHOSTS[1], doubt=Doubt.REPETITIVE)
    builder.moment(asked, DIRECTION, Form.OPEN, 1)
    builder.say(
        Speaker.CLIENT,
        f"I'll call the {GHOSTS[2]} gardener on Sunday morning.",
        doubt=Doubt.UNSURE,
        pause=600_000,
    )
    return builder.story()


QUOTING = [e for e in EXPORTERS if e.what is not What.TRANSCRIPT]


@pytest.mark.parametrize("each", QUOTING, ids=lambda e: f"{e.what.value}.{e.format}")
def test_no_ghost_quotes(each: Exporter) -> None:
    """What the recogniser doubted, and nobody heard, is quoted nowhere."""
    choices = PackageChoices(accept_drafts=True)
    text = text_of(each.format, each.render(package(doubted_story(), choices)))
    assert not any(ghost in text for ghost in GHOSTS)


def test_a_doubted_moment_keeps_its_time_and_is_listed() -> None:
    choices = PackageChoices(accept_drafts=True)
    found = exporter(What.REFLECTION_NOTE, "md")
    assert found is not None
    text = found.render(package(doubted_story(), choices)).decode()
    assert "Please listen again" in text
    timeline = exporter(What.MOMENTS, "json")
    assert timeline is not None
    told = json.loads(timeline.render(package(doubted_story(), choices)))
    assert [m["doubtful"] for m in told["moments"] if m["kind"] == DIRECTION] == [True]
    assert told["request"] is None


def test_a_line_that_was_heard_may_be_quoted() -> None:
    note = package(doubted_story(), PackageChoices(accept_drafts=True)).client_note
    (line, *_) = note.lines
    assert not line.may_leave
    assert replace(line, heard=True).may_leave
    assert note.accepted(line.section) == ()
