-- Grain: one row per buyer, buying day and product bought on it; buyers and days as in `placed`, a guest's nth is NULL.
-- units: bought and kept. A line that cost nothing is no purchase, but adds to the units of one.
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
inner join (
    select
        goods.product_key,
        goods.good
    from goods
    inner join products on products.good = goods.good
    where products.counts
) as goods on goods.product_key = facts.product_key
inner join placed on placed.order_key = facts.order_key
group by placed.buyer, placed.nth, goods.good
having bool_or((facts.quantity > 0 or facts.quantity is null) and (facts.value is null or facts.value > 0))
