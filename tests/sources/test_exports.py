"""Every file in `tests/exports` gives what its `<name>.expected.json` says. Drop a file in: it is a test."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from analytics.sources import Upload
from analytics.store import open_shop
from tests.support.make_exports import EXPORTS, fixtures
from tests.support.workbooks import decrypted

SUFFIX = ".expected.json"
FILES = sorted(path for path in EXPORTS.iterdir() if not path.name.endswith(SUFFIX) and not path.name.startswith("."))


def expected(path) -> dict:
    return json.loads(path.with_name(path.name + SUFFIX).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [path for path in FILES if "not_orders" in expected(path)], ids=lambda path: path.name)
def test_a_file_without_orders_is_named(path) -> None:
    opened = open_shop([Upload(path.name, path.read_bytes())])
    assert opened.store is None
    assert expected(path)["not_orders"] in str(opened.problems[0])


@pytest.mark.parametrize("path", [path for path in FILES if "revenue" in expected(path)], ids=lambda path: path.name)
def test_a_file_gives_what_was_worked_out_by_hand(path) -> None:
    wanted = expected(path)
    passwords = {path.name: wanted.pop("password")} if "password" in wanted else {}
    opened = open_shop([Upload(path.name, path.read_bytes())], passwords=passwords)
    assert not opened.problems
    orders, excluded, files = (opened.store.table(name) for name in ("orders", "excluded_orders", "files"))
    got = {
        "platform": "/".join(files["platform"].unique()),
        "region": "/".join(files["region"].unique()),
        "rows": int(files["rows"].sum()),
        "orders": len(orders),
        "customers": orders["customer_id"].nunique(),
        "guest_orders": int(orders["customer_id"].isna().sum()),
        "revenue": pytest.approx(float(orders["revenue"].sum())),
        "excluded": excluded["reason"].value_counts().to_dict(),
        "first_order": f"{orders['ordered_at'].min():%Y-%m-%d}",
    }
    opened.store.close()
    assert wanted == got


@pytest.mark.parametrize("path", [path for path in FILES if "reviews" in expected(path)], ids=lambda path: path.name)
def test_a_file_of_reviews_gives_what_was_worked_out_by_hand(path) -> None:
    opened = open_shop([Upload(path.name, path.read_bytes())])
    assert not opened.problems
    reviews, file = opened.store.table("reviews"), opened.store.query("reviews/files").iloc[0]
    opened.store.close()
    got = {
        "platform": file.platform,
        "rows": file.rows,
        "reviews": len(reviews),
        "with_text": reviews.text.notna().sum(),
        "stars": reviews.rating.sum(),
        "scores": reviews.score.sum(),
        "left_out": {reason: file[reason] for reason in ("duplicate", "unreadable", "spam") if file[reason]},
        "first_review": f"{reviews.reviewed_at.min():%Y-%m-%d}",
        "last_review": f"{reviews.reviewed_at.max():%Y-%m-%d}",
    }
    assert {"stars": 0, "scores": 0} | expected(path) == got
    assert file.rows == file.kept + file.duplicate + file.unreadable + file.spam
    assert file.kept == file.by_order + file.by_product + file.by_date + file.by_customer + file.not_joined


def test_every_expectation_has_its_file() -> None:
    assert {path.name for path in EXPORTS.glob(f"*{SUFFIX}")} == {path.name + SUFFIX for path in FILES}


@pytest.mark.parametrize(("name", "made"), fixtures().items())
def test_the_files_are_what_the_script_makes(name: str, made: tuple[bytes, dict]) -> None:
    data, wanted = made
    stored = (EXPORTS / name).read_bytes()
    assert expected(EXPORTS / name) == wanted
    assert unpacked(decrypted(stored, wanted["password"]) if "password" in wanted else stored) == unpacked(data)


def unpacked(data: bytes) -> bytes | dict:
    """What a file holds: of a zip or a workbook its members, since no two builds of zlib pack them alike."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: unpacked(archive.read(name)) for name in archive.namelist()}
