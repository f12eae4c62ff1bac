-- Grain: one row per customer, buying day and product of which they kept some, with the day on which they next bought (and kept) the same product.
select
    good,
    buyer,
    nth,
    day,
    units,
    revenue,
    lead(day) over (partition by good, buyer order by nth) as next_day
from purchases
where nth is not null and units > 0
