-- Grain: one row: customers of all history with two or more buying days, those of them silent for one to three usual
-- intervals (late), and those silent for longer.
with intervals as (
    select
        count(gap) as gaps,
        quantile_cont(gap, [0.25, 0.5, 0.75, 0.8]) as cuts
    from buying_days
)
select
    intervals.gaps,
    intervals.cuts[1] as p25_days,
    intervals.cuts[2] as median_days,
    intervals.cuts[3] as p75_days,
    intervals.cuts[4] as p80_days,
    count(*) filter (where customers.days >= 2) as repeat_customers,
    count(*) filter (
        where customers.days >= 2
            and shop.as_of - cast(customers.last_ordered_at as date) > intervals.cuts[2]
            and shop.as_of - cast(customers.last_ordered_at as date) <= 3 * intervals.cuts[2]
    ) as late_customers,
    coalesce(sum(customers.revenue) filter (
        where customers.days >= 2
            and shop.as_of - cast(customers.last_ordered_at as date) > intervals.cuts[2]
            and shop.as_of - cast(customers.last_ordered_at as date) <= 3 * intervals.cuts[2]
    ), 0) as late_revenue,
    count(*) filter (where customers.days >= 2 and shop.as_of - cast(customers.last_ordered_at as date) > 3 * intervals.cuts[2]) as silent_customers
from customer_facts as customers
cross join shop
cross join intervals
group by intervals.gaps, intervals.cuts
