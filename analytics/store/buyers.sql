-- Grain: one row per customer with an order that counts: the number they have in `placed` and `purchases`, and their first two buying days.
select
    buyer,
    customer_id,
    cast(first_ordered_at as date) as first_day,
    second_day
from customer_facts
