-- Grain: one row per order of the period: what its goods cost before vouchers, whether it holds several different products, and its cheapest line's price.
with held as (
    select
        facts.order_key,
        min(goods.good) <> max(goods.good) as several,
        min(facts.price) filter (where facts.price > 0) as cheapest
    from staged.line_facts as facts
    inner join (
        select
            goods.product_key,
            goods.good
        from goods
        inner join products on products.good = goods.good
        where products.counts
    ) as goods on goods.product_key = facts.product_key
    where (facts.quantity > 0 or facts.quantity is null)
    group by facts.order_key
)
select
    cast(coalesce(orders.gross, orders.revenue) as double) as value,
    coalesce(held.several, false) as several,
    held.cheapest
from orders
left join held on held.order_key = orders.order_key
where orders.in_period
order by value, several, held.cheapest, orders.order_key
