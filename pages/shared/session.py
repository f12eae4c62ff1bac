"""The shop this reader is looking at, and the one way to keep what was computed of it.

A page begins with `store = session.current_store()` and reads `result(cohorts, store, grain)`. What a reader uploads is private: its
database and its results belong to the session and go when the files change or the session ends. Demo shops and their results are
shared by all readers; those of a remembered shop by whoever it is remembered for (`remembered.py`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import N_, RegularsError, TooLittleData
from analytics.store import Filters, Opened, Store, imports, kept
from analytics.workspace import NOTED, Notebook, Shop, noted
from pages.shared import reading, uploads
from pages.shared.latest import Latest

SAMPLES = Path(__file__).parents[2] / "sample_data"
DEMOS = ("tea", "fashion", "durable", "uci")
OWN = "mine"
KEPT = "kept-"
"""How the name of a remembered shop begins in an address; its id follows."""
SWITCHABLE = ("cancelled", "refunded", "unpaid", "free", "superseded")
"""Reasons for not counting that the owner may switch back in."""


@dataclass(frozen=True)
class Current:
    """What the frame settled for this run.

    shop: a demo's name, OWN, or KEPT and the id of a remembered shop, which is `remembered` then. name: the shop's, in words.
    whole: the shop without filters. store: as filtered. Both are None when nothing could be read. problems: what could not be read.
    sentence: the filter in words. page: the name of the open page, "" for an address that none has.
    """

    shop: str
    whole: Store | None = None
    store: Store | None = None
    filters: Filters = field(default_factory=Filters)
    problems: tuple[RegularsError, ...] = ()
    sentence: str = ""
    page: str = ""
    name: str = ""
    remembered: Shop | None = None

    @property
    def own(self) -> bool:
        """Whether it is the reader's own shop, remembered or not, whose files they may name and map."""
        return self.shop == OWN or self.remembered is not None

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


def told(about: str) -> MutableMapping[str, str]:
    """What was told about the files, by the key of what they hold, as two may have one name; of a remembered shop mappings, shops and dates last.

    about: "passwords", "mappings" (and the "names" of the files mapped), "shops", "dates"; "pasted": texts of reviews, by name.
    """
    shop = current().remembered
    if shop and about in NOTED:
        return _Told(shop.notebook, NOTED[about])
    return st.session_state.setdefault(f"told_{about}", {})


class _Told(MutableMapping[str, str]):
    """What the notebook of a remembered shop says about its files, to be read and changed like a dict."""

    def __init__(self, notebook: Notebook, about: str) -> None:
        self.notebook, self.about = notebook, about

    def __getitem__(self, file: str) -> str:
        return self.notebook.told(self.about)[file]

    def __setitem__(self, file: str, words: str) -> None:
        self.notebook.tell(self.about, file, words)

    def __delitem__(self, file: str) -> None:
        self[file]
        self.notebook.tell(self.about, file, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self.notebook.told(self.about))

    def __len__(self) -> int:
        return len(self.notebook.told(self.about))


def notebook() -> Notebook:
    """Where the owner's words about the shop of this run go: the remembered shop's notebook, else one that ends with the session."""
    now = current()
    if now.remembered:
        return now.remembered.notebook
    key = f"notebook_{now.shop}"
    if key not in st.session_state:
        st.session_state[key] = Notebook()
    return st.session_state[key]


@st.cache_resource(scope="session", max_entries=2, on_release=Store.close, show_spinner=False)
def _noted(key: str, _store: Store, _notebook: Notebook) -> Store:
    """key: names the data of both."""
    return noted(_store, _notebook)


@st.cache_resource(show_spinner=False)
def _noted_demo(key: str, _store: Store, _notebook: Notebook) -> Store:
    """A demo of which nothing was written down: one for all readers."""
    return noted(_store, _notebook)


def noted_store(*, of_orders: bool = True) -> Store:
    """The shop as filtered, with the tables of the notebook beside its own (see analytics.workspace), for queries that ask for both.

    of_orders: as of `current_store`.
    """
    store, words = current_store(of_orders=of_orders), notebook()
    key = f"{store.key} {words.key}"
    of_demo = current().shop in DEMOS and store is current().whole and not words.revision
    return _noted_demo(key, store, words) if of_demo else _noted(key, store, words)


def demos() -> list[str]:
    """The demo shops that are there."""
    return [name for name in DEMOS if (SAMPLES / name).is_dir()]


@st.cache_resource(show_spinner=False)
def demo(name: str) -> Opened:
    """A demo shop, opened once per server."""
    files = {".xlsx", ".csv", ".tsv", ".gz", ".zip"}
    given = [(path.name, path) for path in sorted((SAMPLES / name).iterdir()) if path.suffix in files]
    path = uploads.root() / f"demo-{name}.duckdb"
    written = imports.of_server().begin(path, given, first=True).result()
    return Opened(kept.open_written(path).store if written.key else None, written.problems)


def own(files: list[UploadedFile]) -> Opened:
    """This session's own shop; read again only when the files, or what was said about them, change."""
    try:
        found = reading.read(files, {about: dict(told(about)) for about in reading.ABOUT}, told("pasted"))
    except imports.Full as full:
        return Opened(None, [full])
    return Opened(_own(found.key, found.path) if found.path else None, list(found.problems))


@st.cache_resource(scope="session", max_entries=1, on_release=Store.close, show_spinner=False)
def _own(key: str, _path: Path) -> Store:
    return kept.open_written(_path).store


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
    now = current()
    name = f"{analysis.__module__}.{analysis.__qualname__}({', '.join(chosen)})"

    def compute() -> Any:
        with _TURNS:
            return _found_or_error(lambda: analysis(of, *choices, **named))

    if now.shop == OWN:
        found = _of_upload().get(name, compute)
    elif now.remembered:
        found = _OF_REMEMBERED.get((now.remembered.folder, name), compute)
    else:
        found = _OF_DEMOS.get(name, compute)
    if isinstance(found, RegularsError):
        raise found.with_traceback(None)
    return found


def _named(value: Any) -> str:
    return getattr(value, "key", None) or repr(value)


_TURNS = threading.Semaphore(2)
"""Results that are worked out at a time. More at once all take longer: what the threads of a process lose by waiting for each other grows
with their number. No analysis asks for another result, so none waits for itself."""
_OF_DEMOS = Latest(400)
_OF_REMEMBERED = Latest(100)
"""For every window that has the shop open; by the shop's folder, so that nobody reads another's."""


def let_go() -> None:
    """Let go of every view and result of remembered shops that this session can reach, so that their files can be deleted."""
    st.session_state.pop("current", None)
    for held in (_noted, _view, _OF_REMEMBERED):
        held.clear()


@st.cache_resource(scope="session", show_spinner=False)
def _of_upload() -> Latest:
    return Latest(40)


def _found_or_error(compute: Callable[[], Any]) -> Any:
    try:
        return compute()
    except RegularsError as error:
        return error
