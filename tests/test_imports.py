"""The house as a drawing: every import points down it.

    pages/<page>        its own room, pages/shared, analytics
    pages/shared        analytics
    report, __main__    the command line, which calls everything
    workspace           shops remembered on this computer
    week, playbook, results, parcels, products, baskets, cycles, gateway, reviews, contacts, clusters, overview, cohorts, segments, repurchase, accounts, health        the subjects
    store               the shop's data
    sources             files
    charts              what all charts share
    errors, statistics, export

A subject may use the subjects that BELOW names, and no others, so there is no circle.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.shared.menu import MENU

ROOT = Path(__file__).parents[1]
ANALYTICS = sorted((ROOT / "analytics").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
CODE = [*ANALYTICS, *PAGES]
GROUND = {"errors", "statistics", "export"}
BELOW: dict[str, set[str]] = {
    "charts": set(),
    "sources": set(),
    "store": {"sources"},
    "health": {"store"},
    "accounts": {"store"},
    "repurchase": {"store"},
    "segments": {"store"},
    "clusters": {"store", "segments"},
    "contacts": {"store", "segments"},
    "cohorts": {"store", "segments", "repurchase"},
    "overview": {"store", "repurchase", "cohorts", "segments"},
    "results": {"store"},
    "reviews": {"store", "segments", "sources"},
    "gateway": {"store", "repurchase", "cohorts"},
    "cycles": {"store", "contacts"},
    "baskets": {"store"},
    "products": {"store", "gateway", "cycles", "contacts"},
    "parcels": {"store", "segments", "reviews"},
    "playbook": {"store", "segments", "contacts", "reviews", "sources"},
    "workspace": {"store", "sources"},
    "week": {"store", "segments", "repurchase", "cycles", "contacts", "products", "results", "reviews", "workspace"},
}
"""Room of analytics -> the rooms it may use besides its own, GROUND and charts."""
CALLERS = {"report", "__main__"}
LONGEST = 300
"""Lines of a module, unless its first ones say why it is longer."""


def imported(path: Path) -> Iterator[str]:
    """The dotted names a file imports, relative ones resolved against the repository."""
    package = list(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level] if node.level else []
            module = [*base, *([node.module] if node.module else [])]
            yield from (".".join([*module, alias.name]) for alias in node.names)


def rooms(path: Path, house: str) -> set[str]:
    """The rooms of a house (analytics or pages) that a file takes something from."""
    return {name.split(".")[1] for name in imported(path) if name.startswith(f"{house}.")}


def room(path: Path) -> str:
    """analytics/cohorts/groups.py -> cohorts; analytics/errors.py -> errors."""
    return path.relative_to(ROOT).with_suffix("").parts[1]


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", ANALYTICS, ids=label)
def test_analytics_does_not_know_who_calls_it(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported(path)} & {"streamlit", "pages", "app", "server"}


@pytest.mark.parametrize("path", [path for path in ANALYTICS if room(path) not in CALLERS], ids=label)
def test_a_room_uses_what_lies_below_it(path: Path) -> None:
    own = room(path)
    allowed = GROUND if own in GROUND else GROUND | {own, "charts"} | BELOW.get(own, set())
    assert rooms(path, "analytics") <= allowed


def test_nothing_runs_in_a_circle() -> None:
    above: dict[str, set[str]] = dict(BELOW)
    while above:
        free = [name for name, used in above.items() if not used & above.keys()]
        assert free, f"these use one another: {sorted(above)}"
        above = {name: used for name, used in above.items() if name not in free}


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_a_page_uses_its_own_room_and_the_shared_one(path: Path) -> None:
    assert rooms(path, "pages") <= {room(path), "shared"}


def test_every_page_is_a_folder_with_a_script_and_a_guide() -> None:
    names = {name for section in MENU.values() for name in section}
    assert names == {folder.name for folder in (ROOT / "pages").iterdir() if folder.is_dir()} - {"shared"}
    for name in names:
        folder = ROOT / "pages" / name
        assert {path.name for path in folder.iterdir()} >= {"page.py", "guide.zh_TW.md", "guide.en.md"}
        assert len((folder / "page.py").read_text("utf-8").splitlines()) <= 110, f"{name}: a page reads top to bottom"


def test_queries_lie_beside_the_python_that_asks_them() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE)
    for path in (ROOT / "analytics").rglob("*.sql"):
        name = f"{path.parent.name}/{path.stem}"
        asked = f'"{name}"' in code or (path.stem.startswith("stg_") and f'"{path.stem[4:]}"' in code)
        assert asked, f"nobody asks {name}"
        assert path.read_text("utf-8").startswith(("-- Grain: ", "-- Macros: ")), (
            f"{name} does not begin with its grain"
        )


@pytest.mark.parametrize("path", CODE, ids=label)
def test_no_module_is_long_without_saying_why(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST or "long because" in "\n".join(lines[:12]).lower()


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_pages_hold_no_sql_and_no_groupby(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if re.search(r"\bselect\b.+\bfrom\b", text, re.IGNORECASE | re.DOTALL)]
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"groupby", "pivot", "pivot_table", "sql", "execute", "query"}
    assert not [name for name in imported(path) if name.split(".")[0] == "duckdb"]


def test_no_page_stands_directly_in_pages() -> None:
    assert not list((ROOT / "pages").glob("*.py")), "Streamlit would run them without app.py: put them one folder down"


def test_colours_and_markup_stay_out_of_pages() -> None:
    for path in PAGES:
        code = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in code
        assert not re.search(r"['\"]#[0-9a-fA-F]{3,8}['\"]", code), (
            f"{label(path)} names a colour; palette.py has the names"
        )


def test_the_rules_catch_what_they_should() -> None:
    assert "errors" in rooms(ROOT / "analytics" / "store" / "store.py", "analytics")
    assert rooms(ROOT / "pages" / "cohorts" / "page.py", "pages") == {"cohorts", "shared"}
    assert room(ROOT / "analytics" / "cohorts" / "groups.py") == "cohorts"
