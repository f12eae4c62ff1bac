-- Grain: one row per product with $least orders or more and day on which it was sold: how many orders held it. day: whole days since 1970.
with wanted as (
    select good
    from purchases
    group by good
    having sum(orders) >= $least
)
select
    purchases.good,
    purchases.day - date '1970-01-01' as day,
    cast(sum(purchases.orders) as integer) as orders
from purchases
inner join wanted on wanted.good = purchases.good
group by purchases.good, purchases.day
order by purchases.good, purchases.day
