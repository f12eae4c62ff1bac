-- Grain: one row per day of $days: customers by then, those awake, those waiting for their second purchase, high-value regulars late by
-- the cycle, and the champions and loyal customers with their revenue; all by the edges given.
with moments as (
    select
        day,
        row_number() over (order by day) as place
    from (select unnest($days::date[]) as day)
),
-- the place of the first moment at which what was bought on a day counts; each of $days is named once
counts_from as (
    select
        bought.day,
        1 + count(moments.day) as place
    from (select distinct cast(ordered_at as date) as day from orders) as bought
    left join moments on moments.day < bought.day
    group by bought.day
),
bought as (
    select
        orders.customer_id,
        counts_from.place,
        max(counts_from.day) as last_day,
        max(orders.nth) as days,
        sum(orders.revenue) as revenue
    from orders
    inner join counts_from on cast(orders.ordered_at as date) = counts_from.day
    where orders.customer_id is not null
    group by orders.customer_id, counts_from.place
),
stood as (
    select
        last_day,
        days,
        cast(sum(revenue) over so_far as double) as revenue,
        unnest(range(place, coalesce(lead(place) over so_far, len($days::date[]) + 1))) as place
    from bought
    window so_far as (partition by customer_id order by place)
),
measured as (
    select
        moments.day,
        moments.day - stood.last_day as recency,
        stood.days,
        stood.revenue
    from stood
    inner join moments using (place)
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
from measured
group by day
order by day
