"""The demo shops: made the same each time, small, and true to their planted figures when pandas reads the files on its own."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from sample_data import make
from sample_data.excelize import write_workbook

FOLDER = Path(make.__file__).parent
SOURCE = FOLDER.parents[1] / "shared" / "data" / "uci_online_retail_sample.csv.gz"
TRUTHS = json.loads((FOLDER / "truths.json").read_text("utf-8"))
TEXT = {"dtype": str, "keep_default_na": False}


@pytest.fixture(scope="module")
def remade(tmp_path_factory) -> Path:
    """All demo shops, made again (the real one only where its source lies beside the project)."""
    folder = tmp_path_factory.mktemp("sample_data")
    make.make(folder, SOURCE if SOURCE.exists() else None)
    return folder


@pytest.fixture(scope="module")
def tea() -> pd.DataFrame:
    """One row per order of the tea shop: the newest workbook's version."""
    files = sorted((FOLDER / "tea").glob("*.xlsx"), key=lambda path: path.stem[-8:])
    tables = [pd.read_excel(path, engine="calamine", **TEXT).assign(file=i) for i, path in enumerate(files)]
    lines = pd.concat(tables, ignore_index=True)
    assert len(lines) == TRUTHS["tea"]["rows"]
    snapshots = lines[["訂單編號", "file"]].drop_duplicates()
    assert len(snapshots) == TRUTHS["tea"]["order_snapshots"]
    lines = lines[lines["file"] == lines.groupby("訂單編號")["file"].transform("max")]
    assert len(snapshots) - lines["訂單編號"].nunique() == TRUTHS["tea"]["superseded"]
    numbers = lines[["商品總價", "賣家負擔優惠券", "商品活動價格", "數量", "退貨數量"]].astype(int)
    assert (numbers["商品活動價格"] * numbers["數量"]).sum() == numbers["商品總價"].groupby(
        lines["訂單編號"]
    ).first().sum()
    lines = lines.assign(
        given_back=numbers["商品活動價格"] * numbers["退貨數量"],
        value=numbers["商品總價"],
        off=numbers["賣家負擔優惠券"],
    )
    orders = lines.groupby("訂單編號").agg(
        who=("買家帳號", "first"),
        at=("訂單成立日期", "first"),
        status=("訂單狀態", "first"),
        why=("不成立原因", "first"),
        value=("value", "first"),
        off=("off", "first"),
        back=("given_back", "sum"),
        skus=("主商品貨號", lambda x: frozenset(x)),
    )
    orders["revenue"] = orders["value"] - orders["off"] - orders["back"]
    orders["reason"] = ""
    orders.loc[(orders["revenue"] <= 0) & (orders["back"] > 0), "reason"] = "refunded"
    orders.loc[orders["value"] == 0, "reason"] = "free"
    orders.loc[orders["status"] == "尚未付款", "reason"] = "unpaid"
    orders.loc[(orders["status"] == "不成立") & ~orders["why"].str.contains("遺失"), "reason"] = "cancelled"
    return dated(orders.reset_index())


def shopify_orders(shop: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per order of a Shopify demo shop, and its lines."""
    files = sorted((FOLDER / shop).glob("orders_export*"))
    lines = pd.concat([pd.read_csv(path, **TEXT) for path in files], ignore_index=True)
    heads = lines[lines["Financial Status"] != ""]
    assert heads["Name"].is_unique
    phone = heads["Phone"].str.replace(r"\D", "", regex=True)
    orders = pd.DataFrame(
        {
            "name": heads["Name"],
            "who": heads["Email"].str.lower().where(heads["Email"] != "", phone),
            "at": heads["Created at"].str[:19],
            "revenue": heads["Subtotal"].astype(float) - heads["Refunded Amount"].astype(float),
            "coupon": heads["Discount Code"],
            "source": heads["Source"],
            "reason": "",
        }
    )
    orders.loc[heads["Subtotal"].astype(float) == 0, "reason"] = "free"
    orders.loc[heads["Financial Status"] == "refunded", "reason"] = "refunded"
    orders.loc[heads["Cancelled at"] != "", "reason"] = "cancelled"
    return dated(orders), lines


def dated(orders: pd.DataFrame) -> pd.DataFrame:
    orders["at"] = pd.to_datetime(orders["at"])
    return orders.assign(day=orders["at"].dt.normalize()).sort_values("at", ignore_index=True)


def known(orders: pd.DataFrame) -> pd.DataFrame:
    return orders[(orders["reason"] == "") & (orders["who"] != "")]


def first_two_days(orders: pd.DataFrame) -> pd.DataFrame:
    """Per customer the first buying day and the one after it (NaT: none yet)."""
    days = known(orders)[["who", "day"]].drop_duplicates().sort_values("day")
    nth = days.groupby("who").cumcount()
    return pd.DataFrame(
        {"first": days[nth == 0].set_index("who")["day"], "second": days[nth == 1].set_index("who")["day"]}
    )


def within(days: pd.DataFrame, n: int, as_of: str) -> dict[str, float]:
    old = days[(pd.Timestamp(as_of) - days["first"]).dt.days >= n]
    returned = int(((old["second"] - old["first"]).dt.days <= n).sum())
    return {"repurchased": returned, "eligible": len(old), "rate": round(returned / len(old), 6) if len(old) else None}


def check_totals(orders: pd.DataFrame, truth: dict) -> None:
    counted, buyers, days = orders[orders["reason"] == ""], known(orders), first_two_days(orders)
    assert len(counted) == truth["orders"]
    assert len(counted) - len(buyers) == truth["guest_orders"]
    assert counted["revenue"].sum() == truth["revenue"]
    assert buyers["revenue"].sum() == truth["revenue_known_customers"]
    assert len(days) == truth["customers"]
    assert str(counted["day"].min().date()) == truth["first_order"]
    assert str(counted["day"].max().date()) == truth["as_of"] == "2026-10-31"
    assert orders.loc[orders["reason"] != "", "reason"].value_counts().to_dict() == truth["excluded"]
    assert days["second"].notna().sum() == truth["lifetime"]["repurchased"]
    for n, expected in truth["within_days"].items():
        assert within(days, int(n), truth["as_of"]) == expected
    later = buyers["day"] > buyers["who"].map(days["first"])
    assert later.mean() == pytest.approx(truth["order_share"], abs=1e-6)
    assert buyers.loc[later, "revenue"].sum() / buyers["revenue"].sum() == pytest.approx(
        truth["revenue_share"], abs=1e-6
    )
    assert buyers.loc[later, "revenue"].mean() == pytest.approx(truth["aov_repeat"], abs=1e-4)
    for month, expected in truth["by_first_month"].items():
        mine = days[days["first"].dt.strftime("%Y-%m") == month]
        assert len(mine) == expected["customers"]
        assert within(mine, 90, truth["as_of"]) == expected["within_90"]


def contents(path: Path) -> object:
    """A file's bytes; of a zip its members' (compressed bytes differ between builds of zlib)."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(x.filename, x.date_time, x.create_system, archive.read(x)) for x in archive.infolist()]


def test_making_again_gives_the_same_files(remade):
    made = sorted(path.relative_to(remade) for path in remade.rglob("*") if path.is_file())
    assert len(made) >= 33
    for path in made:
        assert contents(remade / path) == contents(FOLDER / path), path


def test_a_workbook_written_twice_is_the_same_bytes():
    books = [BytesIO(), BytesIO()]
    for book in books:
        write_workbook(book, ["訂單編號", "a\nb"], [["1", ""], ["<&>", " x"]])
    assert books[0].getvalue() == books[1].getvalue()


def test_all_sample_data_is_below_8_mb():
    files = [path for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 8_000_000


def test_the_tea_workbooks_are_like_the_exporters():
    files = sorted((FOLDER / "tea").glob("*.xlsx"))
    assert len(files) == TRUTHS["tea"]["order_files"] == 25
    with zipfile.ZipFile(files[0]) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
        assert 'name="orders"' in book.read("xl/workbook.xml").decode()
    assert '<dimension ref="A1"/>' in sheet
    assert sheet.count("<c ") == sheet.count(' t="s"')
    header = list(pd.read_excel(files[0], engine="calamine", **TEXT).columns)
    assert len(header) == 57
    assert any("\n" in name for name in header)


def test_the_tea_shop_reads_as_it_was_made(tea):
    check_totals(tea, TRUTHS["tea"])
    special = {*TRUTHS["tea"]["planted"]["wholesale_accounts"], *TRUTHS["tea"]["planted"]["staff_accounts"]}
    check_totals_without = TRUTHS["tea"]["without_staff_and_wholesale"]
    plain = tea[~tea["who"].isin(special)]
    assert plain.loc[plain["reason"] == "", "revenue"].sum() == check_totals_without["revenue"]
    assert within(first_two_days(plain), 90, "2026-10-31") == check_totals_without["within_days"]["90"]


def test_the_overlapping_export_holds_matured_statuses():
    read = {
        name: pd.read_excel(FOLDER / "tea" / f"Order.all.{name}.xlsx", engine="calamine", **TEXT)
        .drop_duplicates("訂單編號")
        .set_index("訂單編號")["訂單狀態"]
        for name in ("20260901_20260930", "20260916_20261015")
    }
    older, newer = read.values()
    both = older.index.intersection(newer.index)
    assert len(both) > 100
    assert (
        (older[both] == "已完成").sum()
        < 10
        < (newer[both] == "已完成").sum() + newer[both].str.contains("鑑賞期").sum()
    )
    assert older[both].str.contains("鑑賞期內").any()
    assert (newer[both] == "不成立").sum() > (older[both] == "不成立").sum()


def test_the_tea_shops_gateway_pair_campaigns_and_stock_out(tea):
    truth, days = TRUTHS["tea"], first_two_days(tea)
    buyers = known(tea)
    first_day = buyers[buyers["day"] == buyers["who"].map(days["first"])]
    rates = {}
    for key, expected in truth["gateways_90_days"].items():
        holders = first_day.loc[first_day["skus"].map(lambda skus, key=key: key in skus), "who"].unique()
        assert len(holders) == expected["first_buyers"]
        assert within(days.loc[holders], 90, "2026-10-31") == expected["any_product"]
        rates[key] = expected["any_product"]["rate"]
    mains = ("PRO", "LUT", "VTB", "OOL", "BUR", "MTN", "COL")
    assert max(mains, key=rates.get) == "PRO"
    assert rates["PRO"] > truth["within_days"]["90"]["rate"] + 0.1 > rates["COL"]
    counted = tea[tea["reason"] == ""]
    both = counted["skus"].map(lambda skus: {"BOT", "CLD"} <= skus).sum()
    assert both == truth["pair"]["both"]
    assert truth["pair"]["lift"] > 4
    month_day = days["first"].dt.strftime("%m-%d")
    won = days[month_day.between("11-09", "11-11") | month_day.between("12-10", "12-12")]
    assert within(won, 90, "2026-10-31") == truth["campaigns"]["all campaigns"]["within_days"]["90"]
    assert truth["campaigns"]["all campaigns"]["within_days"]["90"]["rate"] < 0.6 * truth["within_days"]["90"]["rate"]
    months = {month: x["within_90"]["rate"] for month, x in truth["by_first_month"].items() if month < "2026-08"}
    assert min(months, key=months.get) == "2025-08"
    values = counted["value"].value_counts(bins=[389, 439, 489, 539, 589], sort=False)
    assert list(values) == [
        truth["free_shipping"]["orders_by_value"][x] for x in ("390-439", "440-489", "490-539", "540-589")
    ]
    assert values.iloc[2] > 2 * values.iloc[1]


def test_the_tea_shops_usage_cycle_follows_the_packs_bought():
    for by_quantity in TRUTHS["tea"]["cycles"].values():
        assert 43 <= by_quantity["1"]["median_days"] <= 49
        assert 83 <= by_quantity["2"]["median_days"] <= 99


def test_the_tea_shops_reviews_join_and_speak_of_slow_parcels(tea):
    names = ["at", "who", "order", "stars", "text"]
    reviews = pd.read_csv(FOLDER / "tea" / "reviews.tsv", sep="\t", header=None, names=names, quoting=3, **TEXT)
    assert len(reviews) == TRUTHS["tea"]["reviews"]["reviews"]
    assert reviews["order"].isin(tea["訂單編號"]).all()
    assert reviews["at"].map(lambda x: bool(re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2} [上下]午\d{1,2}:\d\d:\d\d", x))).all()
    assert {str(k): v for k, v in reviews["stars"].value_counts().to_dict().items()} == TRUTHS["tea"]["reviews"][
        "stars"
    ]
    long = reviews.loc[reviews["text"].str.len() >= 10, "text"]
    assert long.nunique() > 0.97 * len(long)
    months = TRUTHS["tea"]["reviews"]["by_month"]
    share = {month: x.get("shipping", 0) / x["reviews"] for month, x in months.items()}
    assert max(share, key=share.get) == "2026-06"
    assert share["2026-06"] > 0.2 > 3 * sum(share[f"2026-0{i}"] for i in range(1, 6)) / 5
    slow = reviews[
        reviews["at"].str.startswith("2026/6/") & reviews["text"].str.contains("慢|等了|才[出寄]|出貨|到貨|倉庫|寄")
    ]
    assert len(slow) >= months["2026-06"]["shipping"]


def test_the_fashion_shop_reads_as_it_was_made():
    orders, lines = shopify_orders("fashion")
    truth = TRUTHS["fashion"]
    assert len(lines) == truth["rows"]
    assert lines["Notes"].str.contains("\n").any()
    check_totals(orders, truth)
    days = first_two_days(orders)
    firsts = known(orders).drop_duplicates("who").set_index("who")
    for coupon, expected in truth["first_coupon"].items():
        group = days.loc[firsts.index[firsts["coupon"] == coupon.replace("none", "")]]
        assert within(group, 90, "2026-10-31") == expected["within_days"]["90"]
    for channel, expected in truth["first_channel"].items():
        assert (
            within(days.loc[firsts.index[firsts["source"] == channel]], 90, "2026-10-31")
            == expected["within_days"]["90"]
        )
    depth = {name: x["within_days"]["90"]["rate"] for name, x in truth["first_coupon_depth"].items()}
    assert depth["none"] > 2 * depth["10-15 %"] > 2 * depth["30 %"]
    phones = lines.loc[(lines["Email"] == "") & (lines["Phone"] != ""), "Phone"]
    assert phones.str.contains(" ").any()
    assert not phones.str.contains(" ").all()


def test_the_fashion_shops_reviews_complain_of_sizes_and_its_replies_are_copied():
    reviews = pd.read_csv(FOLDER / "fashion" / "reviews.csv", **TEXT)
    truth = TRUTHS["fashion"]["reviews"]
    assert len(reviews) == truth["reviews"]
    replies = reviews.loc[reviews["reply"] != "", "reply"]
    assert replies.duplicated(keep=False).sum() == truth["replies_copied"]["copied"]
    assert len(replies) == truth["replies_copied"]["replies"]
    assert reviews["review_date"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC").all()
    assert max(reviews["reply_date"]) < "2026-11-01"
    assert next(iter(truth["complaints"])) == "size"
    by_product = TRUTHS["fashion"]["size_complaints_by_product"]
    assert max(by_product, key=lambda key: by_product[key]["rate"]) == "straight-jeans"
    assert (
        reviews["body"].str.contains("返現|返20").sum() + replies.str.contains("返現").sum()
        == truth["cashback_wording"]
    )


def test_the_durable_shop_reads_as_it_was_made():
    orders, lines = shopify_orders("durable")
    truth = TRUTHS["durable"]
    assert len(lines) == truth["rows"]
    check_totals(orders, truth)
    assert 0.02 <= truth["lifetime"]["rate"] <= 0.03
    assert truth["repeat_orders"] == truth["repeat_orders_of_filters_only"]
    assert truth["customers_with_two_orders_on_the_first_day"] > 0
    reviews = pd.read_csv(FOLDER / "durable" / "reviews.csv", **TEXT)
    assert len(reviews) == truth["reviews"]["reviews"]
    assert reviews.loc[reviews["email"] != "", "email"].isin(orders["who"]).all()


def test_the_labels_cover_every_review():
    labels = pd.read_csv(FOLDER / "review_labels.csv", **TEXT)
    assert labels["shop"].value_counts().to_dict() == {shop: x["reviews"]["reviews"] for shop, x in TRUTHS.items()}
    size = labels[(labels["shop"] == "fashion") & labels["complaints"].str.split("|").map(lambda x: "size" in x)]
    assert len(size) == TRUTHS["fashion"]["reviews"]["complaints"]["size"]
