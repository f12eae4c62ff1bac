"""What the four product pages call products: never by a whole title that was written to be found, in sentences, charts, labels or messages."""

from __future__ import annotations

import json

import pytest

from pages.shared import menu
from tests.support import app

FULL = ("調整體質", "專利游離型", "上班族必備", "附濾網", "【山嵐】")


@pytest.mark.parametrize(
    ("page", "choices"),
    [
        ("products", {}),
        ("gateway", {}),
        ("gateway", {"gateway_view": "later"}),
        ("cycles", {}),
        ("cycles", {"cycles_view": "cycles"}),
        ("baskets", {}),
    ],
)
def test_no_sentence_label_or_message_holds_a_whole_title(page: str, choices: dict[str, str]):
    at = app.at_page(menu.file(page), shop="tea", lang="zh_TW", **choices)
    cards = "".join(f"{metric.value} {metric.delta}" for metric in at.metric)
    messages = [str(text) for table in at.dataframe if "message" in table.value for text in table.value.message]
    drawn = [json.loads(spec) for spec in app.figures(at)]
    labels = [
        str(trace.get(axis)) for figure in drawn for trace in figure["data"] for axis in ("x", "y", "text", "name")
    ]
    said = (app.everything(at) + cards + "".join(messages) + "".join(labels)).replace("\\", "")
    assert ("玻璃隨行泡茶瓶 500ml" if page == "baskets" else "日日順暢益生菌 45包/盒") in said
    assert not [part for part in FULL if part in said]
