-- Grain: one row per product with $least orders or more and day on which it was sold: how many orders held it.
-- place: the product's number times a million, and whole days since 1970.
with sold as (
    select
        good,
        day,
        cast(sum(orders) as integer) as orders
    from purchases
    group by good, day
),
wanted as (
    select good
    from sold
    group by good
    having sum(orders) >= $least
)
select
    cast(sold.good as bigint) * 1000000 + (sold.day - date '1970-01-01') as place,
    sold.orders
from sold
inner join wanted on wanted.good = sold.good
order by place
