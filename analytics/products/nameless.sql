-- Grain: one row: lines of orders that count in the period which say nothing of what was bought.
select count(*) as lines
from order_lines
inner join orders on orders.order_key = order_lines.order_key
where order_lines.product is null and orders.in_period
