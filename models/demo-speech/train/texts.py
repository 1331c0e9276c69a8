"""Builds the training text: hand-written sentences, and far more made from them.

The first demo model learned a few hundred sentence templates so well that it *guessed*
them when it heard anything else. Everything here serves one end: the next word must not
be predictable, so that the decoder has to listen.

- *written*: the sentences of ``texts/*.txt``, as they stand;
- *grammar*: coaching and everyday templates (``texts/grammar.txt``);
- *recombined*: clauses of written sentences put together at random;
- *chained*: a word-pair chain over the written sentences, some words exchanged;
- *salad*: random words.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"
WRITTEN = (
    "coach.txt",
    "client.txt",
    "everyday.txt",
    "work.txt",
    "life.txt",
    "sessions.txt",
)
_CUT = re.compile(
    r", (?:and |but |so |or )?"
    r"|(?= (?:because|when|while|before|after|since|until|if|whether|that|which|who|and"
    r"|but|so|or|where|what|how|with|without|from|about|for|in|on|at|to|as|than) )"
)
_CHOICE = re.compile(r"\(([^()]*)\)|\{(\w+)\}")


def read(name: str) -> list[str]:
    """The non-empty lines of a text file."""
    lines = (TEXTS / name).read_text(encoding="utf-8").split("\n")
    return [line.strip() for line in lines if line.strip()]


def plain(text: str) -> str:
    """The words alone, lower case, as word error rates compare them."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'")))


def written() -> list[str]:
    """Every hand-written training sentence except the very short ones."""
    return [line for name in WRITTEN for line in read(name)]


def grammar(count: int, rng: random.Random) -> list[str]:
    """``count`` sentences from the templates of ``grammar.txt``."""
    slots: dict[str, list[str]] = {}
    templates: list[list[str]] = []
    weights: list[float] = []
    here: list[str] = []
    words = False
    for line in read("grammar.txt"):
        if line.startswith("#"):
            continue
        if line.startswith("["):
            kind, name, *weight = line.strip("[]").split()
            here, words = [], kind == "slot"
            if words:
                slots[name] = here
            else:
                templates.append(here)
                weights.append(float(weight[0]))
        elif words:
            here += line.split(", ") if ", " in line or "{" in line else line.split()
        else:
            here.append(line)
    chosen = rng.choices(templates, weights, k=count)
    return [_expand(rng.choice(group), slots, rng) for group in chosen]


def _expand(template: str, slots: dict[str, list[str]], rng: random.Random) -> str:
    """Chooses alternatives and fillers, innermost first, until none is left."""
    text = template
    while found := _CHOICE.search(text):
        if found[1] is not None:
            chosen = rng.choice(found[1].split("|"))
        else:
            chosen = rng.choice(slots[found[2]])
        text = text[: found.start()] + chosen + text[found.end() :]
    text = re.sub(r" ([.,?!])", r"\1", " ".join(text.split()))
    text = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text).replace("an one", "a one")
    return re.sub(r"(^|[.?!] )([a-z])", lambda m: m[1] + m[2].upper(), text)


def vocabulary(sentences: Iterable[str]) -> list[str]:
    """The words of ``words.txt`` with their inflections, and those of the sentences."""
    words = {word for text in sentences for word in re.findall(r"[A-Za-z']+", text)}
    for line in read("words.txt"):
        kind, _, rest = line.partition(":")
        for entry in rest.split():
            words.update(inflections(kind, entry))
    lower = {word for word in words if word == word.lower()}
    # a capital that only a sentence's beginning explains is dropped
    return sorted(
        word for word in words if word == word.lower() or word.lower() not in lower
    )


def inflections(kind: str, entry: str) -> list[str]:
    """The forms of an entry: ``noun`` dog dogs, ``verb`` plan plans planned planning.

    Irregular forms are written out, joined by slashes (``take/took/taken``: the last
    two replace the regular past forms); any other kind stands as it is.
    """
    base, *others = entry.split("/")
    final_s = base.endswith(("s", "x", "z", "ch", "sh"))
    final_y = base.endswith("y") and base[-2] not in "aeiou"
    with_s = base + "es" if final_s else base[:-1] + "ies" if final_y else base + "s"
    if kind == "noun":
        return [base, *(others or [with_s])]
    if kind != "verb":
        return [base, *others]
    stem = base
    if base.endswith("ie"):
        stem = base[:-2] + "y"
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        stem = base[:-1]
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", base)
    if doubled:
        stem += base[-1]
    past = (
        base[:-1] + "ied"
        if final_y
        else base + "d"
        if base.endswith("e")
        else stem + "ed"
    )
    return [base, with_s, stem + "ing", *(others or [past])]


def clauses(sentences: list[str]) -> list[str]:
    """Pieces of two to eight words, cut where a clause or phrase begins."""
    pieces = {
        piece.strip(" .,?!")
        for text in sentences
        for piece in _CUT.split(text)
        if piece and 2 <= len(piece.split()) <= 8
    }
    return sorted(pieces)


def finish(words: str, rng: random.Random) -> str:
    """Capital letter and final mark."""
    words = words.strip(" ,")
    return words[0].upper() + words[1:] + rng.choices(".?", (5, 1))[0]


def recombined(pieces: list[str], count: int, rng: random.Random) -> list[str]:
    """Sentences of one to four pieces that never belonged together."""
    made = []
    for _ in range(count):
        chosen = rng.sample(pieces, rng.choices((1, 2, 3, 4), (2, 4, 3, 1))[0])
        text = chosen[0]
        for piece in chosen[1:]:
            joint = rng.choice((" ", " ", ", ", ", and ", ", but ", ". "))
            text += joint + (piece[0].upper() + piece[1:] if joint == ". " else piece)
        made.append(finish(text, rng))
    return made


def chained(
    sentences: list[str], words: list[str], count: int, rng: random.Random
) -> list[str]:
    """Walks over the word pairs of the sentences; one word in seven is any word."""
    following: dict[str, list[str]] = defaultdict(list)
    starts = []
    for text in sentences:
        tokens = text.split()
        starts.append(tokens[0])
        for one, two in pairwise(tokens):
            following[one.lower()].append(two)
    made = []
    for _ in range(count):
        walk = [rng.choice(starts)]
        for _ in range(rng.randint(2, 14)):
            after = following.get(walk[-1].lower())
            if walk[-1][-1] in ".?!" or not after:
                break
            walk.append(rng.choice(words) if rng.random() < 0.15 else rng.choice(after))
            if walk[-1][-1] not in ".?!" and walk[-1].lower() not in following:
                walk.append(
                    rng.choice(("the", "and", "to", "is", "of", "for", "with", "was"))
                )
        made.append(finish(" ".join(walk).strip(".?!"), rng))
    return made


def salad(words: list[str], count: int, rng: random.Random) -> list[str]:
    """Random words, with a comma now and then so that the voice keeps its breath."""
    made = []
    for _ in range(count):
        chosen = [rng.choice(words) for _ in range(rng.randint(1, 9))]
        text = "".join(w + ("," if rng.random() < 0.12 else "") + " " for w in chosen)
        made.append(finish(text, rng))
    return made


def without(sentences: Iterable[str], forbidden: Iterable[str]) -> list[str]:
    """The sentences, in order and once each, less the forbidden ones."""
    seen = {plain(text) for text in forbidden}
    kept = []
    for text in sentences:
        key = plain(text)
        if key and key not in seen:
            seen.add(key)
            kept.append(text)
    return kept


@dataclass(frozen=True)
class TrainingText:
    """Sentences to be spoken, in random order, and how often to hear which."""

    sentences: list[str]
    often: dict[str, int]
    """By `plain` text; 1 where missing."""


def demo_sentences(script: Path) -> list[str]:
    """The demo session's turns and the pieces that its voices speak in one breath."""
    turns = json.loads(script.read_text(encoding="utf-8"))["turns"]
    return [
        text
        for turn in turns
        for text in (turn["text"], *(p["text"] for p in turn["pieces"]))
    ]


def training_text(script: Path, seed: int) -> TrainingText:
    """All training text, shuffled; nothing of the test and development sets is in it.

    The demo session's own sentences are part of it, and heard most often: the demo must
    be understood, and the model's card says how that came about.
    """
    rng = random.Random(seed)
    own, demo = written(), demo_sentences(script)
    words, pieces = vocabulary(own), clauses(own)
    made = [
        *grammar(2000, rng),
        *recombined(pieces, 4000, rng),
        *chained(own, words, 3500, rng),
        *salad(words, 2500, rng),
    ]
    often = {plain(text): 5 for text in own} | {plain(text): 12 for text in demo}
    forbidden = read("test.txt") + read("development.txt")
    kept = without([*own, *read("short.txt"), *demo, *made], forbidden)
    rng.shuffle(kept)
    return TrainingText(kept, often)
