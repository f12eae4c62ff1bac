"""Topics of praise and complaint (clusters of clauses that say alike things), and the words buyers use, each with reviews to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.reviews import encoder
from analytics.reviews.model import Model, load
from analytics.reviews.opinions import Opinions
from analytics.reviews.questions import Questions, questions
from analytics.reviews.reading import CHINESE, ENGLISH, language_of
from analytics.reviews.score import CLEAR_COMPLAINT_BELOW, MIXED, NEGATIVE, POSITIVE
from analytics.reviews.text import HAN, clean, fold, turning

LEAST_REVIEWS, LEAST_IN_TOPIC = 30, 3
TOPICS_SHOWN, EXAMPLES_SHOWN = 6, 3
ALIKE, COHERENT = 0.36, 0.6
"""Cosines: clauses as alike as this on average are one topic; one whose clauses are less like their middle than COHERENT is not shown."""
MOST_CLAUSES = 1_500
"""Distinct clauses that are compared, of the latest reviews."""
LABEL_LENGTHS = (4, 24)
"""Characters of a clause that may stand for a topic."""
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
    """topics: one row per topic, by reviews: topic (0..), label (its strongest clause, as written), reviews (how many speak of it),
    coherence (mean cosine of its clauses with their middle, COHERENT..1). examples: one row per (topic, rank): topic, rank, review (its key),
    text, clause. told: reviews that were looked at. Empty where nothing holds together.
    """

    topics: pd.DataFrame
    examples: pd.DataFrame
    told: int


MOST_READ = 3_000
"""Texts that topics and words are made from, the latest; more would only make them slower."""


def topics_of(found: Opinions, side: str) -> Topics:
    """`topics` of the latest clauses that praise something, or complain of it. side: "praise" or "complaint"."""
    said = found.mentions.merge(found.reviews[["review_key", "text", "text_label"]], on="review_key")
    if side == "praise":
        said = said[said.polarity == POSITIVE]
    else:
        unhappy = said.text_label.isin([NEGATIVE, MIXED]) | (said.p_positive < CLEAR_COMPLAINT_BELOW)
        said = said[(said.polarity == NEGATIVE) & unhappy]
    return topics(said.drop_duplicates(["review_key", "clause"]))


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


def topics(said: pd.DataFrame) -> Topics:
    """Groups clauses that say alike things, by the encoder's vectors; give it the praise or the complaints, not both.

    said: one row per review and clause, by time: review_key, clause, text. Average linkage of cosines. Raises TooLittleData under
    LEAST_REVIEWS reviews.
    """
    told = said.review_key.nunique()
    if told < LEAST_REVIEWS:
        raise TooLittleData(
            N_("Topics need at least {least} reviews that say something of the goods or the shop, and there are {n}."),
            least=LEAST_REVIEWS,
            n=told,
        )
    said = said.assign(spelled=[turning(fold(clause))[1] for clause in said.clause])
    counted = said.spelled.drop_duplicates(keep="last").tail(MOST_CLAUSES)
    vectors = encoder.load().meanings(counted.tolist())
    group = _grouped(vectors)
    placed = said.merge(pd.DataFrame({"spelled": counted, "group": group, "place": range(len(counted))}), on="spelled")
    rows, examples = [], []
    for _, members in placed.groupby("group"):
        reviews = members.review_key.nunique()
        middle = vectors[members.place].mean(axis=0)
        near = vectors[members.place] @ (middle / max(np.linalg.norm(middle), 1e-9))
        members = members.assign(near=near).sort_values(["near", "review_key"], ascending=[False, True])
        fits = members[members.clause.str.len().between(*LABEL_LENGTHS)]
        if reviews >= LEAST_IN_TOPIC and near.mean() >= COHERENT and len(fits):
            rows.append((fits.clause.iloc[0], reviews, float(near.mean())))
            best = members.drop_duplicates("review_key").drop_duplicates("text").head(EXAMPLES_SHOWN)
            examples.append(best[["review_key", "text", "clause"]].rename(columns={"review_key": "review"}))
    order = sorted(range(len(rows)), key=lambda place: (-rows[place][1], rows[place][0]))[:TOPICS_SHOWN]
    shown = [examples[place].assign(topic=topic, rank=range(len(examples[place]))) for topic, place in enumerate(order)]
    columns = ["topic", "rank", "review", "text", "clause"]
    return Topics(
        pd.DataFrame(
            [(topic, *rows[place]) for topic, place in enumerate(order)],
            columns=["topic", "label", "reviews", "coherence"],
        ),
        pd.concat(shown, ignore_index=True)[columns] if shown else pd.DataFrame(columns=columns),
        told,
    )


def _grouped(vectors: np.ndarray) -> np.ndarray:
    """The group of each vector: average linkage, cut where clauses are less than ALIKE. shape (n,)."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(vectors) < 2:
        return np.ones(len(vectors), dtype=int)
    return fcluster(linkage(vectors.astype(float), "average", metric="cosine"), 1 - ALIKE, "distance")


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
