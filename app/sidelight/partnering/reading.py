"""Text as the rules read it: sentences of plain lower-case words that know their place.

Recognised text loses question marks, capitals and apostrophes, and real talk is full of
fillers and false starts; all of that is levelled here, once. Every word keeps the range
of characters it came from, so that whatever is found can be quoted as it was heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_PIECE = re.compile(
    r"\[[^\]]*\]|\([^)]*\)"  # [laughs]
    r"|,\s*(?:like|you know|i mean|i guess)\s*(?=,)"
    r"|(?P<word>[^\W_][\w'\u2019]*(?:-[\w'\u2019]+)*-?)"
    r"|(?P<end>\.{1,3}|[?!…;:]+|[\u2013\u2014])",
    re.IGNORECASE,
)


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set: easier to read and to extend than a list."""
    return frozenset(words.split())


_FILLERS = word_set(
    "um uh uhm umm er erm ah eh hm hmm just really actually basically honestly "
    "literally quite maybe perhaps"
)

_WORDS = {
    "wanna": "want to", "gonna": "going to", "gotta": "got to", "lemme": "let me",
    "gimme": "give me", "kinda": "", "sorta": "", "dunno": "do not know",
    "cannot": "can not", "can't": "can not", "cant": "can not", "won't": "will not",
    "wont": "will not", "shan't": "shall not", "ain't": "is not", "let's": "lets",
    "d'you": "do you", "d'ya": "do you", "d'ye": "do you", "dya": "do you",
    "whaddya": "what do you", "whatcha": "what are you", "y'all": "you",
    "yous": "you", "youse": "you", "ye": "you", "ya": "you", "yer": "your",
    "summat": "something", "owt": "anything", "nowt": "nothing", "aught": "anything",
    "whereabouts": "where", "okay": "ok", "alright": "all right", "outta": "out of",
    "cos": "because", "coz": "because", "cuz": "because", "mam": "mum", "mom": "mum",
    "tis": "it is", "'tis": "it is", "til": "until", "till": "until", "o'clock": "",
    "whats": "what is", "thats": "that is", "wheres": "where is", "hows": "how is",
    "theres": "there is", "whos": "who is", "im": "i am", "ive": "i have",
    "youre": "you are", "youve": "you have", "youd": "you would", "weve": "we have",
    "theyre": "they are", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "wasnt": "was not", "wouldnt": "would not", "arent": "are not",
    "havent": "have not", "couldnt": "could not", "shouldnt": "should not",
    "analyse": "analyze", "mins": "minutes", "secs": "seconds", "witch": "which",
    "wich": "which",
}  # fmt: skip

_ENDINGS = (
    ("n't", " not"), ("'ll", " will"), ("'d", " would"), ("'ve", " have"),
    ("'re", " are"), ("'m", " am"),
)  # fmt: skip

_ANY: frozenset[str] = frozenset()
_END = frozenset({""})
_MISHEARD = {
    "were": (
        (_ANY, word_set("would shall should do next"), "where"),
        (word_set("you"), word_set("we"), "where"),
    ),
    "no": ((word_set("i you we to"), word_set("if when whether that at"), "know"),),
    "form": ((_ANY, word_set("here there today"), "from"),),
    "know": ((word_set("on at to right next first"), _END, "now"),),
    "now": ((word_set("to i you we"), word_set("if whether"), "know"),),
    "let": ((word_set("have got is are"), _END, "left"),),
    "four": ((word_set("came hoping looking"), _END, "for"),),
}
"""Small words as a small recogniser writes them: by the word written, the words before
and after that give it away (``_ANY``: no matter which), and what was said."""

_IS = word_set(
    "what that there here where how who when why it he she this which everything "
    "one something anything nothing"
)

_QUESTION_OPENER = re.compile(
    r"(?:(?:so|and|but|ok|right|well|now|then|or|because|great|good|lovely|yeah|yes|"
    r"also|perfect|tell me|sure|that is|um) ){0,4}"
    r"(?:(?:in|from|with|to|of|at|by|on|for) (?=what|which|whose))?"
    r"(?:what (?!i |he |she |they |it |a |an |we |you (?:\S+ )+is )|"
    r"(?:where|how|when) (?!i |he |she |they |it |you |we |the |my |your )|"
    r"(?:which|who|whose|why|does|did|is|are|was|were|has|anything you|something you|"
    r"anything else|any chance) |"
    r"(?:do|would|could|can|will|shall|should|am|have|may|might|would not|do not) "
    r"(?:not )?(?:you|we|i|it|this|that|there|he|she|they|the|your|any|my|our|these) )"
)

_CLAUSE_OPENER = re.compile(
    r"(?:^|(?<= ))(?:(?:so|and|but|ok|because|right|then) )?"
    r"(?:(?:what|where|how|which|who|when|why) "
    r"(?:would|do|does|did|is|are|shall|should|might|could|can|will|am|else|way|much|"
    r"many)"
    r"|(?:what|where|which|how) you (?:like|want|need|prefer)"
    r"|how (?:close|near|far|useful|helpful)"
    r"|(?:do|would|could|can|shall|should|may|are|is|has|have|does) "
    r"(?:you|we|i|this|that|it)"
    r"|lets) "
)

_REPORTS = word_set(
    "said says say ask asks asked asking know knows knew wonder wondering decide see "
    "goes went like about whether or on of to tell tells told understand remember find"
)
"""Words after which a question is somebody's, or a clause: no sentence begins there."""

_QUOTES = word_set("said asked says asks goes")
_QUOTE_REACH = 8
"""So many words after "she said" a question may still be hers."""

_RUN_ON = 12
"""Words after which a written sentence is taken to be several, run together."""

_RUN_ON_UNMARKED = 8
"""The same where nothing ends the stretch: the recogniser sets no stops at all."""

_QUANTITY = word_set("much many share part bit piece portion proportion")
_AUXILIARIES = word_set(
    "is are was were do does did have has had would will can could shall should am"
)


@dataclass(frozen=True)
class Sentence:
    """A stretch of words.

    Attributes:
        words: Plain words, fillers gone, contractions written out.
        places: For each word, its half-open range of characters in the turn's text.
        asked: Whether it is a question, by its mark or by the way it opens.
        end: Where it ends in the turn's text, its full stop or question mark included.
        trails: Whether the speaker let it trail off ("…").
    """

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    asked: bool
    end: int
    trails: bool = False

    @cached_property
    def line(self) -> str:
        """The words, each followed by one space: what phrases are matched against."""
        return "".join(f"{word} " for word in self.words)

    @property
    def place(self) -> tuple[int, int]:
        """The range of characters it covers."""
        return (self.places[0][0], self.end)


def _plain(raw: str) -> list[str]:
    """A written word as plain words: contractions and regional spellings levelled."""
    word = raw.lower().replace("\u2019", "'").strip("'")
    if word.endswith("-"):
        return []  # A cut-off word says nothing certain.
    known = _WORDS.get(word)
    if known is not None:
        return known.split()
    if "'" not in word:  # nearly every one, and hours of talk are read at once
        return word.replace("-", " ").split()
    for ending, full in _ENDINGS:
        if word.endswith(ending):
            return (word.removesuffix(ending) + full).split()
    if word.endswith("'s"):
        stem = word.removesuffix("'s")
        return [stem, "is"] if stem in _IS else [stem]
    return word.replace("-", " ").replace("'", "").split()


def _asks(words: tuple[str, ...]) -> bool:
    return _QUESTION_OPENER.match("".join(f"{word} " for word in words)) is not None


_LEAST_BEFORE_CUT = 4
_LEAST_AFTER_CUT = 3


def _quotes(words: list[str]) -> bool:
    """Whether what follows these words may be what somebody else said."""
    first = max(1, len(words) - _QUOTE_REACH)
    return any(
        words[at] in _QUOTES and words[at - 1] != "you"
        for at in range(first, len(words))
    )


def _waits(words: list[str]) -> bool:
    """Whether a question of quantity ("how much of what you wanted") lacks its verb."""
    first = next((at for at, word in enumerate(words) if word in _QUANTITY), None)
    return (
        first is not None
        and words[first - 1 : first + 2 : 2] in (["how", "of"], ["what", "of"])
        and not _AUXILIARIES & set(words[first:])
    )


def _as_meant(words: list[str]) -> list[str]:
    """The words with those set right that their neighbours give away as misheard."""
    meant = list(words)
    for at, word in enumerate(words):
        if word in _MISHEARD:
            previous = words[at - 1] if at > 0 else ""
            following = words[at + 1] if at + 1 < len(words) else ""
            for before, after, right in _MISHEARD[word]:
                if following in after and (before is _ANY or previous in before):
                    meant[at] = right
    return meant


def _starts(words: list[str], most: int) -> list[int]:
    """Where the sentences of a run of words begin, if it is longer than ``most``."""
    starts = [0]
    if len(words) > most:
        line = "".join(f"{word} " for word in words)
        for match in _CLAUSE_OPENER.finditer(line):
            at = line.count(" ", 0, match.start())
            before, after = at - starts[-1], len(words) - at
            reported = words[at - 1] in _REPORTS or _quotes(words[:at])
            goes_on = words[at] in _AUXILIARIES and (
                words[at - 1] in _AUXILIARIES or words[at - 1] == "to"
            )
            if (
                not reported
                and not goes_on
                and not _waits(words[starts[-1] : at])
                and before >= _LEAST_BEFORE_CUT
                and after >= _LEAST_AFTER_CUT
            ):
                starts.append(at)
    return starts


def _sentences(
    words: list[str], places: list[tuple[int, int]], mark: str, end: int
) -> list[Sentence]:
    """One written sentence as one or, where the recogniser lost the stops, several."""
    words = _as_meant(words)
    starts = _starts(words, _RUN_ON if mark else _RUN_ON_UNMARKED)
    found = []
    for start, stop in zip(starts, [*starts[1:], len(words)], strict=True):
        some = tuple(words[start:stop])
        last = stop == len(words)
        asked = _asks(some) or (last and "?" in mark)
        trails = last and ("\u2026" in mark or mark == "...")
        ends_at = end if last else places[stop - 1][1]
        found.append(Sentence(some, tuple(places[start:stop]), asked, ends_at, trails))
    return found


def read(text: str) -> tuple[Sentence, ...]:
    """The text's sentences, in order; none has no words."""
    sentences: list[Sentence] = []
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        if piece["word"]:
            for word in _plain(piece["word"]):
                if word in _FILLERS or (words and words[-1] == word):
                    continue
                words.append(word)
                places.append(piece.span())
        elif piece["end"] and words:
            sentences += _sentences(words, places, piece["end"], piece.end())
            words, places = [], []
    if words:
        sentences += _sentences(words, places, "", places[-1][1])
    return tuple(sentences)
