-- Grain: one row per order that does not count for $reason, the latest first, at most $n.
select
    order_id,
    ordered_at,
    status,
    revenue,
    shop,
    file
from excluded_orders
where reason = $reason
order by ordered_at desc nulls last, order_id desc, order_key desc
limit $n
