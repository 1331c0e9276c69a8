"""Puts training windows together from spoken clips.

A window is what the recogniser is given: one or several utterances of one voice or two,
with gaps, silence before and after, noise, other levels, cut in mid-sentence, or padded
to 30 s. Its target is the text up to where the sound ends, with times in some windows
and without in others.
"""

import json
import math
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from network import SPECIALS, TIMESTAMPS
from numpy.typing import NDArray
from texts import plain
from tokenizers import Tokenizer
from torch import Tensor

FULL = 3000
"""Frames of a window that is padded to 30 s."""
_LN10 = math.log(10)
_FLOOR = -10.0
_NOISE_FRAMES = 40_000

Floats = NDArray[np.float32]
Word = tuple[str, float, float]
"""Text, start and end; seconds from the start of the clip or window it is in."""


@dataclass(frozen=True)
class Clip:
    """A spoken sentence, or pieces of two joined at word boundaries."""

    voice: str
    features: NDArray[np.float16]
    phones: NDArray[np.uint8]
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Window:
    """One example of ``mel.shape[1]`` frames; encoder frames are half as many."""

    mel: Floats
    phones: NDArray[np.int64]
    spoken: NDArray[np.int64]
    """The token being spoken in each encoder frame, -100 for none."""
    inputs: list[int]
    labels: list[int]
    regions: list[tuple[float, float] | None]
    """Where the guided head must look for each label, in seconds."""
    end: int
    """Mel frames until the zero padding."""


@dataclass(frozen=True)
class Batch:
    mel: Tensor
    phones: Tensor
    spoken: Tensor
    inputs: Tensor
    labels: Tensor
    regions: Tensor


class Clips:
    """The shards of a folder; `reload` takes in those that were finished since.

    Sentences in ``often`` (as `texts.plain` spells them) are heard that many times as
    often.
    """

    def __init__(self, folder: Path, often: dict[str, int]) -> None:
        self._folder = folder
        self._often = often
        self._known: set[str] = set()
        self._all: list[tuple[dict, NDArray[np.float16], NDArray[np.uint8]]] = []
        self.by_voice: dict[str, list[int]] = {}
        self.hours = 0.0
        self.reload()

    def __len__(self) -> int:
        return len(self._all)

    def reload(self) -> None:
        for meta in sorted(self._folder.glob("meta*.json")):
            if meta.name in self._known:
                continue
            number = meta.stem.removeprefix("meta")
            features = np.memmap(self._folder / f"feat{number}.f16", np.float16, "r")
            phones = np.memmap(self._folder / f"phon{number}.u8", np.uint8, "r")
            for clip in json.loads(meta.read_text()):
                times = self._often.get(plain(clip["text"]), 1)
                self.by_voice.setdefault(clip["voice"], []).extend(
                    [len(self._all)] * times
                )
                self._all.append((clip, features.reshape(-1, 80), phones))
                self.hours += clip["frames"] / 360_000
            self._known.add(meta.name)

    def __getitem__(self, index: int) -> Clip:
        clip, features, phones = self._all[index]
        place = slice(clip["position"], clip["position"] + clip["frames"])
        words = tuple(
            (word, start, end)
            for word, (start, end) in zip(
                clip["text"].split(), clip["words"], strict=True
            )
        )
        return Clip(clip["voice"], features[place], phones[place], words)


class WindowMaker:
    """Makes windows and batches; all chance comes from ``seed``."""

    def __init__(self, clips: Clips, tokenizer: Tokenizer, seed: int) -> None:
        self.clips = clips
        self._tokenizer = tokenizer
        self._special = {name: tokenizer.token_to_id(name) for name in SPECIALS}
        self._first_time = tokenizer.token_to_id("<|0.00|>")
        self._encoded: dict[str, list[int]] = {}
        self._sounding: dict[str, list[tuple[int, int]]] = {}
        self._rng = random.Random(seed)
        noise = (
            np.random.default_rng(seed).exponential(size=(2, _NOISE_FRAMES, 80)).sum(0)
        )
        self._noise = (np.log10(noise) - 0.3).astype(np.float32)
        self._waiting: list[int] = []

    def batch(self, frames: int, size: int) -> Batch:
        """``size`` windows of up to ``frames`` mel frames (100 a second).

        The padding that all of them share is mostly cut off: it costs as much as speech
        does.
        """
        made = [self.window(frames) for _ in range(size)]
        if frames < FULL:
            spare = self._rng.choice((4, 4, 4, 130))
            frames = min(frames, (max(window.end for window in made) + spare) // 2 * 2)
        longest = max(len(window.inputs) for window in made)
        inputs = np.full((size, longest), self._special["<|endoftext|>"])
        labels = np.full((size, longest), -100)
        regions = np.zeros((size, longest, 2), np.int64)
        half = frames // 2
        for row, window in enumerate(made):
            inputs[row, : len(window.inputs)] = window.inputs
            labels[row, : len(window.labels)] = window.labels
            for column, region in enumerate(window.regions):
                if region:
                    start = max(0, min(half - 3, int(region[0] * 50)))
                    end = min(half, max(start + 3, math.ceil(region[1] * 50)))
                    regions[row, column] = start, end
        return Batch(
            torch.from_numpy(np.stack([window.mel[:, :frames] for window in made])),
            torch.from_numpy(np.stack([window.phones[:half] for window in made])),
            torch.from_numpy(np.stack([window.spoken[:half] for window in made])),
            torch.from_numpy(inputs),
            torch.from_numpy(labels),
            torch.from_numpy(regions),
        )

    def window(self, frames: int) -> Window:
        rng = self._rng
        if rng.random() < 0.03:
            return self._silence(frames)
        full = frames == FULL
        kind = (
            rng.choices(("utterance", "sparse", "dense"), (6, 2, 2))[0] if full else ""
        )
        limit, most, gap = {
            "utterance": (1400, 3, 1.5),
            "sparse": (FULL - 5, 6, 12.0),
            "dense": (FULL - 5, 30, 2.5),
        }.get(
            kind,
            (frames - 5, rng.choice((1, 1, 2, 3, 4, 6)), rng.choice((0.5, 1.0, 2.5))),
        )
        feat = np.full((frames, 80), _FLOOR, np.float32)
        phones = np.zeros(frames, np.uint8)
        utterances: list[list[Word]] = []
        now = self._lead_in(full=full)
        end, cut = now, False
        level, voice = rng.gauss(-0.2, 0.4), None
        two_voices = rng.random() < 0.3
        for number in range(most):
            clip = self._clip(voice)
            voice = None if two_voices else clip.voice
            first = clip.words[0][1]
            skip = (
                rng.randint(0, max(0, int(first * 100) - 4))
                if rng.random() < 0.5
                else 0
            )
            room = (limit if number else frames) - now
            length = len(clip.features) - skip
            if length > room:
                if number:
                    break
                length, cut = room, True
            elif rng.random() < 0.13 and length > 60:
                length, cut = rng.randint(45, length), True
            part = clip.features[skip : skip + length].astype(np.float32)
            feat[now : now + length] = part + level + rng.gauss(0, 0.08)
            phones[now : now + length] = clip.phones[skip : skip + length]
            shift, until = (now - skip) / 100, (now + length) / 100
            heard = [
                (w, a + shift, b + shift)
                for w, a, b in clip.words
                if b + shift <= until + 0.04
            ]
            if heard:
                utterances.append(heard)
            now += length
            end = now
            if cut:
                break
            now += int(rng.uniform(3.0 if kind == "sparse" else 0.02, gap) * 100)
        if not cut:
            slack = rng.choice(
                (0, rng.uniform(0, 50), rng.uniform(0, 150 if frames > 500 else 80))
            )
            end = min(frames, end + int(slack))
        mel = self._heard(feat[:end], frames)
        return self._target(mel, phones[:end], utterances, frames, end)

    def _lead_in(self, *, full: bool) -> int:
        rng = self._rng
        longest = rng.choice((20, 40, 80, 300 if full and rng.random() < 0.5 else 60))
        return int(rng.uniform(0, longest))

    def _clip(self, voice: str | None) -> Clip:
        """The next clip; one time in five, one's head and another's tail."""
        rng = self._rng
        if voice is not None:
            clip = self.clips[rng.choice(self.clips.by_voice[voice])]
        else:
            if not self._waiting:
                self._waiting = [
                    n for numbers in self.clips.by_voice.values() for n in numbers
                ]
                rng.shuffle(self._waiting)
            clip = self.clips[self._waiting.pop()]
        if rng.random() > 0.2 or len(clip.words) < 3:
            return clip
        other = self.clips[rng.choice(self.clips.by_voice[clip.voice])]
        if len(other.words) < 3:
            return clip
        return self._spliced(clip, other)

    def _spliced(self, head: Clip, tail: Clip) -> Clip:
        count, start = (
            self._rng.randint(1, 8),
            self._rng.randint(1, len(tail.words) - 1),
        )
        kept, rest = head.words[:count], tail.words[start:]
        upto, since = round(kept[-1][2] * 100), round(rest[0][1] * 100)
        shift = (upto - since) / 100
        words = (*kept, *((w, a + shift, b + shift) for w, a, b in rest))
        features = np.concatenate([head.features[:upto], tail.features[since:]])
        phones = np.concatenate([head.phones[:upto], tail.phones[since:]])
        return Clip(head.voice, features, phones, words)

    def _silence(self, frames: int) -> Window:
        """Noise, at times with humming bands, whose target is <|nospeech|>."""
        rng = self._rng
        end = int(rng.uniform(50, frames))
        feat = np.full((end, 80), _FLOOR, np.float32)
        if rng.random() < 0.4:
            for _ in range(rng.randint(1, 4)):
                band = rng.randrange(80)
                feat[:, band : band + 2] = rng.uniform(-4, 1)
        return self._target(
            self._heard(feat, frames), np.zeros(end, np.uint8), [], frames, end
        )

    def _heard(self, feat: Floats, frames: int) -> Floats:
        """Level, colour, noise, small losses; then the extractor's clamp and scale."""
        rng, end = self._rng, len(feat)
        slope = np.linspace(-1, 1, 80, dtype=np.float32)
        if rng.random() < 0.3:
            feat = feat + rng.uniform(-0.2, 0.2) * slope
        feat = feat + np.float32(rng.gauss(0, 0.3))
        low, high = rng.choice(((-9.5, -6.0), (-7.0, -4.5), (-5.0, -2.8)))
        offset = rng.randrange(_NOISE_FRAMES - end)
        noise = self._noise[offset : offset + end] + rng.uniform(low, high)
        noise = noise + rng.uniform(-0.6, 0.6) * slope
        feat = np.logaddexp(feat * _LN10, noise * _LN10) / _LN10
        feat = (np.maximum(feat, feat.max() - 8) + 4) / 4
        if rng.random() < 0.3:
            band = rng.randrange(80)
            feat[:, band : band + rng.randint(1, 8)] = feat.mean()
        if rng.random() < 0.2:
            at = rng.randrange(end)
            feat[at : at + rng.randint(2, 8)] = feat.mean()
        mel = np.zeros((80, frames), np.float32)
        mel[:, :end] = feat.T
        return mel

    def _target(
        self,
        mel: Floats,
        phones: NDArray[np.uint8],
        utterances: list[list[Word]],
        frames: int,
        end: int,
    ) -> Window:
        rng, special = self._rng, self._special
        heard_phones = np.full(frames // 2, -100, np.int64)
        heard_phones[: end // 2] = phones[: end // 2 * 2 : 2]
        heard_phones[end // 2 + 1 :] = 0
        timed = rng.random() < 0.6
        start = [special["<|startoftranscript|>"]]
        if rng.random() < 0.06:
            before = [
                t
                for w in self.clips[rng.randrange(len(self.clips))].words
                for t in self._tokens(w[0])
            ]
            start = [special["<|startofprev|>"], *before[-80:], *start]
        if not timed:
            start.append(special["<|notimestamps|>"])
        spoken = np.full(frames // 2, -100, np.int64)
        if not utterances:
            labels = [-100] * (len(start) - 1) + [special["<|nospeech|>"]]
            return Window(
                mel, heard_phones, spoken, start, labels, [None] * len(labels), end
            )
        tokens: list[int] = []
        regions: list[tuple[float, float] | None] = []
        for number, words in enumerate(utterances):
            first, last = words[0][1], words[-1][2]
            if timed:
                # faster-whisper lets a window begin with a time of one second at most
                tokens.append(self._time(min(first, 1.0) if number == 0 else first))
                regions.append((first - 0.06, first + 0.06))
            for word, a, b in words:
                for token in self._tokens(word):
                    tokens.append(token)
                    regions.append((a - 0.04, b + 0.04))
                self._mark_spoken(spoken, word, a, b)
            if timed:
                tokens.append(self._time(last))
                regions.append((last - 0.06, last + 0.06))
        last = utterances[-1][-1][2]
        tokens.append(special["<|endoftext|>"])
        regions.append((last, last + 0.5))
        padding = len(start) - 1
        inputs = start + tokens[:-1]
        return Window(
            mel,
            heard_phones,
            spoken,
            inputs[:446],
            ([-100] * padding + tokens)[:446],
            ([None] * padding + regions)[:446],
            end,
        )

    def _mark_spoken(
        self, spoken: NDArray[np.int64], word: str, a: float, b: float
    ) -> None:
        """Shares the word's frames among its tokens by their number of letters."""
        parts = self._parts(word)
        total, at = sum(letters for _, letters in parts), a
        for token, letters in parts:
            after = at + (b - a) * letters / total
            spoken[int(at * 50) : max(int(at * 50) + 1, int(after * 50))] = token
            at = after

    def _tokens(self, word: str) -> list[int]:
        if word not in self._encoded:
            self._encoded[word] = self._tokenizer.encode(
                " " + word, add_special_tokens=False
            ).ids
        return self._encoded[word]

    def _parts(self, word: str) -> list[tuple[int, int]]:
        """The word's tokens that can be heard (not punctuation), with their lengths."""
        if word not in self._sounding:
            texts = (
                (t, self._tokenizer.decode([t]).strip()) for t in self._tokens(word)
            )
            parts = [
                (t, len(text)) for t, text in texts if any(c.isalnum() for c in text)
            ]
            self._sounding[word] = parts or [(self._tokens(word)[0], 1)]
        return self._sounding[word]

    def _time(self, seconds: float) -> int:
        return self._first_time + min(TIMESTAMPS - 1, max(0, round(seconds * 50)))
