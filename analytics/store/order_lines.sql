-- Grain: one row per line of an order that counts; its revenue is its share, by line value, of the order's; NULL where
-- the value of one of several lines cannot be read.
-- product_id and product are those that lines are grouped into (see products.sql); source_ columns are the export's own.
select
    lines.order_key,
    lines.line,
    lines.product_id,
    lines.product,
    lines.variant,
    lines.sku,
    lines.category,
    lines.quantity,
    lines.returned,
    lines.price,
    cast(orders.revenue as double) * case
        when orders.line_value is null and orders.rows > 1 then null
        when orders.line_value > 0 then cast(coalesce(lines.value, 0) as double) / cast(orders.line_value as double)
        else 1.0 / orders.rows
    end as revenue,
    lines.source_product_id,
    lines.source_product
from lines
inner join orders on orders.order_key = lines.order_key
