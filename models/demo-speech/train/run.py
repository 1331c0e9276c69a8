"""Makes the demo speech model, from its texts to its figures, in one command.

    python models/demo-speech/train/run.py WORK [--start CHECKPOINT] [--minutes 75]

``WORK`` is a folder for about 2 GB of intermediate files; a step whose result lies
there already is skipped. Needs Debian's flite, flite1-dev and gcc, and the packages of
``requirements.txt``. Without ``--start`` it begins from random weights.

The texts and the speech are the same on every run; the training's schedule follows the
clock, so that a rerun gives a similar model, not the same bytes.
"""

import argparse
import json
import os
from pathlib import Path

# each training thread is one core's work: no threads inside the matrix products
os.environ.setdefault("OMP_NUM_THREADS", "1")

from conversion import convert, make_tokenizer
from evaluation import Heard, error_rates, evaluate, short_windows, spoken_set
from speech import build_flite_batch, write_shards
from texts import training_text
from tokenizers import Tokenizer
from training import Schedule, load, train
from windows import Clips

MODEL = Path(__file__).resolve().parents[1]
SESSION = MODEL.parents[1] / "assets" / "demo"
TOKENS = 1400
"""Size of the byte-level BPE when a new tokenizer is made."""


def main() -> None:
    arguments = _arguments()
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    program = build_flite_batch(work)
    if arguments.evaluate_only:
        _evaluate(arguments.out, program)
        return

    text = training_text(SESSION / "script.json", arguments.seed)
    print(f"{len(text.sentences)} sentences", flush=True)
    write_shards(
        work / "shards", text, program, seed=arguments.seed, workers=arguments.threads
    )

    tokenizer_file = work / "tokenizer.json"
    if arguments.start:
        # a checkpoint's embeddings belong to the tokenizer it was trained with
        tokenizer_file = MODEL / "tokenizer.json"
    elif not tokenizer_file.exists():
        make_tokenizer(text.sentences, TOKENS, tokenizer_file)
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    schedule = Schedule(
        arguments.minutes, threads=arguments.threads, seed=arguments.seed
    )
    if not arguments.start:
        schedule = schedule.from_scratch()
    clips = Clips(work / "shards", text.often)
    print(f"{len(clips)} clips, {clips.hours:.1f} h", flush=True)
    train(clips, tokenizer, work / "checkpoints", schedule, arguments.start)

    best = choose(
        sorted((work / "checkpoints").glob("*.pt")), tokenizer_file, work, program
    )
    print(f"chosen: {best.name}", flush=True)
    convert(load(best, "model"), tokenizer_file, arguments.out)
    _evaluate(arguments.out, program)


def choose(
    checkpoints: list[Path], tokenizer_file: Path, work: Path, program: Path
) -> Path:
    """The best of the last three checkpoints on the development sentences."""
    sentences = spoken_set("development.txt", program)

    def wer(checkpoint: Path) -> float:
        folder = work / "candidate"
        convert(load(checkpoint, "model"), tokenizer_file, folder)
        with short_windows():
            figure: float = error_rates(Heard(folder), sentences)["wer"]
        print(
            f"{checkpoint.name}: {figure:.2%} of the development words wrong",
            flush=True,
        )
        return figure

    newest = sorted(checkpoints, key=lambda path: path.stat().st_mtime)[-3:]
    return min(newest, key=wer)


def _evaluate(model: Path, program: Path) -> None:
    figures = evaluate(model, program, SESSION)
    (model / "evaluation.json").write_text(json.dumps(figures, indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="folder for intermediate files")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--minutes", type=float, default=75.0, help="training time")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model")
    parser.add_argument(
        "--evaluate-only",
        action="store_true",
        help="only measure the model in OUT again",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
