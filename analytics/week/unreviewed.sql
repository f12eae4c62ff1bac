-- Grain: one row per customer whose latest purchase arrived $from_days to $until_days days before the as-of day and has no review.
-- Only where reviews are joined to orders at all: elsewhere nobody can say who wrote none.
with latest as (
    select
        customer_id,
        max(day) as day
    from parcels
    where counts and customer_id is not null
    group by customer_id
),
arrivals as (
    select
        latest.customer_id,
        latest.day,
        max(parcels.arrived) as arrived
    from latest
    inner join parcels on parcels.customer_id = latest.customer_id and parcels.day = latest.day and parcels.counts
    group by latest.customer_id, latest.day
    having count(*) = count(parcels.arrived)
)
select
    arrivals.customer_id,
    arrivals.day,
    arrivals.arrived
from arrivals
cross join shop
where shop.as_of - arrivals.arrived between $from_days and $until_days
    and exists (select 1 from reviews where reviews.order_key is not null)
    and not exists (
        select 1
        from reviews
        inner join orders on orders.order_key = reviews.order_key
        where orders.customer_id = arrivals.customer_id and cast(orders.ordered_at as date) = arrivals.day
    )
order by arrivals.day, arrivals.customer_id
