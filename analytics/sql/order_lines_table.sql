-- Grain: one row per line of an order that counts, in the order of the orders.
select *
from order_lines
order by order_key, line
