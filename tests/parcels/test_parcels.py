"""What became of each parcel, by rows to check by hand; the demo tea shop's against pandas on its own files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import fastexcel
import pandas as pd
import pytest

from analytics.parcels import buyers, days, outcomes
from analytics.parcels.outcomes import unreadable
from analytics.sources import Upload
from analytics.store import Filters, Store, open_shop
from analytics.store.kept import open_written, sign, write_shop
from tests.support.parcels import MARCH, parcel, parcel_shop, shopee_csv
from tests.support.rows import shop

TEA = Path(__file__).parents[2] / "sample_data" / "tea"
AUTUMN = [TEA / f"Order.all.{window}.xlsx" for window in ("20260901_20260930", "20260916_20261015", "20261001_20261031")]  # fmt: skip


@pytest.fixture(scope="module")
def march() -> Store:
    return parcel_shop(("Order.all.20250301_20250310.csv", shopee_csv(MARCH)))


def parcels(store: Store) -> pd.DataFrame:
    with store.with_parcels()._asking() as cursor:
        return cursor.execute("select * from parcels order by order_id").df().set_index("order_id")


def test_a_reason_beside_an_order_that_was_not_cancelled_makes_no_parcel_lost():
    shop = shopee_csv(
        [
            parcel(
                "ann", "2025-03-01 10:00", shipped="2025-03-02 09:00", completed="2025-03-05 08:00", reason="買家改地址"
            )
        ]
    )
    assert parcels(parcel_shop(("Order.all.csv", shop))).outcome.tolist() == ["done"]


def test_each_parcel_has_one_end(march):
    found = parcels(march)
    assert found.outcome.to_dict() == {
        "P001": "done", "P002": "unclaimed", "P003": "cancelled", "P004": "returned", "P005": "lost", "P006": "open", "P007": "done", "P008": "done",
        "P009": "open", "P010": "open", "P011": "open",
    }  # fmt: skip
    assert found.ship_days.dropna().to_dict() == {"P001": 1, "P002": 1, "P004": 4, "P005": 1, "P006": 1}
    assert found.complete_days.dropna().to_dict() == {"P001": 4, "P004": 7, "P007": 4, "P008": 4}
    assert found.late.dropna().to_dict() == {"P001": False, "P004": True, "P006": False}
    assert found.to_ship[found.to_ship].index.tolist() == ["P009", "P010", "P011"]


def test_a_parcel_arrives_when_its_order_is_completed(march):
    arrived = parcels(march).arrived.dropna().dt.date.astype(str)
    assert arrived.to_dict() == {"P001": "2025-03-05", "P007": "2025-03-08", "P008": "2025-03-09"}


def test_where_no_file_tells_it_arrives_two_days_after_it_left_or_was_ordered():
    told = shopee_csv([parcel("ann", "2025-03-01 10:00", shipped="2025-03-04 10:00")], without=["訂單完成時間"])
    assert str(parcels(parcel_shop(("Order.all.csv", told))).arrived.iloc[0].date()) == "2025-03-06"
    silent = parcels(shop([("ann", "2025-03-01"), ("bob", "2025-03-30")]))
    assert silent.arrived.dt.date.astype(str).tolist() == ["2025-03-03", "2025-04-01"]
    assert silent.outcome.tolist() == ["done", "open"]


def test_rates_say_what_they_are_out_of(march):
    found = outcomes(march)
    assert found.whole[["orders", "cancelled", "unclaimed", "returned", "lost", "open", "sent", "taken"]].tolist() == [
        11,
        1,
        1,
        1,
        1,
        4,
        5,
        4,
    ]
    assert found.whole.unclaimed_rate == 1 / 5
    assert found.whole.cancelled_rate == 1 / 11
    assert found.whole.returned_rate == 1 / 4
    assert found.of("payment").set_index("name").unclaimed.to_dict() == {"信用卡": 0, "貨到付款": 1}
    assert found.of("delivery").set_index("name").cancelled.to_dict() == {"全家": 0, "7-ELEVEN": 1}
    assert found.reasons[["outcome", "reason", "orders", "worth"]].values.tolist() == [
        ["cancelled", "買家取消：不想買了", 1, 100.0], ["lost", "包裹遺失，物流商已賠付", 1, 100.0], ["returned", "已同意退貨/退款", 1, 100.0],
        ["unclaimed", "買家逾期未取件", 1, 100.0],
    ]  # fmt: skip


def test_times_that_cannot_be_used_are_listed_and_left_unknown(march):
    assert unreadable(march)[["order_id", "written", "before_order"]].values.tolist() == [
        ["P007", "明天", False],
        ["P008", "2025-03-01 10:00:00", True],
    ]


def test_the_period_hides_orders_and_a_store_its_own(march):
    later = march.filtered(Filters(start=date(2025, 3, 3)))
    assert outcomes(later).whole.orders == 8
    assert outcomes(later).whole.cancelled == 0


def test_who_does_not_pick_up_and_what_chance_would_make():
    rows = [
        parcel("bad", f"2025-03-{day:02} 10:00", "不成立", shipped=f"2025-03-{day:02} 12:00", reason="買家未取貨")
        for day in (1, 2, 3)
    ]
    rows += [parcel("bad", "2025-03-04 10:00", completed="2025-03-06 10:00")]
    rows += [parcel(f"good{n}", "2025-03-05 10:00", completed="2025-03-08 10:00") for n in range(36)]
    found = buyers(parcel_shop(("Order.all.csv", shopee_csv(rows))))
    assert found.known == 37
    assert found.table[["customer_id", "sent", "unclaimed", "rate", "worth"]].values.tolist() == [
        ["bad", 4, 3, 0.25, 300.0]
    ]
    rate = 3 / 40  # only `bad` was sent more than one
    assert found.by_chance == pytest.approx(1 - (1 - rate) ** 4 - 4 * rate * (1 - rate) ** 3)
    assert found.habit


def test_what_no_file_tells_is_unknown_and_not_zero():
    found = outcomes(shop([("ann", "2025-01-01"), ("bob", "2025-03-01")]))
    assert found.whole.sent == 0
    assert pd.isna(found.whole.unclaimed_rate)
    assert not found.told.claims
    assert buyers(shop([("ann", "2025-01-01")])).table.empty
    assert days(shop([("ann", "2025-01-01")])).groups.empty


def test_dates_are_read_as_the_file_writes_its_orders():
    def written(day: date) -> str:
        return f"{day:%d/%m/%Y} 10:00"

    rows = [
        parcel(f"c{n}", written(date(2025, 3, 1) + timedelta(n)), shipped=written(date(2025, 3, 4) + timedelta(n)), completed="-")
        for n in range(20)
    ]  # fmt: skip
    assert set(parcels(parcel_shop(("Order.all.csv", shopee_csv(rows)))).ship_days) == {3}


def test_a_shop_in_a_file_tells_the_same(march, tmp_path):
    path = tmp_path / "shop.duckdb"
    written = write_shop(path, [Upload("Order.all.20250301_20250310.csv", shopee_csv(MARCH))])
    sign(path, written, [])
    opened = open_written(path).store
    try:
        assert parcels(opened).outcome.to_dict() == parcels(march).outcome.to_dict()
    finally:
        opened.close()


def test_late_parcels_beside_stars_and_repurchase():
    """Forty late parcels, all of them with two stars and nobody back; forty in time, all five stars and all back after 20 days."""
    rows, reviews = [], ["訂單編號,買家帳號,星數,評價內容,日期"]
    for n in range(80):
        late = n < 40
        rows.append(
            parcel(
                f"c{n}", "2025-01-01 10:00", shipped="2025-01-05 10:00" if late else "2025-01-02 10:00", by="2025-01-03 10:00",
                completed="2025-01-12 10:00" if late else "2025-01-05 10:00", number=f"F{n:03}",
            )
        )  # fmt: skip
        reviews.append(f"F{n:03},c{n},{2 if late else 5},,2025-01-20 10:00")
        if not late:
            rows.append(parcel(f"c{n}", "2025-01-21 10:00", "運送中"))
    rows.append(parcel("last", "2025-06-01 10:00", "運送中"))
    store = parcel_shop(("Order.all.csv", shopee_csv(rows)), ("reviews.csv", "\n".join(reviews).encode()))
    found = days(store)
    for _measure, table in found.differences.groupby("measure"):
        assert table[["x1", "n1", "x2", "n2"]].values.tolist() == [[40, 40, 0, 40], [0, 40, 40, 40]]
        assert table.verdict.tolist() == ["more", "fewer"]
    assert found.differences.measure.unique().tolist() == ["late", "slow"]
    assert found.times.late == 40
    assert list(found.times.complete_days) == [4, 7.5, 11]


def test_few_are_not_compared():
    rows = [
        parcel(
            "ann", "2025-01-01 10:00", shipped="2025-01-05 10:00", by="2025-01-03 10:00", completed="2025-01-12 10:00"
        ),
        parcel(
            "bob", "2025-01-01 10:00", shipped="2025-01-02 10:00", by="2025-01-03 10:00", completed="2025-01-05 10:00"
        ),
    ]
    assert days(parcel_shop(("Order.all.csv", shopee_csv(rows)))).differences.verdict.tolist() == ["few"] * 4


def test_ends_add_up_whatever_the_order_of_rows(march):
    numbered = [row | {"訂單編號": f"P{n:03}"} for n, row in enumerate(MARCH, start=1)]
    again = outcomes(parcel_shop(("Order.all.20250301_20250310.csv", shopee_csv(numbered[::-1]))))
    pd.testing.assert_frame_equal(again.parts, outcomes(march).parts)
    done = again.parts.taken - again.parts.returned
    ends = again.parts[["cancelled", "unpaid", "unclaimed", "returned", "lost", "open"]].sum(axis=1)
    assert (ends + done == again.parts.orders).all()


def test_the_tea_shop_is_what_pandas_makes_of_its_files():
    """Three months with an overlap: the newest file's row of each order, its outcome by status, reason and times."""
    store = open_shop([Upload(path.name, path) for path in AUTUMN]).store
    read = [
        fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_pandas().assign(file=n)
        for n, path in enumerate(AUTUMN)
    ]
    orders = (
        pd.concat(read)
        .sort_values("file", kind="stable")
        .drop_duplicates(["訂單編號", "file"])
        .drop_duplicates("訂單編號", keep="last")
    )
    placed, shipped, done, due = (
        pd.to_datetime(orders[name], errors="coerce")
        for name in ("訂單成立日期", "實際出貨時間", "訂單完成時間", "最晚出貨日期")
    )
    reason, status, back = orders["不成立原因"].fillna(""), orders["訂單狀態"], orders["退貨 / 退款狀態"].fillna("")
    end = pd.Series("open", index=orders.index)
    end[done.notna()] = "done"
    end[back.str.contains("已同意")] = "returned"
    end[status == "尚未付款"] = "unpaid"
    end[status == "不成立"] = "cancelled"
    end[reason.str.contains("未取")] = "unclaimed"
    end[reason.str.contains("遺失")] = "lost"
    found = outcomes(store)
    for name, n in end.value_counts().items():
        assert name == "done" or found.whole[name] == n, name
    assert found.whole.orders == len(orders)
    assert found.whole.sent == end.isin(["done", "returned", "unclaimed"]).sum()
    by_delivery = orders.assign(end=end).groupby("寄送方式")["end"].apply(lambda ends: (ends == "unclaimed").sum())
    assert found.of("delivery").set_index("name").unclaimed.to_dict() == by_delivery.to_dict()
    times = days(store).times
    took = (shipped.dt.normalize() - placed.dt.normalize()).dt.days
    assert times.shipped == took.notna().sum()
    assert list(times.ship_days) == took.quantile([0.25, 0.5, 0.8]).tolist()
    assert times.late == (shipped > due).sum()
