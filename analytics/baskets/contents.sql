-- Grain: one row per order of the period and product in it, among the $most best-selling products with $least orders or more. No gifts, postage or bundles.
-- place: the product's place among them, from 0 on. A line that cost nothing, or of which nothing was ordered, holds nothing.
with counted as (
    select
        goods.product_key,
        goods.good
    from goods
    inner join products on products.good = goods.good
    where products.counts and products.kind <> 'bundle'
),
held as (
    select distinct
        facts.order_key,
        counted.good
    from staged.line_facts as facts
    inner join counted on counted.product_key = facts.product_key
    inner join placed on placed.order_key = facts.order_key
    where placed.in_period
        and (facts.quantity > 0 or facts.quantity is null)
        and (facts.value is null or facts.value > 0)
),
sizes as (
    select
        good,
        count(*) as orders,
        row_number() over (order by count(*) desc, good) - 1 as place
    from held
    group by good
)
select
    held.order_key,
    cast(sizes.place as integer) as place,
    sizes.good
from held
inner join sizes on sizes.good = held.good
where sizes.orders >= $least and sizes.place < $most
