"""Drafts replies from an editable template file, measures how much past replies were copied, and flags paid-review wording."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from analytics.errors import N_, InputError
from analytics.reviews.aspects import ASPECTS
from analytics.reviews.opinions import Opinions
from analytics.reviews.score import MIXED, NEGATIVE, NEUTRAL, POSITIVE
from analytics.reviews.text import clean, fold

TEMPLATES = Path(__file__).with_name("reply_templates.toml")
LABELS = (POSITIVE, NEUTRAL, MIXED, NEGATIVE)
GREETING = re.compile(fold(r"^.{0,12}?(?:您好|你好|哈囉|嗨)"))
NOT_LETTERS = re.compile(r"[\W\d_]+")
REWARD = fold(
    r"(?:返現|返利|返還|退現|現金|紅包|購物金|回饋金|折價券|優惠券|折扣碼|抵用|折\d|折抵|小禮|贈品|禮物|禮品|送\d|送你|送您|再送|就送|即送|可領|領取|免費送|抽獎|退\d|回饋\d|點數|蝦幣)"
)
GOOD_REVIEW = fold(r"(?:好評|五星|5星|五顆星|5顆星|滿星|正評|好的評價)")
OFFER = re.compile(
    rf"{GOOD_REVIEW}[^。!?\n]{{0,24}}{REWARD}|{REWARD}[^。!?\n]{{0,24}}{GOOD_REVIEW}|{fold('好評返')}|{fold('返現卡')}"
    r"|(?:5|five)[ -]?stars?[^.\n]{0,60}(?:gift|cash|refund|discount|coupon|voucher|reward|free)"
    r"|(?:gift|cash|refund|discount|coupon|voucher|reward|free)[^.\n]{0,60}(?:(?:5|five)[ -]?stars?|(?:good|positive) (?:review|rating))"
    r"|(?:good|positive) (?:review|rating)[^.\n]{0,60}(?:gift|cash|refund|discount|coupon|voucher|reward|free)"
)


AFTER_A_COMPLAINT = ("loyal",)
"""Segments whose lines fit an apology: a thank-you for a first order, or for coming back, does not."""
NO_NAME = re.compile(r"^\{name\}[,，]? ?|[,，]? ?\{name\}")
TELLS = 5
"""Replies from which on a share of copies says something."""


@dataclass(frozen=True)
class CopyPaste:
    """share: of the replies, how many use words that another reply also uses (0..1; NaN: no replies). replies: how many there are.
    repeated: one row per repeated reply, most used first: reply (one of them as written), times.
    """

    share: float
    replies: int
    repeated: pd.DataFrame

    @property
    def enough(self) -> bool:
        """Whether there are replies enough to speak of a share."""
        return self.replies >= TELLS


def copy_paste(replies: Iterable[object]) -> CopyPaste:
    """Replies count as equal when they differ only in the greeting, names before it, numbers, punctuation or emoji."""
    written = [text for text in map(clean, replies) if text]
    keys = pd.Series([_skeleton(text) for text in written], dtype=object)
    times = keys.map(keys.value_counts())
    table = pd.DataFrame({"reply": written, "key": keys, "times": times})
    repeated = table[table["times"] > 1].drop_duplicates("key").sort_values("times", ascending=False, kind="stable")
    share = float((times > 1).mean()) if written else float("nan")
    return CopyPaste(share, len(written), repeated[["reply", "times"]].reset_index(drop=True))


@dataclass(frozen=True)
class PastReplies:
    """Past replies: how many are copies (copied), and those that offer something for a good review, each once (offers). paid: how many
    replies do. told: the texts of buyers who speak of such an offer.
    """

    copied: CopyPaste
    offers: list[str]
    paid: int
    told: list[str]


_MAY_TELL = r"(?i)好評|好评|五星|[5五] ?[顆颗]?星|滿星|满星|正評|正评|返現|返现|star|good review|positive"


def past_replies(found: Opinions) -> PastReplies:
    """The replies of the period, looked over."""
    past = found.reviews.reply.dropna()
    times = past.value_counts()
    paid = times[[offers_reward(reply) for reply in times.index]]
    texts = found.reviews.text.dropna()
    told = [text for text in texts[texts.str.contains(_MAY_TELL)] if offers_reward(text)]
    return PastReplies(copy_paste(past), list(paid.index), int(paid.sum()), told)


def offers_reward(text: object) -> bool:
    """True when a text offers money or a gift for a good review."""
    return bool(OFFER.search(fold(clean(text))))


def neutral_invitation(language: str = "zh_TW") -> str:
    """What may be written instead of an offer for a good review."""
    return templates()["paid_reviews"]["en" if language == "en" else "zh_TW"]


@cache
def templates(path: Path = TEMPLATES) -> dict:
    """The template file as nested dicts."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, name: str = "reply_templates.toml") -> dict:
    """An owner's template file, checked; raises InputError when it cannot be used."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise InputError(N_("{file} is no readable template file: {fault}."), file=name, fault=str(fault)) from fault
    except RecursionError as fault:
        raise InputError(
            N_("{file} is no template file: too many brackets stand inside each other."), file=name
        ) from fault
    for language in ("zh_TW", "en"):
        misplaced = _misplaced(table.get(language, {}), language)
        if misplaced:
            raise InputError(
                N_("{file} has something else at {place} than the built-in templates have there; save those, change their lines and load that."),
                file=name, place=misplaced,
            )  # fmt: skip
        for label in LABELS:
            lists = table.get(language, {}).get(label, {})
            for part in ("openings", "default", "closings"):
                if not lists.get(part):
                    raise InputError(
                        N_("{file} has no {part} for {label} reviews in {language}: add at least one line."),
                        file=name, part=part, label=label, language=language,
                    )  # fmt: skip
    return table


def _misplaced(of_language: object, language: str) -> str:
    """Where a language's templates are not built as they should be, as `zh_TW.positive.about`; "" where they are."""
    if not isinstance(of_language, dict):
        return language
    if not isinstance(of_language.get("you", ""), str):
        return f"{language}.you"
    labels = {label: of_language.get(label, {}) for label in LABELS}
    tables = {name: of_language.get(name, {}) for name in ("segments", "products")} | labels
    tables |= {f"{label}.about": part.get("about", {}) for label, part in labels.items() if isinstance(part, dict)}
    for name, part in tables.items():
        if not isinstance(part, dict):
            return f"{language}.{name}"
        for key, lines in part.items():
            if f"{name}.{key}" in tables:
                continue
            if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
                return f"{language}.{name}.{key}"
    return ""


def drafts(
    reviews: pd.DataFrame, shop: str = "", language: str = "zh_TW", table: Mapping | None = None, random_state: int = 0
) -> list[str]:
    """One reply per row, in order, none equal to the one before it where the file has two openings or more.

    reviews: label, aspects ("shipping:negative;…" as from `score`), and where known name, product and segment (a key of the
    template file's segments: new, loyal, at_risk). Of a product only the owner's own lines are said. A row without a label gets the words for neutral reviews.
    """
    chosen = (table or templates())[language]
    columns = [_column(reviews, name) for name in ("label", "aspects", "name", "segment", "product")]
    chance = random.Random(random_state)
    last: dict[tuple[str, ...], str] = {}

    def next_of(part: str, lines: Sequence[str], *of: str) -> str:
        others = [line for line in lines if line != last.get((part, *of))] or lines
        last[part, *of] = others[int(chance.random() * len(others))]
        return last[part, *of]

    written: list[str] = []
    for label, aspects, name, segment, product in zip(*columns, strict=True):
        label = label if label in LABELS else NEUTRAL
        lists = chosen[label]
        aspect = _aspect_for(label, aspects)
        body = lists.get("about", {}).get(aspect) or lists["default"]
        lines = [next_of("openings", lists["openings"], label), next_of("body", body, label, aspect)]
        of_product = _about_product(chosen, product) if label == POSITIVE else []
        if of_product:
            lines.append(next_of("product", of_product, product))
        to_them = chosen.get("segments", {}).get(segment)
        if to_them and (label not in (NEGATIVE, MIXED) or segment in AFTER_A_COMPLAINT):
            lines.append(next_of("segment", to_them, segment))
        lines.append(next_of("closings", lists["closings"], label))
        written.append(_filled(lines, name or chosen.get("you", ""), shop, language))
    return written


def _column(reviews: pd.DataFrame, name: str) -> list[str]:
    return reviews[name].fillna("").astype(str).tolist() if name in reviews else [""] * len(reviews)


def _about_product(chosen: Mapping, product: str) -> list[str]:
    """The owner's lines for the first of their product names that this product's name holds."""
    return next((lines for name, lines in chosen.get("products", {}).items() if fold(name) in fold(product)), [])


def _aspect_for(label: str, aspects: str) -> str:
    """The aspect to speak of: for complaints the first complained of, for praise the first praised, '' if none."""
    pairs = [pair.partition(":")[::2] for pair in aspects.split(";") if pair]
    wanted = POSITIVE if label == POSITIVE else NEGATIVE
    return next((aspect for aspect, polarity in pairs if polarity == wanted and aspect in ASPECTS), "")


def _filled(lines: Sequence[str], name: str, shop: str, language: str) -> str:
    spaced = " " if language == "en" else ""
    kept = [line for line in lines if shop or "{shop}" not in line]
    if not name:
        kept = [_nameless(line) for line in kept]
    text = spaced.join(kept)
    return re.sub(r"您您好", "您好", text.replace("{name}", name).replace("{shop}", shop))


def _nameless(line: str) -> str:
    """The line without {name} and the comma that set it off: "Sorry, {name}." -> "Sorry."; "{name}, we …" -> "We …"."""
    bare = NO_NAME.sub("", line)
    return bare[:1].upper() + bare[1:]


def _skeleton(text: str) -> str:
    folded = fold(text)
    bare = NOT_LETTERS.sub("", GREETING.sub("", folded))
    return bare or folded
