-- Grain: one row per week (Monday to Sunday) that lies wholly in the data, oldest first.
with weeks as (
    select cast(unnest(generate_series(
        cast(date_trunc('week', cast($first as date) + 6) as timestamp),
        cast(date_trunc('week', cast($last as date) + 1) as timestamp) - interval 7 day,
        interval 7 day
    )) as date) as week
),
ordered as (
    select
        cast(date_trunc('week', ordered_at) as date) as week,
        count(*) as orders,
        sum(revenue) as revenue,
        count(distinct customer_id) filter (where nth > 1) as returning_buyers,
        count(distinct customer_id) filter (where nth = 1) as new_buyers
    from orders
    group by 1
)
select
    weeks.week,
    coalesce(ordered.orders, 0) as orders,
    coalesce(ordered.returning_buyers, 0) as returning_buyers,
    coalesce(ordered.new_buyers, 0) as new_buyers,
    coalesce(ordered.revenue, 0) as revenue
from weeks
left join ordered on ordered.week = weeks.week
order by weeks.week
