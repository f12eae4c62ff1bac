"""The dashboard without a browser: opening it, choosing, and reading what stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.shared import menu

ROOT = Path(__file__).parents[2]
PAGES = [menu.file(name) for section in menu.MENU.values() for name in section]
"""The script of every page of the menu."""


def app(*, locale: str = "zh-TW", **query: str | list[str]) -> AppTest:
    """The dashboard as a new reader with this browser opens it at this URL."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.context = {"locale": locale}
    for name, value in query.items():
        at.query_params[name] = value
    return rerun(at)


def rerun(at: AppTest) -> AppTest:
    """One more run, without an exception."""
    at.run()
    assert not at.exception, at.exception
    return at


def upload(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Files (name, content) dropped into the box at the side."""
    at.file_uploader(key="files").set_value([(name, data, "text/csv") for name, data in files])
    return rerun(at)


def captions(at: AppTest) -> str:
    return _as_read("\n".join(caption.value for caption in at.caption))


def markdown(at: AppTest) -> str:
    return _as_read("\n".join(text.value for text in at.markdown))


def _as_read(words: str) -> str:
    """Markdown without what only keeps names from being read as such."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", words.replace("\u2060", ""))


def figures(at: AppTest) -> list[str]:
    return [chart.proto.spec for chart in at.get("plotly_chart")]


def at_page(page: str, *, lang: str = "en", **query: str) -> AppTest:
    """A page's script, opened by its link."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.context = {"locale": "zh-TW"}
    for name, value in {"lang": lang, **query}.items():
        at.query_params[name] = value
    name = Path(page).parent.name
    at._page_hash = (
        "" if name == menu.FIRST else calc_hash(name)
    )  # as a link does; switch_page knows no page before the first run
    return rerun(at)


def opened(page: str, *files: tuple[str, bytes], lang: str = "en", **query: str) -> AppTest:
    """A page's script on these files. It is opened with the reader's own shop, still empty, so that no demo is counted first."""
    return upload(at_page(page, lang=lang, **{"shop": "mine", **query}), *files)


def in_every_view(at: AppTest, key: str, views: Iterable[str]) -> Iterator[str]:
    """Turn to each of these views, which the control with this key chooses; a page that has no such control is shown once, as it is."""
    for view in views:
        controls = [control for control in at.segmented_control if control.key == key]
        if controls:
            controls[0].set_value(view)
            rerun(at)
        yield view
        if not controls:
            return


def everything(at: AppTest) -> str:
    """All Markdown, captions and headings of the page."""
    return markdown(at) + captions(at) + "".join(header.value for header in at.subheader)
