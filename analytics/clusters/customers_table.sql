-- Grain: one row per customer, for export.
select
    customer_id,
    label,
    first_ordered_at,
    last_ordered_at,
    orders,
    days,
    revenue,
    array_to_string(first_products, ' | ') as first_products
from customers
order by first_ordered_at, customer_id
