-- Grain: one row per line of one export, cast and tied to its order. Identical lines are two sales and both stay.
with cast_lines as (
    select
        raw.snapshot,
        nullif(trim(raw.order_id), '') as order_id,
        raw.line,
        nullif(trim(raw.product_id), '') as product_id,
        nullif(trim(raw.product), '') as product,
        nullif(trim(raw.variant), '') as variant,
        nullif(trim(raw.sku), '') as sku,
        nullif(trim(raw.category), '') as category,
        case when $counts_units then coalesce(amount(raw.quantity, $styles.quantity), 1) else 1 end as quantity,
        coalesce(amount(raw.returned, $styles.returned), 0) as returned,
        amount(raw.price, $styles.price) as price,
        amount(raw.line_total, $styles.line_total) as line_total,
        abs(amount(raw.line_seller_discount, $styles.line_seller_discount)) as seller_discount,
        abs(amount(raw.line_platform_discount, $styles.line_platform_discount)) as platform_discount,
        abs(amount(raw.line_refunded, $styles.line_refunded)) as refunded
    from raw
)
select
    orders.order_key,
    cast_lines.line - orders.first_line + 1 as line,
    cast_lines.product_id,
    coalesce(cast_lines.product, cast_lines.sku, cast_lines.product_id) as product,
    cast_lines.variant,
    cast_lines.sku,
    cast_lines.category,
    cast(cast_lines.quantity as double) as quantity,
    cast(cast_lines.returned as double) as returned,
    cast(coalesce(cast_lines.price, cast_lines.line_total / nullif(cast_lines.quantity, 0)) as double) as price,
    coalesce(cast_lines.line_total, cast_lines.price * cast_lines.quantity) as value,
    cast_lines.seller_discount,
    cast_lines.platform_discount,
    cast_lines.refunded
from cast_lines
inner join staged.orders as orders
    on orders.snapshot = cast_lines.snapshot
    and orders.order_id is not distinct from cast_lines.order_id
where orders.order_key >= $first_key
