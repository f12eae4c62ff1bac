"""The shop this reader is looking at, and the one way to keep what was computed of it.

A page begins with `store = session.current_store()` and reads `result(cohorts, store, grain)`. What a reader uploads is private: its
database and its results belong to the session and go when the files change or the session ends. Demo shops and their results are
shared by all readers.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import N_, RegularsError, TooLittleData
from analytics.sources import Upload
from analytics.store import Filters, Opened, Store, open_shop

SAMPLES = Path(__file__).parents[2] / "sample_data"
DEMOS = ("tea", "fashion", "durable", "uci")
OWN = "mine"
SWITCHABLE = ("cancelled", "refunded", "unpaid", "free", "superseded")
"""Reasons for not counting that the owner may switch back in."""

copyreg.pickle(UploadedFile, lambda file: file.file_id)
"""A text instead of a recipe means "the object itself": Streamlit copies a file's whole content on every click otherwise."""


@dataclass(frozen=True)
class Current:
    """What the frame settled for this run.

    shop: a demo's name, or OWN. whole: the shop without filters. store: as filtered. Both are None when nothing could be read.
    problems: what could not be read. sentence: the filter in words. page: the name of the open page, "" for an address that none has.
    """

    shop: str
    whole: Store | None = None
    store: Store | None = None
    filters: Filters = field(default_factory=Filters)
    problems: tuple[RegularsError, ...] = ()
    sentence: str = ""
    page: str = ""

    @property
    def currency(self) -> str:
        return self.whole.shop.currency if self.whole else "TWD"


class OnlyReviews(TooLittleData):
    """A page about orders, and files that hold reviews alone."""


class NothingRead(Exception):
    """No file could be read, or none was given yet."""


def current() -> Current:
    """The shop, filters and problems of this run."""
    return st.session_state.get("current", Current(OWN))


def current_store(*, of_orders: bool = True) -> Store:
    """The shop as filtered, for a page to compute on. Where no file could be read the page ends here: the frame shows what to do next.

    of_orders: False for a page that has something to say without orders, of reviews alone.
    """
    now = current()
    if now.store is None:
        raise NothingRead
    if of_orders and now.whole.shop.orders == 0:
        raise OnlyReviews(
            N_(
                "These files hold {n} reviews and no orders, and this page is about orders. Add the shop's order exports at the side; "
                "what the reviews say is under Reviews."
            ),
            n=now.whole.shop.reviews,
        )
    return now.store


def told(about: str) -> dict[str, str]:
    """What this session was told about its files, by file name. about: "passwords", "mappings" or "shops"."""
    return st.session_state.setdefault(f"told_{about}", {})


def demos() -> list[str]:
    """The demo shops that are there."""
    return [name for name in DEMOS if (SAMPLES / name).is_dir()]


@st.cache_resource(show_spinner=False)
def demo(name: str) -> Opened:
    """A demo shop, opened once per server."""
    files = {".xlsx", ".csv", ".tsv", ".gz", ".zip"}
    return open_shop([Upload(path.name, path) for path in sorted((SAMPLES / name).iterdir()) if path.suffix in files])


def _close(opened: Opened) -> None:
    if opened.store is not None:
        opened.store.close()


@st.cache_resource(
    scope="session",
    max_entries=1,
    on_release=_close,
    hash_funcs={UploadedFile: lambda file: file.file_id},
    show_spinner=False,
)
def own(
    files: list[UploadedFile], passwords: dict[str, str], mappings: dict[str, str], shops: dict[str, str]
) -> Opened:
    """This session's own shop; read again only when the files, or what was said about them, change."""
    return open_shop(
        [Upload(file.name, file.getbuffer()) for file in files], passwords=passwords, mappings=mappings, shops=shops
    )


@st.cache_resource(
    scope="session",
    max_entries=3,
    on_release=Store.close,
    hash_funcs={Store: lambda store: store.key, Filters: repr},
    show_spinner=False,
)
def _view(store: Store, filters: Filters) -> Store:
    return store.filtered(filters)


def view(store: Store, filters: Filters) -> Store:
    """The shop under these filters; the shop itself when there are none."""
    return store if filters == Filters() else _view(store, filters)


class Keyed(Protocol):
    """A shop, or what an analysis made of one: `key` names the data that it stands on."""

    key: str


Found = TypeVar("Found")


def result(analysis: Callable[..., Found], of: Keyed, *choices: Any, **named: Any) -> Found:
    """`analysis(of, *choices, **named)`, run once per analysis, data and choices; not to be changed by whoever reads it.

    of, choices: shops and results are told apart by their `key`, plain values by how they are written. A RegularsError is kept too, and
    raised at every call. A demo's results serve all readers; those of an upload stay in its session.
    """
    chosen = [*map(_named, (of, *choices)), *(f"{name}={_named(value)}" for name, value in sorted(named.items()))]
    kept = _of_upload if current().shop == OWN else _of_demo
    found = kept(
        f"{analysis.__module__}.{analysis.__qualname__}({', '.join(chosen)})", lambda: analysis(of, *choices, **named)
    )
    if isinstance(found, RegularsError):
        raise found.with_traceback(None)
    return found


def _named(value: Any) -> str:
    return getattr(value, "key", None) or repr(value)


@st.cache_resource(max_entries=400, show_spinner=False)
def _of_demo(name: str, _compute: Callable[[], Any]) -> Any:
    """name: says what is computed, and of which data."""
    return _found_or_error(_compute)


@st.cache_resource(scope="session", max_entries=40, show_spinner=False)
def _of_upload(name: str, _compute: Callable[[], Any]) -> Any:
    """As `_of_demo`."""
    return _found_or_error(_compute)


def _found_or_error(compute: Callable[[], Any]) -> Any:
    try:
        return compute()
    except RegularsError as error:
        return error
