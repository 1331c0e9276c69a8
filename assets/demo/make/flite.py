"""Speaks one text with one flite voice, and says when each word sounds.

The shared libraries are those that the ``flite`` command itself uses, called with its
defaults: for the same text the samples equal the command's (``flite -voice rms -t TEXT
-o FILE``). Called directly they also tell where each word begins and ends, which the
command does not print.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

VERSION: Final = "2.2"
"""The flite release the session is made with; another one sounds a little different."""

_LIBRARIES: Final = ("flite", "flite_cmulex", "flite_usenglish")
_WORD_OF_PHONE: Final = b"R:SylStructure.parent.parent.R:Token.parent.word_number"


class FliteMissingError(Exception):
    """flite or one of its voices is not installed."""


@dataclass(frozen=True)
class WordTime:
    """When one word of the text sounds, in samples from the first sample."""

    start: int
    end: int


@dataclass(frozen=True)
class Spoken:
    """One text as speech.

    Attributes:
        samples: int16, shape (n,), mono, at ``rate``; silence at both ends included.
        rate: samples a second.
        words: one entry for each whitespace-separated word of the text, in order.
    """

    samples: npt.NDArray[np.int16]
    rate: int
    words: tuple[WordTime, ...]


class _Wave(ctypes.Structure):
    """``cst_wave`` of flite's ``cst_wave.h``."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class Flite:
    """The synthesiser with the voices it was asked for.

    Args:
        voices: full voice names, such as ``cmu_us_rms``.

    Raises:
        FliteMissingError: a shared library of flite 2 cannot be loaded.
    """

    def __init__(self, voices: frozenset[str]) -> None:
        core, *_ = (_load(name) for name in _LIBRARIES)
        _declare(core)
        core.flite_init()
        self._core = core
        self._c = ctypes.CDLL(None)
        self._voices = {name: _register(name) for name in sorted(voices)}

    def speak(self, voice: str, text: str) -> Spoken:
        """Synthesises ``text`` as one utterance with flite's default settings.

        Raises:
            ValueError: flite reads the text as another number of words than it has
                between its spaces (digits and abbreviations do that).
        """
        core = self._core
        # flite takes the noise in its voices from C's rand(): seeded as in a fresh
        # process, a text sounds the same whatever was spoken before it.
        self._c.srand(1)
        utterance = core.flite_synth_text(text.encode("ascii"), self._voices[voice])
        try:
            wave = core.utt_wave(utterance).contents
            samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).copy()
            words = self._words(utterance, wave.sample_rate)
            rate = int(wave.sample_rate)
        finally:
            core.delete_utterance(utterance)
        if len(words) != len(text.split()):
            raise ValueError(f"flite does not read it word by word: {text}")
        return Spoken(samples, rate, words)

    def _words(self, utterance: int, rate: int) -> tuple[WordTime, ...]:
        """Groups the phones by the written word they belong to."""
        core = self._core
        for number, token in enumerate(self._items(utterance, b"Token"), start=1):
            core.item_set_int(token, b"word_number", number)
        times: dict[int, WordTime] = {}
        start = 0
        for phone in self._items(utterance, b"Segment"):
            end = round(core.item_feat_float(phone, b"end") * rate)
            number = core.ffeature_int(phone, _WORD_OF_PHONE)
            if number:  # a pause belongs to no word
                first = times.get(number, WordTime(start, end)).start
                times[number] = WordTime(first, end)
            start = end
        return tuple(times[number] for number in sorted(times))

    def _items(self, utterance: int, relation: bytes) -> list[int]:
        """The items of one relation of flite's utterance, in order."""
        items: list[int] = []
        item = self._core.relation_head(self._core.utt_relation(utterance, relation))
        while item:
            items.append(item)
            item = self._core.item_next(item)
        return items


def _load(name: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(f"lib{name}.so.1", mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise FliteMissingError(
            f"flite {VERSION} is needed (Debian: apt-get install flite): {error}"
        ) from error


def _register(voice: str) -> int:
    """The voice's address; flite keeps the voice for the life of the process."""
    register = getattr(_load(f"flite_{voice}"), f"register_{voice}")
    register.restype = ctypes.c_void_p
    register.argtypes = (ctypes.c_char_p,)
    return int(register(None))


def _declare(core: ctypes.CDLL) -> None:
    """Tells ctypes the signatures (flite's ``cst_utterance.h`` and ``cst_item.h``)."""
    pointer, text, whole = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    signatures: dict[str, tuple[type | None, tuple[type, ...]]] = {
        "flite_init": (whole, ()),
        "flite_synth_text": (pointer, (text, pointer)),
        "utt_wave": (ctypes.POINTER(_Wave), (pointer,)),
        "utt_relation": (pointer, (pointer, text)),
        "relation_head": (pointer, (pointer,)),
        "item_next": (pointer, (pointer,)),
        "item_feat_float": (ctypes.c_float, (pointer, text)),
        "item_set_int": (None, (pointer, text, whole)),
        "ffeature_int": (whole, (pointer, text)),
        "delete_utterance": (None, (pointer,)),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(core, name)
        function.restype = result
        function.argtypes = arguments
