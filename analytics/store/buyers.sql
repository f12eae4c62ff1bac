-- Grain: one row per customer: the number they have in `purchases` (the key of their first order), and their first two buying days.
select
    min(order_key) as buyer,
    customer_id,
    min(cast(ordered_at as date)) as first_day,
    min(case when nth = 2 then cast(ordered_at as date) end) as second_day
from orders
where customer_id is not null
group by customer_id
