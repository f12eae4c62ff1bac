"""Whatever stands in an address ends in a page: unknown names, numbers that no machine holds, days that no calendar has, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from pages.shared import menu
from tests.support.app import ROOT, app, at_page, captions
from tests.support.browser import PATIENCE

OpenPage = Callable[..., Page]
_MARKED = re.compile(r'key=f?"([a-z_{}.]+)"|choice\([^\n]*?, "([a-z_]+)"\)|query_params(?:\.get)?[\[(]"([a-z_]+)"')
HOSTILE = (
    "inf", "-inf", "nan", "1e308", "1e999", "9" * 400, "-1", "0", "", "x", "true", "null", "[]", "\x00", "%00", "2025-13-45", "0001-01-01",
    "9999-12-31", "<img src=x onerror=alert(1)>", "a" * 3000,
)  # fmt: skip


def parameters() -> list[str]:
    """Every name that some page may read from the address: all keys of all widgets, whatever part of them is worked out."""
    found = {"period", "shop", "present"}
    for file in sorted((ROOT / "pages").rglob("*.py")):
        for groups in _MARKED.findall(file.read_text("utf-8")):
            name = next(filter(None, groups))
            found |= {re.sub(r"\{[^}]*\}", page, name) for page in menu.PAGES} if "{" in name else {name}
    return sorted(found - {"lang"})


PARAMETERS = parameters()
VIEWS = {
    f"{page}_view": sorted(set(re.findall(r'^    "([a-z_]+)": N_', words.read_text("utf-8"), re.MULTILINE)))
    for page in menu.PAGES
    for words in [ROOT / "pages" / page / "words.py"]
    if words.is_file()
}
"""Names that views may have: with one of them the widgets of that view are there to be asked."""


@pytest.mark.parametrize("page", menu.PAGES)
@settings(max_examples=2, deadline=None)
@given(data=st.data())
def test_every_page_opens_whatever_the_address_says(page: str, data: st.DataObject) -> None:
    asked = {name: data.draw(st.sampled_from(HOSTILE), name) for name in PARAMETERS}
    asked |= {"shop": data.draw(st.sampled_from(["fashion", "fashion", "mine", "<b>"]), "shop")}
    asked |= {"period": data.draw(st.sampled_from(["own", "6m", "x"]), "period")}
    view = f"{page}_view"
    if VIEWS.get(view):
        asked[view] = data.draw(st.sampled_from(VIEWS[view]), view)
    at_page(menu.file(page), **asked)


@pytest.mark.parametrize(
    "query", [{"leave_out_days": "inf"}, {"target_share": "1e999"}, {"leave_out_revenue": "1e308"}]
)
def test_a_number_that_nothing_can_hold_is_as_if_it_were_not_there(query: dict[str, str]) -> None:
    assert captions(app(lang="en", shop="fashion", **query)) == captions(app(lang="en", shop="fashion"))


def test_in_a_browser_such_an_address_opens_the_page(open_page: OpenPage) -> None:
    page = open_page("baskets?leave_out_days=inf&baskets_view=shipping&baskets_shipping=1e999&leave_out_revenue=nan")
    expect(page).to_have_url(re.compile("^(?!.*(inf|1e999|nan))"), timeout=PATIENCE)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE)
