-- Grain: one row per value of orders of the period (what their goods cost before vouchers), whether they hold several different products, and their
-- cheapest line's price: how many such orders there are.
with held as (
    select
        facts.order_key,
        min(goods.good) <> max(goods.good) as several,
        min(facts.price) filter (where facts.price > 0) as cheapest
    from staged.line_facts as facts
    inner join counted_goods as goods on goods.product_key = facts.product_key
    where (facts.quantity > 0 or facts.quantity is null)
    group by facts.order_key
)
select
    placed.value,
    coalesce(held.several, false) as several,
    held.cheapest,
    count(*) as orders
from placed
left join held on held.order_key = placed.order_key
where placed.in_period
group by placed.value, coalesce(held.several, false), held.cheapest
order by placed.value, coalesce(held.several, false), held.cheapest
