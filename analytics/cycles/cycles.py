"""How long a product lasts those who buy it again: per unit bought, steadied by its family and by the shop.

The gaps come only from those who came back, and lean to the short side where the shop is young: Kaplan–Meier of the same product stands
beside them. Bulk buyers shorten a gap per unit; leave them out at the side where they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.statistics import SMALL, Survival, kaplan_meier, wilson
from analytics.store import Store

LEAST = 10
"""Gaps from which on a product's own quartiles are used, and a product counts as a refill on what its buyers do."""
REFILL = 0.20
"""Share of purchases, watched for twice the usual time, that have to be followed by another of the same product for it to be a refill good."""
OWNER, PRODUCT, FAMILY, SHOP = "owner", "product", "family", "shop"


@dataclass(frozen=True)
class Cycles:
    """How long each product lasts.

    table: one row per product that known customers bought, most gaps first: good (its number), product_id, product, family, kind (of
    KINDS; ""), kind_guessed, days_per_pack (the owner's), purchases, most_units (at once), n (gaps between purchases of the same product), median, p25, p75, p80
    (days per unit bought; NaN: no gap), steadied (the median pulled to family and shop, days per unit; NaN: the shop has no gap), cycle (what
    reminders go by: the owner's days, else `steadied`), cycle_from (of OWNER, PRODUCT: LEAST gaps of its own, FAMILY, SHOP; "": nothing is known), from_days, until_days (the quartiles around
    `cycle`, days per unit), old, again, refill_rate, low, high (share of purchases watched for twice the usual time that were followed by
    another in it, 0 to 1, Wilson; NaN: none), refill (the owner says so, or says nothing and enough buy it again: REFILL of SMALL or more,
    with LEAST gaps). until: the day of which all this was known. shop_median: days per unit, all products together. key: names the view, as Store.key does.
    """

    table: pd.DataFrame
    until: date
    shop_median: float
    key: str

    @cached_property
    def refills(self) -> pd.DataFrame:
        """The products that reminders are about, most gaps first."""
        return self.table[self.table.refill & self.table.cycle.notna()].reset_index(drop=True)

    @property
    def one_each(self) -> bool:
        """Whether nobody ever bought several units at once, or the exports do not say how many: a day per unit is a day per purchase then."""
        return bool((self.table.most_units <= 1).all())

    def arguments(self, *more: str) -> dict[str, list]:
        """The refill products and their cycles (and more columns), as parameters of queries."""
        columns = {"goods": "good", "cycles": "cycle", **{name: name for name in more}}
        return {name: self.refills[column].tolist() for name, column in columns.items()}


def cycles(store: Store, until: date | None = None) -> Cycles:
    """The cycles as known on a day; None: the as-of day. Raises TooLittleData where no known customer bought a product by then."""
    until = until or store.shop.as_of
    table = store.with_purchases().query("cycles/gaps", until=until)
    if table.empty:
        raise TooLittleData(
            N_(
                "No order of a known customer names a product, so nothing can be said of how long products last. Add exports with product names, or widen the filter."
            )
        )
    for name in ("median", "p25", "p75", "p80", "days_per_pack"):
        table[name] = table[name].astype(float)
    table["steadied"] = steadied(table)
    told = table.days_per_pack.notna()
    table["cycle"] = table.days_per_pack.where(told, table.steadied)
    has_family = table.family.map(table.n.groupby(table.family).sum()) - table.n >= LEAST
    table["cycle_from"] = np.select(
        [told, table.n >= LEAST, has_family],
        [OWNER, PRODUCT, FAMILY],
        default=np.where(table.steadied.notna(), SHOP, ""),
    )
    own = table.n >= LEAST
    usual = table[own & (table["median"] > 0)]
    spread = {
        name: float(np.average(usual[name] / usual["median"], weights=usual.n)) if len(usual) else side
        for name, side in (("p25", 0.75), ("p75", 1.25))
    }
    for name, column in (("p25", "from_days"), ("p75", "until_days")):
        ratio = (table[name] / table["median"].where(table["median"] > 0)).where(own).fillna(spread[name])
        table[column] = table.cycle * ratio
    table["refill_rate"] = table.again / table.old.where(table.old > 0)
    table["low"], table["high"] = wilson(table.again, table.old)
    bought_again = (table.n >= LEAST) & (table.old >= SMALL) & (table.refill_rate >= REFILL)
    silent = (table.kind == "") | table.kind_guessed
    table["refill"] = np.where(silent, bought_again, table.kind == "refill")
    total = float(np.average(table["median"][table.n > 0], weights=table.n[table.n > 0])) if table.n.any() else np.nan
    return Cycles(table, until, total, f"{store.key}-{until}")


def holders(
    store: Store, known: Cycles, until: date, earliest: date | None = None, latest: date | None = None
) -> pd.DataFrame:
    """Who held which refill product on a day, and when it ran out: one row each, in no order; with days, only those that run out between them.

    buyer and good (numbers), last_day, units, cycle, spend, due_day, window_from, window_until, times and
    substitute as in Due.
    """
    told = known.arguments("from_days", "until_days")
    return store.with_purchases().query("cycles/due", until=until, earliest=earliest, latest=latest, **told)


def steadied(table: pd.DataFrame) -> np.ndarray:
    """The medians pulled to the products of their family, and these to the shop's, in days per unit.

    table: one row per product: n, median, var_log, family. On the logarithm a median of n gaps varies by π/2 · σ²/n; how far products (and
    families) truly lie apart is estimated by moments, and each is pulled to its centre by the share of chance in it. NaN: no gap in the shop.
    DerSimonian, R. & Laird, N. (1986), Controlled Clinical Trials 7, 177–188; Morris, C. N. (1983), JASA 78, 47–65.
    """
    n = table.n.to_numpy(dtype=float)
    known = n > 0
    if not known.any():
        return np.full(len(table), np.nan)
    at = np.log(np.maximum(table["median"].to_numpy(dtype=float), 0.5, where=known, out=np.ones(len(table))))
    freedom = np.maximum(n[known] - 1, 0)
    within = (freedom * table.var_log.to_numpy(dtype=float)[known]).sum() / max(freedom.sum(), 1)
    chance = np.where(known, np.pi / 2 * max(within, 1e-6) / np.maximum(n, 1), np.inf)
    families, names = pd.factorize(table.family)
    centre, between = _pooled(at[known], chance[known])
    target = np.full(len(table), centre)
    lone = families < 0
    if len(names):
        means, errors = np.full(len(names), np.nan), np.full(len(names), np.inf)
        for family in range(len(names)):
            own = known & (families == family)
            if own.any():
                weights = 1 / (chance[own] + between)
                means[family], errors[family] = (weights * at[own]).sum() / weights.sum(), 1 / weights.sum()
        told = np.isfinite(errors)
        overall, apart = _pooled(means[told], errors[told])
        kept = np.where(told, apart / (apart + errors), 0.0) if apart else np.zeros(len(names))
        means = np.where(told, kept * np.nan_to_num(means) + (1 - kept) * overall, overall)
        target = np.where(lone, target, means[np.where(lone, 0, families)])
    weight = np.where(known, between / (between + chance), 0.0)
    return np.exp(weight * np.where(known, at, 0.0) + (1 - weight) * target)


def _pooled(values: np.ndarray, errors: np.ndarray) -> tuple[float, float]:
    """The centre of estimates with these error variances, and the variance between them beyond error (DerSimonian–Laird; at least 0)."""
    weights = 1 / errors
    centre = (weights * values).sum() / weights.sum()
    if len(values) < 2:
        return float(centre), 0.0
    excess = (weights * (values - centre) ** 2).sum() - (len(values) - 1)
    between = max(0.0, excess / (weights.sum() - (weights**2).sum() / weights.sum()))
    weights = 1 / (errors + between)
    return float((weights * values).sum() / weights.sum()), float(between)


def by_units(store: Store, product_id: str) -> pd.DataFrame:
    """The gaps of one product by how many units were bought: units (1, 2 … 4, and 5 for all above), n, median, p25, p75 (days, not per unit)."""
    return store.with_purchases().query("cycles/by_units", product_id=product_id)


def bought_again(store: Store, product_id: str) -> Survival:
    """Time from a purchase of the product to the next of the same, per unit bought, those still awaited included (Kaplan–Meier, days)."""
    return kaplan_meier(store.with_purchases().query("cycles/waits", product_id=product_id))
