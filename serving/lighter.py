"""Two of Streamlit's scripts as this dashboard serves them: less of them, and each figure drawn once.

Charts: Plotly with the kinds of charts that there are here is a third of Streamlit's, which has maps and solids too; and a figure is drawn
once, those in sight first (charts.js says why). Text to be copied: Streamlit brings 298 languages along to colour code, and what
is copied here is letters and addresses. Together this is most of what a browser has to read before a page stands.

The scripts are files of the one Streamlit version that requirements.txt names. Where they are other than expected, as in another version,
they are served as they came.
"""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

PLOTLY = Path(__file__).parent / "plotly" / "plotly-cartesian-4.1.1.min.js.gz"
"""Plotly with bars, lines, boxes and their like, as it is published."""
FILES = Path(streamlit.__file__).parent / "static" / "static" / "js"
_LIBRARY = ("n(((e,t,n)=>{(function(e,n){typeof t==`object`&&t.exports?t.exports=n()", "return window.Plotly=e,e})}))")
"""Where Plotly begins and ends in the charts' script."""
_DRAWS = "return e.react(_.current,{data:t,layout:n,config:r,frames:i})"
_COLOURS, _HIGHLIGHTER, _LONG = ("var _=i((", "Xb=n(a(),1),Zb=Yb(),", "(()=>$b(a,Qb),[a])")
"""Where the colouring of code begins, where it is taken, and where it is asked whether a text is too long to be coloured."""


def charts(script: str) -> str:
    """The charts' script with the smaller Plotly, each figure drawn in its turn. Raises ValueError when it is another than expected."""
    before, plotly = _cut(script, _LIBRARY[0])
    _, after = _cut(plotly, _LIBRARY[1])
    begun, ended = _cut(before, _DRAWS)
    ours = Path(__file__).with_name("charts.js").read_text(encoding="utf-8")
    library = f"n(((exports,module)=>{{{gzip.decompress(PLOTLY.read_bytes()).decode()}\n}}))"
    return f"{ours}\n{begun}return regularsDraw(e,_,S){ended}{library}{after}"


def texts(script: str) -> str:
    """The script for text to be copied, which colours nothing. Raises ValueError when it is another than expected."""
    imports, rest = _cut(script, _COLOURS)
    _, component = _cut(rest, _HIGHLIGHTER)
    begun, ended = _cut(component, _LONG)
    return f"{imports}var Xb=n(a(),1),Zb={{}},{begun}(()=>!0,[]){ended}"


def _cut(script: str, place: str) -> tuple[str, str]:
    """What is before and after the first such place."""
    before, found, after = script.partition(place)
    if not found:
        raise ValueError(place)
    return before, after


_MADE: dict[str, Callable[[str], str]] = {"PlotlyChart.*.js": charts, "StreamlitSyntaxHighlighter.*.js": texts}


def scripts() -> dict[str, bytes]:
    """Address -> the script that is served there."""
    found = {}
    for pattern, lighter in _MADE.items():
        for file in FILES.glob(pattern):
            try:
                found[f"/static/js/{file.name}"] = lighter(file.read_text(encoding="utf-8")).encode()
            except ValueError:
                logging.getLogger(__name__).warning("%s is another than expected; it is served as it came.", file.name)
    return found


class Lighter:
    """The middleware that answers for those scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._scripts = app, scripts()
        self._marks = {
            path: f'"{blake2b(script, digest_size=16).hexdigest()}"' for path, script in self._scripts.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in self._scripts:
            await self._app(scope, receive, send)
            return
        # Asked for again at each visit: another program at this address may have left Streamlit's own in the browser, or want it.
        headers = {"ETag": self._marks[path], "Cache-Control": "no-cache"}
        if Headers(scope=scope).get("if-none-match") == self._marks[path]:
            await Response(status_code=304, headers=headers)(scope, receive, send)
        else:
            await Response(self._scripts[path], media_type="text/javascript", headers=headers)(scope, receive, send)
