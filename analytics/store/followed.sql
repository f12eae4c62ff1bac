-- Grain: one row per customer, buying day and product of which they kept some, with the day on which they next bought (and kept) the same product.
-- A purchase of an unknown number of units ends a gap and begins none.
with bought as (
    select
        *,
        lead(day) over (partition by good, buyer order by nth) as next_day
    from purchases
    where nth is not null and (units > 0 or units is null)
)
select
    good,
    buyer,
    nth,
    day,
    units,
    revenue,
    next_day
from bought
where units > 0
