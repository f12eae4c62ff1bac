-- Grain: one row per buyer, buying day and product bought on it (a guest's every order is a buyer of its own, whose nth is NULL).
-- buyer: the key of the buyer's first order. units: bought and kept. A line that cost nothing is no purchase, but adds to the units of one.
with buyers as (
    select
        customer_id,
        min(order_key) as buyer
    from orders
    where customer_id is not null
    group by customer_id
),
placed as (
    select
        orders.order_key,
        coalesce(buyers.buyer, orders.order_key) as buyer,
        orders.nth,
        cast(orders.ordered_at as date) as day,
        orders.in_period,
        cast(orders.revenue as double) as revenue,
        cast(orders.line_value as double) as line_value,
        orders.rows
    from orders
    left join buyers on buyers.customer_id = orders.customer_id
),
counted as (
    select
        goods.product_key,
        goods.good
    from goods
    inner join products on products.good = goods.good
    where products.counts
)
select
    placed.buyer,
    placed.nth,
    counted.good,
    min(placed.day) as day,
    bool_or(placed.in_period) as in_period,
    cast(count(distinct placed.order_key) as integer) as orders,
    sum(facts.quantity - facts.returned) as units,
    sum(placed.revenue * case when placed.line_value > 0 then coalesce(cast(facts.value as double), 0) / placed.line_value else 1.0 / placed.rows end) as revenue
from staged.line_facts as facts
inner join counted on counted.product_key = facts.product_key
inner join placed on placed.order_key = facts.order_key
group by placed.buyer, placed.nth, counted.good
having bool_or(facts.quantity > 0 and (facts.value is null or facts.value > 0))
