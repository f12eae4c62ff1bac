-- Grain: one row for the customers listed and one for all others: their revenue in the period from $since on, and
-- the N-day repurchase of those won in it.
with asked as (
    select distinct unnest($customers::varchar[]) as customer_id
),
bought as (
    select
        asked.customer_id is not null as listed,
        cast(sum(orders.revenue) as double) as revenue,
        cast(coalesce(sum(orders.revenue) filter (where orders.nth >= 2), 0) as double) as repeat_revenue
    from orders
    left join asked on asked.customer_id = orders.customer_id
    where orders.in_period and orders.customer_id is not null and cast(orders.ordered_at as date) >= $since
    group by asked.customer_id is not null
),
won as (
    select
        asked.customer_id is not null as listed,
        count(*) as eligible,
        count(*) filter (where facts.second_day - facts.first_day <= $days) as repurchased
    from customer_facts as facts
    cross join shop
    left join asked on asked.customer_id = facts.customer_id
    where facts.first_day >= shop.start and facts.first_day >= $since and shop.as_of - facts.first_day >= $days
    group by asked.customer_id is not null
)
select
    bought.listed,
    bought.revenue,
    bought.repeat_revenue,
    coalesce(won.eligible, 0) as eligible,
    coalesce(won.repurchased, 0) as repurchased
from bought
left join won on won.listed = bought.listed
order by bought.listed
