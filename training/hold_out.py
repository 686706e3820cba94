"""A catalog without a tenth of its items, to train on: ``python -m training.hold_out --catalog FILE --out FILE``.

Which lines are left out follows from a hash of each, so it is the same every time. A store made from what is left is
trained; its generator then serves the whole catalog, where the tenth counts as added after training
(``training/cold_items.py``).
"""

from __future__ import annotations

import argparse
import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path

from store.errors import SourceError

PERCENT = 10


def kept(line: bytes) -> bool:
    """Whether a line of a catalog is trained on."""
    return zlib.crc32(line.strip()) % 100 >= PERCENT


def main(argv: Sequence[str] | None = None) -> None:
    """Write the lines that are kept; say how many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalog", type=Path, required=True, help="JSON lines, gzipped or not")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines, not gzipped")
    args = parser.parse_args(argv)
    try:
        data = args.catalog.read_bytes()
        lines = (gzip.decompress(data) if args.catalog.suffix == ".gz" else data).splitlines(keepends=True)
    except OSError as error:
        raise SourceError(f"{args.catalog} cannot be read: {error}") from error
    found = [line for line in lines if kept(line)]
    args.out.write_bytes(b"".join(found))
    print(f"kept {len(found)} of {len(lines)} items")


if __name__ == "__main__":
    main()
