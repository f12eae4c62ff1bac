-- Grain: one row per customer whose latest order was $from_days to $until_days days before the as-of day and has no review.
-- Only where reviews are joined to orders at all: elsewhere nobody can say who wrote none.
with latest as (
    select
        customer_id,
        max(cast(ordered_at as date)) as day
    from orders
    where customer_id is not null
    group by customer_id
)
select
    latest.customer_id,
    latest.day
from latest
cross join shop
where shop.as_of - latest.day between $from_days and $until_days
    and exists (select 1 from reviews where reviews.order_key is not null)
    and not exists (
        select 1
        from reviews
        inner join orders on orders.order_key = reviews.order_key
        where orders.customer_id = latest.customer_id and cast(orders.ordered_at as date) = latest.day
    )
order by latest.day, latest.customer_id
