"""Text out of files stays text, on every page and in every view: nothing in it becomes Markdown, HTML, a link, a picture or an icon."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from google.protobuf.message import Message
from playwright.sync_api import Page, expect

from benchmarks.reader import Reader, reading
from pages.shared.menu import MENU, PAGES
from pages.shared.text import literal
from tests.support import hostile
from tests.support.browser import PATIENCE, settled

RAW = re.compile(r"(?<!\\)\*\*B[A-Z]+|<b>H[A-Z]+|(?<!\\)<a href|(?<!\\):material/skull|(?<!\\)\[L[A-Z]+")
"""Markup of a hostile text that nobody has taken the meaning from."""
PLAIN = (
    "MultiSelect.options",
    "Selectbox.options",
    "Selectbox.raw_value",
    "Text.body",
    "Code.code_text",
    "Dataframe.columns",
    "BidiComponent.json",
    ".id",
    "form_id",
)
"""Where Streamlit shows text as it is, and where a component of our own escapes it."""


def texts(message: Message, path: str) -> Iterator[tuple[str, str]]:
    """Every text in a message, with where it stands; of a figure those that Plotly draws."""
    for field, value in message.ListFields():
        items = list(value.values()) if hasattr(value, "items") else value if field.is_repeated else [value]
        for item in items:
            if isinstance(item, Message):
                yield from texts(item, f"{path}.{field.name}")
            elif isinstance(item, str) and field.name == "spec" and item.startswith("{"):
                yield from drawn(json.loads(item), f"{path}.spec")
            elif isinstance(item, str):
                yield f"{path}.{field.name}", item


def drawn(part: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield from drawn(value, f"{path}.{key}")
    elif isinstance(part, list):
        for value in part:
            yield from drawn(value, path)
    elif isinstance(part, str):
        yield path, part


def alive(reader: Reader) -> Iterator[str]:
    """Where a hostile text of the run still has a meaning, and which."""
    for message in reader.shown:
        for path, text in texts(message, type(message).__name__):
            found = RAW.search(text)
            if found and not path.endswith(PLAIN):
                yield f"{path}: {text[max(0, found.start() - 40) : found.end() + 40]}"


MANY = 2
"""Of more choices than these only the first ones are made."""


def views(reader: Reader, page: str) -> Iterator[str]:
    """Run each view of a page: each choice by itself, and those that appear with it."""
    first = [key for key, _ in reader.choices(page) if "_map_" not in key]
    for key in first:
        for option in reader.widgets[key].options[:MANY]:
            reader.set(key, option)
            reader.run()
            yield f"{key}={option}"
            for new, options in reader.choices(page):
                for other in options[:MANY] if new not in first and "_map_" not in new else ():
                    reader.set(new, other)
                    reader.run()
                    yield f"{key}={option} {new}={other}"
            if key not in reader.live:
                break
        reader.set(key, None)


def test_no_view_of_any_page_reads_a_text_as_markup(server: str) -> None:
    found: dict[str, str] = {}
    with reading(server.removeprefix("http://")) as reader:
        reader.query = "lang=en&shop=mine"
        reader.run("data")
        reader.upload(*hostile.files())
        reader.run()
        reader.set("names", True)
        for page in PAGES:
            reader.run(page)
            found |= {f"{page} {where}": "as it opens" for where in alive(reader)}
            for view in views(reader, page):
                found = {f"{page} {where}": view for where in alive(reader)} | found
    assert found == {}, "\n".join(f"{where} ({view})" for where, view in found.items())


def test_nothing_of_it_shows_or_is_fetched(open_page: Callable[..., Page], server: str) -> None:
    page = open_page("data?shop=mine", height=3000)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in hostile.files()]
    )
    expect(page.locator("body")).to_contain_text("STATUS", use_inner_text=True, timeout=2 * PATIENCE)
    settled(page)
    found = {"data": page.evaluate(hostile.FOUND)}
    for section, names in MENU.items():
        for name in names:
            go(page, list(MENU).index(section), list(names).index(name))
            found[name] = page.evaluate(hostile.FOUND)
    assert {name: bad for name, bad in found.items() if bad} == {}
    assert [url for url in asked if not url.startswith((server, "data:", "blob:", "ws://127.0.0.1"))] == []


def go(page: Page, section: int, place: int) -> None:
    """To a page by the menu, in any language."""
    page.get_by_test_id("stTopNavSection").nth(section).click()
    page.get_by_test_id("stTopNavDropdownLink").nth(place).click()
    page.wait_for_timeout(200)
    settled(page)
    folded = page.get_by_test_id("stExpander").locator("details:not([open]) > summary")
    for _ in range(folded.count()):
        folded.first.click()
    settled(page)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("**bold** _it_ `c` # h", r"\*\*bold\*\* \_it\_ \`c\` \# h"),
        ("NT$5 ~ 7", r"NT\$5 \~ 7"),
        ("two\n\n# lines\tand", r"two \# lines and"),
        ("https://a.b www.c.d e@f.g", "https\\:\u2060\\/\\/a\\.b www\u2060\\.c\\.d e\\@\u2060f\\.g"),
        (":material/x: -> a--b", "\\:\u2060material\\/x\\: \\-\u2060\\> a\\-\u2060\\-b"),
        ("a\u202eb\u200bc", "abc"),
        ("&copy;", r"\&copy\;"),
        ("紅茶（大）", "紅茶（大）"),
        (None, "None"),
    ],
)
def test_how_a_name_is_made_text(name: object, shown: str) -> None:
    assert literal(name) == shown
