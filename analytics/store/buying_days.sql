-- Grain: one row per customer and buying day (per order where the owner counts each): its number, and the days since the one before.
with days as (
    select distinct
        customer_id,
        nth,
        cast(ordered_at as date) as day
    from orders
    where customer_id is not null
)
select
    customer_id,
    nth,
    day,
    day - lag(day) over (partition by customer_id order by nth) as gap
from days
