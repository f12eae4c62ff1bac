"""Files damaged at random cost a sentence each and nobody else's orders: the fast part of `benchmarks/fuzz.py`."""

from __future__ import annotations

from benchmarks.fuzz import WRONG, fuzz


def test_damaged_files_cost_a_sentence_and_the_sound_one_is_read() -> None:
    ends = fuzz(files=8, seed=1)
    assert ends["read"] + ends["a sentence"] + ends["reader ended"] == 8
    assert {wrong: ends[wrong] for wrong in WRONG if ends[wrong]} == {}
