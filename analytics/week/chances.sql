-- Grain: one row per kind of customer (bought on one day, or on several) and time since the last purchase, in usual gaps.
-- Standing at each day of $days, over by the as-of day: how many such customers there were, and how many bought within $within days from then.
with stands as (
    select unnest($days::date[]) as stood
),
stood as (
    select
        stands.stood,
        buying_days.customer_id,
        max(buying_days.day) as last_day,
        count(*) as times
    from stands
    inner join buying_days on buying_days.day <= stands.stood
    group by stands.stood, buying_days.customer_id
),
followed as (
    select
        stood.stood,
        stood.customer_id,
        count(orders.order_key) as orders,
        coalesce(sum(orders.revenue), 0) as revenue
    from stood
    inner join orders
        on
            orders.customer_id = stood.customer_id
            and cast(orders.ordered_at as date) between stood.stood + 1 and stood.stood + $within
    group by stood.stood, stood.customer_id
)
select
    stood.times > 1 as regular,
    case
        when (stood.stood - stood.last_day) < 0.5 * $cycle then 0.0
        when (stood.stood - stood.last_day) < $cycle then 0.5
        when (stood.stood - stood.last_day) < 2 * $cycle then 1.0
        when (stood.stood - stood.last_day) < 3 * $cycle then 2.0
        else 3.0
    end as since,
    count(*) as people,
    count(followed.customer_id) as bought,
    coalesce(sum(followed.revenue), 0) as revenue
from stood
left join followed on followed.stood = stood.stood and followed.customer_id = stood.customer_id
group by 1, 2
order by 1, 2
