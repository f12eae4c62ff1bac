-- Grain: one row per step (as in gaps.sql): customers who stand there and turn late in the $days days after the as-of day.
with expected as (
    select
        unnest($steps::integer[]) as step,
        unnest($late_days::integer[]) as late_day
),
standing as (
    select
        case when customers.days < $last_step then customers.days else $last_step end as step,
        shop.as_of - cast(customers.last_ordered_at as date) as silent
    from customer_facts as customers
    cross join shop
)
select
    expected.step,
    expected.late_day,
    count(standing.step) as customers
from expected
left join standing
    on standing.step = expected.step
    and standing.silent < expected.late_day
    and standing.silent + $days >= expected.late_day
group by expected.step, expected.late_day
order by expected.step
