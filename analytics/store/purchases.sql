-- Grain: one row per buyer, buying day and product bought on it; buyers and days as in `placed`, a guest's nth is NULL.
-- units: bought and kept. A line that cost nothing is no purchase, but adds to the units of one. before: they had bought it on an earlier day.
-- next_day: the next day on which they bought it; next_kept: and kept some, as far as is known.
with bought as (
    select
        placed.buyer,
        placed.nth,
        goods.good,
        min(placed.day) as day,
        bool_or(placed.in_period) as in_period,
        cast(bit_count(bit_or(placed.mark)) as integer) as orders,
        sum(facts.quantity - facts.returned) as units,
        sum(coalesce(placed.of_value * coalesce(cast(facts.value as double), 0), placed.of_row)) as revenue
    from staged.line_facts as facts
    inner join counted_goods as goods on goods.product_key = facts.product_key
    inner join placed on placed.order_key = facts.order_key
    group by placed.buyer, placed.nth, goods.good
    having bool_or((facts.quantity > 0 or facts.quantity is null) and (facts.value is null or facts.value > 0))
)
select
    *,
    row_number() over days > 1 as before,
    lead(day) over days as next_day,
    lead(case when units > 0 or units is null then day end ignore nulls) over days as next_kept
from bought
window days as (partition by good, buyer order by nth)
