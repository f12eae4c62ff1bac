"""The one contact list: offered wherever people to contact are named, masked until asked for, and whole in its files."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.contacts import CHANNELS, contact_list
from analytics.segments.rfm import rfm
from pages.shared.people import list_file
from pages.shared.widgets import Column
from tests.support.app import at_page, captions, rerun
from tests.support.rows import order, shop

LISTS = {
    "segments": {"segments_section": "list"},
    "festival": {"segments_section": "more", "segments_more": "festival"},
    "subscription": {"segments_section": "more", "segments_more": "subscription"},
    "survey": {"segments_section": "more", "segments_more": "survey"},
    "slipped": {"segments_section": "moves"},
    "clusters": {},
    "cell": {"cohorts_cell": "2026-01-01.3"},
    "turning late": {"repurchase_view": "people"},
    "near a second": {"repurchase_view": "people", "repurchase_list": "second"},
    "twice or more": {"repurchase_view": "people", "repurchase_list": "loyal"},
}
PAGES = {"clusters": "clusters", "cell": "cohorts", "turning late": "repurchase", "near a second": "repurchase", "twice or more": "repurchase"}  # fmt: skip


def opened(which: str, **query: str) -> AppTest:
    return at_page(f"pages/{PAGES.get(which, 'segments')}/page.py", **LISTS[which], **query)


def listed(at: AppTest) -> pd.DataFrame:
    [table] = [frame.value for frame in at.dataframe if {"who", "held_out"} <= set(frame.value)]
    return table


@pytest.mark.parametrize("which", LISTS)
def test_whatever_is_a_list_of_people_to_contact_can_be_taken_away(which: str) -> None:
    at = opened(which)
    labels = [button.proto.label for button in at.get("download_button")]
    assert {"List as Excel", "List as CSV"} <= set(labels)
    table = listed(at)
    assert table.who.str.contains("***", regex=False).all()
    measured = any((one.key or "").endswith("_holdout") for one in at.number_input)
    assert measured != ("Too few people to measure" in captions(at))
    assert table.held_out.any() == measured
    at.toggle(key="names").set_value(True)
    rerun(at)
    assert not listed(at).who.str.contains("***", regex=False).any()
    assert len(listed(at)) == len(table)


def test_a_list_for_one_tool_says_whom_it_holds() -> None:
    at = opened("turning late", **{"people-late_channel": "meta"})
    assert "0 rows for Meta custom audience" in captions(at)
    assert "Meta needs at least 100 people." in captions(at)
    [button] = [one for one in at.get("download_button") if one.proto.label == "List as CSV"]
    assert button.proto.disabled
    at = opened("segments", shop="fashion", late_channel="edm")
    assert "rows for E-mail (EDM)" in captions(at)
    assert not any(one.proto.disabled for one in at.get("download_button") if one.proto.label.startswith("List"))


def test_the_file_holds_any_rows_with_their_own_columns_and_messages() -> None:
    store = shop([order("ann", "2025-01-05", products=["【山嵐】日日順暢益生菌 45包/盒"]), order("bob", "2025-01-06")])
    found = rfm(store)
    rows = pd.DataFrame(
        {
            "customer_id": ["ann@example.com", "ann@example.com", "bob@example.com"],
            "due": pd.to_datetime(["2025-02-01", "2025-03-01", None]),
            "sure": [True, False, True],
            "spent": [7170.0, 12.5, None],
            "message": ["Dear Ann", None, None],
        }
    )
    full = contact_list(store, found, rows, first="due", held_out=0)
    assert full.due.dt.month.tolist()[:2] == [2, 3]
    full = list_file.with_messages(full.assign(held_out=full.customer_id == "bob@example.com"))
    extra = {"due": Column("Due", "day"), "sure": Column("Sure", "yes"), "spent": Column("Spent", "money")}
    file = list_file.table(full, list_file.ALL, extra, "TWD")
    assert file["電子郵件"].tolist() == ["ann@example.com", "ann@example.com", "bob@example.com"]
    assert file["Due"].tolist()[:2] == ["2025-02-01", "2025-03-01"]
    assert file["Sure"].tolist() == ["是", "否", "是"]
    assert file["Spent"].tolist()[:2] == [7170, 12.5]
    assert file["先不聯絡"].tolist() == ["否", "否", "是"]
    said = file["建議訊息"].tolist()
    assert said[0] == "Dear Ann"
    assert "「日日順暢益生菌」" in said[1]
    assert "45包" not in said[1]
    assert "先不聯絡" in said[2]


def test_every_channel_has_a_name() -> None:
    assert set(list_file.CHANNEL_NAMES) == {list_file.ALL, *CHANNELS}
