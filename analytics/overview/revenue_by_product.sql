-- Grain: one row per product sold in the period, best revenue first.
select
    order_lines.product,
    cast(sum(cast(order_lines.revenue as decimal(18, 4))) as double) as revenue,
    count(distinct order_lines.order_key) as orders
from order_lines
inner join orders on orders.order_key = order_lines.order_key
where orders.in_period
    and order_lines.product is not null
group by order_lines.product
order by revenue desc, order_lines.product
