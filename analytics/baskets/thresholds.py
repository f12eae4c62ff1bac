"""Order values around a line: who is just short of free shipping, what would close the gap, and where a gift with purchase could begin.

Values are what the goods of an order cost before vouchers. Everything said of what a line could bring is an upper bound: "up to".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.statistics import SMALL, wilson
from analytics.store import Store

LINES = (99, 299, 490)
"""Free-shipping lines that Taiwanese shops use, in NT$."""
CHEAP = 0.4
"""An add-on costs at most this share of the line."""


@dataclass(frozen=True)
class Values:
    """The values of orders. table: one row per order, ascending: value (money before vouchers), several (it holds two different products or more), cheapest (price of its cheapest line).

    days: the days these orders span.
    """

    table: pd.DataFrame
    days: int

    @cached_property
    def array(self) -> np.ndarray:
        """The values alone, ascending."""
        return self.table.value.to_numpy(dtype=float)

    def a_month(self, n: float) -> float:
        """So many in all, as so many in thirty days."""
        return n * 30 / max(self.days, 1)

    def between(self, low: float, high: float, *, several: bool = False) -> int:
        """Orders of low or more and less than high; several: of two products or more."""
        inside = (self.array >= low - 1e-9) & (self.array < high - 1e-9)
        return int((inside & self.table.several.to_numpy(dtype=bool)).sum() if several else inside.sum())


def values(store: Store) -> Values:
    """The order values of the period. Raises TooLittleData where fewer than SMALL orders have one."""
    alike = store.with_placed().query("baskets/values")
    table = alike.loc[alike.index.repeat(alike.orders)].drop(columns="orders").reset_index(drop=True)
    if len(table) < SMALL:
        raise TooLittleData(
            N_("Only {n} orders count here; {wanted} are needed to say anything of how much people put into one."),
            n=len(table),
            wanted=SMALL,
        )
    days = (store.shop.as_of - store.shop.start).days + 1
    return Values(table, days)


def prices(store: Store) -> pd.DataFrame:
    """What one of each product usually costs, and how often it is bought beside others; the most often first.

    product_id, product, price (median of a unit), cost (NaN: unknown), orders, beside (of them, with other products in the same order).
    """
    return store.with_placed().query("baskets/prices").astype({"price": float, "cost": float})


def histogram(found: Values, line: float, *, width: float | None = None) -> pd.DataFrame:
    """Orders by value in steps that begin at the line, from 0 to the value below which 95 % of orders lie (at least twice the line): low, high, orders, several, side.

    side: "short" for the step just below the line, "reached" for the one just above, "" for all others.
    """
    width = width or step(line)
    end = max(2 * line, float(np.quantile(found.array, 0.95)))
    count = min(int(np.ceil((end - line) / width)), 60)
    edges = np.arange(line - width * np.ceil(line / width), line + width * (count + 0.5), width)
    rows = [
        {
            "low": max(low, 0.0), "high": low + width, "orders": found.between(low, low + width),
            "several": found.between(low, low + width, several=True),
            "side": "short" if abs(low + width - line) < 1e-9 else "reached" if abs(low - line) < 1e-9 else "",
        }
        for low in edges[:-1]
    ]  # fmt: skip
    return pd.DataFrame(rows)


def step(line: float) -> float:
    """The width of the strip just below and just above a line: a tenth of it, rounded to 1, 2 or 5 times a power of ten."""
    rough = max(line, 1e-6) / 10
    power = 10 ** np.floor(np.log10(rough))
    return float(min((1, 2, 5, 10), key=lambda times: abs(np.log(times * power / rough))) * power)


@dataclass(frozen=True)
class Line:
    """What a line does to order values.

    short, reached: orders in the strip just below it and just above it; several_: of them, those of two products or more (a product that costs just that much cannot pile
    those up). width: of the strips. share, low, high: several_reached of several_short + several_reached, Wilson. closed: orders above the line that would be
    below it without their cheapest product.
    """

    line: float
    width: float
    short: int
    reached: int
    several_short: int
    several_reached: int
    closed: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share above, of the two strips."""
        low, high = wilson(self.several_reached, self.several_short + self.several_reached)
        return float(low), float(high)

    @property
    def piles_up(self) -> bool:
        """Whether orders of several products surely lie more often just above the line than just below: one and a half times as often or more."""
        return self.several_short + self.several_reached >= SMALL and self.interval[0] > 0.6


def line(found: Values, at: float) -> Line:
    """The strips around a line."""
    width = step(at)
    value, cheapest = found.array, found.table.cheapest.to_numpy(dtype=float)
    with np.errstate(invalid="ignore"):
        closed = (value >= at - 1e-9) & (value - cheapest < at - 1e-9) & found.table.several.to_numpy(dtype=bool)
    strips = [(at - width, at), (at, at + width)]
    short, reached = (found.between(*strip) for strip in strips)
    several = [found.between(*strip, several=True) for strip in strips]
    return Line(float(at), width, short, reached, *several, int((closed & (cheapest <= CHEAP * at)).sum()))


@dataclass(frozen=True)
class Short:
    """Orders just short of a line, and what would close the gap.

    orders: how many lie at most `reach` below it. gaps: how much each is short, ascending. add_ons: one row per product that costs at most CHEAP of the line, the likeliest first: product_id, product, price, cost,
    orders, beside, beside_rate (beside / all orders of several products), closes (short orders that one of it would lift to the line), closes_share, margin (of one, in money; NaN: no cost known).
    a_month: short orders in thirty days.
    """

    line: float
    reach: float
    gaps: np.ndarray
    add_ons: pd.DataFrame
    a_month: float

    @property
    def orders(self) -> int:
        """How many orders are short."""
        return len(self.gaps)

    def closed_by(self, price: float) -> float:
        """Orders in thirty days that one unit at this price lifts to the line."""
        return self.a_month * float((self.gaps <= price + 1e-9).mean()) if len(self.gaps) else 0.0


def short_of(found: Values, goods: pd.DataFrame, at: float, reach: float) -> Short:
    """The orders that lie at most `reach` below a line, and the cheap products (goods: as `prices` gives them), often bought beside others, that close the gap."""
    value = found.array
    gaps = np.sort(at - value[(value < at - 1e-9) & (value >= at - reach - 1e-9)])
    cheap = goods[(goods.price <= CHEAP * at) & (goods.beside >= 5)].copy()
    cheap["beside_rate"] = cheap.beside / max(int(found.table.several.sum()), 1)
    cheap["closes"] = np.searchsorted(gaps, cheap.price.to_numpy() + 1e-9, "right") if len(cheap) else 0
    cheap["closes_share"] = cheap.closes / max(len(gaps), 1)
    cheap["margin"] = cheap.price - cheap.cost
    cheap["place"] = cheap.closes_share * cheap.beside_rate
    cheap = cheap.sort_values(["place", "beside", "product_id"], ascending=[False, False, True], ignore_index=True)
    return Short(float(at), float(reach), gaps, cheap.drop(columns="place"), found.a_month(len(gaps)))


def worth(
    found: Short, price: float, margin: float, take: tuple[float, float], shipping: float = 0.0
) -> tuple[float, float]:
    """What an add-on could bring in thirty days, from … up to …, in money: orders short that it closes × share who take it × (price × margin − shipping that the shop then pays).

    margin: 0 to 1. take: from and to, 0 to 1. May be negative: free shipping costs more than the add-on earns.
    """
    each = price * margin - shipping
    low, high = (found.closed_by(price) * share * each for share in take)
    return min(low, high), max(low, high)


def gift_lines(found: Values, *, gift: float, margin: float, reach: float = 0.25, take: float = 0.2) -> pd.DataFrame:
    """Candidates for a gift with purchase, from the distribution of order values; one row each, lowest first.

    gift: what one gift costs the shop. margin: of goods, 0 to 1. reach: how far below a line (as a share of it) an order can be lifted from. take: share of
    those within reach that is lifted, at most. Columns: line, quantile (share of orders below it), within_reach (orders), already (orders at the line or above, who get the gift
    as well), added (what lifting all within reach adds in goods, money), up_to (orders lifted: take × within_reach), cost (gifts for already and up_to), gain (margin on
    what they add), result (gain − cost, at most), break_even (share of those within reach that has to be lifted; above 1 or NaN: it cannot pay).
    """
    value = found.array
    rows = []
    for quantile in (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
        at = nice(float(np.quantile(value, quantile)))
        near = value[(value < at - 1e-9) & (value >= at * (1 - reach) - 1e-9)]
        already = int((value >= at - 1e-9).sum())
        added = float((at - near).sum())
        each = added * margin / len(near) - gift if len(near) else np.nan
        lifted = take * len(near)
        rows.append(
            {
                "line": at, "quantile": float((value < at - 1e-9).mean()), "within_reach": len(near), "already": already, "added": added,
                "up_to": lifted, "cost": gift * (already + lifted), "gain": take * added * margin,
                "result": take * added * margin - gift * (already + lifted),
                "break_even": gift * already / (each * len(near)) if len(near) and each > 0 else np.nan,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).drop_duplicates("line").sort_values("line", ignore_index=True)


def nice(value: float) -> float:
    """A round amount at or just above a value, as shops write them: two significant digits."""
    if value <= 0:
        return 1.0
    power = 10 ** (np.floor(np.log10(value)) - 1)
    return float(np.ceil(round(value / power, 9)) * power)
