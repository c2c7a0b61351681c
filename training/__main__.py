"""The command: `python -m training --data FOLDER --base FOLDER --work FOLDER` trains, scores and writes the weights."""

from __future__ import annotations

import argparse
from pathlib import Path

from onrecord.language.model import SHIPPED
from training.export import export
from training.train import TRUNK_RATE, train


def main() -> None:
    """Reads the words of the command line and runs what they ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the corpora of README.md")
    parser.add_argument("--base", type=Path, required=True, help="the folder that holds the base model's files")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints and the log are kept")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the files of the model are written")
    parser.add_argument("--start", type=Path, help="a model's folder to go on from, in place of the bare encoder")
    parser.add_argument("--trunk-rate", type=float, default=TRUNK_RATE, help="the encoder's highest learning rate")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--limit", type=int, help="so many texts of each set only, to try the command")
    args = parser.parse_args()
    weights = train(args.data, args.base, args.work, args.epochs, args.limit, args.start, args.trunk_rate)
    export(weights, args.base, args.data, args.out)


if __name__ == "__main__":
    main()
