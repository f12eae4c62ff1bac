-- Grain: one row per customer of all history, by the step they stand at (as in gaps.sql), with the day from which they are late.
with expected as (
    select
        unnest($steps::integer[]) as step,
        unnest($from_days::integer[]) as from_day,
        unnest($until_days::integer[]) as until_day,
        unnest($late_days::integer[]) as late_day
)
select
    customers.*,
    cast(customers.last_ordered_at as date) as last_day,
    shop.as_of - cast(customers.last_ordered_at as date) as silent,
    expected.step,
    cast(customers.last_ordered_at as date) + expected.from_day as expected_from,
    cast(customers.last_ordered_at as date) + expected.until_day as expected_until,
    cast(customers.last_ordered_at as date) + expected.late_day as late_on
from customer_facts as customers
cross join shop
inner join expected
    on expected.step = case when customers.days < $last_step then customers.days else $last_step end
order by customers.last_ordered_at desc, customers.customer_id
