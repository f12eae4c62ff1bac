-- Grain: one row per product that stood in one order of the period with the product $product_id: how many orders held both, and each.
with chosen as (
    select contents.order_key
    from contents
    inner join products on products.good = contents.good
    where products.product_id = $product_id
),
counts as (
    select
        contents.good,
        count(*) as orders_b,
        count(chosen.order_key) as orders_ab
    from contents
    left join chosen on chosen.order_key = contents.order_key
    group by contents.good
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
