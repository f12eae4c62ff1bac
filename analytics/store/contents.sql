-- Grain: one row per order of the period and product in it. No gifts, postage or bundles; a line that cost nothing, or of which nothing was ordered, holds nothing.
select distinct
    facts.order_key,
    goods.good
from staged.line_facts as facts
inner join counted_goods as goods on goods.product_key = facts.product_key
inner join placed on placed.order_key = facts.order_key
where goods.kind <> 'bundle'
    and placed.in_period
    and (facts.quantity > 0 or facts.quantity is null)
    and (facts.value is null or facts.value > 0)
