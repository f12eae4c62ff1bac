-- Grain: one row: the buyers of a window, and how many of them each rule in use calls returning.
with windowed as (
    select
        customer_id,
        count(*) as orders_inside,
        max(nth) as last_nth
    from orders
    where customer_id is not null
        and cast(ordered_at as date) between $first_day and $last_day
    group by customer_id
),
history as (
    select
        orders.customer_id,
        count(*) filter (where cast(orders.ordered_at as date) < $first_day) as orders_before,
        count(*) filter (
            where cast(orders.ordered_at as date) < $first_day
                and cast(orders.ordered_at as date) >= cast(cast($first_day as timestamp) - interval 12 month as date)
        ) as orders_year_before,
        count(*) as orders_ever
    from orders
    inner join windowed on windowed.customer_id = orders.customer_id
    group by orders.customer_id
)
select
    count(*) as buyers,
    count(*) filter (where history.orders_before > 0) as before_window,
    count(*) filter (where history.orders_year_before > 0) as in_year_before,
    count(*) filter (where windowed.orders_inside > 1) as twice_inside,
    count(*) filter (where history.orders_ever > 1) as twice_ever,
    count(*) filter (where windowed.last_nth >= 2) as on_two_days
from windowed
inner join history on history.customer_id = windowed.customer_id
