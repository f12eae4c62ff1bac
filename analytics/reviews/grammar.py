"""Turns the grammar files into made-up short reviews with their labels, the same ones for the same seed."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHINESE = Path(__file__).with_name("grammar_zh.toml")
ENGLISH = Path(__file__).with_name("grammar_en.toml")
GOOD, BAD, PLAIN = 1.0, 0.0, 0.5


@dataclass(frozen=True)
class Example:
    """A made-up review. label: the share of it that is praise, 0..1."""

    text: str
    label: float


def load(path: Path = CHINESE) -> dict:
    """The grammar as nested dicts whose leaves are lists of phrases."""

    def split(node: dict | str) -> dict | list[str]:
        return node.split() if isinstance(node, str) else {key: split(value) for key, value in node.items()}

    return split(tomllib.loads(path.read_text(encoding="utf-8")))


def load_english(path: Path = ENGLISH) -> dict[str, dict[str, list[str]]]:
    """The English grammar; its phrases are parted by commas and line breaks."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        section: {
            name: [phrase.strip() for phrase in re.split(r"[,\n]", text) if phrase.strip()]
            for name, text in lists.items()
        }
        for section, lists in table.items()
    }


def phrases(grammar: dict) -> set[str]:
    """Every distinct phrase of the grammar."""
    if isinstance(grammar, list):
        return set(grammar)
    return set().union(*(phrases(value) for value in grammar.values()))


def examples(grammar: dict, count: int, seed: int = 20) -> Iterator[Example]:
    """Every whole remark once, then `count` reviews put together at random."""
    speaker = _Speaker(grammar, random.Random(seed))
    yield from speaker.every_remark()
    for _ in range(count):
        yield speaker.review()


class _Speaker:
    def __init__(self, grammar: dict, chance: random.Random) -> None:
        self.grammar, self.chance = grammar, chance
        self.aspects = list(grammar["aspect"].values())
        self.sides = {GOOD: "good", BAD: "bad"}

    def pick(self, words: list[str]) -> str:
        return words[int(self.chance.random() * len(words))]

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def every_remark(self) -> Iterator[Example]:
        whole, defects = self.grammar["whole"], self.grammar["defects"]
        for label, side in self.sides.items():
            alone = [phrase for aspect in self.aspects for phrase in aspect[f"{side}_alone"]]
            for phrase in alone + whole[side] + self.grammar["mainland"][side] + self.grammar["general"][side]:
                yield Example(phrase, label)
            for thing in dict.fromkeys(defects["things"]):
                yield Example(self.pick(defects[side]).replace("{}", thing), label)
            for aspect in self.aspects:
                for adjective in dict.fromkeys(aspect[side]):
                    yield Example(self.pick(["", *aspect["nouns"]]) + adjective, label)
                    yield Example(self.negated(adjective, label), 1 - label)
                for phrase in aspect[f"{side}_says"]:
                    yield Example(self.pick(aspect["nouns"]) + phrase, label)
        for phrase in whole["plain"] + [phrase for aspect in self.aspects for phrase in aspect["plain"]]:
            yield Example(phrase, PLAIN)

    def negated(self, adjective: str, label: float) -> str:
        if adjective.startswith("有"):
            return self.pick(["沒", "沒有", "沒什麼", "毫無"]) + adjective[1:]
        if adjective[0] in "不沒":
            return self.pick(["沒有", "一點都沒有", "不會"]) + adjective
        return self.pick(self.grammar["negation"]["turns_bad" if label else "turns_good"]).replace("{}", adjective)

    def described(self, aspect: dict, label: float) -> str:
        side, degree = self.sides[label], self.grammar["degree"]
        adjective = self.pick(aspect[side])
        roll = self.chance.random()
        if roll < 0.30:
            opposite = self.pick(aspect[self.sides[1 - label]])
            return self.negated(opposite, 1 - label)
        if roll < 0.36 and label and adjective[0] not in "有不沒":
            return self.pick(self.grammar["negation"]["double"]).replace("{}", adjective)
        if roll < 0.44:
            return adjective + self.pick(degree["after"])
        return adjective if roll < 0.58 else self.pick(degree["before"]) + adjective

    def clause(self, label: float) -> str:
        side, grammar = self.sides[label], self.grammar
        aspect = self.pick(self.aspects)
        roll = self.chance.random()
        if roll < 0.36:
            noun = self.pick(aspect["nouns"]) if self.happens(0.75) else ""
            return noun + self.described(aspect, label)
        if roll < 0.45:
            return self.pick(aspect["nouns"]) + self.pick(aspect[f"{side}_says"])
        if roll < 0.58:
            return self.pick(aspect[f"{side}_alone"])
        if roll < 0.63:
            return self.pick(grammar["mainland"][side])
        if roll < 0.69:
            word = self.pick(grammar["general"][side])
            noun = self.pick(aspect["nouns"]) if self.happens(0.4) else ""
            return noun + self.pick(grammar["general"][f"says_{side}"]).replace("{}", word)
        if roll < 0.77:
            return self.pick(grammar["whole"][side])
        if roll < 0.81:
            return self.pick(grammar["defects"][side]).replace("{}", self.pick(grammar["defects"]["things"]))
        if roll < 0.84:
            return self.pick(grammar["merits"][side]).replace("{}", self.pick(grammar["merits"]["things"]))
        if roll < 0.91:
            return self.done(label)
        if roll < 0.92 and not label:
            return self.pick(grammar["negation"]["mocked"]).replace("{}", self.pick(aspect["good"]))
        return self.turned(side) if roll < 0.96 else self.story(side)

    def done(self, label: float) -> str:
        """A verb: 會卡 is blame, 不會卡 is praise."""
        verbs, side, other = self.grammar["verbs"], self.sides[label], self.sides[1 - label]
        if self.happens(0.6):
            return self.pick(verbs[f"turns_{side}"]).replace("{}", self.pick(verbs[other]))
        return self.pick(verbs[f"{side}_forms"]).replace("{}", self.pick(verbs[side]))

    def story(self, side: str) -> str:
        return self.pick(self.grammar["stories"][side]).replace("{thing}", self.pick(self.grammar["filler"]["things"]))

    def plain(self) -> str:
        roll = self.chance.random()
        if roll < 0.10:
            return self.story("plain")
        if roll < 0.25:
            return self.turned("plain")
        if roll < 0.50:
            return self.pick(self.pick(self.aspects)["nouns"]) + self.pick(self.grammar["whole"]["plain_says"])
        return self.pick(self.grammar["whole"]["plain"] if roll < 0.75 else self.pick(self.aspects)["plain"])

    def turned(self, side: str) -> str:
        """A hope or fear and what came of it."""
        aspect, text = self.pick(self.aspects), self.pick(self.grammar["turnabout"][side])
        for mark, words in (
            ("{good}", aspect["good"]),
            ("{bad}", aspect["bad"]),
            ("{defect}", self.grammar["defects"]["things"]),
        ):
            text = text.replace(mark, self.pick(words))
        return text

    def joined(self, parts: list[str]) -> str:
        joins = self.grammar["filler"]["joins"]
        text = parts[0]
        for part in parts[1:]:
            text += ("" if self.happens(0.12) else " " if self.happens(0.25) else self.pick(joins)) + part
        return text

    def ending(self, label: float) -> str:
        if self.happens(0.5):
            return ""
        own = [] if label == PLAIN else self.grammar["particles"][self.sides[label]]
        return self.pick(own + self.grammar["particles"]["any"][:8])

    def review(self) -> Example:
        roll = self.chance.random()
        if roll < 0.13:
            return self.mixed()
        label = PLAIN if roll < 0.24 else GOOD if roll < 0.62 else BAD
        length = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)[int(self.chance.random() * 10)]
        parts = [
            self.plain() if label == PLAIN else self.clause(label)
            for _ in range(min(length, 2) if label == PLAIN else length)
        ]
        if self.happens(0.15):
            parts.insert(0, self.pick(self.grammar["filler"]["facts"]))
        if label != PLAIN and self.happens(0.12):
            parts[-1] = self.pick(self.grammar["filler"]["things"]) + parts[-1]
        return Example(self.joined(parts) + self.ending(label), label)

    def mixed(self) -> Example:
        """Praise and blame, or one of them and neither, around a 但; what comes last weighs more."""
        last = GOOD if self.happens(0.5) else BAD
        turn = self.pick(self.grammar["filler"]["turns"])
        if self.happens(0.35):
            parts = [self.clause(last), turn + self.plain()]
            label = 0.65 if last else 0.35
        else:
            parts = [self.clause(1 - last), turn + self.clause(last)]
            label = 0.58 if last else 0.38
        return Example(self.joined(parts) + self.ending(PLAIN), label)


def english_examples(grammar: dict, count: int, seed: int = 3) -> Iterator[Example]:
    """Every English remark once, then `count` sentences put together at random."""
    chance = random.Random(seed)

    def pick(phrases: list[str]) -> str:
        return phrases[int(chance.random() * len(phrases))]

    adjectives = {GOOD: grammar["adjectives"]["good"], BAD: grammar["adjectives"]["bad"]}
    whole = {GOOD: grammar["whole"]["good"], BAD: grammar["whole"]["bad"]}
    things, degree, turns = grammar["nouns"]["things"], grammar["nouns"]["degree"], grammar["negation"]["turns"]

    def clause(label: float) -> str:
        roll = chance.random()
        if roll < 0.4:
            return pick(whole[label])
        thing = pick(things)
        if roll < 0.85:
            described = (pick(degree) + " " if chance.random() < 0.5 else "") + pick(adjectives[label])
            shapes = ["{1} {0}", "the {0} was {1}", "the {0} is {1}", "{0} {1}", "{1}"]
            return pick(shapes).format(thing, described)
        return f"the {thing} was " + pick(turns).replace("{}", pick(adjectives[1 - label]))

    for label in (GOOD, BAD):
        for phrase in dict.fromkeys(whole[label]):
            yield Example(phrase, label)
        for adjective in dict.fromkeys(adjectives[label]):
            yield Example(adjective, label)
            yield Example(pick(turns).replace("{}", adjective), 1 - label)
    for phrase in grammar["whole"]["plain"]:
        yield Example(phrase, PLAIN)
    for _ in range(count):
        roll = chance.random()
        if roll < 0.08:
            last = GOOD if chance.random() < 0.5 else BAD
            yield Example(f"{clause(1 - last)} but {clause(last)}", 0.6 if last else 0.35)
            continue
        label = GOOD if roll < 0.54 else BAD
        length = 1 + int(chance.random() ** 2 * 3)
        join = (". ", ", ", " and ", "! ", " ")[int(chance.random() * 5)]
        yield Example(join.join(clause(label) for _ in range(length)), label)
