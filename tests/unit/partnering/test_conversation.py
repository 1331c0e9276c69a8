from tests.fakes.talk import Talk

from sidelight.domain.transcript import Utterance
from sidelight.partnering.context import Conversation, Turn


def turns(*utterances: Utterance) -> list[Turn]:
    """The turn as it stands after each utterance."""
    conversation = Conversation()
    return [conversation.hear(utterance)[0] for utterance in utterances]


def test_utterances_of_one_speaker_join() -> None:
    talk = Talk()
    *_, turn = turns(talk.coach("And where"), talk.coach("shall we begin?"))
    assert turn.text == "And where shall we begin?"


def test_a_backchannel_does_not_break_a_turn() -> None:
    talk = Talk()
    *_, turn = turns(
        talk.client("So I went in there"),
        talk.coach("Mm."),
        talk.client("and I said no."),
    )
    assert turn.text == "So I went in there and I said no."


def test_a_yes_to_a_question_is_an_answer() -> None:
    talk = Talk()
    *_, turn = turns(
        talk.coach("Shall we stay with that?"),
        talk.client("Yeah."),
        talk.coach("Okay."),
    )
    assert turn.text == "Okay."


def test_a_real_turn_breaks() -> None:
    talk = Talk()
    *_, turn = turns(
        talk.coach("I see."), talk.client("It was the dog."), talk.coach("The dog.")
    )
    assert turn.text == "The dog."


def test_after_a_long_silence_the_floor_was_the_others() -> None:
    talk = Talk()
    *_, turn = turns(
        talk.coach("Where shall we start?"),
        talk.coach("What did he say?", after_ms=12_000),
    )
    assert turn.text == "What did he say?"


def test_in_a_room_only_an_unfinished_sentence_goes_on() -> None:
    talk = Talk()
    finished = turns(talk.room("Where shall we start?"), talk.room("With my boss."))
    assert finished[-1].text == "With my boss."
    cut = turns(talk.room("And what would you like to"), talk.room("look at next"))
    assert cut[-1].text == "And what would you like to look at next"


def test_context_is_what_was_before_the_turn() -> None:
    talk = Talk()
    conversation = Conversation()
    conversation.hear(talk.coach("Hello."))
    conversation.hear(talk.client("It's about my brother."))
    _, context = conversation.hear(talk.coach("Your brother."))
    assert [past.turn.text for past in context.previous] == [
        "Hello.",
        "It's about my brother.",
    ]
    assert context.turns == 2
