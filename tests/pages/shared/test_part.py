"""Over the socket of a real server, as only there a part of a page runs alone: what runs again after which click."""

from __future__ import annotations

import pytest

from benchmarks.reader import Reader, reading

pytestmark = pytest.mark.browser


def ran(reader: Reader) -> tuple[bool, bool]:
    """Whether the frame ran (it has the box for files), and whether the page from its top on (it has a title)."""
    kinds = [type(shown).__name__ for shown in reader.shown]
    titles = [shown for shown in reader.shown if type(shown).__name__ == "Heading" and shown.tag == "h1"]
    return "FileUploader" in kinds, bool(titles)


def test_a_click_runs_what_it_changes(server: str) -> None:
    with reading(server.removeprefix("http://")) as reader:
        reader.query = "lang=en&shop=durable&period=6m"
        reader.run("overview")
        reader.run()
        assert ran(reader) == (True, True)

        reader.click("overview_measure", "Buyers")
        assert ran(reader) == (False, False), "a section alone"
        assert "overview_measure=buyers" in reader.query

        reader.click("overview_days", "30")
        assert ran(reader) == (False, True), "the page without the frame"
        assert reader.query == "shop=durable&period=6m&overview_measure=buyers"

        reader.click("filters_clear", True)
        assert ran(reader) == (True, True), "a filter is the frame's"
        assert reader.query == "shop=durable&overview_measure=buyers"

        reader.click("overview_measure", "Revenue")
        assert ran(reader) == (False, False)
