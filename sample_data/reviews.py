"""Reviews of the demo shops: first what a buyer feels (drawn with the order), then the words for it (drawn later, from a TOML of phrases)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sample_data.dice import Dice
from sample_data.orders import Order

STARS = {5: 838, 4: 88, 3: 42, 2: 13, 1: 19}
TROUBLED_STARS = {1: 26, 2: 20, 3: 26, 4: 18, 5: 10}
CHOICE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(eq=False)
class Review:
    """One review. kind: blank, short, praise, mixed, neutral, complaint or question; trouble: the planted aspects among the complaints."""

    order: Order
    at: datetime
    rating: int
    kind: str = "praise"
    english: bool = False
    praises: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    answered: bool = False
    text: str = ""
    title: str = ""
    reply: str = ""
    replied_at: datetime | None = None
    cashback: bool = False


def feeling(dice: Dice, order: Order, at: datetime, trouble: Mapping[str, float], english: float = 0.03) -> Review:
    """A review without words yet. trouble: aspect -> chance that this review complains of it, on top of the usual ones."""
    troubled = tuple(aspect for aspect, chance in trouble.items() if dice.chance(chance))
    rating = dice.weighted(TROUBLED_STARS if troubled else STARS)
    review = Review(order, at, rating, english=dice.chance(english), trouble=troubled)
    bad = bool(troubled) or dice.chance({5: 0.025, 4: 0.42, 3: 0.4, 2: 0.95, 1: 1}[rating])
    if bad:
        review.kind = "mixed" if rating >= 4 or dice.chance(0.1) else "complaint"
    elif rating == 3:
        review.kind = "neutral"
    else:
        review.kind = dice.weighted({"praise": 70, "blank": 14, "short": 13, "question": 3})
    return review


class Writer:
    """Finds the words for one shop's reviews, and looks for others when a long text has been said before."""

    def __init__(self, shop: str, dice: Dice) -> None:
        folder = Path(__file__).parent
        self.dice, self._said = dice, set[str]()
        self.common, self.shop = (
            tomllib.loads((folder / f"words_{x}.toml").read_text("utf-8")) for x in ("common", shop)
        )

    def write(self, review: Review) -> None:
        """Fill in text, and the aspects that it praises and complains of."""
        self._aspects(review)
        for _ in range(20):
            review.text = self._english(review) if review.english else self._chinese(review)
            if len(review.text) < 8 or review.text not in self._said:
                break
        self._said.add(review.text)

    def _aspects(self, review: Review) -> None:
        dice = self.dice
        if review.kind in {"praise", "mixed"} or (review.kind == "complaint" and dice.chance(0.1)):
            weights, many = (
                self._known(review, "praise"),
                {1: 40, 2: 42, 3: 18} if review.kind == "praise" else {1: 70, 2: 30},
            )
            review.praises = several(
                dice, {k: w for k, w in weights.items() if k not in review.trouble}, dice.weighted(many)
            )
        if review.kind in {"mixed", "complaint"}:
            weights, many = self._known(review, "complaint"), {1: 72, 2: 28} if review.kind == "complaint" else {1: 100}
            taken = {k: w for k, w in weights.items() if k not in (*review.praises, *review.trouble)}
            others = dice.weighted(many) - (1 if review.trouble else 0)
            review.complaints = (*review.trouble, *several(dice, taken, others))

    def _known(self, review: Review, side: str) -> dict[str, float]:
        weights = self.shop["aspects_praised" if side == "praise" else "aspects_complained"]
        return {k: w for k, w in weights.items() if self._phrases(review, side, k)}

    def _phrases(self, review: Review, side: str, aspect: str) -> Sequence[str]:
        source = (
            (self.common.get("english", {}), self.shop.get("english", {}))
            if review.english
            else (self.common, self.shop)
        )
        for words in source:
            phrases = words.get(side, {}).get(aspect, [])
            if isinstance(phrases, dict):
                product = review.order.lines[0].product
                phrases = next((phrases[x] for x in (product.key, product.category, "any") if x in phrases), [])
            if phrases:
                return phrases
        return []

    def _chinese(self, review: Review) -> str:
        dice, say = self.dice, self.say
        praises = [say(self._phrases(review, "praise", x), review) for x in review.praises]
        complaints = [say(self._phrases(review, "complaint", x), review) for x in review.complaints]
        mood = {"praise": "good", "mixed": "ok", "neutral": "ok", "complaint": "bad"}.get(review.kind)
        if review.kind == "blank":
            return ""
        if review.kind == "short":
            return say(self.common["short"]["good"], review)
        if review.kind == "question":
            return say(self.shop["questions"], review)
        if review.kind == "neutral":
            if dice.chance(0.12):
                return say(self.common["short"]["ok"], review)
            praises = [say(self.shop["neutral"], review) for _ in range(dice.weighted({1: 55, 2: 45}))]
        clauses = list(dict.fromkeys(praises))
        if complaints and praises:
            complaints[0] = say(self.common["but"], review) + complaints[0]
            if dice.chance(0.15):
                complaints[-1] += f"，{say(self.shop['questions'], review).rstrip('？')}"
        clauses += complaints
        if review.kind == "complaint" and praises:
            clauses = [praises[0], *complaints]
        if dice.chance(0.33):
            clauses.insert(0, say(self._own("open")[mood], review))
        if dice.chance(0.38):
            clauses.append(say(self._own("close")[mood], review))
        return self._joined(clauses, mood)

    def _own(self, part: str) -> Mapping[str, Sequence[str]]:
        """The shop's own words for a part of a review where it has them."""
        return self.shop.get(part, self.common[part])

    def offer_cashback(self, reviews: Sequence[Review], n: int) -> None:
        """Let n of the praising reviews, and two replies where the shop replies, speak of money back for five stars."""
        praising = [x for x in reviews if x.kind == "praise" and not x.english]
        for review in self.dice.sample(praising, n):
            review.text, review.praises, review.cashback = self.dice.pick(self.shop["cashback"]), (), True
        for review in self.dice.sample([x for x in praising if x.answered], 2):
            review.reply, review.cashback = self.shop["replies"]["cashback"], True

    def _joined(self, clauses: list[str], mood: str) -> str:
        dice, joiner = self.dice, self.dice.pick(self.common["joiners"])
        text = joiner.join(clauses) + dice.pick(self.common[f"ends_{mood}"])
        if mood != "ok" and dice.chance(0.14):
            emoji = dice.pick(self.common[f"emoji_{mood}"])
            text = f"{emoji}{text}" if dice.chance(0.15) else text + emoji * dice.weighted({1: 75, 2: 15, 3: 10})
        return re.sub(r"([，。！～])[，。！～ ]+", r"\1", text) if "！！" not in text else text

    def _english(self, review: Review) -> str:
        dice, words = self.dice, self.common["english"]
        praises = [dice.pick(self._phrases(review, "praise", x)) for x in review.praises]
        complaints = [dice.pick(self._phrases(review, "complaint", x)) for x in review.complaints]
        if review.kind == "blank":
            return ""
        if review.kind in {"neutral", "question"}:
            parts = [dice.pick(words["ok" if review.kind == "neutral" else "questions"])]
        elif review.kind == "short":
            parts = [dice.pick(words["good_close"])]
        else:
            parts = (
                praises
                + ([f"But {complaints[0][0].lower()}{complaints[0][1:]}"] if praises and complaints else complaints[:1])
                + complaints[1:]
            )
            if dice.chance(0.3):
                parts.insert(0, dice.pick(words["open"]))
            if dice.chance(0.35):
                parts.append(dice.pick(words["bad_close" if review.kind == "complaint" else "good_close"]))
        return " ".join(parts).format(
            n=dice.whole(2, 6), en_who=dice.pick(words["en_who"]), town=dice.pick(words["town"])
        )

    def say(self, phrases: Sequence[str], review: Review, name: str = "") -> str:
        """One of the phrases with its choices made and its slots filled."""
        text = self.dice.pick(phrases)
        while CHOICE.search(text):
            text = CHOICE.sub(lambda found: self.dice.pick(found[1].split("|")), text)
        product = review.order.lines[0].product
        nickname = self.dice.pick(self.shop.get("nicknames", {}).get(product.key, ["這款"]))
        return text.format(
            who=self.dice.pick(self.common["who"]), n=self.dice.pick("二三四五六"), p=nickname, name=name
        )


def several(dice: Dice, weights: Mapping[str, float], n: int) -> tuple[str, ...]:
    """Up to n different keys, in proportion to their weights."""
    left, taken = dict(weights), []
    while left and len(taken) < n:
        taken.append(dice.weighted(left))
        del left[taken[-1]]
    return tuple(taken)


def answer(writer: Writer, review: Review, copied: float) -> None:
    """The shop's reply to a review that it answers: with probability `copied` a canned text, otherwise one for this review."""
    dice, words = writer.dice, writer.shop["replies"]
    if not review.answered:
        return
    review.replied_at = review.at + timedelta(hours=dice.whole(2, 70))
    if dice.chance(copied):
        review.reply = dice.pick(words["canned"])
        return
    name = f"{review.order.customer.name[0]}{dice.pick(('小姐', '同學', '女士'))}" if review.order.customer else "您"
    if review.complaints:
        aspect = review.complaints[0] if review.complaints[0] in words else "other"
        parts = ["bad_open", aspect, "bad_close"]
    else:
        parts = ["good_open", "good_body", "good_close"]
    texts = [writer.say(words[part], review, name) for part in parts]
    review.reply = "，".join(texts).rstrip("！") + dice.pick(("。", "！", "～"))
