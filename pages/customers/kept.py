"""What costs a second, kept by the data it is of: scores and clusters. A demo's are kept for all readers, an upload's for its own session."""

from __future__ import annotations

import streamlit as st

from analytics.clusters import Clusters, clusters
from analytics.segments.cuts import Cuts
from analytics.segments.rfm import Rfm, rfm
from analytics.store import Store
from pages.shared import session
from pages.shared.text import _

_BY_DATA = {Store: lambda store: store.key}


@st.cache_data(max_entries=20, hash_funcs=_BY_DATA, show_spinner=False)
def _scored_demo(store: Store, cuts: str) -> Rfm:
    return rfm(store, Cuts.parse(cuts))


@st.cache_data(scope="session", max_entries=2, hash_funcs=_BY_DATA, show_spinner=False)
def _scored_own(store: Store, cuts: str) -> Rfm:
    return rfm(store, Cuts.parse(cuts))


@st.cache_data(max_entries=40, hash_funcs=_BY_DATA, show_spinner=False)
def _grouped_demo(store: Store, k: int | None) -> Clusters:
    return clusters(rfm(store), k)


@st.cache_data(scope="session", max_entries=4, hash_funcs=_BY_DATA, show_spinner=False)
def _grouped_own(store: Store, k: int | None) -> Clusters:
    return clusters(rfm(store), k)


def scored(store: Store, cuts: Cuts) -> Rfm:
    """Every customer's scores and segment."""
    return (_scored_own if session.current().shop == session.OWN else _scored_demo)(store, str(cuts))


def grouped(store: Store, k: int | None) -> Clusters:
    """The clusters of a shop; k: how many, None: as the silhouette has it."""
    with st.spinner(_("Grouping the customers…")):
        return (_grouped_own if session.current().shop == session.OWN else _grouped_demo)(store, k)
