"""Imports point one way, pages hold no SQL and no groupby, and no page file stands where Streamlit's legacy mode would find it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ANALYTICS = sorted((ROOT / "analytics").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
LAYERS = ("errors", "charts", "sources", "store", "results")
"""Lowest first: a module may import its own layer and those before it. Whatever has no name here is a result."""
OUTERMOST = ("__main__", "report")
"""The command line, which calls everything."""


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


def layer(dotted: str) -> int:
    """Where a module of analytics stands in LAYERS."""
    name = dotted.split(".")[1] if "." in dotted else "errors"
    return LAYERS.index(name if name in LAYERS else "results")


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", ANALYTICS, ids=label)
def test_analytics_does_not_know_who_calls_it(path: Path) -> None:
    callers = [name for name in imported(path) if name.split(".")[0] in {"streamlit", "pages", "app", "server"}]
    assert not callers


@pytest.mark.parametrize("path", [path for path in ANALYTICS if path.stem not in OUTERMOST], ids=label)
def test_imports_point_one_way(path: Path) -> None:
    own = layer(".".join(path.relative_to(ROOT).with_suffix("").parts))
    upward = [name for name in imported(path) if name.startswith("analytics.") and layer(name) > own]
    assert not upward, f"{label(path)} is in the layer {LAYERS[own]!r} and imports what stands above it"


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_pages_hold_no_sql_and_no_groupby(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if re.search(r"\bselect\b.+\bfrom\b", text, re.IGNORECASE | re.DOTALL)]
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"groupby", "pivot", "pivot_table", "sql", "execute"}
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


def test_the_rule_catches_what_it_should(tmp_path: Path) -> None:
    file = ROOT / "analytics" / "store" / "store.py"
    assert "analytics.errors.InputError" in set(imported(file)) or "analytics.errors.N_" in set(imported(file))
    assert layer("analytics.cohorts") > layer("analytics.store.Store") > layer("analytics.charts.palette")
