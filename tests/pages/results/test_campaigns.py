"""The campaigns of the diary on the results page, and their marks on a chart over time."""

from __future__ import annotations

from pages.shared import menu
from tests.support.app import at_page, figures, markdown, rerun


def test_a_campaign_of_the_diary_is_read_back_and_marked_on_charts_over_time() -> None:
    at = at_page(menu.file("results"), shop="tea", lang="en", results_view="campaigns")
    assert at.subheader[0].value == "No campaign is in the diary yet."
    assert "No campaign is in the diary yet." in at.info[0].value
    at.session_state["notebook_tea"].put(
        "campaigns", [{"name": "M-day", "first_day": "2026-04-20", "last_day": "2026-05-12", "cost": 3000}]
    )
    rerun(at)
    assert "Of 205 who bought in one, 109 had bought before (53.2 %)." in at.subheader[0].value
    said = markdown(at)
    assert "214 orders for NT$193K (203 in as many days before, 227 after). It cost NT$3,000." in said
    assert "35.4 % of them came back within 90 days, 36.3 % of those won in the 60 days on either side: no difference shown" in said  # fmt: skip
    at.switch_page(menu.file("overview"))
    rerun(at)
    marked = ["M-day" in figure for figure in figures(at)]
    assert marked[0], "months are time"
    assert not all(marked), "a curve of customers is not"
