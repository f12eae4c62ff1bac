"""A customer has one segment, whichever page names it: that of the cut points in force."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.segments.rfm import SEGMENTS
from tests.support.app import at_page, rerun, upload
from tests.support.review_rows import review, reviews_csv
from tests.support.rows import order, shopify_csv

LAST = date(2025, 12, 31)
KINDS = [(back, times) for back in (0, 40, 80, 120, 160, 200) for times in (1, 2, 3, 4, 5)]
ORDERS = shopify_csv(
    order(f"c{back}-{times}-{who}", str(LAST - timedelta(days=back + 30 * step)), 100 * times, products=["tea"])
    for back, times in KINDS
    for step in range(times)
    for who in "ab"
)
REVIEWS = reviews_csv(
    review(f"c{back}-{times}-{who}", "2025-12-31", 1, "出貨很慢", product="tea")
    for back, times in KINDS
    for who in "ab"
)


@pytest.mark.parametrize("cuts", ["", "d30-60-90-120_d2-3-4-5_a250"])
def test_every_page_names_the_same_segment(cuts: str) -> None:
    chosen = {"segments_section": "list", "segments_call": "segments", "segments_high": "false"}
    named = {"lang": "en", **({"cuts": cuts} if cuts else {})}
    at = upload(
        at_page("pages/segments/page.py", shop="mine", segments_list=list(SEGMENTS), **chosen, **named),
        ("orders.csv", ORDERS),
        ("reviews.csv", REVIEWS),
    )
    at.toggle(key="names").set_value(True)
    rerun(at)
    segments = at.dataframe[0].value.set_index("who").segment
    assert len(segments) == 60
    assert len(set(segments)) > 6

    at.switch_page("pages/clusters/page.py")
    rerun(at)
    [wanted] = [one for one in at.multiselect if one.key.startswith("clusters_list")]
    wanted.set_value([str(k) for k in range(1, len(at.dataframe[0].value) + 1)])
    rerun(at)
    assert at.dataframe[1].value.set_index("who").segment.sort_index().equals(segments.sort_index())

    at.switch_page("pages/triage/page.py")
    rerun(at)
    queue = at.dataframe[0].value
    assert len(queue) == 60
    by_money = pd.DataFrame({"segment": queue.segment_name.astype(str), "revenue": queue.revenue})
    wanted = pd.DataFrame(
        {"segment": segments.astype(str), "revenue": [100.0 * int(who.split("-")[1]) ** 2 for who in segments.index]}
    )
    assert sorted(map(tuple, by_money.values)) == sorted(map(tuple, wanted.values)), "its names are masked"

    at.switch_page("pages/cohorts/page.py")
    at.query_params["cohorts_view"] = "groups"
    rerun(at)
    at.selectbox(key="cohorts_cut").set_value("segment")
    at.number_input(key="cohorts_least").set_value(1)
    rerun(at)
    groups = at.dataframe[0].value.set_index("label").customers
    assert groups.to_dict() == segments.value_counts().to_dict()
