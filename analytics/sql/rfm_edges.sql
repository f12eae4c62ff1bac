-- Grain: one row: the shop's own percentiles of recency, frequency and revenue at the as-of day, and its median interval.
with measured as (
    select
        shop.as_of - cast(customers.last_ordered_at as date) as recency,
        customers.days,
        cast(customers.revenue as double) as revenue
    from customers
    cross join shop
),
percentiles as (
    select
        count(*) as customers,
        quantile_cont(cast(recency as double), $recency::double[]) as recency,
        quantile_cont(cast(days as double), $frequency::double[]) filter (where days >= 3) as frequency,
        quantile_cont(revenue, $high_value::double) as high_value
    from measured
),
buying_days as (
    select distinct
        customer_id,
        cast(ordered_at as date) as day
    from orders
    where customer_id is not null
),
gaps as (
    select day - lag(day) over (partition by customer_id order by day) as gap
    from buying_days
),
intervals as (
    select quantile_cont(cast(gap as double), 0.5) as cycle
    from gaps
    where gap is not null
)
select
    percentiles.customers,
    percentiles.recency,
    percentiles.frequency,
    percentiles.high_value,
    intervals.cycle
from percentiles
cross join intervals
