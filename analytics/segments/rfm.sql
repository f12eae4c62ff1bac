-- Grain: one row per day of $as_of and customer who had bought by it (of $only; empty: of all), scored by the edges given.
with moments as (
    select unnest($as_of::date[]) as as_of
),
bought as (
    select
        moments.as_of,
        orders.customer_id,
        moments.as_of - max(cast(orders.ordered_at as date)) as recency,
        max(orders.nth) as days,
        count(*) as orders,
        cast(sum(orders.revenue) as double) as revenue,
        cast(sum(case when moments.as_of - cast(orders.ordered_at as date) < 365 then orders.revenue else 0 end) as double) as revenue_365
    from orders
    inner join moments on cast(orders.ordered_at as date) <= moments.as_of
    where orders.customer_id is not null
        and (len($only::varchar[]) = 0 or list_contains($only::varchar[], orders.customer_id))
    group by moments.as_of, orders.customer_id
),
scored as (
    select
        *,
        5 - cast(recency > $recency[1] as integer)
        - cast(recency > $recency[2] as integer)
        - cast(recency > $recency[3] as integer)
        - cast(recency > $recency[4] as integer) as r,
        1 + cast(days > $frequency[1] as integer)
        + cast(days > $frequency[2] as integer)
        + cast(days > $frequency[3] as integer)
        + cast(days > $frequency[4] as integer) as f
    from bought
)
select
    as_of,
    customer_id,
    recency,
    days,
    orders,
    revenue,
    revenue_365,
    r,
    f,
    list_extract($segments::varchar[], (r - 1) * 5 + f) as segment,
    revenue > $high_value as high_value
from scored
order by as_of, customer_id
