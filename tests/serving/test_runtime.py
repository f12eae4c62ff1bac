"""What stands on the insides of the one Streamlit that requirements.txt names: it fails where another one would be told otherwise."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import Runtime, app_session
from streamlit.testing.v1 import AppTest

from serving import runtime


def test_the_theme_is_told_as_streamlit_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    write = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", write)
    runtime.write_theme_once()
    for section in ("theme", "theme.light", "theme.dark.sidebar", "theme.sidebar"):
        stock, kept, again = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
        write(stock, section)
        app_session._populate_theme_msg(kept, section)
        app_session._populate_theme_msg(again, section)
        assert stock == kept == again
        assert stock.ByteSize() or section == "theme.sidebar"


def test_what_a_run_says_arrives_in_order_and_one_failure_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_session.AppSession, "_call_soon_on_event_loop", None)
    runtime.wake_once()
    tell = app_session.AppSession._call_soon_on_event_loop
    heard, failed = [], []

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, what: failed.append(type(what["exception"])))
        session = SimpleNamespace(_event_loop=loop)

        def say() -> None:
            tell(session, lambda: 1 / 0)
            for n in range(50):
                tell(session, lambda n=n: heard.append(n))

        thread = threading.Thread(target=say)
        thread.start()
        while len(heard) < 50:
            await asyncio.sleep(0.001)
        thread.join()

    with ThreadPoolExecutor(1) as apart:  # a browser test may have left a loop running in this thread
        apart.submit(lambda: asyncio.run(asyncio.wait_for(listen(), 10))).result()
    assert heard == list(range(50))
    assert failed == [ZeroDivisionError]
    assert {"_enqueued_some_message", "_get_async_objs"} <= set(vars(Runtime))


def _table() -> None:
    import pandas as pd
    import streamlit as st

    from pages.shared import tables
    from pages.shared.tables import Column

    rows = pd.DataFrame({"name": ["a", "b"], "money": [-3, 4.0], "share": [0.5, None]})
    columns = {"name": Column("Name"), "money": Column("Money", "money"), "share": Column("Share", "percent")}
    st.query_params["rows"] = "1"
    st.session_state["chosen"] = tables.table(rows, columns, name="n", key="rows", select=True, download=False)
    config = {column: tables._config(how, "TWD", written=column == "money") for column, how in columns.items()}
    stock = tables._with_losses(rows.assign(share=100 * rows.share), ["money"], "TWD")
    st.dataframe(
        stock, column_config=config, hide_index=True, alt="n", placeholder="–", key="stock", on_select="rerun", selection_mode="single-row",
        selection_default={"selection": {"rows": [1]}},
    )  # fmt: skip


def test_a_table_written_once_is_the_table_that_streamlit_writes() -> None:
    at = AppTest.from_function(_table).run()
    assert not at.exception
    ours, stock = (one.proto for one in at.dataframe)
    assert at.session_state["chosen"] == [1]
    for proto in (ours, stock):
        assert proto.id
        proto.ClearField("id")
        proto.arrow_data.styler.ClearField("uuid")
        proto.arrow_data.styler.ClearField("styles")
    assert ours == stock


def test_options_are_read_as_streamlit_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    take = config.get_option
    monkeypatch.setattr(config, "get_option", take)
    runtime.read_options_freely()
    names = list(config.get_config_options())
    assert {name: config.get_option(name) for name in names} == {name: take(name) for name in names}
    with pytest.raises(RuntimeError, match="not defined"):
        config.get_option("server.nothing")
    before = take("runner.postScriptGC")
    try:
        config.set_option("runner.postScriptGC", not before)
        assert config.get_option("runner.postScriptGC") is not before
    finally:
        config.set_option("runner.postScriptGC", before)
