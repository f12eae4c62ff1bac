-- Grain: one row per step: customers with an n-th buying day, those of them watched for $days since, and those who bought again in that time.
with steps as (
    select
        customer_id,
        nth as step,
        day,
        lead(day) over (partition by customer_id order by nth) - day as gap,
        min(case when nth = 1 then day end) over (partition by customer_id) as first_day
    from buying_days
)
select
    steps.step,
    count(*) as customers,
    count(*) filter (where shop.as_of - steps.day >= $days) as eligible,
    count(*) filter (where shop.as_of - steps.day >= $days and steps.gap <= $days) as continued,
    median(steps.gap) as median_days,
    count(steps.gap) as went_on,
    count(*) filter (where steps.gap is null and shop.as_of - steps.day <= $patience) as still_in_time,
    count(*) filter (where steps.gap is null and shop.as_of - steps.day > $patience) as stopped
from steps
cross join shop
where steps.first_day >= shop.start and steps.step <= $steps
group by steps.step
order by steps.step
