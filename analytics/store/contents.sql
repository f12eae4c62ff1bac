-- Grain: one row per order of the period and product in it. No gifts, postage or bundles; a line that cost nothing, or of which nothing was ordered, holds nothing.
with counted as (
    select
        goods.product_key,
        goods.good
    from goods
    inner join products on products.good = goods.good
    where products.counts and products.kind <> 'bundle'
)
select distinct
    facts.order_key,
    counted.good
from staged.line_facts as facts
inner join counted on counted.product_key = facts.product_key
inner join placed on placed.order_key = facts.order_key
where placed.in_period
    and (facts.quantity > 0 or facts.quantity is null)
    and (facts.value is null or facts.value > 0)
