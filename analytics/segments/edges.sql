-- Grain: one row: the shop's own percentiles of recency, frequency and revenue at the as-of day.
with measured as (
    select
        shop.as_of - cast(customer_facts.last_ordered_at as date) as recency,
        customer_facts.days,
        cast(customer_facts.revenue as double) as revenue
    from customer_facts
    cross join shop
)
select
    count(*) as customers,
    quantile_cont(cast(recency as double), $recency::double[]) as recency,
    quantile_cont(cast(days as double), $frequency::double[]) filter (where days >= 3) as frequency,
    quantile_cont(revenue, $high_value::double) as high_value
from measured
