"""What reviews say over time, what comes after them and whom to answer first: rows by hand, properties, then the demo shops' truths."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import InputError, TooLittleData
from analytics.reviews import outcomes, replies, tables, trends, triage
from analytics.reviews.opinions import Opinions, before, latest, opinions, score_all
from analytics.sources import Upload
from analytics.store import Filters, Store, open_shop
from tests.support.review_rows import read, review, reviewed, survey_csv
from tests.support.rows import order, shopify_csv

SAMPLES = Path(__file__).parents[2] / "sample_data"
TRUTHS = json.loads((SAMPLES / "truths.json").read_text(encoding="utf-8"))
BAD, GOOD, SLOW = "品質很差，壞掉了", "品質很好，很喜歡", "出貨很慢，等超久"


@cache
def demo(name: str) -> tuple[Store, Opinions]:
    paths = sorted(path for path in (SAMPLES / name).iterdir() if path.suffix in {".xlsx", ".csv", ".tsv"})
    store = open_shop([Upload(path.name, path) for path in paths]).store
    return store, opinions(store, score_all(store))


def test_states_follow_stars_and_words():
    rows = [
        review("", "2025-01-01", 5, GOOD, name="a"),
        review("", "2025-01-01", 5, BAD, name="b"),
        review("", "2025-01-01", 1, "", name="c"),
        review("", "2025-01-01", 3, "", name="d"),
        review("", "2025-01-01", 5, "請問可以用洗衣機洗嗎？", name="e"),
        review("", "2025-01-01", "", "Barang ini sangat bagus sekali terima kasih", name="f"),
    ]
    found = read(reviewed([], rows)).reviews.set_index("name")
    assert found.state.to_dict() == {"a": "good", "b": "bad", "c": "bad", "d": "unsure", "e": "unsure", "f": "unsure"}
    assert found.text_label.isna().to_dict() == {"a": False, "b": False, "c": True, "d": True, "e": False, "f": True}


def test_good_stars_count_as_unhappy_only_where_the_text_is_clear():
    texts = {
        "a": "當天就出貨。",
        "b": "顆粒不大！！",
        "c": "看評價很高就買來試試！吃好幾盒了~",
        "d": "出貨快，但外盒破損",
        "e": "爛透了",
    }
    rows = [
        review("", "2025-01-01", stars, text, name=f"{name}{stars}") for name, text in texts.items() for stars in (5, 3)
    ]
    found = read(reviewed([], rows))
    state = found.reviews.set_index("name").state.to_dict()
    assert [state[f"{name}5"] for name in texts] == ["unsure", "unsure", "unsure", "bad", "bad"]
    assert [state[f"{name}3"] for name in texts] == ["bad"] * 5
    assert set(trends.disagreements(found).name) == {"d5", "e5"}


def test_html_is_not_shown_and_a_very_long_text_is_read():
    rows = [
        review("", "2025-01-01", 5, "很<b>好</b><br>用 &amp; 便宜", name="a"),
        review("", "2025-01-01", 5, "好用！" * 20_000, name="b"),
    ]
    found = read(reviewed([], rows)).reviews.set_index("name")
    assert "<" not in found.text["a"]
    assert len(found.text["b"]) == 5_000
    assert found.text_label["b"] == "positive"


def test_periods_count_texts_and_stars_apart_and_silent_months_are_there():
    rows = [
        review("", "2025-01-10", 5, GOOD, name="a"),
        review("", "2025-01-11", 4, "", name="b"),
        review("", "2025-03-12", 1, BAD, name="c"),
    ]
    table = trends.by_period(read(reviewed([], rows)))
    assert table.period.dt.strftime("%Y-%m").tolist() == ["2025-01", "2025-02", "2025-03"]
    assert table.with_text.tolist() == [1, 0, 1]
    assert table.with_stars.tolist() == [2, 0, 1]
    assert table.positive_share.tolist()[0] == 1
    assert np.isnan(table.positive_share[1])
    assert table.mean_stars.tolist()[0] == 4.5
    assert table.finished.tolist() == [True, True, False]


def test_stars_only_and_text_only_are_both_fine():
    stars = read(reviewed([], [review("", "2025-01-10", 5, name="a"), review("", "2025-01-12", 2, name="b")]))
    assert trends.by_period(stars).with_text.sum() == 0
    assert trends.complaints_by_period(stars).empty
    assert trends.aspects(stars).empty
    texts = read(
        reviewed([], [review("", "2025-01-10", "", GOOD, name="a"), review("", "2025-01-12", "", BAD, name="b")])
    )
    assert trends.by_period(texts).with_stars.sum() == 0
    assert trends.marks(texts).empty
    assert texts.reviews.state.tolist() == ["good", "bad"]


def test_reviews_without_a_day_are_counted_but_in_no_month():
    found = read(reviewed([], [review("", "", 5, GOOD, name="a"), review("", "2025-01-12", 2, name="b")]))
    assert len(found.reviews) == 2
    assert trends.by_period(found).reviews.sum() == 1


def test_the_span_before_reaches_back_before_the_period():
    rows = [
        review("", "2025-03-10", 5, GOOD, name="a"),
        review("", "2025-01-20", 1, SLOW, name="b"),
        review("", "2025-01-21", 1, SLOW, name="c"),
    ]
    store = reviewed([order("ann", "2025-03-31")], rows)
    late = store.filtered(Filters(start=date(2025, 3, 1)))
    found = opinions(late, score_all(store))
    assert len(found.reviews) == 1
    assert len(latest(found, 31).reviews) == 1
    assert len(before(found, 30).reviews) == 0
    assert len(before(found, 40).reviews) == 2


def test_a_mark_moves_with_complaints_of_its_own_point_only():
    rows = [review("", "2025-01-10", 5, GOOD, name=str(n)) for n in range(9)] + [
        review("", "2025-01-11", 1, SLOW, name="x")
    ]
    table = trends.marks(read(reviewed([], rows))).set_index("dimension")
    assert table.mark.to_dict() == pytest.approx({"as_described": 5, "service": 5, "delivery": 4.6})
    assert table.complained.to_dict() == {"as_described": 0, "service": 0, "delivery": 1}


def test_aspects_are_listed_from_three_reviews_up_with_their_change():
    rows = [review("", "2025-03-10", 2, SLOW, name=f"n{n}") for n in range(3)] + [
        review("", "2025-03-11", 5, GOOD, name=f"g{n}") for n in range(2)
    ]
    rows += [review("", "2025-01-20", 5, GOOD, name=f"o{n}") for n in range(5)]
    store = reviewed([order("ann", "2025-03-31")], rows)
    table = trends.aspects(read(store), 60)
    assert table.aspect.tolist() == ["shipping"]
    assert (table.complained[0], table.texts[0], table.before_complained[0], table.before_texts[0]) == (3, 5, 0, 5)
    assert table.change[0] == pytest.approx(0.6)


def test_stars_and_words_that_differ_are_found():
    rows = [
        review("", "2025-01-10", 5, BAD, name="a"),
        review("", "2025-01-10", 1, GOOD, name="b"),
        review("", "2025-01-10", 5, GOOD, name="c"),
    ]
    kinds = trends.disagreements(read(reviewed([], rows))).set_index("name").kind
    assert kinds.to_dict() == {"a": "good_stars", "b": "bad_stars"}


ORDERS = [
    order("ann", "2025-01-01", products=["tea"]), order("ann", "2025-02-01", products=["tea"]),
    order("bob", "2025-01-02", products=["tea"]),
    order("cat", "2025-01-03", products=["cup"]), order("cat", "2025-03-01", products=["cup"]),
    order("dan", "2025-01-04", products=["cup"]),
    order("eve", "2025-05-20", products=["tea"]),
]  # fmt: skip
WRITTEN = [
    review("ann", "2025-01-08", 5, GOOD, product="tea"),
    review("bob", "2025-01-09", 1, BAD, product="tea"),
    review("cat", "2025-01-10", 1, BAD, product="cup", reply="抱歉"),
    review("eve", "2025-05-25", 1, BAD, product="tea"),
]


def test_repurchase_counts_only_purchases_old_enough():
    store = reviewed(ORDERS, WRITTEN, as_of="2025-06-01")
    found = outcomes.outcomes(store, read(store), 90)
    told = found.table.set_index("group")
    assert told.loc[["stars_1_3", "stars_5", "complaint_answered", "complaint_unanswered", "no_complaint"], ["repurchased", "eligible"]].to_numpy().tolist() == [
        [1, 2], [1, 1], [1, 1], [0, 1], [1, 1],
    ]  # fmt: skip
    assert (found.unreviewed.repurchased, found.unreviewed.eligible) == (0, 1)
    every = outcomes.outcomes(store, read(store), 90, every=True)
    assert every.of("stars_5").eligible == 1


def test_a_customer_with_two_reviews_of_one_purchase_counts_once_by_the_worse():
    store = reviewed(ORDERS, [*WRITTEN, review("ann", "2025-01-09", 2, BAD)], as_of="2025-06-01")
    found = outcomes.outcomes(store, read(store), 90)
    assert found.of("stars_5").eligible == 0
    assert found.of("stars_1_3").eligible == 3


def test_the_funnel_adds_up():
    store = reviewed(ORDERS, WRITTEN, as_of="2025-06-01")
    found = outcomes.funnel(store, 90)
    assert found.table.set_index("step").n.to_dict() == {"purchases": 4, "reviewed": 3, "back": 2, "silent_back": 0}
    assert found.median_days == 7
    assert found.since == date(2025, 1, 1)


def test_nothing_is_said_of_answers_where_no_file_holds_replies():
    store = reviewed(ORDERS, WRITTEN[:2], as_of="2025-06-01")
    found = outcomes.outcomes(store, read(store), 90)
    assert found.table[found.table.split == "answer"].eligible.sum() == 0


def test_products_by_complaints_per_100_orders():
    store = reviewed(
        [*ORDERS, order("fay", "2025-02-02", products=["cup"], status="refunded", refunded=100)],
        WRITTEN,
        as_of="2025-06-01",
    )
    table = outcomes.products(store, read(store), 90).set_index("product")
    assert table.loc["tea", ["complaints", "orders", "per_100"]].tolist() == [2, 4, 50]
    assert table.loc["cup", ["complaints", "orders", "placed", "returned"]].tolist() == [1, 3, 4, 1]
    assert table.loc["cup", ["repurchased", "eligible"]].tolist() == [1, 2]


def test_survey_answers_by_days_since_the_order():
    uploads = [
        Upload("o.csv", shopify_csv([("ann", "2025-01-01"), ("bob", "2025-01-01")])),
        Upload("s.csv", survey_csv([("ann", "2025-01-05", 10), ("bob", "2025-02-20", 3), ("zoe", "2025-01-05", 9)])),
    ]
    store = open_shop(uploads).store
    table = trends.answers_by_wait(store, read(store))
    assert table.nps.tolist() == [100, -100]
    assert table[["from_day", "answers", "promoters", "detractors"]].to_numpy().tolist() == [
        [0, 1, 1, 0],
        [31, 1, 0, 1],
    ]


QUEUED = [
    *[order(f"x{n}", "2025-01-01", 100) for n in range(8)],
    order("rich", "2025-01-01", 9_000), order("poor", "2025-01-01", 50),
]  # fmt: skip


def queue(rows: list[dict], notes: pd.DataFrame | None = None) -> triage.Queue:
    store = reviewed(QUEUED, rows, as_of="2025-03-01")
    return triage.queue(triage.cases(store, read(store)), notes)


def test_the_unhappy_come_first_and_of_them_those_to_call():
    table = queue(
        [
            review("x1", "2025-02-20", 5, GOOD), review("x2", "2025-02-20", 3, "還可以"), review("x3", "2025-02-20", 5, BAD),
            review("poor", "2025-02-27", 1, BAD), review("rich", "2025-02-20", 1, SLOW), review("", "2025-02-26", 2, BAD, name="王小明"),
        ]
    ).table  # fmt: skip
    assert table.who.tolist()[:3] == ["r***@example.com", "p***@example.com", "王**"]
    assert table.state.tolist() == ["bad", "bad", "bad", "bad", "unsure", "good"]
    assert table.call_first.tolist() == [True, False, False, False, False, False]
    assert table.age[0] == 9
    assert table.fault[:2].tolist() == ["process", "product"]
    assert table.against[0] == ["shipping"]


def test_notes_survive_the_file_and_excel_and_go_before_the_guess():
    rows = [review("rich", "2025-02-20", 1, SLOW, number="r1"), review("poor", "2025-02-20", 1, BAD, number="r2")]
    said = {"review_id": "r1", "status": "solved", "fault": "product", "note": '=called, said "fine"'}
    notes = pd.DataFrame([dict.fromkeys(triage.NOTE_COLUMNS, "") | said])
    again = triage.read_notes(triage.notes_file(notes), "n.csv")
    assert again.to_dict("records") == [
        {
            "review_id": "r1",
            "status": "solved",
            "owner": "",
            "fault": "product",
            "tag": "",
            "note": '=called, said "fine"',
        }
    ]
    found = queue(rows, again)
    assert found.table.set_index("review_id").loc["r1", ["status", "fault"]].tolist() == ["solved", "product"]
    assert found.shown().review_id.tolist() == ["r2"]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'review_id,status\n"x'])
def test_a_file_that_holds_no_notes_is_said(data):
    with pytest.raises(InputError, match="holds no notes"):
        triage.read_notes(data, "x.csv")


def test_complaints_by_month_and_fault():
    table = triage.faults_by_month(
        queue(
            [
                review("x1", "2025-01-20", 1, SLOW),
                review("x2", "2025-02-20", 1, BAD),
                review("x3", "2025-02-21", 5, GOOD),
            ]
        )
    )
    assert table.complaints.sum() == 2
    assert len(table) == 2 * len(triage.FAULTS)


def test_a_period_without_reviews_says_so():
    store = reviewed([order("ann", "2025-06-01")], [review("ann", "2025-01-01", 5)])
    with pytest.raises(TooLittleData, match="no reviews here"):
        opinions(store.filtered(Filters(start=date(2025, 3, 1))), score_all(store))


def test_row_order_does_not_matter():
    rows = [review(f"x{n}", f"2025-01-{10 + n}", 1 + n % 5, (BAD, GOOD, SLOW)[n % 3]) for n in range(8)]
    found = [read(reviewed(QUEUED, given)) for given in (rows, rows[::-1])]
    for one in (lambda x: trends.by_period(x), lambda x: trends.aspects(x), lambda x: trends.marks(x)):
        pd.testing.assert_frame_equal(one(found[0]), one(found[1]))


@pytest.mark.parametrize("shop", ["tea", "fashion", "durable"])
def test_every_demo_review_is_read(shop):
    store, found = demo(shop)
    truth, file = TRUTHS[shop]["reviews"], store.query("reviews/files").iloc[0]
    assert len(found.reviews) == truth["reviews"] == file.rows
    assert found.reviews.text.notna().sum() == truth["with_text"]
    assert {str(int(stars)): n for stars, n in found.reviews.rating.value_counts().sort_index().items()} == truth[
        "stars"
    ]
    months = found.reviews.reviewed_at.dt.strftime("%Y-%m").value_counts().to_dict()
    assert months == {month: counts["reviews"] for month, counts in truth["by_month"].items()}


def test_the_tea_shops_slow_parcels_stand_out():
    _, found = demo("tea")
    surges = trends.surges(found)
    assert ("shipping", "2026-06") in set(zip(surges.aspect, surges.period.dt.strftime("%Y-%m"), strict=True))
    marks = trends.marks(found).query("dimension == 'delivery'").set_index("period").mark
    assert marks.idxmin().strftime("%Y-%m") == "2026-06"
    assert marks.min() < trends.GOOD_MARK - 0.3


def test_what_comes_after_the_tea_shops_reviews_is_what_was_planted():
    store, found = demo("tea")
    table = outcomes.outcomes(store, found, 90)
    truth = TRUTHS["tea"]["after_review_90_days"]
    assert (table.of("stars_1_3").repurchased, table.of("stars_1_3").eligible) == (
        truth["1-3"]["repurchased"],
        truth["1-3"]["eligible"],
    )
    four, five = table.of("stars_4"), table.of("stars_5")
    assert four.eligible + five.eligible == truth["4-5"]["eligible"]
    assert four.repurchased + five.repurchased == truth["4-5"]["repurchased"]


def test_the_straight_jeans_lead_the_fashion_shops_complaints():
    store, found = demo("fashion")
    first = outcomes.products(store, found).iloc[0]
    assert (first["product"], first.main_aspect) == ("直筒牛仔褲", "size")
    answers = outcomes.outcomes(store, found, 90)
    assert answers.of("complaint_answered").rate > answers.of("complaint_unanswered").rate


def test_reviews_as_files_have_the_same_columns_with_and_without_reviews():
    some, none = reviewed(ORDERS, WRITTEN), reviewed(ORDERS)
    for table in (tables.reviews_table, tables.complaints_table):
        assert list(table(some).columns) == list(table(none).columns)
        assert len(table(some)) > 0
        assert table(none).empty


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('zh_TW = "x"\nen = "x"', "at zh_TW"),
        ("zh_TW = []\nen = []", "at zh_TW"),
        ('[zh_TW]\npositive = "x"', "at zh_TW.positive"),
        ("[zh_TW.positive]\nopenings = [1]", "at zh_TW.positive.openings"),
        ('[zh_TW.positive]\nabout = ["x"]', "at zh_TW.positive.about"),
        ('[zh_TW.positive.about]\nsize = "x"', "at zh_TW.positive.about.size"),
        ("[zh_TW]\nsegments = 1", "at zh_TW.segments"),
        ("[zh_TW]\nyou = 1", "at zh_TW.you"),
        ("a = " + "[" * 4000, "too many brackets"),
        ("", "no openings"),
    ],
)
def test_templates_of_another_shape_are_refused_with_a_sentence(toml: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        replies.parse(toml)
