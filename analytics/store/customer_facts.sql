-- Grain: one row per customer with an order that counts, of the whole history up to the period's end, whatever its start.
-- first_day is NULL where it lies before the data begin (the customers known to be older), so that no cohort holds them.
select
    customer_id,
    masked_name(customer_id) as label,
    min(ordered_at) as first_ordered_at,
    max(ordered_at) as last_ordered_at,
    min(case when nth = 1 then cast(ordered_at as date) end) as first_day,
    min(case when nth = 2 then cast(ordered_at as date) end) as second_day,
    count(*) as orders,
    max(nth) as days,
    sum(revenue) as revenue
from orders
where customer_id is not null
group by customer_id
