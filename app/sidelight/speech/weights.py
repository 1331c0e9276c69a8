"""Speech models on disk: good told from bad, real from demo, before one is loaded.

A CTranslate2 Whisper folder holds ``model.bin``, ``config.json``, ``tokenizer.json``
and ``vocabulary.json`` or ``.txt``. Loading a wrong one can end a process silently,
so every folder is looked into first; that takes some 50 ms and reads no weights.

Source: the layout of ``model.bin`` is that of CTranslate2 4 (``src/models/model.cc``,
binary versions 4 to 6).
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.speech.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

DEMO: Final = "demo"
"""The demo model's name on the command line; no other may take it."""

WEIGHTS: Final = "model.bin"
CONFIG: Final = "config.json"
TOKENIZER: Final = "tokenizer.json"
VOCABULARIES: Final = ("vocabulary.json", "vocabulary.txt")
MANIFEST: Final = "sidelight.json"
"""Written last into an installed folder: what was installed, with sums."""

_SPEC: Final = "WhisperSpec"
_OLDEST, _NEWEST = 4, 6
_LONGEST_NAME: Final = 4096
_OTHER_KINDS: Final = (
    ("*.safetensors", "a transformers model"),
    ("pytorch_model*.bin", "a PyTorch model"),
    ("*.pt", "a PyTorch model"),
    ("ggml*.bin", "a whisper.cpp model"),
    ("*.gguf", "a whisper.cpp model"),
    ("*.onnx", "an ONNX model"),
    ("*.nemo", "a NeMo model"),
)
_FETCH = "Fetch it again, or import it from a folder that has it whole."
_CONVERT = (
    "Fetch a ready one (`sidelight models fetch base.en`), or convert this one with"
    " `ct2-transformers-converter --model FOLDER --output_dir NEW --quantization int8"
    " --copy_files tokenizer.json preprocessor_config.json`."
)


class _DamagedError(Exception):
    """The structure of ``model.bin`` does not hold; the text says where."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that was looked into and can be loaded.

    Attributes:
        path: The folder.
        name: What to call the model: its folder's name, or ``demo``.
        demo: Whether it understands the demo's synthetic voices and nobody else.
        size: Bytes of all its files.
    """

    path: Path
    name: str
    demo: bool
    size: int

    @property
    def multilingual(self) -> bool:
        """Whether it knows more than English.

        Only then its vocabulary has an empty word, by which CTranslate2 tells it too.
        """
        name = next(n for n in VOCABULARIES if (self.path / n).is_file())
        text = _text(self.path / name)
        words = json.loads(text) if name.endswith(".json") else text.split("\n")[:-1]
        return "" in words

    @classmethod
    def check(cls, path: Path) -> ModelFolder:
        """Look into a folder without loading it.

        Args:
            path: The folder itself, or a hub cache's folder of one model.

        Raises:
            UserError: Missing, incomplete, damaged, or a model of another kind.
        """
        folder = _actual(path)
        _check_present(folder)
        _check_texts(folder)
        _check_weights(folder)
        demo = _is_demo(folder)
        size = sum(file.stat().st_size for file in model_files(folder))
        return cls(folder, DEMO if demo else path.name, demo, size)

    def for_people(self) -> ModelFolder:
        """The same, if it can be trusted with people's voices.

        Raises:
            UserError: It is the demo's model.
        """
        if self.demo:
            raise UserError(
                "The demo's speech model understands only the demo's synthetic voices.",
                "Fetch a real one: `sidelight models fetch base.en`.",
            )
        return self


def demo_model() -> Path:
    """The folder of the bundled demo model."""
    return resources.demo_model()


def need_model(name: str = "base") -> UserError:
    """What to tell a person who starts live listening without a speech model.

    Args:
        name: The model to suggest.
    """
    offered = Catalogue.load().get(name)
    return UserError(
        f"Live listening needs a speech model ({name}, {offered.megabytes} MB, once):",
        f"`sidelight models fetch {name}`, `sidelight models import FOLDER`, or record"
        " now and transcribe later: `sidelight start --record-only`.",
    )


def installed_models(models: Path) -> list[ModelFolder]:
    """Every usable model below the models folder, by name; damaged ones are left out.

    Args:
        models: ``Paths.models``; need not exist.
    """
    found = []
    for folder in installed_folders(models):
        try:
            found.append(ModelFolder.check(folder))
        except UserError:
            continue  # `models list` and `models verify` say what is wrong with it
    return found


def installed_folders(models: Path) -> list[Path]:
    """Every folder that was completely installed, whatever became of it since."""
    if not models.is_dir():
        return []
    return sorted(path.parent for path in models.glob(f"*/{MANIFEST}"))


def find_model(wanted: str, models: Path) -> ModelFolder:
    """A model by name or folder.

    Args:
        wanted: ``demo``, the name of an installed model, or a path.
        models: ``Paths.models``.

    Raises:
        UserError: There is none, or it cannot be used.
    """
    if wanted == DEMO:
        return ModelFolder.check(demo_model())
    if (models / wanted / MANIFEST).is_file():
        return ModelFolder.check(models / wanted)
    folder = Path(wanted)
    if folder.exists():
        return ModelFolder.check(folder)
    offered = [model.name for model in Catalogue.load().models]
    if wanted in offered:
        raise UserError(
            f"The speech model {wanted} is not on this computer.",
            f"`sidelight models fetch {wanted}`, or `sidelight models import FOLDER`.",
        )
    raise UserError(
        f"There is no speech model {wanted}, and no folder of that name.",
        f"`sidelight models list` shows what there is; on offer: {', '.join(offered)}.",
    )


def model_files(folder: Path) -> list[Path]:
    """The files of a model that are loaded or belong to it, the largest first."""
    names = (WEIGHTS, CONFIG, TOKENIZER, *VOCABULARIES, "preprocessor_config.json")
    files = [folder / name for name in names if (folder / name).is_file()]
    return sorted(files, key=lambda file: -file.stat().st_size)


def _actual(path: Path) -> Path:
    """The folder with the files: a hub cache keeps them below ``snapshots``."""
    snapshots = [child for child in path.glob("snapshots/*") if child.is_dir()]
    return snapshots[0] if len(snapshots) == 1 else path


def _check_present(folder: Path) -> None:
    if not folder.exists():
        raise UserError(
            f"There is no folder {folder}.",
            "Check the path; `sidelight models list` shows what there is.",
        )
    if not folder.is_dir():
        raise UserError(
            f"{folder} is a file; a speech model is a folder.",
            f"Give the folder that holds {WEIGHTS} (unpack an archive first).",
        )
    if not (folder / WEIGHTS).is_file():
        for pattern, kind in _OTHER_KINDS:
            if any(folder.glob(pattern)):
                raise _other_kind(folder, kind)
    missing = [n for n in (WEIGHTS, CONFIG, TOKENIZER) if not (folder / n).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    if len(missing) > len((WEIGHTS, CONFIG, TOKENIZER)):
        raise UserError(
            f"There is no speech model in {folder}.",
            f"Give the folder that holds {WEIGHTS}; `sidelight models list` shows what"
            " there is.",
        )
    if missing:
        raise UserError(
            f"The speech model in {folder} is incomplete: {_list(missing)} missing.",
            _FETCH,
        )


def _check_texts(folder: Path) -> None:
    config = _json(folder / CONFIG)
    if not isinstance(config, dict):
        raise _damaged(folder / CONFIG)
    tokenizer = _json(folder / TOKENIZER)
    if not isinstance(tokenizer, dict) or "model" not in tokenizer:
        raise _damaged(folder / TOKENIZER)
    vocabulary = next(folder / n for n in VOCABULARIES if (folder / n).is_file())
    if vocabulary.suffix == ".json":
        words = _json(vocabulary)
        whole = isinstance(words, list) and bool(words)
    else:
        whole = bool(_text(vocabulary).strip())
    if not whole:
        raise _damaged(vocabulary)


def _check_weights(folder: Path) -> None:
    path = folder / WEIGHTS
    try:
        with path.open("rb") as file:
            spec = _walk(file, path.stat().st_size)
    except (_DamagedError, struct.error, UnicodeDecodeError):
        raise _damaged(path) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    if spec != _SPEC:
        raise _other_kind(folder, f"a model of another kind ({spec})")


def _walk(file: BinaryIO, size: int) -> str:
    """Step over every variable to the end of the file; the model's kind.

    Raises:
        _DamagedError: The file does not end where its own structure says.
    """
    (version,) = struct.unpack("<I", file.read(4))
    if not _OLDEST <= version <= _NEWEST:
        raise _DamagedError("version")
    spec = _string(file)
    _revision, variables = struct.unpack("<II", file.read(8))
    if spec != _SPEC:
        return spec  # for the sentence; its variables are not ours to judge
    for _ in range(variables):
        _string(file)
        (rank,) = struct.unpack("<B", file.read(1))
        file.seek(4 * rank, 1)
        _dtype, length = struct.unpack("<BI", file.read(5))
        if file.tell() + length > size:
            raise _DamagedError("cut off")
        file.seek(length, 1)
    (aliases,) = struct.unpack("<I", file.read(4))
    for _ in range(aliases):
        _string(file)
        _string(file)
    if file.tell() != size:
        raise _DamagedError("longer than it says")
    return spec


def _string(file: BinaryIO) -> str:
    (length,) = struct.unpack("<H", file.read(2))
    data = file.read(length)
    if not 0 < length <= _LONGEST_NAME or len(data) != length:
        raise _DamagedError("name")
    return data.rstrip(b"\0").decode("utf-8")


def _is_demo(folder: Path) -> bool:
    """By place, or, for a copy of it, by its tokenizer, which is ours alone."""
    demo = demo_model()
    if folder.resolve() == demo.resolve():
        return True
    ours, theirs = demo / TOKENIZER, folder / TOKENIZER
    return ours.is_file() and ours.read_bytes() == theirs.read_bytes()


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(_text(path))
    except ValueError:
        raise _damaged(path) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise _damaged(path) from None
    except OSError as error:
        raise _unreadable(path, error) from error


def _list(names: Iterable[str]) -> str:
    return " and ".join(names)


def _other_kind(folder: Path, kind: str) -> UserError:
    return UserError(
        f"{folder} holds {kind}, not a Whisper model for CTranslate2.", _CONVERT
    )


def _damaged(path: Path) -> UserError:
    return UserError(
        f"The speech model in {path.parent} is damaged: {path.name} is not whole.",
        _FETCH,
    )


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        f"{path} cannot be read ({error.strerror}).",
        "Give yourself the right to read it, or copy it elsewhere.",
    )
