"""Pictures of pages, for looking at: python tests/support/screenshots.py OUT [PAGE…] [--langs zh_TW,en] [--themes light,dark] [--widths 1440,390]

A PAGE is a path with or without a query (`cohorts?shop=fashion`); none: every page of the menu. Not a test. `--server URL` uses a
server that already runs; `--click TEXT` clicks something first; `--first` takes only what shows without scrolling.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pages.shared import menu
from tests.support.browser import DASHBOARD, PATIENCE, chromium_running, serving, settled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("pages", nargs="*", default=None)
    parser.add_argument("--langs", default="zh_TW,en")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--widths", default="1440,390")
    parser.add_argument("--server")
    parser.add_argument("--click", action="append", default=[])
    parser.add_argument("--upload", action="append", default=[])
    parser.add_argument("--first", action="store_true")
    given = parser.parse_intermixed_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with (
        nullcontext(given.server) if given.server else serving(*DASHBOARD) as address,
        chromium_running() as browser,
    ):
        for path, lang, theme, width in product(
            given.pages or menu.PAGES,
            given.langs.split(","),
            given.themes.split(","),
            map(int, given.widths.split(",")),
        ):
            first = {"width": width, "height": 900 if width > 600 else 844}
            context = browser.new_context(viewport=first, color_scheme=theme, locale=lang.replace("_", "-"))
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            where = path.removeprefix(menu.FIRST)
            page.goto(f"{address}/{where}{'&' if '?' in where else '?'}lang={lang}")
            settled(page)
            for file in given.upload:
                page.locator("input[type=file]").first.set_input_files(file)
                page.wait_for_timeout(500)
                settled(page)
            for text in given.click:
                page.get_by_text(text, exact=True).first.click()
                settled(page)
            if not given.first:
                tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                page.set_viewport_size({"width": width, "height": max(first["height"], min(tall, 6000))})
            page.wait_for_timeout(600)
            name = f"{path.replace('?', '_').replace('/', '-')}-{lang}-{theme}-{width}.png"
            page.screenshot(path=given.out / name)
            context.close()


if __name__ == "__main__":
    main()
