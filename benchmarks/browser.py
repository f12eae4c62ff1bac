"""What a reader's browser waits for: bytes on the wire, time to interactive, and from a click to a settled page, in a real Chromium.

    python benchmarks/browser.py [--pages overview cohorts] [--runs 3] [--shop tea]

Each page is opened in a context of its own (cold: nothing kept), then again in the same one (warm). Interactive: the script has run to its end,
no placeholder is left, and two frames were drawn. A click changes the page's first choice of several side by side, there and back; settled: the
script has run to its end and the charts stand still. Beside it, served the same way, an empty script, and a plain one of Streamlit's own elements:
as many boxes at the side as here, four numbers, a chart, a table and thirty lines of text, nothing worked out. Printed: medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page

from benchmarks.reader import dashboard, served
from benchmarks.serving import EMPTY
from tests.support.browser import chromium_running

PLAIN = """
import gc
import plotly.graph_objects as go
import streamlit as st
if __name__ == "__main__":
    with st.sidebar:
        st.segmented_control("language", ["a", "b"], key="l")
        for name in ("shop", "period"):
            st.selectbox(name, ["a", "b"], key=name)
        st.file_uploader("files", key="files")
        for name in ("left out", "counts"):
            with st.expander(name):
                st.multiselect(name, ["a", "b"], key=name + "m")
                st.number_input(name, key=name + "n")
        for name in ("names", "present"):
            st.toggle(name, key=name)
    st.segmented_control("x", ["a", "b"], key="empty_x")
    for column in st.columns(4):
        column.metric("orders", 1200, "4 %")
    st.plotly_chart(go.Figure(go.Bar(x=list(range(24)), y=list(range(24)))), key="chart")
    st.dataframe({"customer": [str(i) for i in range(20)], "orders": list(range(20))}, key="table")
    for line in range(30):
        st.markdown(f"Line **{line}** of a plain page")
else:
    app = st.App(__file__)
    gc.collect()
    gc.freeze()
"""
WAIT = 120_000
INTERACTIVE = """() => document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning']")
    && document.querySelector("[data-testid='stMainBlockContainer'] [data-testid='stElementContainer']")
    && !document.querySelector("[data-testid='stSkeleton'], [data-testid='stSpinner']")"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
STILL = """() => new Promise((done) => {
    let last = performance.now();
    const seen = (change) => !change.target.parentElement?.closest("[data-testid='data-grid-canvas']")
        && change.target.dataset?.testid != "data-grid-canvas";
    const watch = new MutationObserver((changes) => { if (changes.some(seen)) last = performance.now(); });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
        const running = !document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning']");
        if (running || performance.now() - last < 300) return setTimeout(look, 20);
        watch.disconnect();
        done(last);
    };
    look();
})"""
"""Resolves 300 ms after the last change of the page, with the moment of that change. What stands inside a table's canvas is not seen: the cells
in words, for a screen reader, which follow the painted ones a third of a second later."""


def opened(page: Page, address: str) -> tuple[float, float]:
    """Seconds to interactive, and megabytes on the wire."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    start = time.perf_counter()
    page.goto(address, timeout=WAIT)
    page.wait_for_function(INTERACTIVE, timeout=WAIT)
    page.evaluate(TWO_FRAMES)
    took = time.perf_counter() - start
    page.wait_for_load_state("networkidle", timeout=WAIT)
    return took, sum(sizes) / 1e6


def clicked(page: Page) -> float | None:
    """Seconds from a click on another choice to the last change of the page; None where the page has no choices side by side."""
    group = page.locator("[data-testid='stMain'] [data-testid='stButtonGroup']").first
    other = group.locator("[role='radio'][aria-checked='false'], button[aria-pressed='false']").first
    if not other.count():
        return None
    page.evaluate(STILL)
    begun = page.evaluate("() => performance.now()")
    other.click(timeout=WAIT)
    page.wait_for_timeout(50)
    return max(0.0, page.evaluate(STILL) - begun) / 1000


def measured(browser: Browser, address: str, runs: int) -> list[float | None]:
    """Medians: seconds to interactive cold and warm, megabytes cold, seconds from click to settled."""
    rows = []
    for _ in range(runs):
        context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
        cold, size = opened(context.new_page(), address)
        page = context.new_page()
        warm, _kept = opened(page, address)
        clicks = [took for took in (clicked(page), clicked(page)) if took is not None]
        rows.append((cold, warm, size, statistics.mean(clicks) if clicks else None))
        context.close()
    return [
        statistics.median(told) if (told := [row[i] for row in rows if row[i] is not None]) else None for i in range(4)
    ]


def main() -> None:
    """Measure the empty script, then the pages."""
    from pages.shared.menu import PAGES

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", nargs="*", default=list(PAGES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--shop", default="tea")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium_running() as browser:
        print("page           interactive cold   warm      on the wire   click to settled", flush=True)
        floor: list[float | None] = []
        for name, script in (("empty", EMPTY), ("plain", PLAIN)):
            Path(folder, f"{name}.py").write_text(script, encoding="utf-8")
            command = f"-m uvicorn --app-dir {folder} --port {{port}} --log-level error {name}:app"
            with served(sys.executable, *command.split()) as (address, _):
                found = measured(browser, f"http://{address}/", options.runs)
                floor = floor or found
                _row(f"{name} script", found, floor)
        with served(*dashboard()) as (address, _):
            for name in options.pages:
                _row(
                    name, measured(browser, f"http://{address}/{name}?lang=en&shop={options.shop}", options.runs), floor
                )


def _row(name: str, found: list[float | None], floor: list[float | None]) -> None:
    cold, warm, size, click = found
    shown = f"{click:8.2f} s" if click is not None else "  no choice"
    print(f"{name:14} {cold:6.2f} s ({cold / floor[0]:4.1f} ×) {warm:6.2f} s {size:10.2f} MB   {shown}", flush=True)


if __name__ == "__main__":
    main()
