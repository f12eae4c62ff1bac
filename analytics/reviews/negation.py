"""Folds a negated word of praise or blame into one sign, so that 不難吃 and 沒有異味 read alike whatever the word.

Letters alone cannot learn this: in 不難吃 each part speaks of blame and only the whole of praise, for every adjective anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from analytics.reviews.text import fold

PRAISE, BLAME = "\ue000", "\ue001"
KEPT_AS_THEY_ARE = """不好意思 不得不 不小心 不錯 沒錯 不管 不論 不少 不斷 不只 不僅 不止 不但 不知 不同 不一樣 沒差 沒關係 不用錢 不過 不行 好不好 不然 不久
不得了 不停 要不要 不客氣 不用謝 不用說 沒想到 不愧 不失 不輸 不敗 不二 不買 不吃會 不來"""


@dataclass(frozen=True)
class Negation:
    """rules: negating opening (不會, 沒有, …) -> {word after it -> PRAISE or BLAME}, all folded."""

    rules: dict[str, dict[str, str]]

    @cached_property
    def _start(self) -> re.Pattern[str]:
        return re.compile("[" + "".join(sorted({opening[0] for opening in self.rules})) + "]")

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[str, dict[str, str], int]]]:
        table: dict[str, list[tuple[str, dict[str, str], int]]] = {}
        for opening in sorted(self.rules, key=len, reverse=True):
            words = self.rules[opening]
            table.setdefault(opening[0], []).append((opening, words, max(map(len, words))))
        return table

    def mark(self, folded: str) -> str:
        """The text with each negated word and its negation replaced by PRAISE or BLAME."""
        found = self._start.search(folded)
        if not found:
            return folded
        pieces, done = [], 0
        while found:
            at = found.start()
            end, sign = self._turned(folded, at)
            if sign:
                pieces += [folded[done:at], sign]
                done = end
            found = self._start.search(folded, max(end, at + 1))
        return "".join(pieces) + folded[done:]

    def _turned(self, folded: str, at: int) -> tuple[int, str]:
        for kept in _KEPT:
            if folded.startswith(kept, at):
                return at + len(kept), ""
        if 0 < at < len(folded) - 1 and folded[at - 1] == folded[at + 1]:
            return at + 2, ""
        for opening, words, longest in self._by_start[folded[at]]:
            if folded.startswith(opening, at):
                start = at + len(opening)
                for length in range(min(longest, len(folded) - start), 0, -1):
                    sign = words.get(folded[start : start + length])
                    if sign:
                        return start + length, sign
        return at + 1, ""


_KEPT = tuple(fold(word) for word in KEPT_AS_THEY_ARE.split())


def from_grammar(grammar: dict) -> Negation:
    """The rules that the templates ending in `{}` and the word lists of the grammar stand for."""
    aspects = grammar["aspect"].values()
    adjectives = {side: {fold(word) for aspect in aspects for word in aspect[side]} for side in ("good", "bad")}
    verbs = {side: {fold(word) for word in grammar["verbs"][side]} for side in ("good", "bad")}
    both = adjectives["good"] & adjectives["bad"]
    merits, defects = ({fold(word) for word in grammar[name]["things"]} for name in ("merits", "defects"))
    negation = grammar["negation"]
    rules: dict[str, dict[str, str]] = {}
    for templates, words, sign in (
        (negation["turns_good"], adjectives["bad"] - both, PRAISE),
        (grammar["verbs"]["turns_good"], verbs["bad"], PRAISE),
        (grammar["defects"]["good"], defects, PRAISE),
        (negation["double"], adjectives["good"] - both, PRAISE),
        (negation["turns_bad"], adjectives["good"] - both, BLAME),
        (grammar["verbs"]["turns_bad"], verbs["good"], BLAME),
        (grammar["merits"]["bad"], merits, BLAME),
    ):
        for template in templates:
            opening, _, rest = fold(template).partition("{}")
            if opening and not rest and opening[0] in _NEGATORS:
                for word in words:
                    rules.setdefault(opening, {}).setdefault(word, sign)
    return Negation(rules)


_NEGATORS = frozenset(fold("不沒無毫零未別哪稱算談難懶拒缺避減"))
