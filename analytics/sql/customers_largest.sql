-- Grain: one row per customer, those with the most revenue first, at most $n.
select
    customer_id,
    label,
    coalesce(account, email, phone) as name,
    days,
    revenue
from customers
order by revenue desc, customer_id
limit $n
