-- Grain: one row per span of days given, whatever the period: what was bought in it, who was won in it and back within $days days, and
-- who came the second time in it and a third time within $days days.
with spans as (
    select
        unnest($firsts::date[]) as first_day,
        unnest($lasts::date[]) as last_day
),
bought as (
    select
        spans.first_day,
        spans.last_day,
        count(orders.customer_id) as known_orders,
        count(*) filter (where orders.nth >= 2) as repeat_orders,
        count(distinct orders.customer_id) as buyers,
        cast(sum(orders.revenue) filter (where orders.customer_id is not null) as double) as known_revenue,
        cast(sum(orders.revenue) filter (where orders.nth >= 2) as double) as repeat_revenue
    from spans
    inner join orders on cast(orders.ordered_at as date) between spans.first_day and spans.last_day
    group by spans.first_day, spans.last_day
),
won as (
    select
        spans.first_day,
        spans.last_day,
        count(*) as won,
        count(*) filter (where shop.as_of - facts.first_day >= $days) as eligible,
        count(*) filter (
            where shop.as_of - facts.first_day >= $days and facts.second_day - facts.first_day <= $days
        ) as repurchased
    from spans
    cross join shop
    inner join customer_facts as facts on facts.first_day between spans.first_day and spans.last_day
    group by spans.first_day, spans.last_day
),
later_days as (
    select
        customer_id,
        min(case when nth = 2 then day end) as second_day,
        min(case when nth = 3 then day end) as third_day
    from buying_days
    where nth in (2, 3)
    group by customer_id
),
second_times as (
    select
        spans.first_day,
        spans.last_day,
        count(*) as seconds,
        count(*) filter (where later_days.third_day - later_days.second_day <= $days) as thirds
    from spans
    cross join shop
    inner join later_days on later_days.second_day between spans.first_day and spans.last_day
    where shop.as_of - later_days.second_day >= $days
    group by spans.first_day, spans.last_day
)
select
    spans.first_day,
    spans.last_day,
    coalesce(bought.known_orders, 0) as known_orders,
    coalesce(bought.repeat_orders, 0) as repeat_orders,
    coalesce(bought.buyers, 0) as buyers,
    coalesce(bought.known_revenue, 0) as known_revenue,
    coalesce(bought.repeat_revenue, 0) as repeat_revenue,
    coalesce(won.won, 0) as won,
    coalesce(won.eligible, 0) as eligible,
    coalesce(won.repurchased, 0) as repurchased,
    coalesce(second_times.seconds, 0) as seconds,
    coalesce(second_times.thirds, 0) as thirds
from spans
left join bought on bought.first_day = spans.first_day and bought.last_day = spans.last_day
left join won on won.first_day = spans.first_day and won.last_day = spans.last_day
left join second_times on second_times.first_day = spans.first_day and second_times.last_day = spans.last_day
order by spans.first_day, spans.last_day
