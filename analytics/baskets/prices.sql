-- Grain: one row per product bought in the period: what one unit of it usually costs, and in how many orders it stood, alone and beside others.
with held as (
    select
        facts.order_key,
        goods.good,
        avg(facts.price) as price
    from staged.line_facts as facts
    inner join goods on goods.product_key = facts.product_key
    inner join products on products.good = goods.good
    inner join placed on placed.order_key = facts.order_key
    where placed.in_period and products.counts and products.kind <> 'bundle' and facts.price > 0 and facts.quantity > 0
    group by facts.order_key, goods.good
),
sizes as (
    select
        order_key,
        count(*) as products
    from held
    group by order_key
)
select
    products.product_id,
    products.product,
    quantile_cont(held.price, 0.5) as price,
    min(products.cost) as cost,
    count(*) as orders,
    count(*) filter (where sizes.products > 1) as beside
from held
inner join sizes on sizes.order_key = held.order_key
inner join products on products.good = held.good
group by products.product_id, products.product
order by beside desc, products.product_id
