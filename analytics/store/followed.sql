-- Grain: one row per customer, buying day and product of which they kept some, with the day on which they next bought (and kept) the same product.
-- A purchase of an unknown number of units ends a gap and begins none.
select
    good,
    buyer,
    nth,
    day,
    units,
    revenue,
    next_kept as next_day
from purchases
where nth is not null and units > 0
