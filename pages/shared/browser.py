"""What only the reader's browser can do: open and close the side bar, bring a click's result into view, make a picture of a chart, and notice
that the line to the server is down."""

from __future__ import annotations

import secrets
from pathlib import Path

import streamlit as st

from pages.shared.text import _

_HERE = Path(__file__).parent


def _words_of(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_into_view = st.components.v2.component("regulars_into_view", js=_words_of("into_view.js"))
_own_files = st.components.v2.component(
    "regulars_own_files", html="<button></button>", css=_words_of("own_files.css"), js=_words_of("own_files.js")
)
_close_side = st.components.v2.component("regulars_close_side", js=_words_of("close_side.js"))
_line = st.components.v2.component(
    "regulars_line",
    html='<div class="bar" role="alert" hidden><span></span><button>✕</button></div>',
    css=_words_of("line.css"),
    js=_words_of("line.js"),
)
_arrow_keys = st.components.v2.component("regulars_arrow_keys", js=_words_of("arrow_keys.js"))
_picture = st.components.v2.component(
    "regulars_picture",
    html="""<div class="row"><span class="label"></span>
    <button data-kind="png">PNG</button><button data-kind="svg">SVG</button><span class="failed" role="alert"></span></div>""",
    css=_words_of("picture.css"),
    js=_words_of("picture.js"),
)


def into_view(place: str, what: str) -> None:
    """Scroll to here once for each new `what`; "" leaves the page where it is. place: tells several such places of one page apart."""
    _into_view(data={"place": place, "what": what}, key=f"into_view_{place}", height="content")


def to_own_files(label: str) -> None:
    """A button that opens the side bar, where it is closed, at the box for the owner's files."""
    _own_files(data={"label": label}, key="to_own_files", height="content", width="content")


def close_side(what: str) -> None:
    """Close the side bar of a phone once for each new `what`, so that the page is in front; "" leaves it."""
    _close_side(data={"what": what}, key="close_side", height="content")


def line(had: str) -> None:
    """Say so while the server cannot be reached, and when it has begun anew. had: what would be lost then: "files", "kept" (nothing, as the
    shop is remembered) or ""."""
    _line(
        data={
            "session": st.session_state.setdefault("session_named", secrets.token_hex(8)), "had": had, "close": _("Close"),
            "down": _("The line to the dashboard is down. The page connects again by itself; until then nothing that you click arrives."),
            "files": _("The dashboard was started again, or the line was down for long: the files that you had dropped in are gone from it. Drop them in again at the side."),
            "kept": _("The dashboard was started again, or the line was down for long. Your remembered shop is open again; nothing of it is lost."),
            "nothing": _("The dashboard was started again, or the line was down for long. This page is open again as its address says."),
        },
        key="line", height="content", on_again_change=lambda: None,
    )  # fmt: skip


def arrow_keys() -> None:
    """Let the keys ← and → follow the links of `present.bar`."""
    _arrow_keys(key="arrow_keys", height="content", width="content")


def picture(*, title: str, subtitle: str, unit: str, source: str, file: str, key: str) -> None:
    """Buttons that save the chart in the same keyed container (`chart_…`) as a picture for a slide, PNG or SVG, 1600 × 900."""
    _picture(
        data={
            "title": title, "subtitle": subtitle, "unit": unit, "source": source, "file": file,
            "label": _("Picture of the chart"), "failed": _("The picture could not be made; please try again."),
        },
        key=f"picture_{key}", height="content",
    )  # fmt: skip
