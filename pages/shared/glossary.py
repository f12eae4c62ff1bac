"""The words of the dashboard, explained: one list for the glossary page and for what is shown when one points at "words of this page"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd
import streamlit as st

from pages.shared import menu
from pages.shared.text import N_, _, language, listed, plain


@dataclass(frozen=True)
class Term:
    """A word as it stands on the pages, the term that specialists use for it ("" where it is the same), what it means, and where it is used.

    pages: names in the menu; none: on all of them.
    """

    word: str
    term: str
    meaning: str
    pages: tuple[str, ...] = ()


RATES = ("overview", "cohorts", "repurchase")
TERMS = (
    Term(N_("Buying day"), "", N_("All orders of a customer on one calendar day are one purchase: several are usually one basket that was split.")),
    Term(N_("Come back, repurchase"), N_("repurchase"), N_("A purchase on a later day than the first.")),
    Term(N_("Back within N days"), N_("N-day repurchase rate"), N_("Of the customers whose first purchase is at least N days old, how many bought again within N days. Who came too recently is not counted yet."), RATES),
    Term(N_("New customers of a month"), N_("cohort"), N_("All who bought for the first time in that month. One follows them together to see what becomes of them."), ("cohorts",)),
    Term(N_("Bought again by then"), "cumulative", N_("How many had bought a second time by the end of that month. It can only rise."), ("cohorts",)),
    Term(N_("Bought in that period"), N_("retention"), N_("How many bought in that very month. It goes up and down."), ("cohorts",)),
    Term(N_("All together"), N_("weighted mean"), N_("The people of all months added up, then the share: a large month counts for more than a small one."), ("cohorts",)),
    Term(N_("Hatched: not over yet"), N_("censored"), N_("The period has not ended, so its share is unknown, which is not zero."), ("cohorts", "overview", "repurchase", "sentiment")),
    Term(N_("First months, *"), N_("left truncation"), N_("The files begin on some day. Who bought before it looks like a new customer in the first months."), ("cohorts", "overview", "data")),
    Term(N_("Range"), N_("95 % interval"), N_("With other customers of the same kind the figure would come out a little differently; it lies in this range 19 times out of 20. Where two ranges overlap much, do not speak of a difference.")),
    Term(N_("So many people beside a share"), N_("n"), N_("How many a share stands on. Below 30, one person more or less moves it visibly.")),
    Term(N_("Percentage points"), "", N_("The difference of two percentages: from 29 % to 33 % is 4 percentage points, 4 people more in every hundred."), ("overview", "cohorts", "sentiment")),
    Term(N_("Half are back"), N_("median"), N_("The day by which half have come. One who took very long does not move it, as would a mean."), ("repurchase", "segments", "clusters")),
    Term(N_("A quarter, three quarters"), "P25, P75", N_("The days by which a quarter, or three quarters, have come: between them lies the middle half."), ("repurchase",)),
    Term(N_("80 % day"), "P80", N_("The day by which 80 % of those who come back have come. Who has not come by then is late."), ("repurchase",)),
    Term(N_("Usual gap, cycle"), "", N_("The days that usually lie between two purchases (half take longer, half less)."), ("repurchase", "segments")),
    Term(N_("Estimated share with a second purchase"), "Kaplan–Meier", N_("Who has been watched for a short time counts for that time, instead of as somebody who never came back."), ("repurchase",)),
    Term(N_("Do the groups differ?"), "log-rank", N_("A test of whether the curves of groups differ by more than chance. p below 0.05: hardly by chance."), ("repurchase",)),
    Term("R", N_("recency"), N_("Days since the last purchase, as a score: 5 lately, 1 long ago."), ("segments",)),
    Term("F", N_("frequency"), N_("On how many days somebody bought, as a score: 1 once, 5 most often."), ("segments",)),
    Term(N_("High value"), N_("monetary"), N_("All they ever spent is among the highest fifth of the shop."), ("segments", "triage")),
    Term(N_("Cut points"), "", N_("The lines between one score and the next: how many days ago, how many purchases, how much money."), ("segments",)),
    Term(N_("Percentiles of the shop"), N_("percentile"), N_("Everybody in a row, from the best to the last, and cut into parts of equal size: the first fifth, the second, and so on."), ("segments",)),
    Term(N_("Held out"), N_("holdout, control group"), N_("People on a list who get no message, drawn by lot. Comparing them with the others shows what the message did."), ("segments", "clusters", "cohorts", "repurchase", "week", "results")),
    Term(N_("Usual range"), N_("control limits"), N_("How much a figure moves by itself from one week, or month, to the next in this shop. A change within it is no news."), ("week", "overview")),
    Term(N_("Canned replies"), "", N_("Answers kept ready in the chat tool, so that everybody in the shop answers alike."), ("playbook",)),
    Term(N_("Gift quota"), "", N_("How many gifts a month the shop gives away by its own choice, so that they go to those they mean something to."), ("playbook",)),
    Term(N_("Groups found by themselves"), "k-means", N_("The computer puts together who is alike in three figures: how long ago, how often, how much."), ("clusters",)),
    Term(N_("How clear"), N_("silhouette"), N_("Whether customers lie nearer to their own group than to the next: 0 is one cloud, 1 is far apart."), ("clusters",)),
    Term(N_("How stable"), N_("adjusted Rand index"), N_("Done again with slightly other customers: how far the groups come out the same."), ("clusters",)),
    Term(N_("Revenue"), N_("net merchandise"), N_("What was paid for goods after the shop's own discounts and refunds, without shipping and tax."), ("overview", "data")),
    Term(N_("Guest"), "", N_("An order that does not say who bought, or whose buyer is masked. It counts for revenue, never for customers."), ("overview", "data")),
    Term(N_("Encoding"), "encoding", N_("How a file writes its letters. Old Chinese files use Big5, new ones UTF-8; both are read."), ("data",)),
    Term(N_("Parcel whose end is known"), "", N_("It left, and the file says that somebody took it, that it came back, or that nobody took it. Those still on their way are not counted."), ("parcels",)),
    Term(N_("Completed"), "", N_("The buyer confirmed the order, or the platform did by itself: a little after delivery. Where no file tells it, the day such parcels usually arrive stands in."), ("parcels", "week", "cycles")),
    Term(N_("Left late"), "", N_("Later than the last day for shipment that the platform gives."), ("parcels",)),
    Term(N_("Star balance"), "", N_("Five-star reviews less those with three and fewer, per hundred. Not an NPS, for which one asks whether they recommend."), ("sentiment",)),
    Term(N_("Good and bad"), "mixed", N_("A text that praises one thing and complains of another."), ("sentiment",)),
)  # fmt: skip
"""In the order in which one meets them."""

STREAMLIT = (
    ("Search · Fullscreen", N_("At the upper corner of a table: find a word in it; make it as large as the screen. Esc closes it.")),
    ("Sort ascending · descending", N_("A click on a column's head: from the smallest to the largest, or the other way round.")),
    ("Pin column · Hide column", N_("Keep a column in view while you scroll to the right; put one away until the page is drawn again.")),
    ("No results · Select all · Clear all", N_("In a list to choose from: nothing fits what you typed; take all; take none.")),
    ("Running… · Stop", N_("The page is still counting; stop it.")),
    ("Print · Theme · Light · Dark", N_("In the menu of the three dots: print the page; light or dark colours.")),
)  # fmt: skip
"""What the frame around the pages says in English only, and what it does."""


def of_page(page: str) -> list[Term]:
    """The words a page uses, its own first."""
    own = [term for term in TERMS if page in term.pages]
    return own + [term for term in TERMS if not term.pages]


def named(term: Term) -> str:
    """A word, with its term in brackets."""
    return _("{word} ({term})", word=_(term.word), term=_(term.term)) if term.term else _(term.word)


def table() -> pd.DataFrame:
    """Every word as the page lists it: word, meaning, pages."""
    return pd.DataFrame(
        {
            "word": named(term),
            "meaning": _(term.meaning),
            "pages": listed([menu.title(name) for name in term.pages]) or _("All pages"),
        }
        for term in TERMS
    )


@cache
def _said(page: str, _language: str) -> str:
    return "\n\n".join(f"**{plain(named(term))}**  \n{plain(_(term.meaning))}" for term in of_page(page))


def words_of(page: str) -> None:
    """In one line: point at it, and the page's words are explained; and the way to all of them."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="on_screen_words"):
        st.caption(_("Words of this page"), help=_said(page, language()), width="content")
        menu.link("glossary", _("All words"))
