"""The frame: menu, language, shop, files and filters; then the page."""

from pathlib import Path

import streamlit as st

from analytics.errors import RegularsError
from pages.shared import frame, session, widgets
from pages.shared.text import _

st.set_page_config(page_title="回頭客 Regulars", page_icon=":material/loyalty:", layout="wide")
st.logo(Path(__file__).with_name("pages") / "shared" / "logo.svg", size="large")
session.settle()

with st.sidebar:
    frame.language()

MENU = {
    _("Shop"): {
        "shop/overview": (_("Overview"), ":material/dashboard:", "overview"),
        "shop/data": (_("Import & health"), ":material/upload_file:", "data"),
    },
    _("Customers"): {
        "customers/segments": (_("Segments"), ":material/groups:", "segments"),
        "customers/clusters": (_("Clusters"), ":material/bubble_chart:", "clusters"),
        "customers/cohorts": (_("Cohorts"), ":material/grid_on:", "cohorts"),
        "customers/repurchase": (_("Repurchase"), ":material/replay:", "repurchase"),
    },
    _("Products"): {
        "products/gateway": (_("Gateway products"), ":material/door_open:", "gateway"),
        "products/cycles": (_("Usage cycles"), ":material/autorenew:", "cycles"),
        "products/baskets": (_("Baskets"), ":material/shopping_basket:", "baskets"),
    },
    _("Reviews"): {
        "reviews/sentiment": (_("Sentiment"), ":material/sentiment_satisfied:", "sentiment"),
        "reviews/triage": (_("Triage"), ":material/support_agent:", "triage"),
    },
}
sections = {
    section: [
        st.Page(f"pages/{file}.py", title=title, icon=icon, url_path=path, default=path == "overview")
        for file, (title, icon, path) in pages.items()
        if Path(__file__).with_name("pages").joinpath(f"{file}.py").exists()
    ]
    for section, pages in MENU.items()
}
page = st.navigation({section: pages for section, pages in sections.items() if pages}, position="top")
frame.problems(frame.settle())
try:
    page.run()
except RegularsError as error:
    widgets.too_little(error)
