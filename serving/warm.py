"""What the first reader would otherwise wait for: the imports of the pages and of what they count with, and the shop that opens first."""

from __future__ import annotations

import gc
import os
import threading
from importlib import import_module
from pathlib import Path

from pages.shared import place, session
from pages.shared.menu import FIRST, PAGES

COLD = "REGULARS_COLD"
"""Environment variable: not empty where nothing is to be made ready, as for a server that a test needs for a moment."""
_PAGES = Path(__file__).parents[1] / "pages"


def begin() -> None:
    """Make ready beside the server, which listens meanwhile."""
    if not os.environ.get(COLD):
        threading.Thread(target=_make_ready, name="make ready", daemon=True).start()


def _make_ready() -> None:
    for page in (FIRST, *PAGES):
        for path in sorted((_PAGES / page).glob("*.py")):
            if path.stem != "page":
                import_module(f"pages.{page}.{path.stem}")
    import_module("sklearn.cluster")  # and SciPy with it
    workspace = place.workspace()
    if not (workspace and workspace.last()):
        session.demo(session.DEMOS[0])
    gc.collect()
    gc.freeze()
