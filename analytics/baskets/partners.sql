-- Grain: one row per product that stood in one order of the period with the product $product_id: how many orders held both, and each.
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
chosen as (
    select held.order_key
    from held
    inner join products on products.good = held.good
    where products.product_id = $product_id
),
counts as (
    select
        held.good,
        count(*) as orders_b,
        count(chosen.order_key) as orders_ab
    from held
    left join chosen on chosen.order_key = held.order_key
    group by held.good
)
select
    products.product_id,
    products.product,
    (select count(*) from chosen) as orders_a,
    counts.orders_b,
    counts.orders_ab
from counts
inner join products on products.good = counts.good
where counts.orders_ab > 0 and products.product_id <> $product_id
order by counts.orders_ab desc, products.product_id
