"""Whisper through the unmodified ``faster_whisper.WhisperModel``.

The only importer of faster_whisper. One encoder pass serves decoding and word times:
``WhisperModel.transcribe`` would pad every call to 30 s and cannot be given a shorter
window, so this calls its parts (feature extractor, ctranslate2 model, prompt and
alignment) in the same order and with the same arguments. Sampling at temperatures
above 0 is left out: the same sound must always give the same words.
"""

from __future__ import annotations

import math
import time
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import ctranslate2  # type: ignore[import-untyped]
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import (
    get_compression_ratio,
    get_ctranslate2_storage,
    merge_punctuations,
)

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.speech.fitness import Way
from sidelight.speech.recognizer import (
    LONGEST,
    Device,
    Hypothesis,
    PassKind,
    RecognizedWord,
)
from sidelight.speech.short_windows import Compared, Evidence, Trial, compare_words
from sidelight.speech.weights import ModelFolder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from sidelight.speech.recognizer import Recognizer

_HOP: Final = 160
"""Samples a feature column (10 ms)."""

_FEATURE_REACH: Final = 400
"""Samples one feature column sees."""

_LEAST: Final = Samples(SAMPLE_RATE // 10)
"""Less sound holds no word, and the alignment cannot take it."""

_SLACK: Final = Samples(int(2.56 * SAMPLE_RATE))
"""Silence after the sound in a short window. Stock models loop in windows that are
full; 128 encoder positions are what whisper.cpp #1855 settled on."""

_SHORTEST: Final = Samples(10 * SAMPLE_RATE)
"""As short as models that were trained on 30 s alone are asked to go."""

_LONGEST_SHORT: Final = Samples(15 * SAMPLE_RATE)
"""From here a 30-s window costs little more and is what the models know."""

_FINAL_BEAM: Final = 5
_PREVIOUS_TOKENS: Final = 80
_TOKENS_A_SECOND: Final = 8
_TOKENS_MORE: Final = 10
_MAX_LENGTH: Final = 448

_REPEATS: Final = 2
_SLOW_S: Final = 4.0
"""A pass that takes longer is not timed again."""

_UNDISTURBED: Final = 0.6
"""A pass that computes for less of its time shared the processor with others."""

_PREPENDED: Final = "\"'“¿([{-"
_APPENDED: Final = "\"'.。,，!！?？:：”)]}、"  # noqa: RUF001
"""As ``WhisperModel.transcribe`` defaults."""

_WITHOUT_SPACES: Final = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
"""Written without spaces (faster-whisper ``Tokenizer.split_to_word_tokens``)."""

_QUICK: Final = frozenset({PassKind.PARTIAL, PassKind.SO_FAR})
"""Passes that are greedy and need no exact times."""


class WindowPolicy(Enum):
    """How much silence is put behind the sound before the encoder sees it."""

    PADDED = auto()
    """Always 30 s, as every Whisper model was trained. Safe."""

    SHORT = auto()
    """The sound and 2.56 s; sound over 12.4 s is padded to 30 s. Six to nine times
    cheaper; only for words that nobody keeps, and for models whose words were measured
    to stay the same."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The policy of each kind of pass; a retry is always padded.

    Attributes:
        partial: Of the passes whose words nobody keeps; a model on trial gets them
            padded until short ones are known to be safe.
        final: Of the passes whose words are stored.
        shortest: The least a short window has, in samples.
    """

    partial: WindowPolicy = WindowPolicy.SHORT
    final: WindowPolicy = WindowPolicy.PADDED
    shortest: Samples = _SHORTEST

    def length(self, sound: int, kind: PassKind) -> Samples:
        """The window of a pass over so many samples of sound, a multiple of 20 ms."""
        policy = {
            PassKind.PARTIAL: self.partial,
            PassKind.SO_FAR: self.final,
            PassKind.FINAL: self.final,
            PassKind.RETRY: WindowPolicy.PADDED,
        }[kind]
        if policy is WindowPolicy.PADDED or sound + _SLACK > _LONGEST_SHORT:
            return LONGEST
        wanted = max(self.shortest, sound + _SLACK)
        return Samples(math.ceil(wanted / (2 * _HOP)) * 2 * _HOP)


DEMO_WINDOWS: Final = Windows(
    partial=WindowPolicy.SHORT,
    final=WindowPolicy.SHORT,
    shortest=Samples(5 * SAMPLE_RATE),
)
"""For the bundled demo model, which was trained on short windows as well."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """The last final pass over sound that a short window could have held.

    Attributes:
        samples: What was heard.
        encoded: As the encoder left it, padded.
        short: The window it would have had.
    """

    samples: NDArray[np.float32]
    encoded: Any
    short: Samples


class FasterWhisperRecognizer:
    """A loaded model behind the ``PlainRecognizer`` protocol. Thread: one at a time.

    Also ``short_windows.Comparing``, where it is given a trial.
    """

    def __init__(
        self,
        model: WhisperModel,
        name: str,
        *,
        windows: Windows,
        carries_context: bool,
        language: str | None = None,
        trial: Trial | None = None,
    ) -> None:
        """Take a loaded model.

        Args:
            model: The model.
            name: What to call it.
            windows: Of each kind of pass.
            carries_context: See ``Recognizer``.
            language: ISO 639, for models that know several; ``None``: each pass tells
                its own.
            trial: Whether short windows are safe with it; ``None``: it is known, and
                ``windows`` holds as it is.
        """
        self.name = name
        self._trial = trial
        self._heard: _Heard | None = None
        self.carries_context = carries_context
        self._model = model
        self._windows = windows
        self._multilingual = bool(model.model.is_multilingual)
        self.language = language if self._multilingual else "en"
        self._tokenizer = self._tokenizer_for(self.language or "en")

    def in_language(self, language: str) -> Recognizer:
        """See ``languages.Polyglot``; a model of English alone stays as it is."""
        if not self._multilingual or language == self.language:
            return self
        other = copy(self)
        other.language = language
        other._tokenizer = self._tokenizer_for(language)  # noqa: SLF001 (our own class)
        return other

    def _tokenizer_for(self, language: str) -> Tokenizer:
        return Tokenizer(
            self._model.hf_tokenizer,
            self._multilingual,
            task="transcribe" if self._multilingual else None,
            language=language if self._multilingual else None,
        )

    def _tell_language(self, encoded: Any) -> tuple[str, float]:  # noqa: ANN401
        """What the encoded sound is spoken in, and how sure that is, 0..1."""
        ((best, *_),) = self._model.model.detect_language(encoded)
        token, probability = best
        return token.strip("<|>"), float(probability)

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        """See ``Recognizer.recognize``."""
        if len(samples) > LONGEST:
            msg = f"{len(samples)} samples do not fit one window"
            raise ValueError(msg)
        if len(samples) < _LEAST:
            return Hypothesis()
        encoded = self._encode(samples, self._window(len(samples), kind))
        if kind is PassKind.FINAL:
            self._keep(samples, encoded)
        if self.language is not None:
            return self._read(encoded, len(samples), kind, previous)
        language, probability = self._tell_language(encoded)
        told = self.in_language(language)
        assert isinstance(told, FasterWhisperRecognizer)  # noqa: S101 (a copy of self)
        heard = told._read(encoded, len(samples), kind, previous)  # noqa: SLF001
        return replace(heard, language=language, language_probability=probability)

    def _read(
        self,
        encoded: Any,  # noqa: ANN401
        length: int,
        kind: PassKind,
        previous: str,
    ) -> Hypothesis:
        result = self._decode(encoded, length, kind, previous)
        tokens = result.sequences_ids[0]
        text = self._tokenizer.decode(tokens).strip()
        if not text:
            return Hypothesis(no_speech_prob=result.no_speech_prob)
        if kind in _QUICK:
            words = _spread(text, length, math.exp(_logprob(result)))
        else:
            words = self._timed(encoded, tokens, length)
        return Hypothesis(
            words=words,
            avg_logprob=_logprob(result),
            no_speech_prob=result.no_speech_prob,
            compression_ratio=get_compression_ratio(text),
        )

    def with_windows(self, windows: Windows) -> FasterWhisperRecognizer:
        """The same loaded model, heard through exactly these windows."""
        other = copy(self)
        other._windows = windows  # noqa: SLF001 (our own class)
        other._trial = None  # noqa: SLF001
        return other

    def spend(
        self, samples: NDArray[np.float32], *, kind: PassKind, before: int, tokens: int
    ) -> None:
        """Do the work of a pass whatever the model hears: to measure what it costs.

        Args:
            samples: As for ``recognize``.
            kind: What the pass is for.
            before: Tokens of previous text.
            tokens: How many tokens it decodes, and aligns unless it is a partial.
        """
        if len(samples) < _LEAST:
            return
        any_token = self._tokenizer.encode(" a")[0]
        encoded = self._encode(samples, self._windows.length(len(samples), kind))
        endless = [-1, self._tokenizer.eot]
        self._generate(encoded, kind, [any_token] * before, max(1, tokens), endless)
        if kind is not PassKind.PARTIAL and tokens:
            self._timed(encoded, [any_token] * tokens, len(samples))

    def hear_whole(self, samples: NDArray[np.float32]) -> str:
        """What plain faster-whisper hears in sound of any length: one pass, offline.

        ``WhisperModel.transcribe`` with its voice filter, beam 5, greedy in temperature
        and no text carried over, so that the same sound gives the same words.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1; not changed.
        """
        segments, _ = self._model.transcribe(
            samples.copy(),
            language=self.language,
            beam_size=_FINAL_BEAM,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=True,
        )
        return " ".join(segment.text.strip() for segment in segments)

    def hear_plain(self, samples: NDArray[np.float32]) -> Iterator[Hypothesis]:
        """See ``PlainRecognizer``: ``hear_whole`` with word times, window by window.

        faster-whisper's pieces of one window have its figures in common.
        """
        if len(samples) < _LEAST:
            return
        pieces, _ = self._model.transcribe(
            samples.copy(),
            language=self.language,
            beam_size=_FINAL_BEAM,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=True,
            word_timestamps=True,
        )
        for _, found in groupby(pieces, key=attrgetter("seek")):
            window = list(found)
            heard = (
                (one.word, one.start, one.end, one.probability)
                for piece in window
                for one in piece.words or ()
            )
            words = self._words(heard, len(samples))
            if words:
                text = " ".join(word.text for word in words)
                yield Hypothesis(
                    words=words,
                    avg_logprob=float(window[0].avg_logprob),
                    no_speech_prob=float(window[0].no_speech_prob),
                    compression_ratio=get_compression_ratio(text),
                )

    def compare(self) -> Compared | None:
        """See ``Comparing``.

        Both passes are greedy and without context: only the window is different.
        """
        heard, self._heard = self._heard, None
        if heard is None or self._trial is None or not self._trial.wants():
            return None
        short = self._encode(heard.samples, heard.short)
        padded, brief = (
            self._tokenizer.decode(
                self._decode(
                    encoded, len(heard.samples), PassKind.PARTIAL, ""
                ).sequences_ids[0]
            ).split()
            for encoded in (heard.encoded, short)
        )
        compared = compare_words(self.name, padded, brief)
        self._trial.take(compared)
        return compared

    def _window(self, length: int, kind: PassKind) -> Samples:
        untried = self._trial is not None and not self._trial.short
        if kind is PassKind.PARTIAL and untried:
            return LONGEST
        return self._windows.length(length, kind)

    def _keep(self, samples: NDArray[np.float32], encoded: Any) -> None:  # noqa: ANN401
        """Remember a final pass for ``compare``, if it can be compared."""
        short = self._windows.length(len(samples), PassKind.PARTIAL)
        on_trial = self._trial is not None and short < LONGEST
        self._heard = _Heard(samples.copy(), encoded, short) if on_trial else None

    def _encode(self, samples: NDArray[np.float32], window: Samples) -> Any:  # noqa: ANN401 (untyped library)
        features = self._features(samples, window)
        return self._model.model.encode(get_ctranslate2_storage(features[np.newaxis]))

    def _features(
        self, samples: NDArray[np.float32], window: Samples
    ) -> NDArray[np.float32]:
        """Log-mel of the sound with silence behind it, float32, shape (mels, columns).

        Equal to the extractor's output for the padded sound, at the price of the sound
        alone. (faster-whisper pads features with 0.0 instead, which is no silence.)
        """
        heard = np.pad(samples, (0, min(window - len(samples), _FEATURE_REACH)))
        sound = self._model.feature_extractor(heard, padding=0)
        columns = window // _HOP
        # The extractor's own floor: log10(1e-10), but at most 8 below the loudest.
        silence = (max(-10.0, float(sound.max()) * 4 - 4 - 8) + 4) / 4
        features = np.full((len(sound), columns), silence, np.float32)
        features[:, : sound.shape[1]] = sound[:, :columns]
        return features

    def _decode(self, encoded: Any, length: int, kind: PassKind, previous: str) -> Any:  # noqa: ANN401
        before = self._tokenizer.encode(" " + previous.strip()) if previous else []
        new = math.ceil(_TOKENS_A_SECOND * length / SAMPLE_RATE) + _TOKENS_MORE
        return self._generate(encoded, kind, before, new, [-1])

    def _generate(
        self,
        encoded: Any,  # noqa: ANN401
        kind: PassKind,
        before: list[int],
        new: int,
        suppressed: list[int],
    ) -> Any:  # noqa: ANN401
        prompt = self._model.get_prompt(
            self._tokenizer,
            [] if kind is PassKind.RETRY else before[-_PREVIOUS_TOKENS:],
            without_timestamps=True,
        )
        return self._model.model.generate(
            encoded,
            [prompt],
            beam_size=1 if kind in _QUICK else _FINAL_BEAM,
            # ctranslate2 decodes at most min(max_length / 2, max_length - prompt).
            max_length=min(_MAX_LENGTH, max(2 * new, len(prompt) + new)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=suppressed,
        )[0]

    def _timed(
        self,
        encoded: Any,  # noqa: ANN401
        tokens: list[int],
        length: int,
    ) -> tuple[RecognizedWord, ...]:
        text_tokens = [token for token in tokens if token < self._tokenizer.eot]
        (aligned,) = self._model.find_alignment(
            self._tokenizer, [text_tokens], encoded, math.ceil(length / _HOP)
        )
        merge_punctuations(aligned, _PREPENDED, _APPENDED)
        heard = (
            (word["word"], word["start"], word["end"], word["probability"])
            for word in aligned
        )
        return self._words(heard, length)

    def _words(
        self, heard: Iterable[tuple[str, float, float, float]], length: int
    ) -> tuple[RecognizedWord, ...]:
        """Pieces of words as the library has them: text, seconds, seconds, probability.

        Args:
            heard: In order; a text that begins a word begins with a space.
            length: Samples of the sound that they are in.
        """
        words: list[RecognizedWord] = []
        for raw, begin, finish, probability in heard:
            text = raw.strip()
            if not text:
                continue
            start = min(length, max(0, round(float(begin) * SAMPLE_RATE)))
            end = max(start, min(length, round(float(finish) * SAMPLE_RATE)))
            part = RecognizedWord(
                text, Samples(start), Samples(end), float(probability)
            )
            if words and self._continues(raw):
                words[-1] = _joined(words[-1], part)
            else:
                words.append(part)
        return tuple(words)

    def _continues(self, raw: str) -> bool:
        """Whether a piece belongs to the word before it: "I" and "'ve"."""
        spaced = self._tokenizer.language_code not in _WITHOUT_SPACES
        return spaced and not raw[:1].isspace()


def _joined(first: RecognizedWord, second: RecognizedWord) -> RecognizedWord:
    return RecognizedWord(
        first.text + second.text,
        first.start,
        second.end,
        min(first.probability, second.probability),
    )


def open_recognizer(
    folder: Path,
    threads: int,
    *,
    name: str,
    language: str | None,
    evidence: Evidence,
    device: Device,
) -> FasterWhisperRecognizer:
    """Load a folder; see ``Backend.open``.

    The bundled demo model gets ``DEMO_WINDOWS`` and no context (it was hardly trained
    on any); every other model is on trial.
    """
    model = ModelFolder.check(folder)
    return FasterWhisperRecognizer(
        _load(model, threads, device),
        name,
        windows=DEMO_WINDOWS if model.demo else Windows(),
        carries_context=not model.demo,
        language=language,
        trial=None if model.demo else Trial(evidence),
    )


def time_passes(
    folder: Path,
    device: Device,
    threads: int,
    *,
    seconds: int,
    before: int,
    tokens: int,
) -> Way:
    """Load a model and time passes over silence, which costs what speech costs.

    Args:
        folder: A checked model folder.
        device: Where to compute.
        threads: CPU threads of a pass.
        seconds: Of sound, at most 30.
        before: Tokens of previous text of the final pass.
        tokens: Decoded by each pass.

    Raises:
        UserError: It cannot be loaded.
    """
    model = open_recognizer(
        folder, threads, name="", language="en", evidence=Evidence(), device=device
    ).with_windows(Windows())
    sound = np.zeros(seconds * SAMPLE_RATE, np.float32)

    def timed(kind: PassKind, before: int) -> float:
        began = time.perf_counter()
        model.spend(sound, kind=kind, before=before, tokens=tokens)
        return time.perf_counter() - began

    timed(PassKind.PARTIAL, 0)  # the first pass also makes room
    began, used = time.perf_counter(), time.process_time()
    final_s, live_s = timed(PassKind.FINAL, before), timed(PassKind.PARTIAL, 0)
    for _ in range(_REPEATS):
        if final_s > _SLOW_S:
            break
        # Something else may have been busy: the least is what the computer can do.
        final_s = min(final_s, timed(PassKind.FINAL, before))
        live_s = min(live_s, timed(PassKind.PARTIAL, 0))
    share = (time.process_time() - used) / (time.perf_counter() - began) / threads
    crowded = device is Device.CPU and share < _UNDISTURBED
    return Way(device, threads, final_s, live_s, crowded)


def graphics_processors() -> int:
    """How many of them ctranslate2 sees; 0 where it was built without."""
    return int(ctranslate2.get_cuda_device_count())


def _load(model: ModelFolder, threads: int, device: Device) -> WhisperModel:
    try:
        return WhisperModel(
            str(model.path),
            device=device,
            # What the model was stored in, or the nearest the processor can do.
            compute_type="int8" if device is Device.CPU else "default",
            cpu_threads=threads,
            local_files_only=True,
        )
    except Exception as error:
        # ctranslate2 and tokenizers raise bare RuntimeError and Exception for files
        # that are not theirs.
        raise UserError(
            f"The speech model in {model.path} does not load.",
            "Fetch or import it again; it may be damaged, or made by a newer program.",
        ) from error


def _logprob(result: Any) -> float:  # noqa: ANN401
    """Mean log probability of a token, the end included, as faster-whisper has it."""
    length = len(result.sequences_ids[0])
    return float(result.scores[0]) * length / (length + 1)


def _spread(text: str, length: int, probability: float) -> tuple[RecognizedWord, ...]:
    """Words placed by their letters: good enough for words that are soon replaced."""
    texts = text.split()
    letters = sum(map(len, texts))
    words, before = [], 0
    for word in texts:
        start, before = before, before + len(word)
        words.append(
            RecognizedWord(
                word,
                Samples(length * start // letters),
                Samples(length * before // letters),
                probability,
            )
        )
    return tuple(words)
