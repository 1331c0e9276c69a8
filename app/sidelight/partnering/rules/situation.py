"""Facts about a turn and what was said before it, that single sentences do not show."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Speaker
from sidelight.partnering.reading import Sentence, read, word_set
from sidelight.partnering.replies import is_unsure
from sidelight.partnering.rules.grammar import Phrases
from sidelight.partnering.rules.lexicon import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidelight.partnering.context import Context, Turn

OPENING_TURNS: Final = 24
"""Turns in which the session's agreement is usually settled."""

SHORT_TURN_WORDS: Final = 7

FRAGMENT_WORDS: Final = 5

LEAST_QUESTION_WORDS: Final = 2
"""Shorter ones ("Okay?", "Right?") are tags, not questions of their own."""

LONG_TURN_WORDS: Final = 25

VERY_LONG_TURN_WORDS: Final = 45
"""Where nobody says who speaks, so long a turn is most likely the client's."""

ECHO_SHARE: Final = 0.6
"""Share of the turn's content words that the client had just used."""

_SMALL_WORDS = word_set(
    "a an the i you he she it we they and or but so to of in on at for with that "
    "this is was are were be been am do did does have had has not no yes yeah ok "
    "right mm your my me him her them what there then as if from by about well oh "
    "like all would could will can"
)


def _phrases(*phrases: str) -> Phrases:
    return Phrases.of(phrases, CLASSES)


_IN_TURN: Final = {
    "time_check": _phrases("@time_left"),
    "restates_want": _phrases(
        "you (said|told me) ~ (want*|hoping|need*|like|looking|came)",
        "you said (a|an|one|the) ~",
        "you (wanted|hoped|asked for|asked to|asked me|came (in|for|here|with|along)|"
        "came to (this|today)|needed|set out|started|began|brought|were (hoping|"
        "looking|after|wanting|keen|eager))",
        "(you are|you were) (hoping|looking|after|wanting) (for|to)",
        "we (set (off|out)|started|began|agreed|said|came (in|here))",
        "(your|the) (goal|aim|question|focus|outcome|request|intention) "
        "(was|for today|for this|today)",
        "(your|the) (hope|wish|idea) ~ (was|for (today|this))",
        "what you (wanted|came|asked|said|hoped|needed|were)",
        "(at|from) the (start|beginning|top) ~ (you|we)",
    ),
    "way_out": _phrases(
        "(something|somewhere|anything|someone) (else|different|other|i|we|you|new)",
        "(none|neither|any) of (them|these|those|that|the)",
        "or (neither|both|not|none|elsewhere|whatever|something|somewhere|what)",
        "wherever|whatever|anywhere",
        "(up to you|your (call|choice|walk|session|time|hour|decision))",
        "other (options|ways|ideas|thread*)",
        "not on (my|the|that) list",
        "(i|we) [have] (missed|left out|not (heard|named|seen|mentioned))",
        "what (else|have i missed|am i missing|did i miss)",
        "what would help",
    ),
    "choice_given": _phrases(
        "up to you|over to you|you (choose|pick|decide|lead|drive|steer)|"
        "your (call|choice|pick|decision|walk|lead)"
    ),
    "listed": _phrases(
        "(there is|there are|there was|you (mentioned|named|talked about|have got|"
        "brought|have)|i (heard|hear|have got|have heard|can hear|am hearing)|we have "
        "[got]|you have (mentioned|named|talked about)) ~~ (and|or|there is|the|then)",
        "(one|first) is ~~ (another|other|second)",
    ),
    "checks_conversation": _phrases(
        "@session",
        "(where|how) (we|this|it) (are|is)",
        "what you (wanted|needed|came|hoped|said|need|want)",
        "(is|are) (this|we) ~ (useful|helpful|helping|working|on track|going|heading|"
        "close*|near*|getting|taking|what|where)",
        "on track",
    ),
    "arrangement": _phrases(
        "(we|us|our) ~ (meet|meeting|meetings|sessions|speak|see each other|"
        "call|calls) !(him|her|them|your|the) ~~ (every|each|once|twice|weekly|"
        "monthly|fortnight*|@week_day|"
        "(in|at) [the] _|on _|@number (more|times))",
        "(our|@number more) (sessions|meetings|calls)",
        "^ ~ (does|do|is|are|would) ~ (every|each|weekly|monthly|fortnight*|monday*|"
        "tuesday*|wednesday*|thursday*|friday*|mornings|evenings|afternoons) ~",
        "(short|shorter|long|longer) (sessions|meetings|calls)",
        "(you|we) ~ (to meet|meeting|to speak) ~ (in|at|on|every|once|twice) ~",
        "(we|us) ~ on (video|zoom|teams|the phone)",
        "(rhythm|frequency|between our (meetings|sessions|calls))",
        "(once|twice|@number times) (a|each|every) (week|fortnight|month|quarter)",
    ),
    "may_decline": _phrases(
        "(you (can|could|may|are)|feel|always) ~ (say no|pass|decline|skip it|refuse) "
        "!(to|him|her|them)",
        "no is ~ (fine|ok|good|welcome|all right|an answer)",
        "only if you (want|like|fancy|feel|are)",
        "if you (like|fancy|are up for it|are willing) $",
    ),
    "offers_myself": _phrases(
        "i (can|could|might|may) ~~ or ~ (i|neither|something|anything)",
        "(something|anything) ~ i (can|could) (do|be)",
        "(from|on) my (side|end|part)",
        "me [being] (listening|asking|poking|pushing|challenging|holding|sitting|"
        "keeping|staying|arguing|saying|quiet|silent|nudging)",
        "(want|like|need) me (to|quiet|silent|listening|asking|pushing|tough*) ~~ or",
        "(silence|questions|pushing|challenge|listening) ~~ or ~ "
        "(silence|questions|pushing|challenge|listening|something)",
    ),
    "offers_topic": _phrases(
        "(shall|should|can|could|do) we",
        "we (could|can|might)",
        "(look at|talk about|go back to|come back to|back to|stay with|start with) ~",
        "about (your|the|that|this|how|what)",
    ),
    "advises": _phrases("might be (easier|better|good|worth|nice|useful)"),
    "feels": _phrases(
        "@feeling", "(feel|feels|feeling|felt|heart|body|tears|inside|"
        "breath)", "(sit|stay) with", "in (you|your (chest|stomach|belly|throat))"
    ),
    "offers": _phrases(
        "(we|i) (could|can|might)",
        "(there is|there are|there was|i (heard|hear|have got|can hear)|you "
        "(mentioned|named|talked about|have (got|mentioned|named|brought)))",
        "(part|thread|bit|side) (of|about)",
        "(two|three|four|five|several) (things|roads|paths|threads|"
        "directions|ways|doors|"
        "options|places|parts|bits|pieces|questions)",
    ),
    "invites_back": _phrases(
        "what do you (make|think|reckon|say|notice|see|feel|hear)",
        "(does|do|is|would) (that|this|it|any of (that|this)) ~ "
        "(fit|land|resonate|ring|right|true|sound|make|close|match|anything|sit)",
        "(is|might) there [be] (something|anything) (in|to) (that|it|this)",
        "tell me if", "how (does|do|is) (that|this) (sit|land|sound|fit|hear)",
        "(correct|stop) me", "i (might|may|could) be (wrong|off|way off|mistaken)",
        "what (comes up|happens|do you notice|is it like) ~ (hear|say)",
        "(feel free|you are free|you can) ~ (ignore|disagree|bin|throw|leave|reject|"
        "discard|push back)",
        "(take|use) (it|what) ~ (or|useful|leave|serves)", "or not $",
        "(ignore|bin|discard|leave) (it|that|this) if", "how about you",
        "am i (off|wrong|close|near|right|making|imagining|reading)",
        "i do not know (is|if|whether|that is)",
        "what (is|was) your (take|sense|view|reaction|response)",
        "any truth (in|to)", "where (am i|is that) (off|wrong)",
        "what would you (call|add|change)",
    ),
}  # fmt: skip

_IN_SENTENCE: Final = {
    "you_are_asked": _phrases(
        "(would|do|should|did|are) you ~ @want",
        "(for|from|with) you",
        "you would (like|want)",
    ),
    "my_part": _phrases(
        "@my_part_strong", "(hard|awkward|tough|more|fewer|any) questions"
    ),
    "says_me": _phrases("i|me|my|myself"),
    "says_we": _phrases("we|us|our|together"),
    "says_you": _phrases("you|your"),
    "names_session": _phrases("today|@session|by the end|(out of|from) this"),
    "names_next": _phrases("next|from here|from there|first|at this point"),
    "names_you_or_us": _phrases("you|us|we (look|go|turn|start|begin|stay|move|spend)"),
    "we_offer": _phrases(
        "(we|i) (could|can|might)",
        "(shall|should|could) we",
        "@you_want [us] to ~ (explore|look at|talk about|unpack|dig into|go into|"
        "stay with|spend)",
    ),
    "wish_told": _phrases(
        "(you|today|this|it|we) ~ @wished ~~",
        "(was|were) (about|going to|meant to|supposed to) ~",
    ),
    "choosing_was_wished": _phrases(
        "(@wished|help|let|was about|going to|so (that|you can)) ~~ ~ @choose",
    ),
    "hands_over_now": _phrases(
        "(up|over) to you",
        "(where|which|what|how) ~ (would|do|shall|should|can|could|will) (you|we|i)",
        "(now|so) you (choose|pick|decide|lead|tell me)",
    ),
    "names_end": _phrases(
        "(at|by) the end !(of (your|his|her|their|a|the (day|week|month|year)))",
        "when we (stop|finish|end|close|are (done|finished|through)|hang up)",
    ),
    "names_or": _phrases("or"),
    "permission_only": _phrases(
        "(can|could|may|might|ok if|mind if) i (say|share|offer|tell|reflect|name)"
    ),
}

_IN_REPLY: Final = {
    "client_felt": _phrases("@feeling", "(cry|cried|crying|tears|choked up)"),
    "client_offered_choice": _phrases(
        "(should|shall|do|could|can) (we|i) ~~ or",
        "(i do not know|not sure|wonder*) ~ (whether|if|which|what) ~~ or",
        "either ~~ or",
    ),
    "client_asked_which_topic": _phrases(
        "(should|shall|could|can|do) (we|i) ~ (talk|start|begin|do|look|tell|go|take|"
        "focus|speak|say|explore|work|open) ~~ or",
        "(whether|if) [i should|we should|to] ~ (talk|start|begin|do|look|tell|go|"
        "take|focus|speak) ~~ or",
    ),
    "client_asked_advice": _phrases(
        "what (do|would) you (think|do|suggest|advise|recommend)",
        "what should i",
        "(do you think|should) i",
        "tell me what to",
        "(any|some|your) (advice|tips|suggestions|ideas)",
        "if you were me",
    ),
    "client_fork": _phrases(
        "(there is|there are) ~~ (and|or) [then] (there is|there are|also|the)",
        "(two|three|four|couple of|few|many|several|loads of|lots of) "
        "[different] (things|topics|parts|issues|threads|questions|bits|options)",
        "(do not know|not sure|no idea) (which|where|what) ~ "
        "(start|begin|first|pick|end|go)",
        "(and|but) then there is", "so much (to|going|in|there)", "all over the place",
    ),
    "client_requested": _phrases(
        "^ [yeah|yes|ok|no|well|so|i think] (lets|can we|could we|can you|could you|"
        "would you|i would like [you] to|i want [you] to|i would like us|we should|"
        "we could)",
    ),
    "client_planned": _phrases(
        "i (will|am going to|would|could|can|should|might) [then] (call|ask|email|"
        "tell|talk to|speak to|ring|write|book|send|apply|meet|sign|set up|go to)"
    ),
}  # fmt: skip


def replied(turn: Turn, context: Context) -> str:
    """The words of the other before this turn, or ``""``."""
    if turn.speaker is Speaker.UNKNOWN:
        return context.previous[-1].turn.text if context.previous else ""
    past = context.last(Speaker.CLIENT)
    return past.turn.text if past else ""


def _matching(
    named: Mapping[str, Phrases], sentences: Iterable[Sentence]
) -> frozenset[str]:
    lines = [sentence.line for sentence in sentences]
    return frozenset(
        name for name, phrases in named.items() if any(map(phrases.find, lines))
    )


def _echoes(sentences: tuple[Sentence, ...], said: tuple[Sentence, ...]) -> bool:
    """Whether the turn is mostly made of what the client said in the turn before."""
    mine = [w for s in sentences for w in s.words if w not in _SMALL_WORDS]
    theirs = {w for s in said for w in s.words}
    kept = sum(word in theirs for word in mine)
    return bool(mine) and kept >= ECHO_SHARE * len(mine)


_REFERS_BACK: Final = _phrases("(then|there|that (time|day|moment)) $")


def _repeats(sentences: tuple[Sentence, ...], said: tuple[Sentence, ...]) -> bool:
    """Whether the turn takes up any content word of what the client just said."""
    theirs = {w for s in said for w in s.words if w not in _SMALL_WORDS}
    return any(w in theirs for s in sentences for w in s.words)


def _differ(questions: list[Sentence]) -> bool:
    """Whether there are two questions that share hardly a word."""
    bags = [
        {word for word in question.words if word not in _SMALL_WORDS}
        for question in questions
        if len(question.words) > LEAST_QUESTION_WORDS
        and not _REFERS_BACK.find(question.line)
    ]
    return any(
        len(one & other) * 2 < min(len(one), len(other))
        for one, other in pairwise(bags)
    )


def _facts_of_context(turn: Turn, context: Context) -> set[str]:
    mine = context.last(turn.speaker)
    before = mine.labels if mine is not None else frozenset()
    conditions = {
        "room": turn.speaker is Speaker.UNKNOWN,
        "first": context.turns == 0,
        "opening": context.turns < OPENING_TURNS,
        "agreeing": "agreement" in before,
        "permitted": "observation_invite" in before,
        "after_support": "support" in before,
        "handed_over": bool(before & set(PROCESS_KINDS)),
        "agreed": "agreement" in context.heard,
        "ending": "closing" in context.heard,
    }
    return {name for name, holds in conditions.items() if holds}


def facts_of_turn(
    turn: Turn, context: Context, sentences: tuple[Sentence, ...]
) -> frozenset[str]:
    """The facts that hold for the whole turn."""
    said = read(replied(turn, context))
    words = sum(len(sentence.words) for sentence in sentences)
    questions = [sentence for sentence in sentences if sentence.asked]
    conditions = {
        "client_unsure": is_unsure(replied(turn, context)),
        "client_asks": bool(said) and said[-1].asked,
        "echoes": _echoes(sentences, said),
        "repeats_a_word": _repeats(sentences, said),
        "short": words <= SHORT_TURN_WORDS,
        "long_turn": words > LONG_TURN_WORDS,
        "very_long_turn": words > VERY_LONG_TURN_WORDS,
        "asked_in_turn": bool(questions),
        "several_questions": _differ(questions),
    }
    return (
        frozenset(name for name, holds in conditions.items() if holds)
        | _facts_of_context(turn, context)
        | _matching(_IN_TURN, sentences)
        | _matching(_IN_REPLY, said)
    )


def facts_of_sentence(number: int, sentences: tuple[Sentence, ...]) -> frozenset[str]:
    """The facts that hold for one sentence of the turn."""
    sentence = sentences[number]
    conditions = {
        "asked": sentence.asked,
        "trails": sentence.trails,
        "asked_or_bare": sentence.asked or len(sentences) == 1,
        "last": number == len(sentences) - 1,
        "fragment": len(sentence.words) <= FRAGMENT_WORDS,
    }
    return frozenset(n for n, holds in conditions.items() if holds) | _matching(
        _IN_SENTENCE, (sentence,)
    )


_COMPUTED = word_set(
    "room first opening agreeing permitted after_support handed_over agreed ending "
    "client_unsure client_asks echoes repeats_a_word short long_turn very_long_turn "
    "asked_in_turn several_questions asked trails asked_or_bare last fragment "
    "handed_over_here partners"
)

FACTS: Final = frozenset({*_IN_TURN, *_IN_SENTENCE, *_IN_REPLY, *_COMPUTED})
"""Every fact a cue may ask for; the last two are added by the detector on its way."""
