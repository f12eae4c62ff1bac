"""Topics of praise and complaint (NMF over segmented words), and the words buyers use, each with reviews to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.reviews.model import Model, load
from analytics.reviews.opinions import Opinions
from analytics.reviews.questions import Questions, questions
from analytics.reviews.reading import CHINESE, ENGLISH, language_of
from analytics.reviews.text import HAN, clean, fold

LEAST_REVIEWS = 30
WORDS_SHOWN, EXAMPLES_SHOWN = 6, 3
# Words that say nothing about a topic; single characters are left out anyway.
_SILENT_ZH = """我們 你們 他們 自己 這個 那個 這款 這家 這間 這次 這樣 那樣 一個 一下 一點 一樣 有點 什麼 怎麼 為什麼 因為 所以 但是 不過 可是 只是 雖然
而且 還是 就是 真的 非常 很多 比較 覺得 感覺 知道 可以 不會 沒有 不是 還有 已經 時候 之後 之前 以後 現在 今天 昨天 一直 應該 如果 的話 其實 結果 完全 整體
然後 一定 一起 出來 起來 下去 東西 商品 產品 購買 收到 買的 使用 大家 第一次 這麼 那麼 好像 只有 不能 不要 還會 都是 也是 都有 也有 謝謝 感謝 直接 目前
希望 可能 需要 不知 算是 下次 再來 一次 不錯 喜歡 推薦"""
_SILENT_EN = """the and for was this that with have has had but not are were you your they them very just from all can will would when than then there been what
which who one get got its our out about into more some"""
SILENT = frozenset(map(fold, _SILENT_ZH.split())) | frozenset(_SILENT_EN.split())


@dataclass(frozen=True)
class Topics:
    """topics: one row per topic, largest first: topic (0..), words (its strongest, joined by spaces), reviews (how many belong to
    it). examples: one row per (topic, rank): topic, rank, review (position of the text), text.
    """

    topics: pd.DataFrame
    examples: pd.DataFrame


MOST_READ = 3_000
"""Texts that topics and words are made from, the latest; more would only make them slower."""


def topics_of(found: Opinions, side: str) -> Topics:
    """`topics` of the latest texts that praise, or that complain. side: "praise" or "complaint"."""
    return topics(_texts(found, side))


def words_of_praise(found: Opinions) -> pd.DataFrame:
    """`buyers_words` of the latest texts that praise."""
    return buyers_words(_texts(found, "praise"))


def questions_asked(found: Opinions, language: str) -> Questions:
    """`questions` of the latest texts."""
    return questions(found.reviews.text.dropna().tail(10 * MOST_READ).tolist(), language)


def _texts(found: Opinions, side: str) -> list[str]:
    wanted = ["positive"] if side == "praise" else ["negative", "mixed"]
    chosen = found.with_text[found.with_text.text_label.isin(wanted)]
    return chosen.text.tail(MOST_READ).tolist()


def words_of(text: str, model: Model | None = None) -> list[str]:
    """Words of two and more characters in the text's own spelling; Chinese is segmented, in English split at spaces."""
    import rjieba

    cleaned = clean(text)
    language = language_of(cleaned, (model or load()).codes)
    if language == ENGLISH:
        return [word for word in fold(cleaned).replace("'", "").split() if len(word) > 2 and word.isalpha()]
    if language != CHINESE:
        return []
    simplified = fold(cleaned)
    own = cleaned if len(simplified) == len(cleaned) else simplified
    found, at = [], 0
    for word in rjieba.cut(simplified):
        if len(word) > 1 and all(map(HAN.match, word)):
            found.append(own[at : at + len(word)])
        at += len(word)
    return found


def topics(texts: Sequence[str], count: int = 6, random_state: int = 0) -> Topics:
    """Groups texts that use the same words; give it the praise or the complaints, not both.

    count: topics wanted; fewer come back when the words do not carry so many. Raises TooLittleData under 30 texts with words.
    """
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    worded = [[word for word in words_of(text) if fold(word) not in SILENT] for text in texts]
    told = sum(bool(words) for words in worded)
    if told < LEAST_REVIEWS:
        raise TooLittleData(
            N_("Topics need at least {least} reviews with words, and there are {n}."), least=LEAST_REVIEWS, n=told
        )
    vectoriser = TfidfVectorizer(
        analyzer=list, min_df=max(2, told // 200), max_df=0.5, max_features=3000, sublinear_tf=True
    )
    try:
        table = vectoriser.fit_transform(worded)
    except ValueError as nothing_shared:
        raise TooLittleData(N_("The {n} reviews share no words, so there are no topics."), n=told) from nothing_shared
    names = vectoriser.get_feature_names_out()
    count = min(count, len(names), told)
    parts = NMF(count, init="nndsvda", random_state=random_state, max_iter=400, tol=1e-3)
    strengths = parts.fit_transform(table)
    return _described(texts, strengths, parts.components_, names)


def _described(texts: Sequence[str], strengths: np.ndarray, components: np.ndarray, names: np.ndarray) -> Topics:
    belongs = np.where(strengths.max(axis=1) > 0, strengths.argmax(axis=1), -1)
    sizes = np.bincount(belongs[belongs >= 0], minlength=len(components))
    rows, examples = [], []
    for topic in np.argsort(-sizes, kind="stable"):
        if not sizes[topic]:
            continue
        words = names[np.argsort(-components[topic], kind="stable")[:WORDS_SHOWN]]
        members = np.flatnonzero(belongs == topic)
        best = members[np.argsort(-strengths[members, topic], kind="stable")[:EXAMPLES_SHOWN]]
        examples += [(len(rows), rank, int(review), clean(texts[review])) for rank, review in enumerate(best)]
        rows.append((len(rows), " ".join(words), int(sizes[topic])))
    return Topics(
        pd.DataFrame(rows, columns=["topic", "words", "reviews"]),
        pd.DataFrame(examples, columns=["topic", "rank", "review", "text"]),
    )


def buyers_words(texts: Sequence[str], most: int = 40) -> pd.DataFrame:
    """One row per word, most frequent first: word, reviews (in how many), example (position of a text); for product pages."""
    found: Counter[str] = Counter()
    first: dict[str, int] = {}
    for number, text in enumerate(texts):
        for word in dict.fromkeys(words_of(text)):
            if fold(word) not in SILENT:
                found[word] += 1
                first.setdefault(word, number)
    rows = [(word, count, first[word]) for word, count in found.most_common(most)]
    return pd.DataFrame(rows, columns=["word", "reviews", "example"])
