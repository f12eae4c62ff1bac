"""Streamlit's scripts as they are served here: they are found in the Streamlit that requirements.txt names, and a figure is drawn once."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette

from serving import lighter
from serving.lighter import Lighter
from tests.test_compressed import asked

FIGURES = """async () => {
    const drawn = [], plotly = {
        setPlotConfig() {}, react(place, figure) { place._fullLayout = {}; drawn.push(place.id + figure.layout); },
    };
    const chart = (id) => ({ current: document.getElementById(id) });
    const seen = chart("seen"), below = chart("below"), newest = { seen: {}, below: {} };
    const draw = (place, layout) => {
        newest[place.current.id].current = { data: 1, layout, config: 1, frames: 1 };
        return regularsDraw(plotly, place, newest[place.current.id]);
    };
    await Promise.all([draw(below, 1), draw(seen, 1), draw(seen, 2), draw(seen, 3)]);
    await draw(seen, 3);
    await draw(seen, 4);
    delete seen.current._fullLayout;
    await draw(seen, 4);
    return drawn;
}"""


def test_both_scripts_are_found_in_this_streamlit_and_made_lighter() -> None:
    found = {Path(path).name.split(".")[0]: script for path, script in lighter.scripts().items()}
    assert set(found) == {"PlotlyChart", "StreamlitSyntaxHighlighter"}
    assert b"regularsDraw(e,_,S)" in found["PlotlyChart"]
    assert len(found["PlotlyChart"]) < 1_600_000
    assert len(found["StreamlitSyntaxHighlighter"]) < 2_000


def test_plotly_is_what_its_makers_published() -> None:
    published = "79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a"
    assert sha256(gzip.decompress(lighter.PLOTLY.read_bytes())).hexdigest() == published


def test_another_streamlits_scripts_are_served_as_they_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "PlotlyChart.x.js").write_text("export default 1", encoding="utf-8")
    monkeypatch.setattr(lighter, "FILES", tmp_path)
    assert lighter.scripts() == {}


def test_a_browser_that_has_the_script_is_told_so() -> None:
    app = Lighter(Starlette())
    path, script = next(iter(lighter.scripts().items()))
    headers, body = asked(app, path)
    assert (headers["cache-control"], headers["content-type"]) == ("no-cache", "text/javascript; charset=utf-8")
    assert body == script
    assert asked(app, path, if_none_match=headers["etag"])[1] == b""


@pytest.mark.browser
def test_a_figure_is_drawn_once_as_it_stands_and_those_in_sight_first(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<p id="seen">1</p><p id="below" style="margin-top: 9000px">2</p>')
    page.add_script_tag(content=(Path(lighter.__file__).with_name("charts.js")).read_text(encoding="utf-8"))
    assert page.evaluate(FIGURES) == ["seen3", "below1", "seen4", "seen4"]
    page.close()
