-- Grain: one row per customer, those with the most revenue first, at most $n.
with largest as (
    select
        customer_id,
        label,
        days,
        revenue
    from customer_facts
    order by revenue desc, customer_id
    limit $n
),
names as (
    select
        orders.customer_id,
        arg_max(
            coalesce(checked.account, checked.email, checked.phone),
            (orders.ordered_at, orders.order_id, coalesce(checked.account, checked.email, checked.phone))
        ) as name
    from orders
    inner join largest on largest.customer_id = orders.customer_id
    inner join staged.checked as checked on checked.order_key = orders.order_key
    group by orders.customer_id
)
select
    largest.customer_id,
    largest.label,
    names.name,
    largest.days,
    largest.revenue
from largest
left join names on names.customer_id = largest.customer_id
order by largest.revenue desc, largest.customer_id
