"""The dashboard without a browser: opening it, choosing, and reading what stands on the page."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

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
    return "\n".join(caption.value for caption in at.caption)


def markdown(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def figures(at: AppTest) -> list[str]:
    return [chart.proto.spec for chart in at.get("plotly_chart")]


def opened(page: str, *files: tuple[str, bytes], **query: str) -> AppTest:
    """A page's script on these files, in English."""
    at = upload(app(lang="en", **query), *files)
    at.switch_page(page)
    return rerun(at)


def everything(at: AppTest) -> str:
    """All Markdown, captions and headings of the page."""
    return markdown(at) + captions(at) + "".join(header.value for header in at.subheader)
