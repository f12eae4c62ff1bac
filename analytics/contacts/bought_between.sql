-- Grain: one row per customer with an order from $first_day to $last_day, both included.
select distinct customer_id
from orders
where customer_id is not null
    and cast(ordered_at as date) between $first_day and $last_day
order by customer_id
