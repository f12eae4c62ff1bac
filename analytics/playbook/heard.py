"""What customers ask and complain of, from reviews, notes to orders and chats, counted; and the table that answers it.

The table is the owner's: rows of `playbook` in the notebook, one per question or symptom and product ("" : any product).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.errors import TooLittleData
from analytics.reviews.opinions import Opinions
from analytics.reviews.questions import OWN, group_of, questions
from analytics.reviews.text import fold
from analytics.reviews.topics import topics_of
from analytics.store import Store

REVIEWS, NOTES, CHAT = SOURCES = ("reviews", "notes", "chat")
QUESTION, SYMPTOM = "question", "symptom"
TEN = 10
"""Suggestions that are made at a time: the ten most asked."""
COLUMNS = ("question", "product_id", "answer", "recommend", "tone", "never")
GENERAL = {"shipping", "returns", "price", "authentic"}
"""Groups of questions that are about the shop, whatever the product."""
MOST = 20_000
"""Texts of each source that are looked at, the latest."""
_LEAST = 2  # signs of a word that texts are searched for
_FEW, _MAINLY = 3, 0.6  # who ask a question, and the share of them that speaks for a product
_PARTS = re.compile(r"[、/／,，;；]")


@dataclass(frozen=True)
class Heard:
    """table: one row per question or symptom, the most asked first: kind (QUESTION, SYMPTOM), group, question (how it is headed), product_id ("": any, or not
    known), product, asked (texts that ask it), one column per source (of these), answer (a start with …), examples (up to three, by line). texts: what was looked
    at: text (folded), source, product_id. asks: one row per text and group that it asks: text (its place), group. read: source -> texts looked at.
    """

    table: pd.DataFrame
    texts: pd.DataFrame
    asks: pd.DataFrame
    read: dict[str, int]


def heard(store: Store, opinions: Opinions | None, chat: Sequence[str] = (), language: str = "zh_TW") -> Heard:
    """What was asked. opinions: the shop's reviews; None: there are none. chat: texts out of a chat. language: of headings and starts of answers."""
    parts = [_reviews(opinions), _notes(store), pd.DataFrame({"text": list(chat)[-MOST:]}).assign(source=CHAT)]
    texts = pd.concat([part for part in parts if len(part)] or parts[-1:], ignore_index=True)
    texts = texts.reindex(columns=["text", "source", "product_id", "product"])
    texts["product_id"] = texts.product_id.fillna("").astype(str)
    found = questions(texts.text, language)
    asks = found.asked.rename(columns={"review": "text"})
    asks["product_id"] = texts.product_id.reindex(asks.text).to_numpy()
    heads = found.faq.set_index("group")
    names = texts[texts.product_id != ""].drop_duplicates("product_id", keep="last").set_index("product_id")["product"]
    rows = []
    for group, part in asks.groupby("group", sort=True):
        people = part.drop_duplicates("text")
        by_source = texts.source.loc[people.text].value_counts()
        rows.append(
            {"kind": QUESTION, "group": group, "question": part.question.iloc[0] if group.startswith(OWN) else heads.title[group], "product_id": _product(group, people.product_id),
             "asked": len(people), **{source: int(by_source.get(source, 0)) for source in SOURCES}, "answer": heads.answer[group],
             "examples": "\n".join(list(dict.fromkeys(part.question))[:3])}
        )  # fmt: skip
    rows += _symptoms(opinions)
    columns = ["kind", "group", "question", "product_id", "asked", *SOURCES, "answer", "examples"]
    table = pd.DataFrame(rows, columns=columns).sort_values(
        ["asked", "kind", "group", "product_id"], ascending=[False, True, True, True], ignore_index=True
    )
    table.insert(4, "product", table.product_id.map(names))
    return Heard(
        table, texts.assign(text=pd.Series([fold(str(text)) for text in texts.text], texts.index, "str")), asks.drop_duplicates(["text", "group"]), texts.source.value_counts().to_dict()
    )  # fmt: skip


def _product(group: str, ids: pd.Series) -> str:
    """The product that a question is about: the one of most who ask it, where those are _MAINLY of three or more; "": of any, or the shop."""
    if group in GENERAL or len(ids) < _FEW:
        return ""
    first = ids.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return str(first.index[0]) if first.iloc[0] >= _MAINLY * len(ids) else ""


def _reviews(opinions: Opinions | None) -> pd.DataFrame:
    if opinions is None:
        return pd.DataFrame(columns=["text", "source", "product_id", "product"])
    said = opinions.reviews[opinions.reviews.text.notna()].tail(MOST)
    return said[["text", "product_id", "product"]].assign(source=REVIEWS)


def _notes(store: Store) -> pd.DataFrame:
    """Notes of buyers to their orders, where the shop's files hold any."""
    if not store.shop.orders:
        return pd.DataFrame(columns=["text", "source"])
    return store.with_parcels().query("playbook/notes", most=MOST).assign(source=NOTES)


def _symptoms(opinions: Opinions | None) -> list[dict[str, object]]:
    """What reviews complain of, by topic; none where there are too few."""
    try:
        found = topics_of(opinions, "complaint") if opinions is not None else None
    except TooLittleData:
        found = None
    if found is None:
        return []
    rows = []
    for topic in found.topics.itertuples():
        said = found.examples[found.examples.topic == topic.topic].text
        rows.append(
            {"kind": SYMPTOM, "group": f"{SYMPTOM} {topic.label}", "question": topic.label, "product_id": "", "asked": int(topic.reviews),
             REVIEWS: int(topic.reviews), NOTES: 0, CHAT: 0, "answer": "", "examples": "\n".join(said)}
        )  # fmt: skip
    return rows


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The owner's rows as the functions below take them: COLUMNS, all text, "" for nothing; rows without a question are none."""
    texts = rows.reindex(columns=list(COLUMNS)).astype(object)
    texts = texts.where(texts.notna(), "").astype(str).apply(lambda column: column.str.strip())
    return texts[texts.question != ""].drop_duplicates(["question", "product_id"], keep="last").reset_index(drop=True)


def changes(shown: pd.DataFrame, now: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """Rows of `now` that are new or unlike those shown, and the keys (question, product_id) of rows that were shown and are gone.

    Nothing else is to be written: what came into the table meanwhile, from another window or a file, is not of this change.
    """
    shown, now = table(shown), table(now)
    before = {(row["question"], row["product_id"]): row for row in shown.to_dict("records")}
    after = {(row["question"], row["product_id"]): row for row in now.to_dict("records")}
    put = [row for key, row in after.items() if before.get(key) != row]
    return put, [{"question": question, "product_id": product} for question, product in before if (question, product) not in after]  # fmt: skip


def counted(book: pd.DataFrame, of: Heard) -> pd.DataFrame:
    """The table with asked (texts that ask it, or that speak of it in its words), the most asked first, then as it was written.

    A row for a product counts what is said of that product alone.
    """
    asked = []
    for row in table(book).itertuples():
        places = set(of.asks.text[of.asks.group == _group(of, row.question)])
        words = [fold(part.strip()) for part in _PARTS.split(row.question)]
        for word in words:
            if len(word) >= _LEAST:
                places |= set(of.texts.index[of.texts.text.str.contains(word, regex=False)])
        if row.product_id:
            places &= set(of.texts.index[of.texts.product_id == row.product_id])
        asked.append(len(places))
    return table(book).assign(asked=asked).sort_values("asked", ascending=False, kind="stable", ignore_index=True)


def _group(of: Heard, question: str) -> str:
    """The group of questions that a row of the table answers: the one that it heads, else the one whose words it holds; "": none."""
    rows = of.table[(of.table.kind == QUESTION) & (of.table.question == question)]
    return rows.group.iloc[0] if len(rows) else group_of(question)


def suggested(of: Heard, book: pd.DataFrame, most: int = TEN) -> pd.DataFrame:
    """The most asked rows of `Heard.table` that the table does not answer yet, for their product or for any."""
    answered = {(row.question, row.product_id) for row in table(book).itertuples()}
    fresh = [
        (row.question, row.product_id) not in answered and (row.question, "") not in answered
        for row in of.table.itertuples()
    ]
    return of.table[pd.Series(fresh, index=of.table.index, dtype=bool)].head(most).reset_index(drop=True)


def broken(book: pd.DataFrame) -> pd.DataFrame:
    """Rows whose own answer or recommendation holds what must never be promised: question, product_id, words."""
    rows = []
    for row in table(book).itertuples():
        said = fold(f"{row.answer} {row.recommend}")
        words = [part.strip() for part in _PARTS.split(row.never) if len(part.strip()) >= _LEAST]
        found = [word for word in words if fold(word) in said]
        if found:
            rows.append({"question": row.question, "product_id": row.product_id, "words": found})
    return pd.DataFrame(rows, columns=["question", "product_id", "words"])


def canned(book: pd.DataFrame) -> list[str]:
    """One reply per line, answer and recommendation together, for a tool that keeps canned replies; rows without an answer give none."""
    replies = (" ".join(filter(None, (row.answer, row.recommend))) for row in table(book).itertuples())
    return list(dict.fromkeys(" ".join(reply.split()) for reply in replies if reply.strip()))


def faq(book: pd.DataFrame, names: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The draft of an FAQ: for each product (by its name in names; "" first: of all) its questions and answers; only rows with an answer."""
    rows = table(book)
    rows = rows[rows.answer != ""]
    return [
        (names.get(product, product), [(row.question, row.answer) for row in part.itertuples()])
        for product, part in _by_product(rows)
    ]


def _by_product(rows: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    return rows.groupby("product_id", sort=True)
