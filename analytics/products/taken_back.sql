-- Grain: one row per product of which an order of the period was cancelled, sent back or refunded: how many of each.
-- returned: orders that were refunded as a whole, or of which some units of the product came back.
with cancelled as (
    select
        order_key,
        reason
    from left_aside
    where reason in ('cancelled', 'refunded')
),
touched as (
    select distinct
        facts.order_key,
        goods.good,
        cancelled.reason
    from cancelled
    inner join staged.line_facts as facts on facts.order_key = cancelled.order_key
    inner join goods on goods.product_key = facts.product_key
    where goods.good is not null
    union all
    select distinct
        facts.order_key,
        goods.good,
        'units' as reason
    from staged.line_facts as facts
    inner join placed on placed.order_key = facts.order_key
    inner join goods on goods.product_key = facts.product_key
    where facts.returned > 0 and placed.in_period and goods.good is not null
)
select
    good,
    count(*) filter (where reason = 'cancelled') as cancelled,
    count(*) filter (where reason = 'refunded') as refunded,
    count(*) filter (where reason = 'units') as returned_units
from touched
group by good
order by good
