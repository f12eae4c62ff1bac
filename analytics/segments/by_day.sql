-- Grain: one row per day of $days: customers by then, those awake, those waiting for their second purchase, high-value regulars late by
-- the cycle, and the champions and loyal customers with their revenue; all by the edges given.
with moments as (
    select unnest($days::date[]) as day
),
bought as (
    select
        moments.day,
        orders.customer_id,
        moments.day - max(cast(orders.ordered_at as date)) as recency,
        max(orders.nth) as days,
        cast(sum(orders.revenue) as double) as revenue
    from orders
    inner join moments on cast(orders.ordered_at as date) <= moments.day
    where orders.customer_id is not null
    group by moments.day, orders.customer_id
)
select
    day,
    count(*) as customers,
    count(*) filter (
        where recency <= $recency[2] or (recency <= $recency[3] and days > $frequency[3])
    ) as awake,
    count(*) filter (where days <= $frequency[1] and recency <= $recency[2]) as waiting,
    count(*) filter (
        where days >= 2 and revenue > $high_value and recency > $late_from and recency <= $late_until
    ) as late,
    count(*) filter (where days > $frequency[3] and recency <= $recency[3]) as regulars,
    coalesce(sum(revenue) filter (where days > $frequency[3] and recency <= $recency[3]), 0) as regular_revenue,
    sum(revenue) as revenue
from bought
group by day
order by day
