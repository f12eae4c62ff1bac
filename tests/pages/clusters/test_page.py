"""The clusters page: groups and their words, every chart, the number of groups, the list, and where it says that there is nothing to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from pages.clusters import words
from tests.support import app
from tests.support.app import at_page, captions, markdown, rerun
from tests.support.browser import PATIENCE, settled
from tests.support.rows import order, shopify_csv

PAGE = "pages/clusters/page.py"
OpenPage = Callable[..., Page]


def opened(rows: bytes | None = None, **query: str) -> AppTest:
    """The page on these orders, or on the tea shop."""
    return at_page(PAGE, **query) if rows is None else app.opened(PAGE, ("orders.csv", rows), **query)


def test_the_first_line_answers_the_title_and_the_groups_add_up() -> None:
    at = opened()
    assert at.title[0].value.endswith("?")
    assert re.search(
        r"Into \d groups; the most valuable \(.+\) is .+ of customers and brings .+ of the revenue",
        at.subheader[0].value,
    )
    assert len(at.metric) == 4
    table = at.dataframe[0].value
    assert len(table) == int(at.metric[0].value)
    assert table.share.sum() == pytest.approx(100), "in percent"
    assert table.mean_revenue.is_monotonic_decreasing
    assert table.name.str[0].tolist() == list("ABCDEFGH"[: len(table)])
    assert table.said.str.startswith("Typically last bought").all()


@pytest.mark.parametrize(("view", "lang"), [*zip(list(words.VIEWS), cycle(["zh_TW", "en"]), strict=False)])
def test_every_chart_opens_from_its_link(view: str, lang: str) -> None:
    at = opened(lang=lang, clusters_view=view, clusters_k="4")
    assert len(at.get("plotly_chart")) == 1
    assert at.metric[0].value == "4"
    assert not re.search(r"\{\w+\}", markdown(at) + captions(at)), "a placeholder was left unfilled"


def test_the_number_of_groups_can_be_chosen_and_nonsense_is_left_aside() -> None:
    at = opened(clusters_k="1000")
    found = at.metric[0].value
    at.segmented_control(key="clusters_k").set_value("7")
    rerun(at)
    assert at.metric[0].value == "7"
    assert f"{found} by themselves" in at.metric[0].delta
    assert len(at.dataframe[0].value) == 7


def test_the_list_is_of_the_groups_chosen() -> None:
    at = opened(clusters_k="3")
    sizes = at.dataframe[0].value.customers.tolist()
    assert f"{sizes[0]:,} customers: " in markdown(at)
    at.multiselect(key="clusters_list_3").set_value(["2"])
    rerun(at)
    assert f"{sizes[1]:,} customers: " in markdown(at)
    assert set(at.dataframe[1].value.group) == {"B"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([order("ann", "2025-01-05")], "at least 50 customers and this shop has 1"),
        (
            [order(f"c{place}", f"2025-0{1 + place % 9}-05", 100 + place) for place in range(120)],
            "Only 0 of 120 customers",
        ),
        ([order(f"c{place}", day) for place in range(60) for day in ("2025-01-05", "2025-02-05")], "too much alike"),
    ],
    ids=["one customer", "one-timers", "all alike"],
)
def test_where_there_is_nothing_to_say_the_page_says_so_and_leads_on(rows: list, said: str) -> None:
    at = opened(shopify_csv(rows))
    assert said in markdown(at)
    assert not at.get("plotly_chart")
    assert not at.metric


def test_the_durable_demo_is_refused_in_chinese() -> None:
    assert "這些顧客不適合自動分群" in markdown(opened(lang="zh_TW", shop="durable"))


def test_another_number_of_groups_has_names_of_its_own() -> None:
    at = opened(clusters_k="3")
    before = at.multiselect(key="clusters_list_3").options
    at.segmented_control(key="clusters_k").set_value("6")
    rerun(at)
    after = at.multiselect(key="clusters_list_6")
    assert len(before) == 3
    assert len(after.options) == 6
    assert after.value == ["1"]
    assert at.dataframe[0].value.name[0] == after.options[0]


def test_a_link_holds_the_group_or_the_cell_that_was_clicked() -> None:
    at = opened(clusters_k="3", clusters_view="crossed", clusters_group="1.Champions")
    listed = at.dataframe[0].value
    assert set(listed.segment) == {"Champions"}
    assert re.search(r"[0-9,]+ customers, below", markdown(at))
    at = opened(clusters_k="3", clusters_view="profile", clusters_group="2")
    assert f"{at.dataframe[1].value.customers[1]:,} customers, below" in markdown(at)
    at = opened(clusters_k="3", clusters_view="profile", clusters_group="9")
    assert "below**" not in markdown(at)


@pytest.mark.browser
def test_a_dot_is_a_customer_whose_card_opens(open_page: OpenPage) -> None:
    page = open_page("clusters?clusters_k=4")
    chart = page.locator("[data-testid=stPlotlyChart]").first
    expect(chart.locator(".scatterlayer .point").first).to_be_visible(timeout=PATIENCE)
    where = chart.evaluate(
        """node => { const plot = node.querySelector('.js-plotly-plot'), {xaxis: x, yaxis: y} = plot._fullLayout,
        trace = plot._fullData[0], box = plot.getBoundingClientRect();
        return [box.x + x._offset + x.l2p(Math.log10(trace.x[0])), box.y + y._offset + y.l2p(Math.log10(trace.y[0]))] }"""
    )
    page.mouse.move(*where)
    page.wait_for_timeout(300)
    page.mouse.click(*where)
    settled(page)
    expect(page.get_by_text("1 位，在下面")).to_be_in_viewport(timeout=PATIENCE)
    expect(page.get_by_text("下一步").first).to_be_visible(timeout=PATIENCE)
