-- Grain: one row per customer with an order that counts, in the order of their names: their number and their name.
select
    buyer,
    customer_id
from buyers
order by customer_id
